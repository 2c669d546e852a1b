// Calls of any value.
#include "runtime/core/protocols.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/core/type_slots.hpp"

namespace cede {

Owned call(VM& vm, Ref callable, const Arguments& arguments) {
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  const auto function = type_of(vm, callable).slots->call;
  if (function) [[likely]]
    return function(vm, callable, arguments);
  return vm.raise(TypeId::TypeError, "'{}' object is not callable", display_name(type_of(vm, callable)));
}
Owned call(VM& vm, Ref callable) { return call(vm, callable, Arguments{}); }
Owned call(VM& vm, Ref callable, Ref a) { return call(vm, callable, Arguments{&a.bits, 1, nullptr}); }
Owned call(VM& vm, Ref callable, Ref a, Ref b) {
  const Bits words[] = {a.bits, b.bits};
  return call(vm, callable, Arguments{words, 2, nullptr});
}
Owned call(VM& vm, Ref callable, Ref a, Ref b, Ref c) {
  const Bits words[] = {a.bits, b.bits, c.bits};
  return call(vm, callable, Arguments{words, 3, nullptr});
}

Owned call_with(VM& vm, Ref callable, Ref positional, Ref keywords) {
  const Tuple& given = cast<Tuple>(positional);
  const Arguments plain{given.items, static_cast<std::uint32_t>(given.size), nullptr};
  if (keywords.is_unbound() || dict_size(cast<Dict>(keywords)) == 0) return call(vm, callable, plain);
  Dict& dict = cast<Dict>(keywords);
  const std::size_t count = dict_size(dict);
  // Both tuples keep what they hold alive during the call.
  CEDE_TRY(Value names, tuple_uninitialised(vm, count));
  CEDE_TRY(Value words, tuple_uninitialised(vm, given.size + count));
  Tuple& all = cast<Tuple>(words);
  for (std::size_t i = 0; i < given.size; ++i) all.items[i] = Value(given[i]).take().bits;
  std::size_t position = 0, i = 0;
  Ref key, value;
  while (dict_next(dict, position, key, value)) {
    if (!is<Str>(key)) return vm.raise(TypeId::TypeError, "keywords must be strings");
    CEDE_TRY(Value name, vm.intern_transient(cast<Str>(key)));
    cast<Tuple>(names).items[i] = name.take().bits;
    all.items[given.size + i++] = Value(value).take().bits;
  }
  return call(vm, callable,
              Arguments{all.items, static_cast<std::uint32_t>(given.size), &cast<Tuple>(names)});
}

Owned call_method(VM& vm, Ref object, Str& name, const Arguments& arguments) {
  bool unbound = false;
  CEDE_TRY(Value method, get_method(vm, object, name, unbound));
  if (!unbound) return call(vm, method, arguments);
  return call(vm, method, PrependedArguments(object, arguments).arguments());
}
Owned call_method(VM& vm, Ref object, Str& name) { return call_method(vm, object, name, Arguments{}); }
Owned call_method(VM& vm, Ref object, Str& name, Ref a) {
  return call_method(vm, object, name, Arguments{&a.bits, 1, nullptr});
}
Owned call_method(VM& vm, Ref object, Str& name, Ref a, Ref b) {
  const Bits words[] = {a.bits, b.bits};
  return call_method(vm, object, name, Arguments{words, 2, nullptr});
}

Owned call_special(VM& vm, Ref object, Str& name, const Arguments& arguments) {
  return call_special_method_with(vm, object, name, arguments);
}

bool is_callable(VM& vm, Ref object) { return type_of(vm, object).slots->call != nullptr; }

}  // namespace cede
