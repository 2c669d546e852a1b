// Reading of done callbacks, timers and watched descriptors. See await_links.hpp.
#include "runtime/async/await_links.hpp"

#include "runtime/async/await_frames.hpp"
#include "runtime/core/native.hpp"
#include "runtime/types/bound_method.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/list.hpp"

namespace cede {

namespace {

template<class F> void each_item(Ref tuple, F&& f) {
  if (const Tuple* items = as<Tuple>(tuple))
    for (std::size_t i = 0; i < items->size; ++i) f((*items)[i]);
}

// Calls f(object) for what a callable refers to in its closure, as its bound instance, or (functools.partial)
// as arguments that it will be given.
template<class F> void each_reached(VM& vm, Ref callable, F&& f) {
  Ref function = callable;
  if (const BoundMethod* method = as<BoundMethod>(callable)) {
    f(method->self);
    function = method->function;
  } else if (const NativeFunction* native = as<NativeFunction>(callable)) {
    f(native->self);
  } else if (callable.is_object() && is_library_class(vm, *callable.object()->type, "functools", "partial")) {
    const Type& type = *callable.object()->type;
    const Bits* slots =
        reinterpret_cast<const Bits*>(reinterpret_cast<const char*>(callable.object()) + type.slot_offset);
    for (std::uint32_t i = 0; i < type.slot_count; ++i) {
      each_item(Ref(slots[i]), f);
      if (is_exact(Ref(slots[i]), TypeId::Function)) function = Ref(slots[i]);
    }
  }
  if (!is_exact(function, TypeId::Function)) return;
  if (const Tuple* closure = cast<Function>(function).closure)
    for (std::size_t i = 0; i < closure->size; ++i)
      if (const Ref cell = (*closure)[i]; is_exact(cell, TypeId::Cell)) f(cast<Cell>(cell).content);
}

// Callbacks that look back at what their future depends on.
bool looks_back(Ref callback) {
  if (!is_exact(callback, TypeId::Function)) return false;
  const auto name = cast<Function>(callback).code->unit->qualified_name;
  return name == "shield.<locals>._outer_done_callback" ||
         name == "_chain_future.<locals>._call_check_cancel";
}

}  // namespace

void AwaitLinks::add(TaskObject& task) {
  add_future(task);
  if (FutureObject* awaited = as<FutureObject>(task.waiting_for)) add_future(*awaited);
}

void AwaitLinks::add_future(FutureObject& future) {
  std::vector<FutureObject*> left{&future};
  while (!left.empty()) {
    FutureObject& at = *left.back();
    left.pop_back();
    if (at.state != FutureState::Pending || !added_.insert(Ref(at).bits).second) continue;
    if (!at.first_is_wakeup && at.callback.is_object()) add_callback(at, at.callback);
    for (std::size_t i = 0; at.extra && i + 1 < at.extra->callbacks.size(); i += 2)
      if (!at.extra->callbacks.ref(i + 1).is_unbound()) add_callback(at, at.extra->callbacks.ref(i));
    // The children of a gather may be futures that no task waits for.
    if (const List* children = as<List>(own_attribute(vm_, Ref(at), "_children")))
      for (std::size_t i = 0; i < children->size(); ++i)
        if (FutureObject* child = as<FutureObject>((*children)[i])) left.push_back(child);
  }
}

void AwaitLinks::add_callback(FutureObject& future, Ref callback) {
  const bool back = looks_back(callback);
  each_reached(vm_, callback, [&](Ref reached) {
    if (!reached.is_object() || reached == Ref(future)) return;
    if (!back) {
      wakers_[reached.bits].push_back(Ref(future));
    } else if (is_library_class(vm_, *reached.object()->type, "concurrent.futures._base", "Future")) {
      executor_.insert(Ref(future).bits);
    } else if (FutureObject* inner = as<FutureObject>(reached)) {
      add_future(*inner);
    }
  });
}

void AwaitLinks::add_loop(const LoopObject& loop) {
  const LoopData& data = *loop.data;
  for (const Bits word : data.timers) {
    const auto& timer = cast<TimerHandleObject>(Ref(word));
    if (timer.cancelled) continue;
    const auto note = [&](Ref reached) {
      if (!reached.is_object()) return;
      const auto [found, added] = timers_.try_emplace(reached.bits, &timer);
      if (!added && timer.time < found->second->time) found->second = &timer;
    };
    each_item(timer.arguments, note);
    each_reached(vm_, timer.callback, [&](Ref reached) {
      note(reached);
      if (reached.is_object() &&
          is_library_class(vm_, *reached.object()->type, "asyncio.timeouts", "Timeout"))
        note(own_attribute(vm_, reached, "_task"));
    });
  }
  for (std::size_t fd = 0; fd < data.watched.size(); ++fd)
    for (const bool writing : {false, true}) {
      const Value& slot = writing ? data.watched[fd].writer : data.watched[fd].reader;
      const HandleObject* handle = as<HandleObject>(slot);
      if (!handle || handle->cancelled) continue;
      const auto note = [&](Ref reached) {
        if (reached.is_object())
          descriptors_.try_emplace(reached.bits, Descriptor{static_cast<int>(fd), writing});
      };
      each_item(handle->arguments, note);
      each_reached(vm_, handle->callback, note);
    }
}

const TimerHandleObject* AwaitLinks::timer_of(Ref object) const {
  const auto found = timers_.find(object.bits);
  return found == timers_.end() ? nullptr : found->second;
}

const AwaitLinks::Descriptor* AwaitLinks::descriptor_of(Ref future) const {
  const auto found = descriptors_.find(future.bits);
  return found == descriptors_.end() ? nullptr : &found->second;
}

}  // namespace cede
