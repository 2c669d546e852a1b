// _thread._local: an object whose attributes each thread has for itself. It keeps one dictionary per thread that has
// used it; thread and object know each other, so that whichever ends first takes the dictionary away.
#include <algorithm>

#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/thread/thread.hpp"

namespace cede::stdlib {

namespace {

struct Local : Object {
  [[maybe_unused]] static const Layout* layout();
  Value arguments, keywords;       // of the constructor: Tuple; Dict or Unbound
  Buffer<ThreadState*> threads;    // whose dictionaries are at the same place in `dictionaries`
  ValueArray dictionaries;
  template<class F> static void fields(Local& self, F&& field) {
    field(self.arguments); field(self.keywords); field(self.dictionaries);
  }
  static void dispose(Heap& heap, Local& self) {
    for (ThreadState* thread : self.threads) std::erase(thread->locals, &self);
    self.threads.free(heap);
    self.dictionaries.free(heap);
  }
};
constinit const Layout local_layout = layout_for<Local>();
const Layout* Local::layout() { return &local_layout; }

// The place of the running thread's dictionary; threads.size(): none.
std::size_t place_of(VM& vm, const Local& self) {
  for (std::size_t i = 0; i < self.threads.size(); ++i)
    if (self.threads[i] == vm.thread && self.dictionaries.ref(i).is_object()) return i;
  return self.threads.size();
}

void remove_place(Local& self, std::size_t at) {
  const std::size_t last = self.threads.size() - 1;
  const Value dictionary = Value::adopt(self.dictionaries.ref(at));
  self.threads[at] = self.threads[last];
  self.dictionaries[at] = self.dictionaries[last];
  self.threads.set_size(last);
  self.dictionaries.set_size(last);
}

Owned add_dictionary(VM& vm, Local& self) {
  CEDE_TRY(const Value dictionary, dict_new(vm));
  // A place that a cleared cycle has left empty is used again.
  for (std::size_t i = 0; i < self.threads.size(); ++i)
    if (self.threads[i] == vm.thread) {
      self.dictionaries[i] = Owned::share(dictionary).bits;
      return Owned::share(dictionary);
    }
  if (!self.threads.grow_for(vm.heap, self.threads.size() + 1) || !self.dictionaries.push_value(vm.heap, dictionary))
    return vm.raise_memory_error();
  (void)self.threads.push(vm.heap, vm.thread);
  vm.thread->locals.push_back(&self);
  return Owned::share(dictionary);
}

// The running thread's dictionary. A thread that comes for the first time runs __init__.
Owned dictionary_of(VM& vm, Ref object) {
  Local& self = cast<Local>(object);
  const std::size_t at = place_of(vm, self);
  if (at < self.threads.size()) return Owned::share(self.dictionaries.ref(at));
  const Value held{object};
  CEDE_TRY(Value dictionary, add_dictionary(vm, self));
  Type& type = type_of(vm, object);
  if (type.slots->init == object_init) return dictionary.take();
  CEDE_TRY(const Value init, get_attribute(vm, Ref(type), *vm.names.__init__));
  Tuple& given = cast<Tuple>(self.arguments);
  CEDE_TRY(const Value all, tuple_uninitialised(vm, given.size + 1));
  cast<Tuple>(all).items[0] = Owned::share(object).bits;
  for (std::size_t i = 0; i < given.size; ++i) cast<Tuple>(all).items[i + 1] = Owned::share(given[i]).bits;
  const Value result = call_with(vm, init, all, self.keywords);
  if (!result.is_raised()) return dictionary.take();
  const std::size_t made = place_of(vm, self);
  if (made < self.threads.size()) {
    std::erase(vm.thread->locals, &self);
    remove_place(self, made);
  }
  return raised;
}

Owned local_construct(VM& vm, Type& type, const Arguments& arguments) {
  const bool any = arguments.positional || (arguments.keywords && arguments.keywords->size);
  if (any && type.slots->init == object_init)
    return vm.raise(TypeId::TypeError, "Initialization arguments are not supported");
  Local* made = make_instance<Local>(vm, type);
  if (!made) return raised;
  Value held = Value::adopt(made);
  CEDE_TRY(made->arguments, tuple_uninitialised(vm, arguments.positional));
  for (std::size_t i = 0; i < arguments.positional; ++i)
    cast<Tuple>(made->arguments).items[i] = Owned::share(arguments[i]).bits;
  if (arguments.keywords) {
    CEDE_TRY(made->keywords, dict_new(vm));
    for (std::size_t i = 0; i < arguments.keywords->size; ++i)
      CEDE_CHECK(dict_set(vm, cast<Dict>(made->keywords), (*arguments.keywords)[i], arguments[arguments.positional + i]));
  }
  CEDE_TRY(const Value dictionary, add_dictionary(vm, *made));
  return held.take();
}

bool is_dict_name(VM& vm, Ref name) { return cast<Str>(name).view() == vm.names.__dict__->view(); }

Owned local_getattribute(VM& vm, Ref self, Ref name) {
  CEDE_TRY(Value dictionary, dictionary_of(vm, self));
  if (is_dict_name(vm, name)) return dictionary.take();
  const Owned found = generic_get_attribute(vm, self, cast<Str>(name), &cast<Dict>(dictionary));
  if (!found.ref().is_unbound()) return found;
  return raise_no_attribute(vm, self, cast<Str>(name));
}
Status local_setattr(VM& vm, Ref self, Ref name, Ref value) {
  if (is_dict_name(vm, name))
    return vm.raise(TypeId::AttributeError, "'{}' object attribute '__dict__' is read-only", display_name(type_of(vm, self)));
  CEDE_TRY(Value dictionary, dictionary_of(vm, self));
  return generic_set_attribute(vm, self, cast<Str>(name), value, &dictionary);
}

constexpr Slots local_slots = inherit(object_slots, [](Slots& s) {
  s.getattribute = local_getattribute;
  s.setattr = local_setattr;
  s.construct = local_construct;
});

}  // namespace

void thread_locals_clear(VM& vm, ThreadState& thread) {
  while (!thread.locals.empty()) {
    Local& local = cast<Local>(Ref(thread.locals.back()));
    thread.locals.pop_back();
    for (std::size_t i = local.threads.size(); i-- > 0;)
      if (local.threads[i] == &thread) remove_place(local, i);
    vm.drain_pending();
  }
}

const NativeType local_type{
    .name = "_thread._local",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &local_layout,
    .slots = &local_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::BaseType | TypeFlag::HasWeakReferences | TypeFlag::OwnDictionary,
    .doc = "Thread-local data",
    .signature = "()",
};

}  // namespace cede::stdlib
