// The module `_queue`: SimpleQueue, a queue without bound whose put() may be called by finalisers and signal handlers
// inside another call, and the exception Empty.
#include <optional>

#include "runtime/async/deadlock.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/wait.hpp"
#include "stdlib/thread/thread.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

namespace {

struct SimpleQueue : Object {
  ValueArray items;                     // from `first` on; what lies before is Unbound
  std::size_t first;
  std::atomic<std::uint32_t> puts;      // counts them: what get() waits on
  std::uint32_t waiting;
  template<class F> static void fields(SimpleQueue& self, F&& field) { field(self.items); }
  static void dispose(Heap& heap, SimpleQueue& self) { self.items.free(heap); }
  std::size_t size() const { return items.size() - first; }
};
constinit const Layout simple_queue_layout = layout_for<SimpleQueue>();

Value pop(VM& vm, SimpleQueue& self) {
  Value item = Value::adopt(Ref(std::exchange(self.items[self.first], Unbound.bits)));
  ++self.first;
  // The empty part goes when it is the greater one.
  if (self.first * 2 > self.items.size() && (self.first >= 64 || self.size() == 0)) {
    const std::size_t left = self.size();
    std::memmove(self.items.data(), self.items.data() + self.first, left * sizeof(Bits));
    self.items.set_size(left);
    self.first = 0;
    if (left * 4 < self.items.capacity() && self.items.capacity() > 64) self.items.shrink(vm.heap, left * 2);
  }
  return item;
}

RaisedMark raise_empty(VM& vm) {
  const Value module = dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("_queue"));
  if (module.is_raised()) return raised;
  if (module.is_unbound()) return vm.raise(TypeId::RuntimeError, "lost _queue");
  const Value type = get_attribute(vm, module, "Empty");
  if (type.is_raised()) return raised;
  const Value exception = call(vm, type);
  return exception.is_raised() ? raised : vm.raise_value(exception);
}

Owned queue_construct(VM& vm, Type& type, const Arguments& arguments) {
  const bool any = arguments.positional || (arguments.keywords && arguments.keywords->size);
  if (any && type.slots->init == object_init)
    return vm.raise(TypeId::TypeError, "SimpleQueue() takes no {} arguments", arguments.positional ? "positional" : "keyword");
  SimpleQueue* made = make_instance<SimpleQueue>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}

Status queue_put(VM& vm, SimpleQueue& self, Ref item, Ref, Ref) {
  if (!self.items.push_value(vm.heap, Value(item))) return vm.raise_memory_error();
  ++self.puts;
  if (self.waiting) wake_one(vm, self.puts);
  return Ok;
}
Status queue_put_nowait(VM& vm, SimpleQueue& self, Ref item) { return queue_put(vm, self, item, Unbound, Unbound); }

bool is_empty(const Object* queue) { return static_cast<const SimpleQueue*>(queue)->size() == 0; }

Owned queue_get(VM& vm, SimpleQueue& self, bool block, Ref timeout) {
  std::int64_t nanoseconds = -1;
  if (block && !timeout.is_none()) {
    CEDE_TRY(nanoseconds, nanoseconds_of(vm, timeout));
    if (nanoseconds < 0) return vm.raise(TypeId::ValueError, "'timeout' must be a non-negative number");
  }
  const Value held{Ref(self)};
  const std::int64_t deadline = deadline_after(vm, nanoseconds);
  for (;;) {
    if (self.size()) return pop(vm, self);
    if (!block) return raise_empty(vm);
    ++self.waiting;
    std::optional<WaitForWork> for_work;
    if (deadline < 0) for_work.emplace(vm, &self, is_empty);
    const Waited waited = wait_on(vm, self.puts, self.puts.load(), deadline);
    for_work.reset();
    --self.waiting;
    if (waited == Waited::Interrupted) CEDE_CHECK(vm.check_interrupts());
    if (waited == Waited::TimedOut) block = false;
  }
}
Owned queue_get_nowait(VM& vm, SimpleQueue& self) { return queue_get(vm, self, false, None); }
std::int64_t queue_qsize(VM&, SimpleQueue& self) { return static_cast<std::int64_t>(self.size()); }
bool queue_empty(VM&, SimpleQueue& self) { return self.size() == 0; }

constexpr Slots simple_queue_slots = inherit(object_slots, [](Slots& s) { s.construct = queue_construct; });
constexpr Method simple_queue_methods[] = {
    method<"empty($self, /)", queue_empty>,
    method<"get($self, /, block=True, timeout=None)", queue_get>,
    method<"get_nowait($self, /)", queue_get_nowait>,
    method<"put($self, /, item, block=True, timeout=None)", queue_put>,
    method<"put_nowait($self, /, item)", queue_put_nowait>,
    method<"qsize($self, /)", queue_qsize>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};

const NativeType simple_queue_type{
    .name = "_queue.SimpleQueue",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &simple_queue_layout,
    .slots = &simple_queue_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::BaseType | TypeFlag::HasWeakReferences,
    .methods = simple_queue_methods,
    .doc = "Simple, unbounded, reentrant FIFO queue.",
    .signature = "()",
};

Status fill(VM& vm, Module& module) {
  CEDE_CHECK(module_add_type(vm, module, simple_queue_type));
  CEDE_TRY(const Value name, str_from_ascii(vm, "Empty"));
  CEDE_TRY(const Value bases, tuple_of(vm, {Ref(vm.type(TypeId::Exception))}));
  CEDE_TRY(const Value name_space, dict_new(vm));
  CEDE_TRY(const Value module_name, str_from_ascii(vm, "_queue"));
  CEDE_TRY(const Value doc, str_from_ascii(vm, "Exception raised by Queue.get(block=0)/get_nowait()."));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(name_space), *vm.names.__module__, module_name));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(name_space), *vm.names.__doc__, doc));
  CEDE_TRY(const Value empty, call(vm, vm.type(TypeId::Type), name, bases, name_space));
  return module_set(vm, module, "Empty", empty);
}

}  // namespace

extern const NativeModule queue_native_module;
const NativeModule queue_native_module{
    .name = "_queue",
    .functions = {},
    .fill = fill,
    .doc = "C implementation of the Python queue module.\nThis module is an implementation detail, please do not use it directly.",
};

}  // namespace cede::stdlib
