// Binding of arguments to the parameters of a script function, and CPython's messages when they do not fit.
#include "runtime/vm/arguments.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/list.hpp"
#include "runtime/core/suggestions.hpp"

namespace cede {

namespace {

std::string_view parameter_name(const Code& code, std::size_t i) { return code.unit->local_names[i]; }
std::string function_text(const Function& function) { return std::string(cast<Str>(function.qualified_name).view()); }

// 'a', 'b' and 'c': how lists of missing arguments are worded.
std::string join_names(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i) text += i + 1 < names.size() ? ", " : names.size() > 2 ? ", and " : " and ";
    text += "'" + std::string(names[i]) + "'";
  }
  return text;
}

RaisedMark raise_missing(VM& vm, const Function& function, const std::vector<std::string_view>& names, std::string_view kind) {
  return vm.raise(TypeId::TypeError, "{}() missing {} required {} argument{}: {}", function_text(function), names.size(),
                  kind, names.size() == 1 ? "" : "s", join_names(names));
}

RaisedMark raise_too_many(VM& vm, const Function& function, std::size_t given, const Bits* registers) {
  const Code& code = *function.code;
  std::size_t keyword_only_given = 0;
  for (std::size_t i = 0; i < code.unit->keyword_only; ++i)
    if (registers[code.positional + i] != Unbound.bits) ++keyword_only_given;
  const std::size_t defaults = is<Tuple>(function.defaults) ? cast<Tuple>(function.defaults).size : 0;
  const std::size_t least = code.positional - std::min<std::size_t>(defaults, code.positional);
  std::string takes;
  bool plural = code.positional != 1;
  if (defaults) {
    takes = fmt::format("from {} to {}", least, code.positional);
    plural = true;
  } else {
    takes = std::to_string(code.positional);
  }
  std::string kwonly;
  if (keyword_only_given)
    kwonly = fmt::format(" positional argument{} (and {} keyword-only argument{})", given != 1 ? "s" : "", keyword_only_given,
                         keyword_only_given != 1 ? "s" : "");
  return vm.raise(TypeId::TypeError, "{}() takes {} positional argument{} but {}{} {} given", function_text(function), takes,
                  plural ? "s" : "", given, kwonly, given == 1 && !keyword_only_given ? "was" : "were");
}

// Positional-only parameters given by name (and no **kwargs to take them).
bool raise_positional_only(VM& vm, const Function& function, const Tuple& names) {
  std::string found;
  for (std::size_t i = 0; i < function.code->unit->positional_only; ++i)
    for (Bits word : names)
      if (cast<Str>(Ref(word)).view() == parameter_name(*function.code, i)) {
        if (!found.empty()) found += ", ";
        found += parameter_name(*function.code, i);
      }
  if (found.empty()) return false;
  (void)vm.raise(TypeId::TypeError, "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                 function_text(function), found);
  return true;
}

// The parameter that a keyword names, or -1. Positional-only ones do not count.
std::int64_t find_parameter(const Code& code, const Str& name) {
  const std::size_t end = code.positional + code.unit->keyword_only;
  for (std::size_t i = code.unit->positional_only; i < end; ++i) {
    const Ref own = cast<Tuple>(code.local_names)[i];
    if (own.object() == &name) return static_cast<std::int64_t>(i);
  }
  if (!name.is_interned())
    for (std::size_t i = code.unit->positional_only; i < end; ++i)
      if (parameter_name(code, i) == name.view()) return static_cast<std::int64_t>(i);
  return -1;
}

// A word of the caller's: taken over, or shared.
Bits take_word(Bits word, bool moved) {
  if (!moved) retain(Ref(word));
  return word;
}

Status bind_keywords(VM& vm, Function& function, const Arguments& arguments, Bits* registers, Dict* extra, std::uint32_t& taken) {
  const Tuple& names = *arguments.keywords;
  for (; taken < names.size; ++taken) {
    Str& name = cast<Str>(names[taken]);
    const Bits word = arguments.values[arguments.positional + taken];
    const std::int64_t at = find_parameter(*function.code, name);
    if (at >= 0) {
      if (registers[at] != Unbound.bits)
        return vm.raise(TypeId::TypeError, "{}() got multiple values for argument '{}'", function_text(function), name.view());
      retain(Ref(word));
      registers[at] = word;
    } else if (extra) {
      CEDE_CHECK(dict_set_str(vm, *extra, name, Ref(word)));
    } else {
      if (raise_positional_only(vm, function, names)) return raised;
      return raise_unexpected_keyword(vm, function, name);
    }
  }
  return Ok;
}

Status fill_defaults(VM& vm, Function& function, std::size_t given, Bits* registers) {
  const Code& code = *function.code;
  const Tuple* defaults = is<Tuple>(function.defaults) ? &cast<Tuple>(function.defaults) : nullptr;
  const std::size_t count = defaults ? defaults->size : 0;
  const std::size_t first = code.positional - std::min<std::size_t>(count, code.positional);
  std::vector<std::string_view> missing;
  for (std::size_t i = given; i < first; ++i)
    if (registers[i] == Unbound.bits) missing.push_back(parameter_name(code, i));
  if (!missing.empty()) return raise_missing(vm, function, missing, "positional");
  for (std::size_t i = std::max(given, first); i < code.positional; ++i)
    if (registers[i] == Unbound.bits) registers[i] = Owned::share((*defaults)[count - (code.positional - i)]).bits;
  return Ok;
}

Status fill_keyword_defaults(VM& vm, Function& function, Bits* registers) {
  const Code& code = *function.code;
  std::vector<std::string_view> missing;
  for (std::size_t i = code.positional; i < code.positional + code.unit->keyword_only; ++i) {
    if (registers[i] != Unbound.bits) continue;
    if (function.keyword_defaults.is_object()) {
      Owned found = dict_get_str(vm, cast<Dict>(function.keyword_defaults), cast<Str>(cast<Tuple>(code.local_names)[i]));
      if (found.is_raised()) return raised;
      if (!found.ref().is_unbound()) {
        registers[i] = found.bits;
        continue;
      }
    }
    missing.push_back(parameter_name(code, i));
  }
  if (!missing.empty()) return raise_missing(vm, function, missing, "keyword-only");
  return Ok;
}

}  // namespace

RaisedMark raise_unexpected_keyword(VM& vm, const Function& function, const Str& name) {
  const Code& code = *function.code;
  std::vector<std::string_view> known;
  for (std::size_t i = code.unit->positional_only; i < code.positional + code.unit->keyword_only; ++i)
    known.push_back(parameter_name(code, i));
  const std::string_view suggestion = closest_name(name.view(), known);
  if (!suggestion.empty())
    return vm.raise(TypeId::TypeError, "{}() got an unexpected keyword argument '{}'. Did you mean '{}'?",
                    function_text(function), name.view(), suggestion);
  return vm.raise(TypeId::TypeError, "{}() got an unexpected keyword argument '{}'", function_text(function), name.view());
}

Status bind_parameters(VM& vm, Function& function, const Arguments& arguments, Bits* registers, bool moved) {
  const Code& code = *function.code;
  const bool var_positional = code.flags & lang::code_varargs, var_keywords = code.flags & lang::code_varkeywords;
  const std::size_t named = arguments.keywords ? arguments.keywords->size : 0;
  const std::size_t direct = std::min<std::size_t>(arguments.positional, code.positional);
  for (std::size_t i = 0; i < direct; ++i) registers[i] = take_word(arguments.values[i], moved);
  for (std::size_t i = direct; i < code.local_count; ++i) registers[i] = Unbound.bits;

  Status status = Ok;
  std::size_t at = code.positional + code.unit->keyword_only;
  if (var_positional) {
    const std::size_t rest = arguments.positional - direct;
    Value tuple = rest ? tuple_from_words(vm, arguments.values + direct, rest) : vm.empty_tuple;
    if (tuple.is_raised()) status = raised;
    else registers[at] = tuple.take().bits;
    ++at;
  }
  Dict* extra = nullptr;
  if (var_keywords && !status.is_raised()) {
    Value dict = dict_new(vm);
    if (dict.is_raised()) {
      status = raised;
    } else {
      extra = &cast<Dict>(dict);
      registers[at] = dict.take().bits;
    }
  }
  if (!status.is_raised() && named) {
    std::uint32_t taken = 0;
    status = bind_keywords(vm, function, arguments, registers, extra, taken);
  }
  if (!status.is_raised() && arguments.positional > code.positional && !var_positional)
    status = raise_too_many(vm, function, arguments.positional, registers);
  if (!status.is_raised() && direct < code.positional) status = fill_defaults(vm, function, direct, registers);
  if (!status.is_raised() && code.unit->keyword_only) status = fill_keyword_defaults(vm, function, registers);
  if (moved) {  // what was not taken over word by word
    for (std::size_t i = direct; i < arguments.positional + named; ++i) release(Ref(arguments.values[i]));
  }
  return status;
}

std::string callable_name(VM& vm, Ref callable) {
  Value pending = vm.take_error();
  Value qualified = find_attribute(vm, callable, *vm.names.__qualname__);
  std::string name;
  if (!qualified.is_raised() && is<Str>(qualified)) {
    Value module = find_attribute(vm, callable, *vm.names.__module__);
    if (!module.is_raised() && is<Str>(module) && cast<Str>(module).view() != "builtins")
      name = std::string(cast<Str>(module).view()) + ".";
    name += std::string(cast<Str>(qualified).view()) + "()";
  } else {
    vm.clear_error();
    Value text = str(vm, callable);
    name = text.is_raised() ? "?" : std::string(cast<Str>(text).view());
  }
  if (pending.is_unbound()) vm.clear_error();
  else vm.set_error(std::move(pending));
  return name;
}

}  // namespace cede
