// embed::Isolate: its making, its calls and its end.
#include "runtime/embed/cede.hpp"

#include <algorithm>

#include "runtime/async/async_state.hpp"
#include "runtime/core/hash.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/embed/state.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/compile.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/interpreter.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "stdlib/modules.hpp"
#include "stdlib/sys/streams.hpp"

namespace cede::embed {

using detail::State;

std::string_view version() { return CEDE_VERSION; }

// ---- entering

namespace detail {

Entry::Entry(State& state) : state_(state) {
  const std::thread::id self = std::this_thread::get_id();
  bool outermost = false;
  {
    const std::lock_guard guard(state.inside_mutex);
    const auto& threads = state.script_threads;
    if (state.inside == std::thread::id()) {
      if (std::find(threads.begin(), threads.end(), self) == threads.end()) {
        state.inside = self;
        outermost = true;
      }
    } else if (state.inside != self && std::find(threads.begin(), threads.end(), self) == threads.end()) {
      refusal = State::misuse("another thread is inside the isolate");
      return;
    }
  }
  outermost_ = outermost;
  if (!state.isolate) {
    refusal = State::misuse("the isolate is closed");
    return;
  }
  if (state.isolate->has_ended()) {
    refusal = State::misuse("the isolate has come to its end");
    return;
  }
  if (state.host->in_sink()) {
    refusal = State::misuse("an output sink must not call the isolate");
    return;
  }
  VM& vm = state.vm();
  if (outermost) {
    state.host->thread_begins();
    counted_ = true;
    acquire_isolate(vm, &vm.main_thread());
    vm.thread->stack_limit = native_stack_limit();
    state.release_dropped();
    vm.drain_pending();
  }
  if (vm.stopped || state.link->killed) {
    refusal.emplace();
    refusal->kind = Error::Kind::Killed;
    refusal->message = "the isolate was killed";
  }
}

Entry::~Entry() {
  if (!outermost_) return;
  if (state_.isolate) {
    VM& vm = state_.vm();
    if (!refusal && flush().is_raised()) vm.clear_error();
    state_.release_dropped();
    vm.drain_pending();
    release_isolate(vm);
  }
  if (counted_) state_.host->thread_ends();
  const std::lock_guard guard(state_.inside_mutex);
  state_.inside = std::thread::id();
}

Status Entry::flush() {
  VM& vm = state_.vm();
  return outermost_ && !vm.stopped && !state_.link->killed ? stdlib::flush_standard_streams(vm) : Ok;
}

Error Entry::out_of_memory() {
  VM& vm = state_.vm();
  vm.clear_error();
  vm.stopped = true;
  vm.request(Interrupt::Kill);
  state_.link->killed = true;
  Error error;
  error.kind = Error::Kind::Killed;
  error.type = "MemoryError";
  error.message = "the process has no memory left: the isolate was killed";
  return error;
}

Owned State::module(std::string_view name) {
  VM& vm = this->vm();
  if (name == "__main__") return Owned::share(Ref(isolate->main_module()));
  CEDE_TRY(const cede::Value text, str_from_external(vm, name));
  CEDE_TRY(cede::Value found,
           dict_get_str(vm, cast<cede::Dict>(vm.modules), vm.intern(cast<cede::Str>(text))));
  if (found.is_unbound()) {
    const auto known = std::find_if(vm.native_modules.begin(), vm.native_modules.end(),
                                    [&](const NativeModule* native) { return native->name == name; });
    if (known != vm.native_modules.end()) return import_absolute(vm, name);
    return module_for_code(vm, name, "");
  }
  if (is<Module>(found)) return found.take();
  return vm.raise(TypeId::TypeError, "sys.modules['{}'] is no module", name);
}

}  // namespace detail

// ---- making

namespace {

// The key of str hashes. False: the host has no entropy.
bool choose_hash_key(Host& host, const Options& options, VMOptions& vm) {
  if (!options.hash_seed) {
    vm.hash_randomization = true;
    return host.entropy(std::as_writable_bytes(std::span(vm.hash_key))) >= 0;
  }
  const HashKey key = hash_key_from_seed(*options.hash_seed);
  vm.hash_key[0] = key.k0;
  vm.hash_key[1] = key.k1;
  vm.hash_randomization = *options.hash_seed != 0;
  return true;
}

// What a new isolate takes, with room for its first script: a limit below that fails at once.
constexpr std::size_t least_memory = std::size_t{1} << 20;

}  // namespace

Isolate::Isolate() = default;

Result<std::unique_ptr<Isolate>> Isolate::make(const Options& options) {
  if (options.memory_limit < least_memory)
    return Error("MemoryError", fmt::format("the memory limit is below {} bytes", least_memory));
  try {
    std::unique_ptr<Isolate> made(new Isolate());
    made->state_ = std::make_unique<State>(*made);
    State& state = *made->state_;
    if (!options.host) state.own_host = make_system_host();
    state.host = std::make_unique<IsolateHost>(options.host ? *options.host : *state.own_host, options.output,
                                               options.error_output);
    state.value_limit = options.value_limit;
    IsolateOptions inner;
    if (!choose_hash_key(*state.host, options, inner.vm))
      return Error("OSError", "the host gives no random bytes");
    inner.vm.memory_limit = options.memory_limit;
    inner.vm.optimize = static_cast<std::uint8_t>(std::clamp(options.optimize, 0, 2));
    inner.modules = stdlib::standard_modules();
    inner.arguments = options.arguments;
    if (inner.arguments.empty()) inner.arguments.emplace_back();
    inner.original_arguments = inner.arguments;
    inner.search_path = options.search_path;
    std::string failure;
    state.isolate = cede::Isolate::make(*state.host, inner, failure);
    if (!state.isolate) return Error("MemoryError", failure);
    VM& vm = state.vm();
    vm.recursion_limit = options.recursion_limit;
    if (!options.report_deadlocks) async_state(vm).report_deadlocks = false;
    // Threads of the process may carry the isolate by turns, so that its main thread has a name of its own.
    vm.thread->id = reinterpret_cast<std::uintptr_t>(vm.thread);
    return made;
  } catch (const std::bad_alloc&) {
    return Error("MemoryError", "");
  }
}

// ---- running

Result<void> Isolate::run(const Program& program) {
  State& state = *state_;
  return state.enter_void([&](VM& vm) -> Status {
    if (!program.data_) return Ok;
    CEDE_TRY(const cede::Value code, code_new(vm, program.data_->unit));
    cede::Dict& names = state.isolate->main_namespace();
    CEDE_TRY([[maybe_unused]] const cede::Value done, run_code(vm, cast<Code>(code), names, Ref(names)));
    return Ok;
  });
}

namespace {

Owned run_source(State& state, std::string_view source, std::string_view file, lang::Mode mode) {
  CompileRequest request;
  request.source = source;
  request.filename = file;
  request.origin = mode == lang::Mode::Exec ? lang::Origin::File : lang::Origin::Text;
  request.parse.mode = mode;
  request.compile.source = std::make_shared<const std::string>(source);
  VM& vm = state.vm();
  CEDE_TRY(const cede::Value code, compile_code(vm, request));
  cede::Dict& names = state.isolate->main_namespace();
  return run_code(vm, cast<Code>(code), names, Ref(names));
}

}  // namespace

Result<void> Isolate::run(std::string_view source, std::string_view file) {
  State& state = *state_;
  return state.enter_void([&](VM&) -> Status {
    CEDE_TRY([[maybe_unused]] const cede::Value done, run_source(state, source, file, lang::Mode::Exec));
    return Ok;
  });
}

Result<Value> Isolate::evaluate(std::string_view expression, std::string_view file) {
  State& state = *state_;
  return state.enter<Value>([&](VM&, Value& out) -> Status {
    CEDE_TRY(const cede::Value result, run_source(state, expression, file, lang::Mode::Eval));
    return state.copy_out(result, out);
  });
}

// ---- calls

Result<Value> Isolate::call(std::string_view function, const Arguments& arguments) {
  State& state = *state_;
  return state.enter<Value>([&](VM&, Value& out) -> Status {
    CEDE_TRY(const cede::Value callable, state.find(function));
    CEDE_TRY(const cede::Value result, state.call(callable, arguments));
    return state.copy_out(result, out);
  });
}

Result<Value> Isolate::call(const Object& function, const Arguments& arguments) {
  State& state = *state_;
  return state.enter<Value>([&](VM&, Value& out) -> Status {
    CEDE_TRY(const cede::Value callable, state.resolve(function));
    CEDE_TRY(const cede::Value result, state.call(callable, arguments));
    return state.copy_out(result, out);
  });
}

Result<Value> Isolate::call_method(const Object& object, std::string_view method,
                                   const Arguments& arguments) {
  State& state = *state_;
  return state.enter<Value>([&](VM& vm, Value& out) -> Status {
    CEDE_TRY(const cede::Value target, state.resolve(object));
    CEDE_TRY(const cede::Value name, str_from_external(vm, method));
    CEDE_TRY(const cede::Value callable, cede::get_attribute(vm, target, vm.intern(cast<cede::Str>(name))));
    CEDE_TRY(const cede::Value result, state.call(callable, arguments));
    return state.copy_out(result, out);
  });
}

// ---- names

Result<Value> Isolate::get(std::string_view name) {
  State& state = *state_;
  return state.enter<Value>([&](VM&, Value& out) -> Status {
    CEDE_TRY(const cede::Value found, state.find(name));
    return state.copy_out(found, out);
  });
}

Result<void> Isolate::set(std::string_view name, const Value& value, std::string_view module) {
  State& state = *state_;
  return state.enter_void([&](VM& vm) -> Status {
    CEDE_TRY(const cede::Value converted, state.to_script(value));
    CEDE_TRY(const cede::Value target, state.module(module));
    CEDE_TRY(const cede::Value key, str_from_external(vm, name));
    return cede::set_attribute(vm, target, vm.intern(cast<cede::Str>(key)), converted);
  });
}

Result<Object> Isolate::object(std::string_view name) {
  State& state = *state_;
  return state.enter<Object>([&](VM&, Object& out) -> Status {
    CEDE_TRY(const cede::Value found, state.find(name));
    return state.keep(found, out);
  });
}

Result<Object> Isolate::import(std::string_view module) {
  State& state = *state_;
  return state.enter<Object>([&](VM& vm, Object& out) -> Status {
    CEDE_TRY(const cede::Value found, import_absolute(vm, module));
    return state.keep(found, out);
  });
}

Result<Object> Isolate::keep(const Value& value) {
  State& state = *state_;
  return state.enter<Object>([&](VM&, Object& out) -> Status {
    CEDE_TRY(const cede::Value converted, state.to_script(value));
    return state.keep(converted, out);
  });
}

// ---- Objects

Result<Value> Isolate::value_of(const Object& object) {
  State& state = *state_;
  return state.enter<Value>([&](VM&, Value& out) -> Status {
    CEDE_TRY(const cede::Value target, state.resolve(object));
    return state.copy_out(target, out);
  });
}

Result<Value> Isolate::get_attribute(const Object& object, std::string_view name) {
  State& state = *state_;
  return state.enter<Value>([&](VM&, Value& out) -> Status {
    CEDE_TRY(const cede::Value found, state.attribute(object, name));
    return state.copy_out(found, out);
  });
}

Result<Object> Isolate::get_attribute_object(const Object& object, std::string_view name) {
  State& state = *state_;
  return state.enter<Object>([&](VM&, Object& out) -> Status {
    CEDE_TRY(const cede::Value found, state.attribute(object, name));
    return state.keep(found, out);
  });
}

Result<void> Isolate::set_attribute(const Object& object, std::string_view name, const Value& value) {
  State& state = *state_;
  return state.enter_void([&](VM& vm) -> Status {
    CEDE_TRY(const cede::Value target, state.resolve(object));
    CEDE_TRY(const cede::Value converted, state.to_script(value));
    CEDE_TRY(const cede::Value key, str_from_external(vm, name));
    return cede::set_attribute(vm, target, vm.intern(cast<cede::Str>(key)), converted);
  });
}

Result<std::string> Isolate::str(const Object& object) {
  State& state = *state_;
  return state.enter<std::string>([&](VM& vm, std::string& out) -> Status {
    CEDE_TRY(const cede::Value target, state.resolve(object));
    CEDE_TRY(const cede::Value text, cede::str(vm, target));
    out = cast<cede::Str>(text).view();
    return Ok;
  });
}

Result<std::string> Isolate::repr(const Object& object) {
  State& state = *state_;
  return state.enter<std::string>([&](VM& vm, std::string& out) -> Status {
    CEDE_TRY(const cede::Value target, state.resolve(object));
    CEDE_TRY(const cede::Value text, cede::repr(vm, target));
    out = cast<cede::Str>(text).view();
    return Ok;
  });
}

Result<std::string> Isolate::type_name(const Object& object) {
  State& state = *state_;
  return state.enter<std::string>([&](VM& vm, std::string& out) -> Status {
    CEDE_TRY(const cede::Value target, state.resolve(object));
    out = cede::type_name(target, vm);
    return Ok;
  });
}

// ---- the end

KillSwitch Isolate::kill_switch() const {
  KillSwitch made;
  made.link_ = state_->link;
  return made;
}

void KillSwitch::kill() const {
  if (!link_) return;
  const std::lock_guard guard(link_->mutex);
  State* state = link_->state;
  if (!state || link_->killed.exchange(true)) return;
  state->vm().request(Interrupt::Kill);
  state->host->break_waits();
}

bool Isolate::killed() const { return state_->link->killed; }
std::size_t Isolate::memory_used() const { return state_->isolate ? state_->vm().heap.bytes() : 0; }
std::size_t Isolate::memory_limit() const { return state_->isolate ? state_->vm().heap.limit() : 0; }

Result<void> Isolate::close() {
  State& state = *state_;
  detail::Entry entry(state);
  if (entry.refusal) return *std::move(entry.refusal);
  return state.close() ? Result<void>() : Result<void>(Error("OSError", "output could not be flushed"));
}

Isolate::~Isolate() {
  if (!state_ || !state_->isolate) return;
  const detail::Entry entry(*state_);
  state_->close();
}

namespace detail {

bool State::close() {
  VM& vm = this->vm();
  bool flushed = true;
  if (!vm.stopped && !link->killed) {
    release_all_objects();
    flushed = isolate->finish();
  }
  // The kill switches are off from here on.
  {
    const std::lock_guard guard(link->mutex);
    link->state = nullptr;
    link->dropped.clear();
  }
  if (link->killed) vm.stopped = true;
  host->break_waits();
  end_threads(vm);
  release_all_objects();
  for (auto& definition : definitions) definition->defaults.clear();
  isolate.reset();
  definitions.clear();
  return flushed;
}

}  // namespace detail
}  // namespace cede::embed
