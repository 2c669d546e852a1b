// The life of an isolate: its first objects, finalisers and interrupts while it runs, and its end.
#include "runtime/core/vm.hpp"

#include <cstdio>

#include "runtime/core/intern_table.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/weak.hpp"

namespace cede {

namespace {
// Until the host says how much stack there is, so much below the frame that made the isolate may be used.
constexpr std::uintptr_t assumed_stack = std::uintptr_t{4} << 20;
}  // namespace

VM::VM(Host& the_host, const VMOptions& the_options)
    : options(the_options),
      host(the_host),
      interned_(std::make_unique<InternTable>(heap, the_options.hash_key[0] ^ the_options.hash_key[1])),
      main_thread_(std::make_unique<ThreadState>(*this)) {
  thread = main_thread_.get();
  thread->is_main = true;
  thread->stack_limit = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - assumed_stack;
  make_core();
  heap.set_limit(options.memory_limit);
}

// The empty tuple is needed by the first types, so it comes before its own type.
void VM::make_core() {
  Type header{};
  header.count = immortal_count;
  Object* memory = heap.allocate_object(&header, sizeof(Tuple), 0);
  if (!memory) std::abort();
  static_cast<Tuple*>(memory)->size = 0;
  empty_tuple = Value::adopt(memory);
  memory->type = &type(TypeId::Object);
  memory->type = &type(TypeId::Tuple);
#define NAME(identifier) names.identifier = &intern(#identifier);
#define NAME_AS(identifier, text) names.identifier = &intern(text);
#include "runtime/core/names.def"
  empty_str = Value(Ref(names.empty_));
  memory_error_ = call(*this, type(TypeId::MemoryError));
}

VM::~VM() {
  if (!stopped && !modules_finalized) finalize_modules();
  tear_down();
}

// ---- finalisers and callbacks

void VM::run_pending(Heap::PendingNode& node) {
  if (!node.callback.is_unbound()) {
    if (stopped) return;
    const Value result = call(*this, node.callback, node.object);
    if (result.is_raised()) report_unraisable(node.callback);
    return;
  }
  Object* object = node.object.object();
  object->flags = (object->flags & ~std::uint32_t{Pending}) | Finalized;
  if (!stopped && object->type->slots->finalize) object->type->slots->finalize(*this, Ref(object));
}

// What a finaliser releases is taken down after it, before the objects that were queued earlier: `rest`
// waits. Nested drains, inside a finaliser, see only what was queued since.
void VM::drain_pending_slow() {
  Value exception = std::move(thread->exception);
  Heap::PendingNode* rest = nullptr;
  while ((rest = heap.take_pending(rest))) {
    Heap::PendingNode* node = rest;
    rest = node->next;
    run_pending(*node);
    heap.free_pending(node);
  }
  thread->exception = std::move(exception);
}

void VM::report_unraisable(Ref object, std::string_view message) {
  const Value exception = take_error();
  if (exception.is_unbound() || stopped) return;
  const Value held{object};
  if (unraisable_hook) return unraisable_hook(*this, exception, held, message);
  const std::string what =
      message.empty() ? "Exception ignored in: " + repr_text(*this, held) : std::string(message);
  const std::string text = type_name(exception, *this) + ": " + repr_text(*this, exception);
  std::fprintf(stderr, "%s\n%s\n", what.c_str(), text.c_str());
}

// ---- interrupts

Status VM::handle_interrupts() {
  std::uint32_t reasons = interrupts.exchange(0, std::memory_order_acquire);
  if (reasons & std::uint32_t(Interrupt::Collect)) {
    reasons &= ~std::uint32_t(Interrupt::Collect);
    heap.collect_due(*this);
  }
  drain_pending();
  if (!reasons) return Ok;
  if (interrupt_handler) return interrupt_handler(*this, reasons);
  if (reasons & std::uint32_t(Interrupt::Kill)) {
    stopped = true;
    request(Interrupt::Kill);
    return raise_text(TypeId::SystemExit, "killed");
  }
  return Ok;
}

// ---- the end

namespace {
void empty_namespace(VM& vm, Dict& dictionary, bool private_names) {
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(dictionary, position, key, value)) {
    const Str* name = as<Str>(key);
    if (!name || value.is_none()) continue;
    const std::string_view text = name->view();
    const bool is_private = text.size() > 1 && text[0] == '_' && text[1] != '_';
    if (private_names ? !is_private : text == "__builtins__") continue;
    if (dict_set(vm, dictionary, key, None).is_raised()) vm.clear_error();
    vm.drain_pending();
  }
}

// Private names go first, so that the destructors of others may still use what they import.
void empty_module(VM& vm, Ref module) {
  Value dictionary = get_attribute(vm, module, *vm.names.__dict__);
  if (dictionary.is_raised()) vm.clear_error();
  if (!is<Dict>(dictionary)) return;
  empty_namespace(vm, cast<Dict>(dictionary), true);
  empty_namespace(vm, cast<Dict>(dictionary), false);
}
}  // namespace

void VM::finalize_modules() {
  modules_finalized = true;
  thread->exception.reset();
  drain_pending();
  // What is garbage already is finalised while the modules are whole.
  if (heap.collector_enabled_) heap.collect(*this, 2);
  if (!is<Dict>(modules)) return;
  Dict& table = cast<Dict>(modules);
  std::vector<Value> references;
  std::size_t position = 0;
  Ref key, module;
  while (dict_next(table, position, key, module)) {
    if (!module.is_object() || module == Ref(sys_module)) continue;
    if (as<Str>(key) && cast<Str>(key).view() == "builtins") continue;
    Value reference = weak_reference_new(*this, type(TypeId::WeakReference), module, Unbound);
    if (reference.is_raised())
      clear_error();
    else
      references.push_back(std::move(reference));
    // One by one, the oldest first: finalisers of what the main module holds still find and import the others.
    const Value held{key};
    if (dict_set(*this, table, held, None).is_raised()) clear_error();
    drain_pending();
  }
  dict_clear(*this, table);
  drain_pending();
  heap.collect(*this, 2);
  for (std::size_t i = references.size(); i-- > 0;) {
    const Value alive{weak_target(cast<WeakReference>(references[i]))};
    if (alive.is_object()) empty_module(*this, alive);
  }
  references.clear();
  drain_pending();
  heap.collect(*this, 2);
}

// No script code runs any more. Every owner lets go; then the types, which everything else needs to die, are
// taken apart.
void VM::tear_down() {
  stopped = true;
  heap.drop_finalizers();
  if (async && destroy_async) destroy_async(*this);
  if (compiler && destroy_compiler) destroy_compiler(*this);
  for (ThreadState* t = main_thread_.get(); t; t = t->next) {
    for (Value* value : {&t->exception, &t->context, &t->running_loop, &t->asyncgen_firstiter,
                         &t->asyncgen_finalizer, &t->trace_function, &t->stop_value, &t->base_handled.exception})
      value->reset();
  }
  for (Value* value : {&modules, &builtins, &sys_module, &signal_handlers, &plain_interrupt_handler, &empty_str, &empty_bytes, &memory_error_})
    value->reset();
  for (Value& value : single_characters) value.reset();
  drain_pending_slow();
  heap.collect(*this, 2);
  std::vector<Type*> made;
  for (Type* t : types_)
    if (t) made.push_back(t);
  for (auto& [native, t] : dynamic_types_) made.push_back(t);
  for (Type* t : made) {
    heap.clear_object(t);
    for (Value* value : {&t->bases, &t->name, &t->qualified_name, &t->module}) value->reset();
  }
  empty_tuple.reset();
  heap.collect(*this, 2);
  interned_.reset();
  weak.reset();
  if constexpr (allocation_checks) {
    std::size_t left = heap.live_objects() - made.size();
    if (left) std::fprintf(stderr, "cede: %zu objects were never freed\n", left);
    heap.each_object([&](Object* object) {
      if (left && left <= 40 && object->type != types_[std::size_t(TypeId::Type)])
        std::fprintf(stderr, "  %s, %u references\n", object->type->native->name, object->count);
    });
  }
  for (Type* t : made) {
    Type::dispose(heap, *t);
    heap.free_unconstructed(t, sizeof(Type));
  }
}

}  // namespace cede
