// operator.itemgetter, attrgetter and methodcaller: callables that remember what to ask of their operand.
#include "stdlib/operator/getters.hpp"

#include "runtime/core/protocols.hpp"
#include "runtime/types/iterator_makers.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/vm/import.hpp"

namespace cede::stdlib {
namespace {

// The names or keys of itemgetter and attrgetter, as given.
struct Getter : Object {
  Value wanted;  // Tuple
  template<class F> static void fields(Getter& self, F&& field) { field(self.wanted); }
};
constinit const Layout getter_layout = layout_for<Getter>();

struct MethodCaller : Object {
  Value name;      // interned Str
  Value values;    // Tuple: positional arguments, then those of the keywords
  Value keywords;  // Tuple of Str, or Unbound
  template<class F> static void fields(MethodCaller& self, F&& field) {
    field(self.name);
    field(self.values);
    field(self.keywords);
  }
};
constinit const Layout methodcaller_layout = layout_for<MethodCaller>();

Status check_operand(VM& vm, const Arguments& arguments, std::string_view name) {
  CEDE_CHECK(check_no_keywords(vm, arguments, name));
  return check_argument_count(vm, arguments, name, 1, 1);
}

Owned getter_new(VM& vm, Type& type, const Arguments& arguments, std::string_view name) {
  CEDE_CHECK(check_no_keywords(vm, arguments, name));
  if (arguments.positional == 0) CEDE_CHECK(check_argument_count(vm, arguments, name, 1, 1));
  CEDE_TRY(Value wanted, tuple_from_words(vm, arguments.values, arguments.positional));
  Getter* made = make_object<Getter>(vm, type);
  if (!made) return raised;
  made->wanted = std::move(wanted);
  return Value::adopt(made);
}

// Calls get(wanted word) for each: the single result, or a tuple of them.
template<class Get> Owned get_each(VM& vm, const Value& wanted, Get&& get) {
  const Tuple& words = cast<Tuple>(wanted);
  if (words.size == 1) return get(words[0]);
  CEDE_TRY(Value made, tuple_uninitialised(vm, words.size));
  for (std::size_t i = 0; i < words.size; ++i) {
    CEDE_TRY(Value item, get(words[i]));
    fill_tuple(made, i, std::move(item));
  }
  return made;
}

// "operator.itemgetter(1, 2)"
Owned getter_repr(VM& vm, Ref self) {
  const std::string name = full_name(vm, type_of(vm, self));
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  TextBuffer text(vm);
  CEDE_CHECK(text.append(name));
  if (!guard.entered())
    CEDE_CHECK(text.append("(...)"));
  else {
    const Value wanted = cast<Getter>(self).wanted;
    CEDE_CHECK(text.append("("));
    CEDE_CHECK(append_reprs(vm, text, [&] { return cast<Tuple>(wanted).words(); }));
    CEDE_CHECK(text.append(")"));
  }
  return text.finish();
}
Owned getter_reduce(VM& vm, Getter& self) { return tuple_of(vm, {self.type, self.wanted}); }

// ---- itemgetter

Owned itemgetter_construct(VM& vm, Type& type, const Arguments& arguments) {
  return getter_new(vm, type, arguments, "itemgetter");
}
Owned itemgetter_call(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_operand(vm, arguments, "itemgetter"));
  const Value wanted = cast<Getter>(self).wanted;
  return get_each(vm, wanted, [&](Ref key) { return get_item(vm, arguments[0], key); });
}

// ---- attrgetter

Owned attrgetter_construct(VM& vm, Type& type, const Arguments& arguments) {
  for (std::uint32_t i = 0; i < arguments.positional; ++i)
    if (!is<Str>(arguments[i])) return vm.raise_text(TypeId::TypeError, "attribute name must be a string");
  return getter_new(vm, type, arguments, "attrgetter");
}
Owned get_dotted(VM& vm, Ref object, std::string_view path) {
  Value current{object};
  for (;;) {
    const std::size_t dot = path.find('.');
    const Value holder = current;
    CEDE_TRY(const Value name, vm.intern_transient(path.substr(0, dot)));
    CEDE_TRY(current, get_attribute(vm, holder, cast<Str>(name)));
    if (dot == path.npos) return current;
    path.remove_prefix(dot + 1);
  }
}
Owned attrgetter_call(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_operand(vm, arguments, "attrgetter"));
  const Value wanted = cast<Getter>(self).wanted;
  return get_each(vm, wanted, [&](Ref name) { return get_dotted(vm, arguments[0], cast<Str>(name).view()); });
}

// ---- methodcaller

Owned methodcaller_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (arguments.positional < 1)
    return vm.raise_text(TypeId::TypeError, "methodcaller needs at least one argument, the method name");
  if (!is<Str>(arguments[0])) return vm.raise_text(TypeId::TypeError, "method name must be a string");
  const std::size_t named = arguments.keywords ? arguments.keywords->size : 0;
  CEDE_TRY(Value values, tuple_from_words(vm, arguments.values + 1, arguments.positional - 1 + named));
  MethodCaller* made = make_object<MethodCaller>(vm, type);
  if (!made) return raised;
  Value result = Value::adopt(made);
  CEDE_TRY(made->name, vm.intern_transient(cast<Str>(arguments[0])));
  made->values = std::move(values);
  if (named) made->keywords = Value(Ref(arguments.keywords));
  return result;
}
std::uint32_t positional_count(const MethodCaller& caller) {
  const std::size_t named = caller.keywords.is_unbound() ? 0 : cast<Tuple>(caller.keywords).size;
  return static_cast<std::uint32_t>(cast<Tuple>(caller.values).size - named);
}
Owned methodcaller_call(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_operand(vm, arguments, "methodcaller"));
  const MethodCaller& caller = cast<MethodCaller>(self);
  const Value values = caller.values, keywords = caller.keywords;
  const Arguments given{cast<Tuple>(values).items, positional_count(caller),
                        keywords.is_unbound() ? nullptr : &cast<Tuple>(keywords)};
  return call_method(vm, arguments[0], cast<Str>(caller.name), given);
}
Owned methodcaller_repr(VM& vm, Ref self) {
  const MethodCaller& caller = cast<MethodCaller>(self);
  const std::string name = full_name(vm, type_of(vm, self));
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  ReprGuard guard(vm, self);
  TextBuffer text(vm);
  CEDE_CHECK(text.append(name));
  if (!guard.entered()) {
    CEDE_CHECK(text.append("(...)"));
    return text.finish();
  }
  const Value values = caller.values, keywords = caller.keywords;
  const Tuple& words = cast<Tuple>(values);
  CEDE_CHECK(text.append("("));
  CEDE_CHECK(text.append_repr(caller.name));
  const std::size_t positional = positional_count(caller);
  for (std::size_t i = 0; i < words.size; ++i) {
    CEDE_CHECK(text.append(", "));
    if (i >= positional) {
      CEDE_CHECK(text.append(cast<Str>(cast<Tuple>(keywords)[i - positional]).view()));
      CEDE_CHECK(text.append("="));
    }
    CEDE_CHECK(text.append_repr(words[i]));
  }
  CEDE_CHECK(text.append(")"));
  return text.finish();
}
Owned methodcaller_reduce(VM& vm, MethodCaller& self) {
  const Tuple& words = cast<Tuple>(self.values);
  const std::uint32_t positional = positional_count(self);
  if (self.keywords.is_unbound()) {
    CEDE_TRY(const Value arguments, tuple_uninitialised(vm, words.size + 1));
    fill_tuple(arguments, 0, self.name);
    for (std::size_t i = 0; i < words.size; ++i) fill_tuple(arguments, i + 1, Value(words[i]));
    return tuple_of(vm, {self.type, arguments});
  }
  // partial(type, name, **keywords), positional arguments
  CEDE_TRY(const Value functools, import_absolute(vm, "functools"));
  CEDE_TRY(const Value partial, get_attribute(vm, functools, "partial"));
  CEDE_TRY(const Value given, tuple_uninitialised(vm, words.size - positional + 2));
  fill_tuple(given, 0, Value(Ref(self.type)));
  fill_tuple(given, 1, self.name);
  for (std::size_t i = positional; i < words.size; ++i)
    fill_tuple(given, i - positional + 2, Value(words[i]));
  CEDE_TRY(const Value maker,
           call(vm, partial, Arguments{cast<Tuple>(given).items, 2, &cast<Tuple>(self.keywords)}));
  CEDE_TRY(const Value arguments, tuple_from_words(vm, words.items, positional));
  return tuple_of(vm, {maker, arguments});
}

template<Slots::New Construct, Slots::Call Call, Slots::Unary Repr>
constexpr Slots getter_slots = inherit(object_slots, [](Slots& s) {
  s.construct = Construct;
  s.call = Call;
  s.repr = Repr;
});
constexpr Method getter_methods[] = {method<"__reduce__(self, /)", getter_reduce>};
constexpr Method methodcaller_methods[] = {method<"__reduce__(self, /)", methodcaller_reduce>};

}  // namespace

const NativeType itemgetter_type{
    .name = "operator.itemgetter",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &getter_layout,
    .slots = &getter_slots<itemgetter_construct, itemgetter_call, getter_repr>,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = getter_methods,
    .doc =
        "Return a callable object that fetches the given item(s) from its operand.\n"
        "After f = itemgetter(2), the call f(r) returns r[2].\n"
        "After g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
    .signature = "(item, /, *items)",
};
const NativeType attrgetter_type{
    .name = "operator.attrgetter",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &getter_layout,
    .slots = &getter_slots<attrgetter_construct, attrgetter_call, getter_repr>,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = getter_methods,
    .doc =
        "Return a callable object that fetches the given attribute(s) from its operand.\n"
        "After f = attrgetter('name'), the call f(r) returns r.name.\n"
        "After g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\n"
        "After h = attrgetter('name.first', 'name.last'), the call h(r) returns\n(r.name.first, "
        "r.name.last).",
    .signature = "(attr, /, *attrs)",
};
const NativeType methodcaller_type{
    .name = "operator.methodcaller",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &methodcaller_layout,
    .slots = &getter_slots<methodcaller_construct, methodcaller_call, methodcaller_repr>,
    .flags = std::uint32_t(TypeFlag::Instantiable),
    .methods = methodcaller_methods,
    .doc =
        "Return a callable object that calls the given method on its operand.\n"
        "After f = methodcaller('name'), the call f(r) returns r.name().\n"
        "After g = methodcaller('name', 'date', foo=1), the call g(r) returns\nr.name('date', foo=1).",
    .signature = "(name, /, *args, **kwargs)",
};

}  // namespace cede::stdlib
