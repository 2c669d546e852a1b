// Native functions at run time: binding of arguments with CPython's error texts, and the
// builtin_function_or_method object. The texts depend on the shape of the signature, as they do on CPython's
// calling conventions:
//   f()         "f() takes no arguments (1 given)"        f(x, /)   "f() takes exactly one argument (0
//   given)" f(x, y, /)  "f expected 2 arguments, got 1"            others    "f() missing required argument
//   'x' (pos 1)"
#include "runtime/core/native.hpp"

#include <vector>

#include "runtime/core/suggestions.hpp"

#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"

namespace cede {
namespace {

// What method_owner gives for the constructors of call_body, whose texts are never of the "exactly one" form.
constexpr char constructor_mark[1] = "";

const char* plural(std::size_t n) { return n == 1 ? "" : "s"; }

struct Binder {
  VM& vm;
  const Signature& signature;
  std::string_view owner;
  const Arguments& arguments;
  Bits* bound;

  std::size_t given() const { return arguments.positional; }
  std::size_t keyword_count() const { return arguments.keywords ? arguments.keywords->size : 0; }
  bool is_constructor() const { return owner.data() == constructor_mark; }
  std::string full() const {
    return owner.empty() ? std::string(signature.name) : fmt::format("{}.{}", owner, signature.name);
  }
  std::size_t required_positional_only() const {
    return std::min(signature.required_positional, signature.positional_only);
  }
  bool positional_only() const {
    return signature.positional == signature.positional_only && !signature.has_keyword_only &&
           !signature.has_var_keyword;
  }
  std::size_t named() const {
    return signature.parameters.size() - signature.has_var_positional - signature.has_var_keyword;
  }

  Status check_positional_only() const {
    if (keyword_count()) return vm.raise(TypeId::TypeError, "{}() takes no keyword arguments", full());
    const std::size_t most = signature.positional, least = signature.required_positional;
    if (signature.has_var_positional) {
      if (given() < least)
        return vm.raise(TypeId::TypeError, "{} expected at least {} argument{}, got {}", signature.name,
                        least, plural(least), given());
      return Ok;
    }
    if (given() >= least && given() <= most) return Ok;
    if (most == 0) return vm.raise(TypeId::TypeError, "{}() takes no arguments ({} given)", full(), given());
    if (most == 1 && least == 1 && !is_constructor())
      return vm.raise(TypeId::TypeError, "{}() takes exactly one argument ({} given)", full(), given());
    const std::size_t bound_count = given() < least ? least : most;
    return vm.raise(TypeId::TypeError, "{} expected {}{} argument{}, got {}", signature.name,
                    least == most     ? ""
                    : given() < least ? "at least "
                                      : "at most ",
                    bound_count, plural(bound_count), given());
  }

  Status check_counts() const {
    const std::size_t most = signature.positional, least = required_positional_only();
    if (!signature.has_var_positional && !signature.has_var_keyword && given() + keyword_count() > named())
      return vm.raise(TypeId::TypeError, "{}() takes at most {} {}argument{} ({} given)", signature.name,
                      named(), given() == 0 ? "keyword " : "", plural(named()), given() + keyword_count());
    if (!signature.has_var_positional && given() > most) {
      if (most == 0) return vm.raise(TypeId::TypeError, "{}() takes no positional arguments", signature.name);
      return vm.raise(TypeId::TypeError, "{}() takes {} {} positional argument{} ({} given)", signature.name,
                      signature.required_positional < most ? "at most" : "exactly", most, plural(most),
                      given());
    }
    if (given() < least)
      return vm.raise(TypeId::TypeError, "{}() takes {} {} positional argument{} ({} given)", signature.name,
                      least < most ? "at least" : "exactly", least, plural(least), given());
    return Ok;
  }

  // The parameter that a keyword names, or the number of parameters.
  std::size_t parameter_named(std::string_view name) const {
    for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
      const Parameter& p = signature.parameters[i];
      if (p.name == name &&
          (p.kind == ParameterKind::PositionalOrKeyword || p.kind == ParameterKind::KeywordOnly))
        return i;
    }
    return signature.parameters.size();
  }

  void bind_positional() const {
    for (std::size_t i = 0; i < signature.parameters.size(); ++i) bound[i] = Unbound.bits;
    const std::size_t count = std::min<std::size_t>(given(), signature.positional);
    for (std::size_t i = 0; i < count; ++i) bound[i] = arguments.values[i];
  }

  // Marks in `taken` the keywords that named a parameter.
  void bind_keywords(std::uint64_t& taken) const {
    for (std::size_t k = 0; k < keyword_count() && k < 64; ++k) {
      const std::size_t i = parameter_named(cast<Str>((*arguments.keywords)[k]).view());
      if (i == signature.parameters.size() || bound[i] != Unbound.bits) continue;
      bound[i] = arguments.values[given() + k];
      taken |= std::uint64_t{1} << k;
    }
  }

  Status check_missing() const {
    for (std::size_t i = 0; i < signature.parameters.size(); ++i) {
      const Parameter& p = signature.parameters[i];
      if (bound[i] != Unbound.bits || p.has_default) continue;
      if (p.kind == ParameterKind::VarPositional || p.kind == ParameterKind::VarKeyword) continue;
      return vm.raise(TypeId::TypeError, "{}() missing required argument '{}' (pos {})", signature.name,
                      p.name, i + 1);
    }
    return Ok;
  }

  Status check_leftover(std::uint64_t taken) const {
    for (std::size_t k = 0; k < keyword_count(); ++k) {
      if (k < 64 && (taken >> k & 1)) continue;
      const std::string_view name = cast<Str>((*arguments.keywords)[k]).view();
      const std::size_t i = parameter_named(name);
      if (i < signature.parameters.size())
        return vm.raise(TypeId::TypeError, "argument for {}() given by name ('{}') and position ({})",
                        signature.name, name, i + 1);
      if (signature.has_var_keyword) continue;
      std::vector<std::string_view> known;
      for (const Parameter& p : signature.parameters)
        if (p.kind == ParameterKind::PositionalOrKeyword || p.kind == ParameterKind::KeywordOnly) known.push_back(p.name);
      const std::string_view meant = closest_name(name, known);
      return vm.raise(TypeId::TypeError, "{}() got an unexpected keyword argument '{}'{}", signature.name, name,
                      meant.empty() ? std::string() : fmt::format(". Did you mean '{}'?", meant));
    }
    return Ok;
  }
};

}  // namespace

Status bind_arguments(VM& vm, const Signature& signature, std::string_view owner, const Arguments& arguments,
                      Bits* bound, Rest& rest, Keywords& keywords) {
  const Binder binder{vm, signature, owner, arguments, bound};
  std::uint64_t taken = 0;
  if (binder.positional_only()) {
    CEDE_CHECK(binder.check_positional_only());
    binder.bind_positional();
  } else {
    CEDE_CHECK(binder.check_counts());
    binder.bind_positional();
    binder.bind_keywords(taken);
    CEDE_CHECK(binder.check_missing());
    CEDE_CHECK(binder.check_leftover(taken));
  }
  if (arguments.positional > signature.positional)
    rest.words = {arguments.values + signature.positional, arguments.positional - signature.positional};
  keywords = {arguments.keywords, arguments.values + arguments.positional, taken};
  return Ok;
}

std::size_t Keywords::size() const {
  if (!names) return 0;
  return names->size - static_cast<std::size_t>(std::popcount(skipped));
}

RaisedMark raise_argument_type(VM& vm, const Signature& signature, std::size_t parameter,
                               std::string_view expected, Ref given) {
  const Parameter& p = signature.parameters[parameter];
  std::string which = "argument";
  if (p.kind != ParameterKind::PositionalOnly)
    which = fmt::format("argument '{}'", p.name);
  else if (signature.parameters.size() != 1 || p.has_default)
    which = fmt::format("argument {}", parameter + 1);
  return vm.raise(TypeId::TypeError, "{}() {} must be {}, not {}", signature.name, which, expected,
                  given.is_none() ? std::string_view("None") : display_name(type_of(vm, given)));
}

std::string_view method_owner(VM& vm, const Method& method, Ref self) {
  if (!method.call) return {constructor_mark, 0};
  if (method.signature->kind == MethodKind::Function) {
    const Str* module = as<Str>(self);
    return module && module->view() != "builtins" ? module->view() : std::string_view();
  }
  if (method.signature->kind == MethodKind::Class && is<Type>(self)) {
    const Str* qualified = as<Str>(cast<Type>(self).qualified_name);
    return qualified ? qualified->view() : std::string_view();
  }
  const Type* type = &type_of(vm, self);
  if (!type || type->mro.is_unbound()) return {};
  for (Bits word : cast<Tuple>(type->mro)) {
    const Type& base = cast<Type>(Ref(word));
    if (base.has(TypeFlag::Heap)) continue;
    const auto methods = base.native->methods;
    if (&method >= methods.data() && &method < methods.data() + methods.size()) return short_name(base);
  }
  return {};
}

namespace detail {

Owned to_owned(VM& vm, std::int64_t n) {
  if (Ref::fits_small(n)) [[likely]]
    return Owned(Ref::small(n).bits);
  return Owned(int_from(vm, n));
}
Owned to_owned(VM& vm, double d) {
  if (Ref::fits_immediate(d)) [[likely]]
    return Owned(Ref::immediate(d).bits);
  return Owned(float_from(vm, d));
}

bool Convert<int>::from(VM& vm, const Signature&, std::size_t, Ref word, int& out) {
  const auto number = index_int64(vm, word);
  if (number.is_raised()) return false;
  if (*number < std::numeric_limits<int>::min() || *number > std::numeric_limits<int>::max()) {
    (void)vm.raise_text(TypeId::OverflowError, *number < 0 ? "signed integer is less than minimum"
                                                           : "signed integer is greater than maximum");
    return false;
  }
  out = static_cast<int>(*number);
  return true;
}

bool Convert<CodePoint>::from(VM& vm, const Signature& signature, std::size_t i, Ref word, CodePoint& out) {
  const Str* text = as<Str>(word);
  if (!text) {
    (void)raise_argument_type(vm, signature, i, "a unicode character", word);
    return false;
  }
  if (text->length != 1) {
    (void)vm.raise(TypeId::TypeError, "{}(): argument must be a unicode character, not a string of length {}",
                   signature.name, text->length);
    return false;
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(text->data);
  switch (text->byte_size) {
    case 1: out.value = bytes[0]; break;
    case 2: out.value = char32_t(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F); break;
    case 3:
      out.value = char32_t(bytes[0] & 0x0F) << 12 | char32_t(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
      break;
    default:
      out.value = char32_t(bytes[0] & 0x07) << 18 | char32_t(bytes[1] & 0x3F) << 12 |
                  char32_t(bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3F);
  }
  return true;
}

}  // namespace detail

// ---- builtin_function_or_method

namespace {

const Layout native_function_layout = layout_for<NativeFunction>();

Owned native_function_call(VM& vm, Ref self, const Arguments& arguments) {
  NativeFunction& function = cast<NativeFunction>(self);
  const Method& method = *function.method;
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const bool is_function = method.signature->kind == MethodKind::Function && function.self.is_unbound();
  return method.call(vm, method, is_function ? function.module.ref() : function.self.ref(), arguments);
}

// The module object that a function belongs to, if it is imported.
Value native_function_self(VM& vm, NativeFunction& function) {
  if (!function.self.is_unbound()) return function.self;
  if (!function.module.is_object() || !vm.modules.is_object()) return Value(None);
  Value module = dict_get(vm, cast<Dict>(vm.modules), function.module);
  return module.is_unbound() ? Value(None) : module;
}

Owned native_function_repr(VM& vm, Ref self) {
  NativeFunction& function = cast<NativeFunction>(self);
  if (function.self.is_unbound())
    return str_from_utf8(vm, fmt::format("<built-in function {}>", function.method->name()));
  return str_from_utf8(vm, fmt::format("<built-in method {} of {} object at {:#x}>", function.method->name(),
                                       display_name(type_of(vm, function.self)), function.self.bits()));
}

Owned native_function_compare(VM&, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  const auto* b = as<NativeFunction>(other);
  if (!equality || !b) return Owned(NotImplemented.bits);
  const auto& a = cast<NativeFunction>(self);
  const bool same = a.method == b->method && a.self.bits() == b->self.bits();
  return detail::to_owned(same == (operation == CompareOperation::Equal));
}
Result<std::int64_t> native_function_hash(VM&, Ref self) {
  const auto& function = cast<NativeFunction>(self);
  const auto hash =
      static_cast<std::int64_t>((reinterpret_cast<Bits>(function.method) ^ function.self.bits()) >> 4);
  return hash == -1 ? -2 : hash;
}

Value get_name(VM& vm, NativeFunction& f) { return str_from_utf8(vm, f.method->name()); }
Value get_qualname(VM& vm, NativeFunction& f) {
  if (f.self.is_unbound()) return get_name(vm, f);
  const Type& owner = is<Type>(f.self) ? cast<Type>(f.self) : type_of(vm, f.self);
  return str_from_utf8(vm, fmt::format("{}.{}", cast<Str>(owner.qualified_name).view(), f.method->name()));
}
Value get_module(VM&, NativeFunction& f) { return f.module.is_unbound() ? Value(None) : f.module; }
Value get_self(VM& vm, NativeFunction& f) { return native_function_self(vm, f); }
Value get_doc(VM& vm, NativeFunction& f) { return method_doc(vm, *f.method); }
Value get_text_signature(VM& vm, NativeFunction& f) { return method_text_signature(vm, *f.method); }

Owned native_function_reduce(VM& vm, NativeFunction& f) {
  if (f.self.is_unbound()) return get_name(vm, f).take();
  CEDE_TRY(Value getattr, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("getattr")));
  CEDE_TRY(Value name, get_name(vm, f));
  CEDE_TRY(Value arguments, tuple_of(vm, {f.self, name}));
  return tuple_of(vm, {getattr, arguments});
}

constexpr Method native_function_methods[] = {
    method<"__reduce__(self, /)", native_function_reduce>,
};
constexpr Property native_function_properties[] = {
    property<"__name__", get_name>,     property<"__qualname__", get_qualname>,
    property<"__module__", get_module>, property<"__self__", get_self>,
    property<"__doc__", get_doc>,       property<"__text_signature__", get_text_signature>,
};
constexpr Slots native_function_slots = inherit(object_slots, [](Slots& s) {
  s.call = native_function_call;
  s.repr = native_function_repr;
  s.hash = native_function_hash;
  s.compare = native_function_compare;
});

}  // namespace

const Layout* NativeFunction::layout() { return &native_function_layout; }

extern const NativeType native_function_type;
const NativeType native_function_type = {.name = "builtin_function_or_method",
                                         .id = TypeId::NativeFunction,
                                         .base = nullptr,
                                         .layout = &native_function_layout,
                                         .slots = &native_function_slots,
                                         .flags = std::uint32_t(TypeFlag::HasWeakReferences),
                                         .methods = native_function_methods,
                                         .properties = native_function_properties};

Owned native_function_new(VM& vm, const Method& method, Ref self, Ref module) {
  auto* function = make_object<NativeFunction>(vm, TypeId::NativeFunction);
  if (!function) return raised;
  function->method = &method;
  function->self = Value(self);
  function->module = Value(module);
  return Owned(Value::adopt(function));
}

Value method_doc(VM& vm, const Method& method) {
  return method.doc ? str_from_utf8(vm, method.doc) : Value(None);
}
Value method_text_signature(VM& vm, const Method& method) {
  const std::string_view text = method.signature->text, parameters = text.substr(1);
  switch (method.signature->kind) {
    case MethodKind::Instance:
    case MethodKind::Class: return str_from_utf8(vm, fmt::format("(${}", parameters));
    case MethodKind::Static: return str_from_utf8(vm, text);
    case MethodKind::Function: break;
  }
  if (parameters.starts_with("$module")) return str_from_utf8(vm, text);
  if (parameters == ")") return str_from_utf8(vm, "($module, /)");
  return str_from_utf8(vm, fmt::format("($module, {}{}", parameters.starts_with("*") ? "/, " : "", parameters));
}

}  // namespace cede
