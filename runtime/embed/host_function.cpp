// Host functions: builtin functions of the isolate whose bodies are the host's callables.
#include <algorithm>
#include <exception>

#include "runtime/core/protocols.hpp"
#include "runtime/embed/state.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/compile.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede::embed {

namespace {

using cede::detail::maximum_parameters;
using detail::HostDefinition;
using detail::State;

std::string argument_name(const cede::Parameter& parameter, std::size_t at) {
  return parameter.kind == ParameterKind::PositionalOnly ? fmt::format("argument {}", at + 1)
                                                         : fmt::format("argument '{}'", parameter.name);
}

bool is_name(std::string_view text) {
  const auto starts = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
  };
  if (text.empty() || !starts(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return starts(c) || (c >= '0' && c <= '9'); });
}

// Reads definition.text. Empty, or what is wrong with it.
std::string read_signature(HostDefinition& definition) {
  std::string& text = definition.text;
  // More commas than parameters are harmless, in defaults; more parameters are not.
  if (static_cast<std::size_t>(std::count(text.begin(), text.end(), ',')) >= maximum_parameters)
    return "too many parameters";
  if (text.empty()) return "it is empty";
  try {
    definition.parsed = cede::detail::parse_signature(text);
  } catch (const char*) {
    return "name(parameters) expected";
  }
  if (definition.parsed.signature.kind != MethodKind::Function) {
    // A first parameter named self, type or cls is an ordinary one here.
    text.insert(text.find('(') + 1, "$module, ");
    definition.parsed = cede::detail::parse_signature(text);
  }
  definition.described = definition.parsed.signature;
  definition.described.parameters = {definition.parsed.parameters.data(), definition.parsed.count};
  if (!is_name(definition.described.name)) return "the name is none";
  for (const cede::Parameter& parameter : definition.described.parameters)
    if (!is_name(parameter.name)) return fmt::format("'{}' is no parameter", parameter.name);
  return {};
}

Owned evaluate_default(State& state, std::string_view text) {
  CompileRequest request;
  request.source = text;
  request.filename = "<signature>";
  request.parse.mode = lang::Mode::Eval;
  VM& vm = state.vm();
  CEDE_TRY(const cede::Value code, compile_code(vm, request));
  cede::Dict& names = state.isolate->main_namespace();
  return run_code(vm, cast<Code>(code), names, Ref(names));
}

// The argument for one parameter, of a call that has been bound.
Status copy_argument(HostDefinition& definition, std::size_t at, const Bits* bound, const cede::Rest& rest,
                     const cede::Keywords& keywords, Value& out) {
  State& state = *definition.state;
  VM& vm = state.vm();
  const cede::Parameter& parameter = definition.described.parameters[at];
  cede::Value object;
  if (parameter.kind == ParameterKind::VarPositional) {
    CEDE_TRY(object, tuple_from_words(vm, rest.words.data(), rest.words.size()));
  } else if (parameter.kind == ParameterKind::VarKeyword) {
    CEDE_TRY(object, dict_new(vm));
    Status status = Ok;
    keywords.each([&](cede::Str& name, Ref value) {
      if (!status.is_raised()) status = dict_set_str(vm, cast<cede::Dict>(object), name, value);
    });
    CEDE_CHECK(status);
  } else {
    object = cede::Value(Ref(bound[at]).is_unbound() ? definition.defaults[at].ref() : Ref(bound[at]));
  }
  if (at < 64 && definition.as_objects >> at & 1) return state.keep_as_value(object, out);
  return state.copy_out(object, out);
}

// Notes that the calling thread is one of the script's, and inside the host.
class InsideHost {
 public:
  explicit InsideHost(State& state) : state_(state), self_(std::this_thread::get_id()) {
    const std::lock_guard guard(state_.inside_mutex);
    noted_ = state_.inside != self_;
    if (noted_) state_.script_threads.push_back(self_);
  }
  ~InsideHost() {
    if (!noted_) return;
    const std::lock_guard guard(state_.inside_mutex);
    const auto at = std::find(state_.script_threads.rbegin(), state_.script_threads.rend(), self_);
    state_.script_threads.erase(std::next(at).base());
  }
  InsideHost(const InsideHost&) = delete;

 private:
  State& state_;
  std::thread::id self_;
  bool noted_;
};

}  // namespace

namespace detail {

Owned State::call_host_function(VM& vm, const Method& method, Ref, const cede::Arguments& arguments) {
  auto& definition = const_cast<HostDefinition&>(static_cast<const HostDefinition&>(method));
  State& state = *definition.state;
  Bits bound[maximum_parameters];
  std::fill(std::begin(bound), std::end(bound), Unbound.bits);
  cede::Rest rest;
  cede::Keywords keywords;
  CEDE_CHECK(bind_arguments(vm, definition.described, "", arguments, bound, rest, keywords));
  // C++ exceptions of the host end here.
  std::string failure;
  try {
    Call call(state, &definition);
    call.arguments_.resize(definition.parsed.count);
    for (std::size_t i = 0; i < definition.parsed.count; ++i)
      CEDE_CHECK(copy_argument(definition, i, bound, rest, keywords, call.arguments_[i]));
    const Result<Value> result = [&] {
      const InsideHost presence(state);
      return definition.function(call);
    }();
    CEDE_CHECK(vm.check_interrupts());
    if (!result) return state.raise(result.error());
    const Owned converted = state.to_script(*result);
    state.foreign_object = false;
    return converted;
  } catch (const std::bad_alloc&) {
    return vm.raise_memory_error();
  } catch (const std::exception& exception) {
    failure = exception.what();
  } catch (...) {
    failure = "an exception of no known type";
  }
  return vm.raise_text(TypeId::RuntimeError,
                       fmt::format("{}() failed in the host: {}", definition.described.name, failure));
}

}  // namespace detail

Isolate& Call::isolate() const { return state_.self; }

Error Call::wrong_type(std::size_t parameter, std::string_view expected) const {
  const auto& definition = *static_cast<const HostDefinition*>(definition_);
  std::string given(arguments_[parameter].type_name());
  if (arguments_[parameter].is_none()) given = "None";
  if (const Object* object = arguments_[parameter].get_if<Object>())
    if (auto name = isolate().type_name(*object)) given = *std::move(name);
  return Error("TypeError", fmt::format("{}() {} must be {}, not {}", definition.described.name,
                                        argument_name(definition.described.parameters[parameter], parameter),
                                        expected, given));
}

Error Call::out_of_range(std::size_t parameter, std::string_view expected) const {
  const auto& definition = *static_cast<const HostDefinition*>(definition_);
  return Error("OverflowError",
               fmt::format("{}() {} is out of range for {}", definition.described.name,
                           argument_name(definition.described.parameters[parameter], parameter), expected));
}

Result<void> Isolate::define_function(std::string_view signature, HostFunction function,
                                      std::string_view module) {
  return define_checked(signature, std::move(function), module, -1, 0);
}

Result<void> Isolate::define_checked(std::string_view signature, HostFunction function,
                                     std::string_view module, int parameters, std::uint64_t as_objects) {
  State& state = *state_;
  auto definition = std::make_unique<HostDefinition>();
  definition->state = &state;
  definition->text = signature;
  if (const std::string wrong = read_signature(*definition); !wrong.empty())
    return State::misuse(fmt::format("the signature '{}': {}", signature, wrong));
  if (parameters >= 0 && static_cast<std::size_t>(parameters) != definition->parsed.count)
    return State::misuse(fmt::format("the signature '{}' has {} parameters, the function {}", signature,
                                     definition->parsed.count, parameters));
  definition->signature = &definition->described;
  definition->call = State::call_host_function;
  definition->function = std::move(function);
  definition->as_objects = as_objects;
  return state.enter_void([&](VM& vm) -> Status {
    for (const cede::Parameter& parameter : definition->described.parameters) {
      cede::Value value;
      if (parameter.has_default) {
        CEDE_TRY(value, evaluate_default(state, parameter.default_text));
      }
      definition->defaults.push_back(std::move(value));
    }
    CEDE_TRY(const cede::Value module_name, str_from_external(vm, module));
    CEDE_TRY(const cede::Value made, native_function_new(vm, *definition, Unbound, module_name));
    CEDE_TRY(const cede::Value target, state.module(module));
    // From here on a script may call it.
    const std::string name(definition->described.name);
    state.definitions.push_back(std::move(definition));
    return module_set(vm, cast<Module>(target), name, made);
  });
}

}  // namespace cede::embed
