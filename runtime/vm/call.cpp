// Calls of script functions: frames on the register stack, binding of arguments, and the call windows of the
// interpreter. A window is consumed whole, whatever happens.
#include <algorithm>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/type_slots.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/arguments.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

Bits* stack_top(ThreadState& thread, Activation* activation) {
  if (!activation) return thread.segment->words();
  // Frames inside generators lie elsewhere: what is free begins above whoever resumed the outermost of them.
  for (const Generator* root = thread.chain; activation && activation->generator; root = root->previous_chain)
    activation = root->activation.caller;
  if (!activation) return thread.segment->words();
  return activation->registers() + activation->code->frame_words;
}

void free_register_stack(VM& vm, ThreadState& thread) {
  RegisterSegment* segment = thread.segment;
  while (segment && segment->previous) segment = segment->previous;
  while (segment) {
    RegisterSegment* next = segment->next;
    vm.heap.free_raw(segment, segment->size);
    segment = next;
  }
  thread.segment = nullptr;
}

namespace {

RegisterSegment* new_segment(VM& vm, std::size_t words) {
  std::size_t size = vm.thread->segment ? RegisterSegment::usual_size : RegisterSegment::first_size;
  size = std::max(size, sizeof(RegisterSegment) + words * sizeof(Bits));
  auto* segment = static_cast<RegisterSegment*>(vm.heap.allocate_raw(size));
  if (!segment) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  segment->previous = vm.thread->segment;
  segment->next = nullptr;
  segment->size = size;
  segment->end = reinterpret_cast<Bits*>(reinterpret_cast<char*>(segment) + size);
  return segment;
}

void fill_header(Activation* made, Activation* caller, Function& function) {
  made->caller = caller;
  made->function = &function;
  made->code = function.code;
  made->ip = function.code->instructions;
  made->frame = nullptr;
  made->generator = nullptr;
  made->name_space = nullptr;
  made->result = 0;
  made->entry = made->new_segment = made->result_is_local = false;
  made->on_return = static_cast<std::uint8_t>(OnReturn::Store);
}

void release_words(const Bits* words, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) release(Ref(words[i]));
}

Status check_depth(VM& vm) {
  if (vm.thread->recursion_depth < vm.recursion_limit) [[likely]] return Ok;
  return vm.raise_recursion_error();
}

// Makes `activation` the running one.
void start_frame(VM& vm, Activation* activation) {
  ++vm.thread->recursion_depth;
  vm.thread->activation = activation;
}

}  // namespace

Activation* push_frame(VM& vm, Function& function, bool& new_segment_made) {
  ThreadState& thread = *vm.thread;
  const std::size_t words = function.code->frame_words + lang::call_header;
  new_segment_made = false;
  if (!thread.segment && !(thread.segment = new_segment(vm, words))) return nullptr;
  Bits* top = stack_top(thread, thread.activation);
  if (top + words > thread.segment->end) {
    RegisterSegment* segment = thread.segment->next;
    if (!segment || segment->size < sizeof(RegisterSegment) + words * sizeof(Bits)) {
      segment = new_segment(vm, words);
      if (!segment) return nullptr;
      if (RegisterSegment* unused = thread.segment->next) vm.heap.free_raw(unused, unused->size);
      thread.segment->next = segment;
    }
    thread.segment = segment;
    top = segment->words();
    new_segment_made = true;
  }
  auto* made = reinterpret_cast<Activation*>(top);
  fill_header(made, thread.activation, function);
  made->new_segment = new_segment_made;
  return made;
}

void pop_segment(ThreadState& thread) { thread.segment = thread.segment->previous; }

Owned function_call(VM& vm, Ref self, const Arguments& arguments) {
  Function& function = cast<Function>(self);
  if (function.code->prepare(vm).is_raised() || vm.check_interrupts().is_raised()) return raised;
  if (function.code->quick && !arguments.keywords) {
    const Owned result = function.code->quick(vm, function, arguments.values, arguments.positional);
    if (!result.ref().is_unbound()) return result;
  }
  NativeDepthGuard guard(vm);
  if (guard.exceeded() || check_depth(vm).is_raised()) return raised;
  if (function.code->flags & (lang::code_generator | lang::code_coroutine | lang::code_async_generator)) {
    Generator* generator = generator_new(vm, function);
    if (!generator) return raised;
    Value made = Value::adopt(generator);
    if (bind_parameters(vm, function, arguments, generator->registers(), false).is_raised()) {
      release_words(generator->registers(), function.code->local_count);
      return raised;
    }
    generator_bound(vm, *generator);
    return made;
  }
  bool new_segment_made;
  Activation* activation = push_frame(vm, function, new_segment_made);
  if (!activation) return raised;
  if (bind_parameters(vm, function, arguments, activation->registers(), false).is_raised()) {
    release_words(activation->registers(), function.code->local_count);
    if (new_segment_made) pop_segment(*vm.thread);
    return raised;
  }
  retain(Ref(function));
  activation->entry = true;
  start_frame(vm, activation);
  Bits result = Unbound.bits;
  return run(vm, activation, Entrance::Start, result) == Resumption::Raised ? Owned(raised) : Owned(result);
}

// Names of this code are no longer looked up as globals: back to the general instructions.
static void forget_name_caches(Code& code) {
  code.namespace_differs = true;
  for (std::uint32_t i = 0; i < code.instruction_count; ++i)
    if (code.unit->instructions[i].opcode == static_cast<std::uint8_t>(lang::Opcode::op_load_name) ||
        code.unit->instructions[i].opcode == static_cast<std::uint8_t>(lang::Opcode::op_store_name))
      code.instructions[i].opcode = code.unit->instructions[i].opcode;
}

Owned run_code(VM& vm, Code& code, Dict& globals, Ref name_space, Tuple* closure) {
  if (code.prepare(vm).is_raised() || vm.check_interrupts().is_raised()) return raised;
  NativeDepthGuard guard(vm);
  if (guard.exceeded() || check_depth(vm).is_raised()) return raised;
  if (name_space.object() != &globals && !code.namespace_differs) forget_name_caches(code);
  CEDE_TRY(Value function_value, function_new(vm, code, globals));
  Function& function = cast<Function>(function_value);
  if (closure) {
    retain(Ref(closure));
    function.closure = closure;
  }
  if (code.flags & (lang::code_generator | lang::code_coroutine | lang::code_async_generator)) {
    Generator* generator = generator_new(vm, function);
    if (!generator) return raised;
    Value made = Value::adopt(generator);
    std::fill_n(generator->registers(), code.local_count, Unbound.bits);
    retain(name_space);
    generator->activation.name_space = name_space.object();
    generator_bound(vm, *generator);
    return made;
  }
  bool new_segment_made;
  Activation* activation = push_frame(vm, function, new_segment_made);
  if (!activation) return raised;
  std::fill_n(activation->registers(), code.local_count, Unbound.bits);
  (void)function_value.take();
  retain(name_space);
  activation->name_space = name_space.object();
  activation->entry = true;
  start_frame(vm, activation);
  Bits result = Unbound.bits;
  return run(vm, activation, Entrance::Start, result) == Resumption::Raised ? Owned(raised) : Owned(result);
}

namespace {

CallOutcome failed() { return {CallOutcome::Failed, 0, nullptr}; }
CallOutcome done(Bits result) { return {CallOutcome::Done, result, nullptr}; }

// What `call_window` works on while it finds out what the callee is. Owns all words it points to.
struct Window {
  Bits* callee;          // one word
  Bits* args;            // `count` words; the call_header words before them are free
  std::uint32_t count;
  const Tuple* keywords;
  Object* instance = nullptr;  // of a class being constructed by a script __init__: owned

  void release_all() const {
    release_words(args, count);
    release(Ref(*callee));
    if (instance) release(Ref(instance));
  }
  Arguments arguments() const {
    const std::uint32_t named = keywords ? static_cast<std::uint32_t>(keywords->size) : 0;
    return {args, count - named, keywords};
  }
};

CallOutcome fail(const Window& window) {
  window.release_all();
  return failed();
}

CallOutcome call_generator_function(VM& vm, Function& function, const Window& window) {
  Generator* generator = generator_new(vm, function);
  if (!generator) return fail(window);
  const Code& code = *function.code;
  if (code.plain_parameters && !window.keywords && code.positional == window.count && !window.instance) {
    std::copy_n(window.args, window.count, generator->registers());
    release(Ref(*window.callee));
    generator_bound(vm, *generator);
    return done(Ref(generator).bits);
  }
  const Status bound = bind_parameters(vm, function, window.arguments(), generator->registers(), true);
  release(Ref(*window.callee));
  if (bound.is_raised()) {
    release_words(generator->registers(), function.code->local_count);
    release(Ref(generator));
    return failed();
  }
  generator_bound(vm, *generator);
  if (window.instance) {  // an __init__ that is a generator function: not None
    (void)vm.raise(TypeId::TypeError, "__init__() should return None, not '{}'", type_name(Ref(generator), vm));
    release(Ref(generator));
    release(Ref(window.instance));
    return failed();
  }
  return done(Ref(generator).bits);
}

// Pushes the frame of a script function: in place where the window lies on the register stack and has the room.
CallOutcome push_function(const Frame& f, Window window) {
  VM& vm = f.vm;
  Function& function = cast<Function>(Ref(*window.callee));
  Code& code = *function.code;
  if (code.prepare(vm).is_raised() || vm.check_interrupts().is_raised() || check_depth(vm).is_raised())
    return fail(window);
  if (code.flags & (lang::code_generator | lang::code_coroutine | lang::code_async_generator))
    return call_generator_function(vm, function, window);
  if (code.quick && !window.keywords && !window.instance) {
    const Owned result = code.quick(vm, function, window.args, window.count);
    if (!result.ref().is_unbound()) {
      window.release_all();
      return result.is_raised() ? failed() : done(result.bits);
    }
  }
  ThreadState& thread = *vm.thread;
  const bool in_place = !f.activation->generator && window.args >= f.r &&
                        window.args + code.frame_words <= thread.segment->end;
  const bool exact = !window.keywords && code.simple && code.positional == window.count;
  Activation* made;
  if (in_place && exact) {
    made = Activation::of(window.args);
    fill_header(made, f.activation, function);
    std::fill_n(window.args + window.count, code.local_count - window.count, Unbound.bits);
  } else {
    // Binding needs the arguments elsewhere than in the registers it fills.
    bool new_segment_made = false;
    if (in_place) {
      MovedArguments moved(vm, window.args, window.count);
      if (moved.failed()) return fail(window);
      made = Activation::of(window.args);
      const Arguments arguments{moved.words(), window.arguments().positional, window.keywords};
      if (bind_parameters(vm, function, arguments, window.args, true).is_raised()) {
        release_words(window.args, code.local_count);
        release(Ref(*window.callee));
        if (window.instance) release(Ref(window.instance));
        return failed();
      }
      fill_header(made, f.activation, function);
    } else {
      made = push_frame(vm, function, new_segment_made);
      if (!made) return fail(window);
      if (bind_parameters(vm, function, window.arguments(), made->registers(), true).is_raised()) {
        release_words(made->registers(), code.local_count);
        if (new_segment_made) pop_segment(thread);
        release(Ref(*window.callee));
        if (window.instance) release(Ref(window.instance));
        return failed();
      }
    }
  }
  made->result = static_cast<std::uint32_t>(f.a);
  made->result_is_local = f.small & lang::out_is_local;
  if (window.instance) {
    made->name_space = window.instance;
    made->on_return = static_cast<std::uint8_t>(OnReturn::Construct);
  }
  start_frame(vm, made);
  return {CallOutcome::Pushed, 0, made};
}

// The word before the arguments of a call without any may lie beyond the caller's registers, at the end of its segment
// or generator.
bool has_room_before(const Frame& f, const Bits* args) {
  const Bits* end = f.activation->generator ? f.r + f.activation->code->frame_words : f.vm.thread->segment->end;
  return args <= end;
}

// The callee's `self` becomes the first argument: there is room, the header shrinks into the callee's own word.
void insert_first(Window& window, Value self) {
  --window.args;
  *window.args = self.take().bits;
  ++window.count;
}

// A class whose instances are made by object.__new__ and set up by a script __init__, called through plain `type`.
Function* script_initialiser(VM& vm, Type& type) {
  if (type.type->id != TypeId::Type || type.slots->construct != object_construct || type.has(TypeFlag::Abstract))
    return nullptr;
  if (type.slots->init == object_init || !type.has(TypeFlag::Heap)) return nullptr;
  const Ref init = type_lookup(vm, type, *vm.names.__init__);
  return is_exact(init, TypeId::Function) ? &cast<Function>(init) : nullptr;
}

}  // namespace

CallOutcome call_window(const Frame& f, Bits* callee, Bits* args, std::uint32_t count, const Tuple* keywords) {
  VM& vm = f.vm;
  Bits held = *callee;  // the callee's word itself may be covered by the new frame
  Window window{&held, args, count, keywords};
  for (;;) {
    const Ref called(held);
    if (!called.is_object()) break;
    Type& type = *called.object()->type;
    if (type.id == TypeId::Function) return push_function(f, window);
    if (type.id == TypeId::BoundMethod) {
      BoundMethod& method = cast<BoundMethod>(called);
      if (window.args - 1 < callee + lang::call_header || !has_room_before(f, window.args)) break;
      insert_first(window, Value(method.self));
      const Bits function = Owned::share(method.function).bits;
      release(called);
      held = function;
      if (!is_exact(Ref(held), TypeId::Function)) break;
      continue;
    }
    if (!has_room_before(f, window.args)) break;
    if (type.id == TypeId::Type && window.args == args) {
      if (Function* init = script_initialiser(vm, cast<Type>(called))) {
        Type& class_ = cast<Type>(called);
        Object* instance = allocate_instance(vm, class_, sizeof(Object));
        if (!instance) return fail(window);
        retain(Ref(*init));
        insert_first(window, Value(Ref(instance)));
        window.instance = instance;
        release(called);
        held = Ref(*init).bits;
        return push_function(f, window);
      }
    }
    if (type.has(TypeFlag::Heap) && type.slots->call && window.args == args) {
      const Ref method = type_lookup(vm, type, *vm.names.__call__);
      if (is_exact(method, TypeId::Function)) {
        retain(method);
        insert_first(window, Value::adopt(called));
        held = method.bits;
        continue;
      }
    }
    break;
  }
  const Owned result = call(vm, Ref(held), window.arguments());
  window.release_all();
  if (result.is_raised()) return failed();
  return done(result.bits);
}

Activation* push_awaited(VM& vm, Activation* caller, Function& function, Bits* args, std::uint32_t count,
                         const lang::Instruction* after) {
  ThreadState& thread = *vm.thread;
  Code& code = *function.code;
  const bool takes_more = code.flags & lang::code_varargs;
  if (!code.awaitable_in_place || (takes_more ? code.positional > count : code.positional != count) || thread.recursion_depth >= vm.recursion_limit ||
      thread.coroutine_origin_depth > 0 || vm.interrupts.load(std::memory_order_relaxed) ||
      function.name.ref() != code.name.ref() || function.qualified_name.ref() != code.qualified_name.ref())
    return nullptr;
  Activation* made;
  Bits* registers;
  if (!caller->generator) {
    if (args + code.frame_words > thread.segment->end) return nullptr;
    registers = args;
    made = Activation::of(args);
  } else {
    if (!thread.segment) return nullptr;
    Bits* top = stack_top(thread, caller);
    if (top + lang::call_header + code.frame_words > thread.segment->end) return nullptr;
    made = reinterpret_cast<Activation*>(top);
    registers = made->registers();
  }
  std::uint32_t filled = code.positional;
  Value rest;
  if (takes_more) {  // *args
    rest = tuple_from_words(vm, args + filled, count - filled);
    if (rest.is_raised()) {
      vm.clear_error();
      return nullptr;
    }
    for (std::uint32_t i = filled; i < count; ++i) release(Ref(args[i]));
  }
  if (registers != args) std::copy_n(args, filled, registers);
  if (takes_more) registers[filled++] = rest.take().bits;
  Bits* callee = args - 1 - lang::call_header;
  std::fill_n(registers + filled, code.local_count - filled, Unbound.bits);
  fill_header(made, caller, function);
  *callee = Unbound.bits;  // the function has moved into the frame
  const Operands awaited = operands_at(after - 1, caller->code->instructions);
  caller->registers()[awaited.b] = Unbound.bits;
  made->result = static_cast<std::uint32_t>(awaited.a);
  made->result_is_local = awaited.small & lang::out_is_local;
  made->on_return = static_cast<std::uint8_t>(OnReturn::AwaitCall);
  caller->ip = after;
  start_frame(vm, made);
  return made;
}

Activation* push_awaited_apart(VM& vm, Activation* caller, Function& function, std::initializer_list<Ref> arguments,
                               const lang::Instruction* after) {
  constexpr std::size_t most_arguments = 4, before = 1 + lang::call_header;
  Bits apart[before + most_arguments];
  Bits* window = apart;
  if (!caller->generator) {  // the frame begins behind the window, above that of the caller
    window = stack_top(*vm.thread, caller);
    if (window + before + most_arguments > vm.thread->segment->end) return nullptr;
  }
  Bits* at = window + before;
  for (const Ref argument : arguments) *at++ = argument.bits;
  Activation* made =
      push_awaited(vm, caller, function, window + before, static_cast<std::uint32_t>(arguments.size()), after);
  if (!made) return nullptr;
  retain(Ref(function));
  for (const Ref argument : arguments) retain(argument);
  return made;
}

// A keyword of f(**mapping) that is no string. A class that takes no arguments says that first.
static void raise_odd_keyword(VM& vm, Ref callee) {
  const Type* class_ = is_exact(callee, TypeId::Type) ? as<Type>(callee) : nullptr;
  if (class_ && class_->slots->construct == object_construct && class_->slots->init == object_init)
    (void)vm.raise(TypeId::TypeError, "{}() takes no arguments", display_name(*class_));
  else
    (void)vm.raise_text(TypeId::TypeError, "keywords must be strings");
}

// call_spread: callee in the window's first register, the positional arguments as an iterable, the keywords as a Dict.
CallOutcome call_spread_window(const Frame& f) {
  VM& vm = f.vm;
  Value callee = Value::adopt(f.ref(f.b)), iterable = Value::adopt(f.ref(f.b + 1)), keywords = Value::adopt(f.ref(f.b + 2));
  Value positional;
  if (is_exact(iterable, TypeId::Tuple)) {
    positional = std::move(iterable);
  } else {
    positional = tuple_from(vm, iterable);
    if (positional.is_raised()) {
      if (vm.error_is(TypeId::TypeError) && !type_of(vm, iterable).slots->iter && !is_iterator(vm, iterable)) {
        vm.clear_error();
        (void)vm.raise(TypeId::TypeError, "{} argument after * must be an iterable, not {}", callable_name(vm, callee),
                       type_name(iterable, vm));
      }
      return failed();
    }
  }
  Tuple& words = cast<Tuple>(positional);
  Dict* named = keywords.is_object() ? &cast<Dict>(keywords) : nullptr;
  const std::size_t named_count = named ? dict_size(*named) : 0;
  MovedArguments all(vm, nullptr, words.size + named_count);
  if (all.failed()) return failed();
  for (std::size_t i = 0; i < words.size; ++i) all.mutable_words()[i] = words.items[i];
  Value names;
  if (named_count) {
    names = tuple_uninitialised(vm, named_count);
    if (names.is_raised()) return failed();
    std::size_t position = 0, i = 0;
    Ref key, value;
    while (dict_next(*named, position, key, value)) {
      if (!is<Str>(key)) {
        raise_odd_keyword(vm, callee);
        return failed();
      }
      Value name = vm.intern_transient(cast<Str>(key));
      if (name.is_raised()) return failed();
      cast<Tuple>(names).items[i] = name.take().bits;
      all.mutable_words()[words.size + i++] = value.bits;
    }
  }
  const Arguments arguments{all.words(), static_cast<std::uint32_t>(words.size), named_count ? &cast<Tuple>(names) : nullptr};
  Value function = callee, self;
  Ref target = callee;
  if (is_exact(callee, TypeId::Function)) {
    // A frame at the stack top: no C++ recursion for f(*args).
    Function& script = cast<Function>(target);
    if (script.code->prepare(vm).is_raised()) return failed();
    if (!(script.code->flags & (lang::code_generator | lang::code_coroutine | lang::code_async_generator))) {
      if (vm.check_interrupts().is_raised() || check_depth(vm).is_raised()) return failed();
      bool new_segment_made;
      Activation* made = push_frame(vm, script, new_segment_made);
      if (!made) return failed();
      if (bind_parameters(vm, script, arguments, made->registers(), false).is_raised()) {
        release_words(made->registers(), script.code->local_count);
        if (new_segment_made) pop_segment(*vm.thread);
        return failed();
      }
      (void)callee.take();
      made->result = static_cast<std::uint32_t>(f.a);
      made->result_is_local = f.small & lang::out_is_local;
      start_frame(vm, made);
      return {CallOutcome::Pushed, 0, made};
    }
  }
  const Owned result = call(vm, target, arguments);
  if (result.is_raised()) return failed();
  return done(result.bits);
}

}  // namespace cede
