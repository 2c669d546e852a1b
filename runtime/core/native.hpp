// Native functions, methods, properties and modules: how C++ is declared to scripts. Constant data throughout.
//
//   Value list_insert(VM& vm, List& self, Index at, Ref object);                 // the body
//   constexpr Method list_methods[] = {method<"insert(self, index, object, /)", list_insert>, ...};
//
// The text gives names, kinds and defaults; the C++ parameter types say how arguments are converted:
//   Ref                 any object, borrowed; a missing one is its default if that is None, True, False or an integer,
//                       else Unbound
//   List& and the like  an object of that layout ("f() argument 'x' must be list, not int")
//   Index               __index__ clamped to 64 bits (as slices and positions);  std::int64_t: OverflowError instead
//   int                 32 bits, OverflowError otherwise;   double: to_double;  bool: truth value
//   std::string_view    the text of a str;   CodePoint: a one-character str
//   Optional<T>         none when the argument is missing (None is converted as T; OrNone<T> takes None as missing too)
//   Rest                the rest of the positional arguments (for *args), borrowed words
//   Keywords            the rest of the keyword arguments (for **kwargs)
// A class method's body takes Type& first, a function's nothing. Bodies return Value, Owned, Status (None), bool,
// Result<bool>, Result<std::int64_t>, std::int64_t or double. A mismatch of text and C++ is a compile error.
#pragma once

#include <optional>
#include <span>
#include <type_traits>

#include "runtime/core/protocols.hpp"
#include "runtime/core/signature.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

struct Method {
  // `self`: the instance (checked by the caller to be one of the type), the class, or for functions their module's name
  // (Unbound if none), which only messages need.
  using Call = Owned (*)(VM& vm, const Method& method, Ref self, const Arguments& arguments);
  const Signature* signature;
  Call call;
  const char* doc = nullptr;
  std::string_view name() const { return signature->name; }
};

struct Property {
  const char* name;
  Owned (*get)(VM& vm, Ref self);
  Status (*set)(VM& vm, Ref self, Ref value);  // value Unbound: delete; null: read-only
  const char* doc = nullptr;
};

// A read-only or writable Value field shown as an attribute: Unbound reads as AttributeError (or None if `none_if_absent`).
struct Member {
  const char* name;
  std::uint32_t offset;
  bool read_only = true;
  bool none_if_absent = false;
  const char* doc = nullptr;
};

struct Module;
struct NativeModule {
  const char* name;                       // dotted
  std::span<const Method> functions;
  Status (*fill)(VM& vm, Module& module); // further names: types, constants; may be null
  const char* doc = nullptr;
  const char* python_source = nullptr;    // script part, run after `fill` in the module's namespace; or null
  bool is_package = false;
  const void* code_image = nullptr;       // of the script part as compiled without options (lang/code_image.hpp); or null
};

struct Index { std::int64_t value; operator std::int64_t() const { return value; } };
struct CodePoint { char32_t value; };
template<class T> struct Optional { std::optional<T> value; explicit operator bool() const { return value.has_value(); } const T& operator*() const { return *value; } T value_or(T other) const { return value.value_or(other); } };
template<class T> struct Optional<T&> { T* pointer = nullptr; explicit operator bool() const { return pointer; } T& operator*() const { return *pointer; } T* operator->() const { return pointer; } };
template<class T> struct OrNone : Optional<T> {};
struct Rest {
  std::span<const Bits> words;
  std::size_t size() const { return words.size(); }
  Ref operator[](std::size_t i) const { return Ref(words[i]); }
};
// Keyword arguments that no parameter took. `skipped` marks those that one did, by position (at most 64 keywords are
// bound to named parameters).
struct Keywords {
  const Tuple* names = nullptr;
  const Bits* values = nullptr;
  std::uint64_t skipped = 0;
  std::size_t size() const;  // of those not skipped
  template<class F> void each(F&& f) const {  // f(Str& name, Ref value)
    if (names)
      for (std::size_t i = 0; i < names->size; ++i)
        if (i >= 64 || !(skipped >> i & 1)) f(cast<Str>((*names)[i]), Ref(values[i]));
  }
};

// Fills bound[i] with the word for parameter i (Unbound if missing) or raises CPython's TypeError. `rest` and
// `keywords` receive what *args and **kwargs take. `owner`: the type's name for "list.append() ..." or empty.
Status bind_arguments(VM& vm, const Signature& signature, std::string_view owner, const Arguments& arguments,
                      Bits* bound, Rest& rest, Keywords& keywords);
RaisedMark raise_argument_type(VM& vm, const Signature& signature, std::size_t parameter, std::string_view expected, Ref given);
std::string_view method_owner(VM& vm, const Method& method, Ref self);

namespace detail {

template<class T> struct Convert;  // static bool from(VM&, const Signature&, size_t index, Ref, T& out): false = raised
template<> struct Convert<Ref> { static bool from(VM&, const Signature&, std::size_t, Ref r, Ref& out) { out = r; return true; } };
template<> struct Convert<Index> { static bool from(VM& vm, const Signature&, std::size_t, Ref r, Index& out) {
  if (r.is_small()) { out.value = r.small(); return true; }
  auto n = index_clamped(vm, r); if (n.is_raised()) return false; out.value = *n; return true; } };
template<> struct Convert<std::int64_t> { static bool from(VM& vm, const Signature&, std::size_t, Ref r, std::int64_t& out) {
  if (r.is_small()) { out = r.small(); return true; }
  auto n = index_int64(vm, r); if (n.is_raised()) return false; out = *n; return true; } };
template<> struct Convert<int> { static bool from(VM& vm, const Signature& s, std::size_t i, Ref r, int& out); };
template<> struct Convert<double> { static bool from(VM& vm, const Signature&, std::size_t, Ref r, double& out) {
  if (r.is_immediate_double()) { out = r.immediate_double(); return true; }
  auto d = to_double(vm, r); if (d.is_raised()) return false; out = *d; return true; } };
template<> struct Convert<bool> { static bool from(VM& vm, const Signature&, std::size_t, Ref r, bool& out) {
  auto b = is_truthy(vm, r); if (b.is_raised()) return false; out = *b; return true; } };
template<> struct Convert<std::string_view> { static bool from(VM& vm, const Signature& s, std::size_t i, Ref r, std::string_view& out) {
  if (Str* t = as<Str>(r)) { out = t->view(); return true; }
  (void)raise_argument_type(vm, s, i, "str", r); return false; } };
template<> struct Convert<CodePoint> { static bool from(VM& vm, const Signature& s, std::size_t i, Ref r, CodePoint& out); };
template<class T> requires std::derived_from<T, Object>
struct Convert<T*> { static bool from(VM& vm, const Signature& s, std::size_t i, Ref r, T*& out) {
  if ((out = as<T>(r))) return true;
  (void)raise_argument_type(vm, s, i, T::type_name, r); return false; } };

template<class T> struct IsOptional : std::false_type {};
template<class T> struct IsOptional<Optional<T>> : std::true_type { using type = T; };
template<class T> struct IsOrNone : std::false_type {};
template<class T> struct IsOrNone<OrNone<T>> : std::true_type { using type = T; };

// What is kept while the arguments are converted: references become pointers.
template<class A> struct Stored { using type = A; static A give(A& a) { return a; } };
template<class A> struct Stored<A&> { using type = A*; static A& give(A*& a) { return *a; } };

template<class A>
bool convert_present(VM& vm, const Signature& s, std::size_t i, Ref word, typename Stored<A>::type& out) {
  return Convert<typename Stored<A>::type>::from(vm, s, i, word, out);
}
template<class A>
void default_value(const Parameter& p, typename Stored<A>::type& out) {
  if constexpr (std::is_same_v<A, Ref>) {
    const std::string_view d = p.default_text;
    out = d == "None" ? None : d == "True" ? True : d == "False" ? False
        : !d.empty() && (d[0] == '-' || (d[0] >= '0' && d[0] <= '9')) && d.find_first_not_of("-0123456789") == d.npos
        ? Ref::small(integer_default(d)) : Unbound;
  } else if constexpr (std::is_same_v<A, Index>) out.value = integer_default(p.default_text);
  else if constexpr (std::is_same_v<A, std::int64_t>) out = integer_default(p.default_text);
  else if constexpr (std::is_same_v<A, int>) out = static_cast<int>(integer_default(p.default_text));
  else if constexpr (std::is_same_v<A, bool>) out = p.default_text == "True";
  else if constexpr (std::is_same_v<A, double>) out = static_cast<double>(integer_default(p.default_text));
  else if constexpr (std::is_same_v<A, CodePoint>) out.value = p.default_text.size() > 2 ? char32_t(p.default_text[1]) : U' ';
  else if constexpr (std::is_same_v<A, std::string_view>) out = p.default_text.size() >= 2 ? p.default_text.substr(1, p.default_text.size() - 2) : std::string_view();
}
template<class A>
bool convert(VM& vm, const Signature& s, std::size_t i, Ref word, typename Stored<A>::type& out, Rest& rest, Keywords& keywords) {
  if constexpr (std::is_same_v<A, Rest>) { out = rest; return true; }
  else if constexpr (std::is_same_v<A, Keywords>) { out = keywords; return true; }
  else if constexpr (IsOrNone<A>::value || IsOptional<A>::value) {
    if (word.is_unbound()) return true;
    if constexpr (IsOrNone<A>::value) { if (word.is_none()) return true; }
    using T = typename std::conditional_t<IsOrNone<A>::value, IsOrNone<A>, IsOptional<A>>::type;
    if constexpr (std::is_reference_v<T>) return convert_present<T>(vm, s, i, word, out.pointer);
    else { T item{}; if (!convert_present<T>(vm, s, i, word, item)) return false; out.value = item; return true; }
  } else {
    if (word.is_unbound()) [[unlikely]] { default_value<A>(s.parameters[i], out); return true; }
    return convert_present<A>(vm, s, i, word, out);
  }
}

inline Owned to_owned(Owned o) { return o; }
inline Owned to_owned(Value&& v) { return v.take(); }
inline Owned to_owned(Status s) { return s.is_raised() ? Owned(raised) : Owned(None.bits); }
inline Owned to_owned(bool b) { return Owned(Ref::boolean(b).bits); }
Owned to_owned(VM& vm, std::int64_t n);
Owned to_owned(VM& vm, double d);
template<class R> Owned give_result(VM& vm, R&& r) {
  using T = std::remove_cvref_t<R>;
  if constexpr (std::is_same_v<T, Result<bool>>) return r.is_raised() ? Owned(raised) : to_owned(*r);
  else if constexpr (std::is_same_v<T, Result<std::int64_t>>) return r.is_raised() ? Owned(raised) : to_owned(vm, *r);
  else if constexpr (std::is_same_v<T, Result<double>>) return r.is_raised() ? Owned(raised) : to_owned(vm, *r);
  else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>) return to_owned(vm, r);
  else return to_owned(std::move(r));
}

template<class F> struct FunctionTraits;
template<class R, class... A> struct FunctionTraits<R (*)(VM&, A...)> {
  using Result = R;
  using Parameters = std::tuple<A...>;
};

// No *args or **kwargs, and every keyword-only parameter has a default: a call with positional arguments alone, at least
// the required ones, needs no binding.
template<FixedString Text>
inline constexpr bool optional_rest = [] {
  for (const Parameter& p : parameters<Text>) {
    if (p.kind == ParameterKind::VarPositional || p.kind == ParameterKind::VarKeyword) return false;
    if (p.kind == ParameterKind::KeywordOnly && !p.has_default) return false;
  }
  return true;
}();

// Calls Body with `self` first if HasSelf, then the converted parameters.
template<FixedString Text, auto Body, bool HasSelf, class Params> struct Invoker;
template<FixedString Text, auto Body, class... A> struct Invoker<Text, Body, false, std::tuple<A...>> {
  static_assert(sizeof...(A) == parsed<Text>.count, "parameters of the text and of the function differ in number");
  template<class Call> static Owned with(VM& vm, const Method& method, Ref self, const Arguments& arguments, Call&& call_body) {
    constexpr std::size_t n = sizeof...(A);
    constexpr bool plain = !signature<Text>.has_var_positional && !signature<Text>.has_var_keyword && signature<Text>.positional == n;
    Bits bound[n ? n : 1];
    const Bits* words = bound;
    Rest rest{};
    Keywords keywords{};
    if (plain && arguments.positional == n && !arguments.keywords) [[likely]] {
      words = arguments.values;
    } else if (optional_rest<Text> && !arguments.keywords && arguments.positional >= signature<Text>.required_positional &&
               arguments.positional <= signature<Text>.positional) {
      for (std::size_t i = 0; i < n; ++i) bound[i] = i < arguments.positional ? arguments.values[i] : Unbound.bits;
    } else if (bind_arguments(vm, signature<Text>, method_owner(vm, method, self), arguments, bound, rest, keywords).is_raised()) {
      return raised;
    }
    return apply(vm, words, rest, keywords, call_body, std::index_sequence_for<A...>());
  }
  template<class Call, std::size_t... I>
  static Owned apply(VM& vm, const Bits* words, Rest& rest, Keywords& keywords, Call&& call_body, std::index_sequence<I...>) {
    std::tuple<typename Stored<A>::type...> stored;
    if (!(convert<A>(vm, signature<Text>, I, Ref(words[I]), std::get<I>(stored), rest, keywords) && ...)) return raised;
    return give_result(vm, call_body(Stored<A>::give(std::get<I>(stored))...));
  }
};
template<FixedString Text, auto Body, class Self, class... A> struct Invoker<Text, Body, true, std::tuple<Self, A...>>
    : Invoker<Text, Body, false, std::tuple<A...>> {};

template<class Self> Self give_self(Ref self) {
  if constexpr (std::is_same_v<Self, Ref>) return self;
  else return cast<std::remove_reference_t<Self>>(self);
}

template<FixedString Text, auto Body>
Owned method_call(VM& vm, const Method& method, Ref self, const Arguments& arguments) {
  using Traits = FunctionTraits<decltype(Body)>;
  constexpr MethodKind kind = signature<Text>.kind;
  if constexpr (kind == MethodKind::Instance || kind == MethodKind::Class) {
    using Self = std::tuple_element_t<0, typename Traits::Parameters>;
    using I = Invoker<Text, Body, true, typename Traits::Parameters>;
    return I::with(vm, method, self, arguments, [&](auto&&... a) { return Body(vm, give_self<Self>(self), a...); });
  } else {
    using I = Invoker<Text, Body, false, typename Traits::Parameters>;
    return I::with(vm, method, self, arguments, [&](auto&&... a) { return Body(vm, a...); });
  }
}
}  // namespace detail

template<FixedString Text, auto Body>
inline constexpr Method method{&detail::signature<Text>, detail::method_call<Text, Body>, nullptr};
// For functions whose argument handling is their own: Owned body(VM&, Ref self, const Arguments&). The text is for
// inspect and help only.
template<FixedString Text, Owned (*Body)(VM&, Ref, const Arguments&)>
inline constexpr Method raw_method{&detail::signature<Text>,
  [](VM& vm, const Method&, Ref self, const Arguments& arguments) { return Body(vm, self, arguments); }, nullptr};
// Binds the arguments of a `__new__` or `__init__` slot: Owned construct(VM&, Type&, const Arguments&) can be written as
//   return call_body<"range(start, stop=None, step=None, /)", range_new>(vm, type, arguments);
// with Value range_new(VM&, Type&, Ref start, ...).
template<FixedString Text, auto Body, class Self>
Owned call_body(VM& vm, Self& self, const Arguments& arguments) {
  using Traits = detail::FunctionTraits<decltype(Body)>;
  static constexpr Method described{&detail::signature<Text>, nullptr, nullptr};
  using I = detail::Invoker<Text, Body, true, typename Traits::Parameters>;
  return I::with(vm, described, Unbound, arguments, [&](auto&&... a) { return Body(vm, self, a...); });
}

// property<"real", get, set>: Value/Owned/int64/bool/double get(VM&, Self&); Status set(VM&, Self&, Ref value_or_unbound).
template<FixedString Name, auto Get, auto Set = nullptr>
inline constexpr Property property{
  Name.text,
  [](VM& vm, Ref self) -> Owned {
    using Self = std::tuple_element_t<0, typename detail::FunctionTraits<decltype(Get)>::Parameters>;
    return detail::give_result(vm, Get(vm, detail::give_self<Self>(self)));
  },
  [] {
    if constexpr (std::is_same_v<decltype(Set), std::nullptr_t>) return static_cast<Status (*)(VM&, Ref, Ref)>(nullptr);
    else return static_cast<Status (*)(VM&, Ref, Ref)>([](VM& vm, Ref self, Ref value) -> Status {
      using Self = std::tuple_element_t<0, typename detail::FunctionTraits<decltype(Set)>::Parameters>;
      return Set(vm, detail::give_self<Self>(self), value);
    });
  }(),
  nullptr};

// ---- the objects behind them (native.cpp)
Value method_doc(VM& vm, const Method& method);             // a Str or None
Value method_text_signature(VM& vm, const Method& method);  // a Str
struct NativeFunction : Object {       // builtin_function_or_method
  static const Layout* layout();
  static constexpr const char* type_name = "builtin_function_or_method";
  const Method* method;
  Value self;      // bound instance or class; Unbound for a module's function
  Value module;    // its module's name, or Unbound
  template<class F> static void fields(NativeFunction& f, F&& field) { field(f.self); field(f.module); }
};
struct MethodDescriptor : Object {     // list.append
  static const Layout* layout();
  static constexpr const char* type_name = "method_descriptor";
  const Method* method;
  Type* owner;     // builtin, immortal
};
Owned native_function_new(VM& vm, const Method& method, Ref self, Ref module);
Owned method_descriptor_new(VM& vm, const Method& method, Type& owner);

// ---- modules (types/module.cpp)
extern const Layout module_layout;
struct Module : Object {
  static const Layout* layout() { return &module_layout; }
  static constexpr const char* type_name = "module";
  Value dictionary;               // Dict
  const NativeModule* native;     // or null
  // Adds names that it has not got yet, and may leave the next such function here. Called when one is missing; all of
  // them before something is set, or when the dictionary is asked for.
  Status (*late_names)(VM& vm, Module& module) = nullptr;
  template<class F> static void fields(Module& m, F&& field) { field(m.dictionary); }
};
Owned module_new(VM& vm, std::string_view name);
Status module_set(VM& vm, Module& module, std::string_view name, Ref value);
Status module_add_type(VM& vm, Module& module, const NativeType& type);
Status module_add_functions(VM& vm, Module& module, std::span<const Method> functions);

}  // namespace cede
