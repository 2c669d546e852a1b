// Reading the frames of tasks. See await_frames.hpp.
#include "runtime/async/await_frames.hpp"

#include <algorithm>

#include "runtime/async/loop.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/types/bound_method.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/vm/generator_support.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

namespace {

// What a suspended frame waits for. (generator_awaiting asks the whole chain whether it runs.)
Ref awaited_by(const Activation& activation) {
  const Code& code = *activation.code;
  if (!code.instructions || activation.ip == code.instructions) return Unbound;
  const Operands operands = operands_at(activation.ip - 1, code.instructions);
  if (operands.opcode != static_cast<std::uint8_t>(lang::Opcode::op_await_value)) return Unbound;
  return Ref(const_cast<Activation&>(activation).registers()[operands.b]);
}

FrameView view_of(Activation& activation) {
  FrameView view{activation.function, &activation, Unbound, true};
  view.started = activation.code->instructions && activation.ip != activation.code->instructions;
  view.self = local_of(view, "self");
  return view;
}

bool has_frame(const Generator& generator) {
  return generator.state != GeneratorState::Finished && !generator.frame_cleared && generator.activation.code;
}

const StandInKind* stand_in_kind(VM& vm, Ref awaited) {
  if (!awaited.is_object()) return nullptr;
  for (const StandInKind& kind : async_state(vm).stand_ins)
    if (awaited.object()->type->native == kind.type) return &kind;
  return nullptr;
}

void add_suspended(VM& vm, Generator* generator, std::vector<FrameView>& frames) {
  while (generator && has_frame(*generator)) {
    frames.push_back(view_of(generator->activation));
    const Ref awaited = awaited_by(generator->activation);
    if (const StandInKind* kind = stand_in_kind(vm, awaited)) {
      std::vector<StandIn> found;
      kind->read(vm, awaited, found);
      for (const StandIn& frame : found)
        frames.push_back({&cast<Function>(frame.function), nullptr, frame.self, true});
      return;
    }
    generator = driven_generator(awaited);
  }
}

// The frames of a task that runs: from the innermost one of a thread out to the task's coroutine. Empty if
// this is not the thread.
std::vector<FrameView> running_frames(const ThreadState& thread, const Generator& root) {
  std::vector<FrameView> frames;
  for (Activation* at = thread.activation; at; at = at->caller) {
    frames.push_back(view_of(*at));
    if (at != &root.activation) continue;
    std::reverse(frames.begin(), frames.end());
    return frames;
  }
  return {};
}

}  // namespace

bool FrameView::of_library() const {
  return cast<Str>(function->code->filename).view().starts_with("<frozen ");
}

std::uint32_t FrameView::line() const {
  const Code& code = *function->code;
  if (!started || !activation) return code.unit->first_line;
  const std::uint32_t at = code.index_of(activation->ip);
  return code.unit->positions.line_at_or_before(at ? at - 1 : 0);
}

bool is_task_running(const TaskObject& task) {
  const Generator* root = as<Generator>(task.coroutine);
  if (root) return root->state == GeneratorState::Running;
  const LoopObject* loop = as_loop(task.loop);
  return loop && loop->current_task.ref() == Ref(task);
}

std::vector<FrameView> frames_of_task(VM& vm, const TaskObject& task) {
  std::vector<FrameView> frames;
  Generator* root = as<Generator>(task.coroutine);
  if (!root) return frames;
  if (root->state != GeneratorState::Running) {
    add_suspended(vm, root, frames);
    return frames;
  }
  for (const ThreadState* thread = &vm.main_thread(); thread && frames.empty(); thread = thread->next)
    frames = running_frames(*thread, *root);
  return frames;
}

std::optional<FrameView> frame_of_generator(Ref generator) {
  Generator* found = as<Generator>(generator);
  if (!found || !has_frame(*found) || found->state == GeneratorState::Running) return std::nullopt;
  return view_of(found->activation);
}

Ref local_of(const FrameView& frame, std::string_view name) {
  if (!frame.activation) return Unbound;
  Activation& activation = *frame.activation;
  const lang::CodeUnit& unit = *activation.code->unit;
  const auto content = [](Ref word) {
    return is_exact(word, TypeId::Cell) ? Ref(cast<Cell>(word).content) : Ref(Unbound);
  };
  for (std::size_t i = 0; i < unit.cell_names.size(); ++i)
    if (unit.cell_names[i] == name) {
      const Ref found = content(Ref(activation.registers()[unit.local_count + i]));
      if (!found.is_unbound()) return found;
    }
  for (std::size_t i = 0; i < unit.local_names.size(); ++i)
    if (unit.local_names[i] == name) return Ref(activation.registers()[i]);
  const Tuple* closure = frame.function->closure;
  for (std::size_t i = 0; closure && i < closure->size && i < unit.free_names.size(); ++i)
    if (unit.free_names[i] == name) return content((*closure)[i]);
  return Unbound;
}

Ref own_attribute(VM& vm, Ref object, std::string_view name) {
  if (!object.is_object()) return Unbound;
  Attributes* attributes = attributes_of(object.object());
  if (!attributes) return Unbound;
  // Borrowed: the instance goes on holding it.
  const Value found = attributes_get(vm, *attributes, vm.intern(name));
  if (found.is_raised()) vm.clear_error();
  return found.is_raised() ? Ref(Unbound) : found.ref();
}

bool is_library_class(VM& vm, const Type& type, std::string_view module, std::string_view name) {
  if (!is<Tuple>(type.mro)) return false;
  const Tuple& mro = cast<Tuple>(type.mro);
  for (std::size_t i = 0; i < mro.size; ++i) {
    const Type& base = cast<Type>(mro[i]);
    if (!is<Str>(base.name) || cast<Str>(base.name).view() != name || !is<Dict>(base.dictionary)) continue;
    const Value where = dict_get_str(vm, cast<Dict>(base.dictionary), *vm.names.__module__);
    if (is<Str>(where) && cast<Str>(where).view() == module) return true;
  }
  return false;
}

namespace {

// Whom the `__aexit__` in a register belongs to; Unbound: it is none.
Ref manager_of_exit(Ref word) {
  const BoundMethod* method = as<BoundMethod>(word);
  if (!method || !is_exact(method->function, TypeId::Function)) return Unbound;
  return cast<Function>(method->function).code->unit->name == "__aexit__" ? Ref(method->self) : Ref(Unbound);
}

}  // namespace

std::vector<Ref> entered_managers(const FrameView& frame, const FrameView* inner) {
  std::vector<Ref> managers;
  const Activation* activation = frame.activation;
  if (!activation || !frame.started) return managers;
  const std::uint32_t at = activation->code->index_of(activation->ip);
  for (const lang::LiveRange& range : activation->code->unit->live_ranges) {
    if (range.start > at - 1) break;
    if (at - 1 >= range.end) continue;
    const Ref manager = manager_of_exit(Ref(const_cast<Activation*>(activation)->registers()[range.reg]));
    if (!manager.is_unbound()) managers.push_back(manager);
  }
  if (inner && inner->name() == "__aenter__") {
    const auto entering = std::find(managers.rbegin(), managers.rend(), inner->self);
    if (entering != managers.rend()) managers.erase(std::next(entering).base());
  }
  return managers;
}

}  // namespace cede
