// Chains of generators: linking, entering, leaving, and resuming from native code (see generator.hpp).
#include "runtime/vm/generator.hpp"

#include <algorithm>
#include <vector>

#include "runtime/core/protocols.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede {

namespace {

TypeId type_id_of(const Code& code) {
  if (code.flags & lang::code_async_generator) return TypeId::AsyncGenerator;
  if (code.flags & lang::code_coroutine) return TypeId::Coroutine;
  return TypeId::Generator;
}

GeneratorKind kind_of(const Code& code) {
  if (code.flags & lang::code_async_generator) return GeneratorKind::AsyncGenerator;
  return code.flags & lang::code_coroutine ? GeneratorKind::Coroutine : GeneratorKind::Generator;
}

std::string_view kind_name(const Generator& generator) {
  switch (generator.kind) {
    case GeneratorKind::Generator: return "generator";
    case GeneratorKind::Coroutine: return "coroutine";
    case GeneratorKind::AsyncGenerator: return "async generator";
  }
  return "";
}

Generator& root_of(const Generator& generator) {
  const Generator* g = &generator;
  while (g->linked) g = g->awaiter;
  return const_cast<Generator&>(*g);
}

// The generator that `generator` waits for and that could be, or is, linked below it; null if there is none.
Generator* delegate_of(const Generator& generator) {
  const Ref awaited = generator_awaiting(generator);
  if (!awaited.is_object() || !has_layout(awaited.object(), &generator_layout)) return nullptr;
  Generator& inner = cast<Generator>(awaited);
  return inner.state == GeneratorState::Suspended ? &inner : nullptr;
}

// Breaks the link between `generator` and what awaits it: somebody else is going to drive it.
void detach(Generator& generator) {
  if (!generator.linked) return;
  Generator& root = root_of(generator);
  if (root.state != GeneratorState::Running) root.innermost = nullptr;
  root.chain_depth = 0;
  generator.linked = false;
  generator.innermost = nullptr;
  generator.chain_depth = 0;
}

void link(Generator& inner, Generator& waiting) {
  inner.linked = true;
  inner.awaiter = &waiting;
  inner.activation.caller = &waiting.activation;
  inner.activation.entry = false;
  inner.activation.on_return = static_cast<std::uint8_t>(OnReturn::Await);
  inner.handled.previous = &waiting.handled;
}

// Finds the innermost frame of a chain whose cache was cleared, linking what can be linked on the way.
void relink(Generator& root) {
  Generator* at = &root;
  std::uint32_t depth = 0;
  for (;;) {
    Generator* inner = delegate_of(*at);
    if (!inner || inner == &root) break;
    if (inner->linked) {
      if (inner->awaiter != at) break;  // somebody else's: sent to as a foreign iterator
    } else {
      if (inner->state == GeneratorState::Running) break;
      link(*inner, *at);
    }
    ++depth;
    at = inner;
  }
  root.innermost = at;
  root.chain_depth = depth;
}

}  // namespace

void Generator::detach_delegate() {
  Generator* inner = delegate_of(*this);
  if (inner && inner->linked && inner->awaiter == this) detach(*inner);
}

Ref generator_awaiting(const Generator& generator) {
  if (generator.state != GeneratorState::Suspended) return Unbound;
  const Activation& activation = generator.activation;
  if (!activation.code || activation.ip == activation.code->instructions || generator_is_running(generator)) return Unbound;
  const Operands operands = operands_at(activation.ip - 1, activation.code->instructions);
  if (operands.opcode != static_cast<std::uint8_t>(lang::Opcode::op_await_value)) return Unbound;
  return Ref(const_cast<Generator&>(generator).registers()[operands.b]);
}

Status make_awaited_real(VM& vm, Generator& generator) {
  const Ref awaited = generator_awaiting(generator);
  if (!awaited.is_object()) return Ok;
  const Value held(awaited);
  Value coroutine;
  if (is_exact(held, TypeId::AsyncGenerator)) {
    Generator& inner = cast<Generator>(held);
    if (inner.linked && inner.awaiter == &generator) detach(inner);
    CEDE_TRY(coroutine, async_generator_awaitable(vm, inner, true));
  } else if (awaited.object()->type->native->stands_for_coroutine) {
    CEDE_TRY(coroutine, awaited.object()->type->native->show_awaited(vm, held));
  } else {
    return Ok;
  }
  const Activation& activation = generator.activation;
  const Operands operands = operands_at(activation.ip - 1, activation.code->instructions);
  release(Ref(std::exchange(generator.registers()[operands.b], coroutine.take().bits)));
  return Ok;
}

bool generator_is_running(const Generator& generator) { return root_of(generator).state == GeneratorState::Running; }

Status generator_set_names(VM& vm, Generator& generator, Ref name, Ref qualified_name) {
  CEDE_TRY(generator.extra, tuple_of(vm, {name, qualified_name, generator_hook(generator)}));
  generator.has_names = true;
  return Ok;
}

Status generator_set_hook(VM& vm, Generator& generator, Ref hook) {
  if (!generator.has_names) {
    generator.extra = Value(hook);
    return Ok;
  }
  CEDE_TRY(generator.extra, tuple_of(vm, {generator_name(generator), generator_qualified_name(generator), hook}));
  return Ok;
}

Generator* generator_new(VM& vm, Function& function) {
  Code& code = *function.code;
  std::size_t words, size;
  if (!multiply_sizes(code.frame_words, sizeof(Bits), words) || !add_sizes(sizeof(Generator), words, size)) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  Type& type = vm.type(type_id_of(code));
  Object* object = vm.heap.allocate_object(&type, size, Container);
  if (!object) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  const Object header = *object;
  auto* generator = ::new (static_cast<void*>(object)) Generator();
  static_cast<Object&>(*generator) = header;
  generator->kind = kind_of(code);
  generator->state = GeneratorState::Finished;  // until it is bound: nothing to finalise
  generator->frame_cleared = true;
  retain(Ref(function));
  Activation& activation = generator->activation;
  activation.function = &function;
  activation.code = &code;
  activation.ip = code.instructions;
  activation.generator = generator;
  std::fill_n(generator->registers(), code.frame_words, Unbound.bits);
  if (function.name.ref() != code.name.ref() || function.qualified_name.ref() != code.qualified_name.ref()) {
    if (generator_set_names(vm, *generator, function.name, function.qualified_name).is_raised()) {
      release(Ref(generator));
      return nullptr;
    }
  }
  return generator;
}

void generator_bound(VM& vm, Generator& generator) {
  generator.state = GeneratorState::Created;
  generator.frame_cleared = false;
  if (generator.kind == GeneratorKind::Coroutine && vm.thread->coroutine_origin_depth > 0) record_origin(vm, generator);
}

Activation* enter_chain(VM& vm, Generator& root, Activation* caller) {
  ThreadState& thread = *vm.thread;
  if (!root.innermost) relink(root);
  Generator& innermost = *root.innermost;
  root.previous_chain = thread.chain;
  thread.chain = &root;
  root.state = GeneratorState::Running;
  root.activation.caller = caller;
  root.handled.previous = thread.handled;
  thread.handled = &innermost.handled;
  thread.recursion_depth += root.chain_depth + 1;
  thread.activation = &innermost.activation;
  retain(Ref(root));  // kept alive while it runs
  return &innermost.activation;
}

Activation* link_chain(VM& vm, Generator& inner, Activation* waiting) {
  ThreadState& thread = *vm.thread;
  Generator& root = *thread.chain;
  if (!inner.innermost) relink(inner);
  Generator& innermost = *inner.innermost;
  const std::uint32_t added = inner.chain_depth + 1;
  inner.state = GeneratorState::Suspended;
  link(inner, *waiting->generator);
  inner.chain_depth = 0;
  root.chain_depth += added;
  thread.recursion_depth += added;
  thread.handled = &innermost.handled;
  thread.activation = &innermost.activation;
  return &innermost.activation;
}

Activation* materialise(VM& vm, Activation* activation) {
  if (activation->generator) return activation;
  ThreadState& thread = *vm.thread;
  // Outermost first. The frames in between are few unless the program awaits very deeply.
  std::vector<Activation*> frames;
  for (Activation* at = activation; !at->generator; at = at->caller) frames.push_back(at);
  Activation* waiting = frames.back()->caller;
  for (std::size_t i = frames.size(); i-- > 0;) {
    Activation* frame = frames[i];
    Generator* generator = generator_new(vm, *frame->function);
    if (!generator) return nullptr;
    const Operands awaited = operands_at(waiting->ip - 1, waiting->code->instructions);
    Activation& moved = generator->activation;
    moved.ip = frame->ip;
    moved.frame = frame->frame;
    if (moved.frame) moved.frame->activation = &moved;
    std::copy_n(frame->registers(), frame->code->frame_words, generator->registers());
    generator->state = GeneratorState::Suspended;
    generator->frame_cleared = false;
    link(*generator, *waiting->generator);
    waiting->registers()[awaited.b] = Ref(generator).bits;
    release(Ref(frame->function));  // the generator has its own reference
    ++thread.chain->chain_depth;
    thread.handled = &generator->handled;
    thread.activation = &moved;
    waiting = &moved;
    if (i) frames[i - 1]->caller = waiting;
  }
  return waiting;
}

Generator* leave_chain(VM& vm, Generator& innermost) {
  ThreadState& thread = *vm.thread;
  Generator* root = thread.chain;
  thread.chain = root->previous_chain;
  root->innermost = &innermost;
  root->state = GeneratorState::Suspended;
  thread.handled = root->handled.previous;
  thread.recursion_depth -= root->chain_depth + 1;
  thread.activation = root->activation.caller;
  // The reference taken by enter_chain: the resumer holds another, or the register of a for loop does.
  release(Ref(root));
  return root;
}

Activation* leave_async_generator(VM& vm, Generator& generator) {
  ThreadState& thread = *vm.thread;
  --thread.chain->chain_depth;
  --thread.recursion_depth;
  thread.handled = generator.handled.previous;
  thread.activation = generator.activation.caller;
  generator.linked = false;
  generator.innermost = nullptr;
  generator.chain_depth = 0;
  generator.ag_running = false;
  return thread.activation;
}

void finish_generator(VM& vm, Generator& generator) {
  ThreadState& thread = *vm.thread;
  // Finalisers of what they hold wait until the caller drains them: they see the frame that goes on.
  release_locals(vm, &generator.activation);
  generator.frame_cleared = true;
  // What is left of the frame is its code, kept where the namespace was: the function and its cells may go.
  Activation& activation = generator.activation;
  if (activation.name_space) release(Ref(activation.name_space));
  retain(Ref(*activation.code));
  activation.name_space = activation.code;
  release(Ref(*std::exchange(activation.function, nullptr)));
  thread.handled = generator.handled.previous;
  generator.handled.exception.reset();
  --thread.recursion_depth;
  thread.activation = generator.activation.caller;
  generator.state = GeneratorState::Finished;
  generator.flags |= Finalized;  // nothing is left to close
  if (generator.linked) {
    Generator& root = *thread.chain;
    --root.chain_depth;
    generator.linked = false;
    generator.innermost = nullptr;
    return;
  }
  thread.chain = generator.previous_chain;
  generator.innermost = nullptr;
  release(Ref(generator));  // enter_chain's
}

namespace {

// The first await_value of `code` with no other temporary than what it waits for, after `skipped` others of that kind.
const lang::Instruction* plain_await(Code& code, std::size_t skipped) {
  std::uint32_t& known = code.plain_awaits[skipped];
  if (known) return code.instructions + known;
  for (std::uint32_t i = 1; i < code.instruction_count; ++i) {
    if (code.instructions[i].opcode != static_cast<std::uint8_t>(lang::Opcode::op_await_value)) continue;
    const auto awaited = static_cast<std::uint32_t>(operands_at(code.instructions + i, code.instructions).b);
    bool plain = true;
    for (const lang::LiveRange& range : code.unit->live_ranges)
      if (range.start <= i && i < range.end && range.reg != awaited) plain = false;
    if (!plain || skipped-- != 0) continue;
    known = i;
    return code.instructions + i;
  }
  return nullptr;
}

}  // namespace

Owned coroutine_at_await(VM& vm, Function& function, std::size_t skipped, std::initializer_list<NamedLocal> locals, Ref awaited) {
  Code& code = *function.code;
  CEDE_CHECK(code.prepare(vm));
  const lang::Instruction* at = plain_await(code, skipped);
  if (!at) return vm.raise(TypeId::SystemError, "'{}' has no such await", code.unit->name);
  const auto& names = code.unit->local_names;
  const auto register_of = [&](std::string_view name) {
    std::size_t i = 0;
    while (i < names.size() && names[i] != name) ++i;
    return i;
  };
  for (const NamedLocal& local : locals)
    if (register_of(local.name) == names.size())
      return vm.raise(TypeId::SystemError, "'{}' has no local '{}'", code.unit->name, local.name);
  Generator* generator = generator_new(vm, function);
  if (!generator) return raised;
  Bits* registers = generator->registers();
  for (const NamedLocal& local : locals) registers[register_of(local.name)] = Owned::share(local.value).bits;
  registers[operands_at(at, code.instructions).b] = Owned::share(awaited).bits;
  generator->activation.ip = at + 1;
  generator->state = GeneratorState::Suspended;
  generator->frame_cleared = false;
  return Value::adopt(generator).take();
}

Status check_can_resume(VM& vm, Generator& generator) {
  if (generator_is_running(generator)) {
    return vm.raise(TypeId::ValueError, "{} already executing", kind_name(generator));
  }
  return Ok;
}

namespace {

// Runs the chain of `generator` from native code.
Resumed run_chain(VM& vm, Generator& generator, Entrance entrance, Bits word) {
  Value held{Ref(generator)};
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) {
    release(Ref(word));
    return {Resumption::Raised, Value()};
  }
  if (vm.thread->recursion_depth + generator.chain_depth >= vm.recursion_limit) {
    release(Ref(word));
    (void)vm.raise_recursion_error();
    return {Resumption::Raised, Value()};
  }
  detach(generator);
  generator.activation.entry = true;
  generator.yielded = false;
  generator.activation.on_return = static_cast<std::uint8_t>(OnReturn::Store);
  Activation* activation = enter_chain(vm, generator, vm.thread->activation);
  generator.throwing = entrance == Entrance::Throw;
  if (generator.throwing)
    for (Generator* at = activation->generator; at; at = at == &generator ? nullptr : at->awaiter)
      at->thrown_through = at->handled.exception.is_object();
  Bits value = word;
  const Resumption kind = run(vm, activation, entrance, value);
  return {kind, kind == Resumption::Raised ? Value() : Value::adopt(Ref(value))};
}

}  // namespace

Resumed generator_resume(VM& vm, Generator& generator, Ref sent) {
  if (check_can_resume(vm, generator).is_raised()) return {Resumption::Raised, Value()};
  if (generator.state == GeneratorState::Finished) {
    if (generator.kind == GeneratorKind::Coroutine) {
      (void)vm.raise(TypeId::RuntimeError, "cannot reuse already awaited coroutine");
      return {Resumption::Raised, Value()};
    }
    return {Resumption::Returned, Value(None)};
  }
  if (generator.state == GeneratorState::Created && !sent.is_none()) {
    (void)vm.raise(TypeId::TypeError, "can't send non-None value to a just-started {}", kind_name(generator));
    return {Resumption::Raised, Value()};
  }
  if (vm.check_interrupts().is_raised()) return {Resumption::Raised, Value()};
  retain(sent);
  return run_chain(vm, generator, Entrance::Send, sent.bits);
}

namespace {

// The generators of the chain below `generator`, outermost first, and the foreign iterator at its end, if any.
Value foreign_end(VM& vm, Generator& generator, std::vector<Generator*>& chain) {
  Generator* at = &generator;
  for (;;) {
    chain.push_back(at);
    if (make_awaited_real(vm, *at).is_raised()) return raised;
    Generator* inner = delegate_of(*at);
    if (inner && inner != &generator && (!inner->linked || inner->awaiter == at)) {
      at = inner;
      continue;
    }
    return Value(generator_awaiting(*at));
  }
}

// Raises the exception right at the frame of `generator`, whatever it was waiting for.
Resumed throw_here(VM& vm, Generator& generator, Value exception) {
  if (Generator* inner = delegate_of(generator)) detach(*inner);
  detach(generator);
  generator.innermost = &generator;
  generator.chain_depth = 0;
  vm.set_error(std::move(exception));
  return run_chain(vm, generator, Entrance::Throw, Unbound.bits);
}

// Closes a foreign iterator that a generator waits for: its close(), if it has one.
Status close_foreign(VM& vm, Ref iterator) {
  if (iterator.is_object() && has_layout(iterator.object(), &generator_layout))
    return Value(generator_close(vm, cast<Generator>(iterator))).is_raised() ? Status(raised) : Ok;
  Value close = find_attribute(vm, iterator, *vm.names.close);
  if (close.is_raised()) {
    vm.report_unraisable(iterator);
    return Ok;
  }
  if (close.is_unbound()) return Ok;
  Value result = call(vm, close);
  return result.is_raised() ? Status(raised) : Ok;
}

// Raises at the frame of `last` in the chain of `root`, not in what it waits for.
Resumed throw_at(VM& vm, Generator& root, Generator& last, Value exception) {
  root.innermost = nullptr;
  relink(root);
  if (root.innermost != &last) root.innermost = nullptr;
  vm.set_error(std::move(exception));
  return run_chain(vm, root, Entrance::Throw, Unbound.bits);
}

// throw() reaching a foreign iterator `end` that `last`, innermost of the chain of `root`, waits for: its own throw
// method takes the exception; without one, it is raised in the frame of `last`.
Resumed throw_into_foreign(VM& vm, Generator& root, Generator& last, Ref end, Value exception) {
  Value method = find_attribute(vm, end, *vm.names.throw_);
  if (method.is_raised()) return {Resumption::Raised, Value()};
  if (method.is_unbound()) return throw_at(vm, root, last, std::move(exception));
  root.state = GeneratorState::Running;
  Value result = call(vm, method, exception);
  root.state = GeneratorState::Suspended;
  if (!result.is_raised()) {
    root.yielded = false;
    return {Resumption::Yielded, std::move(result)};
  }
  if (vm.error_is(TypeId::StopIteration)) {
    Value value = take_stop_iteration_value(vm);
    if (!value.is_raised()) {
      root.innermost = nullptr;
      return run_chain(vm, root, Entrance::Deliver, value.take().bits);
    }
  }
  return throw_at(vm, root, last, vm.take_error());
}

}  // namespace

Resumed generator_throw(VM& vm, Generator& generator, Value exception) {
  if (check_can_resume(vm, generator).is_raised()) return {Resumption::Raised, Value()};
  if (generator.state == GeneratorState::Finished) {
    if (generator.kind == GeneratorKind::Coroutine) {
      (void)vm.raise(TypeId::RuntimeError, "cannot reuse already awaited coroutine");
    } else {
      (void)vm.raise_value(std::move(exception));
    }
    return {Resumption::Raised, Value()};
  }
  if (generator.state == GeneratorState::Created) return throw_here(vm, generator, std::move(exception));
  detach(generator);
  Value held{Ref(generator)};
  std::vector<Generator*> chain;
  Value end = foreign_end(vm, generator, chain);
  if (end.is_raised()) return {Resumption::Raised, Value()};
  auto matched = exception_matches(vm, exception, Ref(vm.type(TypeId::GeneratorExit)));
  if (!matched.is_raised() && *matched) {
    // Inner iterators are closed first, innermost first, each by a GeneratorExit of its own; an error there is raised
    // in the frame above in the place of its GeneratorExit.
    Value error;
    if (!end.is_unbound() && close_foreign(vm, end).is_raised()) error = vm.take_error();
    for (std::size_t i = chain.size(); i-- > 1;) {
      Value inner{Ref(*chain[i])};
      if (error.is_unbound()) {
        error = call(vm, Ref(vm.type(TypeId::GeneratorExit)));
        if (error.is_raised()) error = vm.take_error();
      }
      Resumed closed = throw_here(vm, *chain[i], std::move(error));
      error.reset();
      if (closed.kind == Resumption::Yielded) {
        closed.value.reset();
        (void)vm.raise(TypeId::RuntimeError, "{} ignored GeneratorExit", kind_name(*chain[i]));
        error = vm.take_error();
      } else if (closed.kind == Resumption::Raised) {
        if (!vm.error_is(TypeId::GeneratorExit) && !vm.error_is(TypeId::StopIteration)) error = vm.take_error();
        else vm.clear_error();
      }
    }
    return throw_here(vm, generator, error.is_unbound() ? std::move(exception) : std::move(error));
  }
  if (end.is_unbound()) {  // all of the chain is ours: raised at its innermost frame
    generator.innermost = nullptr;
    vm.set_error(std::move(exception));
    return run_chain(vm, generator, Entrance::Throw, Unbound.bits);
  }
  // A foreign iterator at the end takes it by its own throw(), called with the chain entered as if it were resumed.
  Generator& last = *chain.back();
  return throw_into_foreign(vm, generator, last, end, std::move(exception));
}

Owned generator_close(VM& vm, Generator& generator) {
  if (check_can_resume(vm, generator).is_raised()) return raised;
  if (generator.state == GeneratorState::Finished) return Owned(None.bits);
  if (generator.state == GeneratorState::Created) {
    Value held{Ref(generator)};
    generator.state = GeneratorState::Finished;
    clear_suspended_frame(vm, generator);
    return Owned(None.bits);
  }
  Value exit = call(vm, Ref(vm.type(TypeId::GeneratorExit)));
  if (exit.is_raised()) return raised;
  Resumed closed = generator_throw(vm, generator, std::move(exit));
  switch (closed.kind) {
    case Resumption::Yielded:
      return vm.raise(TypeId::RuntimeError, "{} ignored GeneratorExit", kind_name(generator));
    case Resumption::Returned: return closed.value.take();
    case Resumption::Raised: break;
  }
  if (vm.error_is(TypeId::GeneratorExit) || vm.error_is(TypeId::StopIteration)) {
    vm.clear_error();
    return Owned(None.bits);
  }
  return raised;
}

void clear_suspended_frame(VM& vm, Generator& generator) {
  if (generator.frame_cleared) return;
  detach(generator);
  generator.detach_delegate();
  generator.frame_cleared = true;
  Activation& activation = generator.activation;
  const std::uint32_t at = activation.code->index_of(activation.ip);
  if (at) release_temporaries(&activation, at - 1);
  release_locals(vm, &activation);
}

}  // namespace cede
