// types.UnionType: int | str.
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/type_expression.hpp"

namespace cede {

constinit const Layout union_layout = layout_for<UnionType>();

namespace {

// Type variables are united by typing.Union, through their own slot.
bool can_be_member(VM& vm, Ref value) {
  return value.is_none() || is<Type>(value) || is<GenericAlias>(value) || is<UnionType>(value) ||
         type_of(vm, value).id == TypeId::TypeAliasType;
}

// Adds a member that is not there yet; unions are flattened, None is its type.
Status add_member(VM& vm, List& members, Ref value) {
  if (const auto* inner = as<UnionType>(value)) {
    const Value args = inner->args;
    for (Bits word : cast<Tuple>(args)) CEDE_CHECK(add_member(vm, members, Ref(word)));
    return Ok;
  }
  const Ref member = value.is_none() ? Ref(vm.type(TypeId::NoneType)) : value;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Value held(members[i]);
    if (is<GenericAlias>(held) != is<GenericAlias>(member)) continue;
    CEDE_TRY(const bool equal, is_equal(vm, held, member));
    if (equal) return Ok;
  }
  return list_append(vm, members, member);
}

// A single member stands for itself.
Owned union_of(VM& vm, List& members) {
  if (members.size() == 1) return Owned::share(members[0]);
  auto* made = make_object<UnionType>(vm, TypeId::UnionType);
  if (!made) return raised;
  Value result = Value::adopt(made);
  CEDE_TRY(made->args, tuple_from_words(vm, members.items.words(), members.size()));
  return result;
}

Owned union_repr(VM& vm, Ref self) {
  const Value args = cast<UnionType>(self).args;
  std::string text;
  for (std::size_t i = 0; i < cast<Tuple>(args).size; ++i) {
    if (i) text += " | ";
    CEDE_CHECK(append_type_repr(vm, text, cast<Tuple>(args)[i]));
  }
  return str_from_utf8(vm, text);
}

Owned members_set(VM& vm, Ref self) {
  const Value args = cast<UnionType>(self).args;
  return call(vm, vm.type(TypeId::FrozenSet), args);
}
Result<std::int64_t> union_hash(VM& vm, Ref self) {
  CEDE_TRY(Value members, members_set(vm, self));
  return hash_value(vm, members);
}
Owned union_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  const bool equality = operation == CompareOperation::Equal || operation == CompareOperation::NotEqual;
  if (!equality || !is<UnionType>(other)) return Owned(NotImplemented.bits);
  CEDE_TRY(Value a, members_set(vm, self));
  CEDE_TRY(Value b, members_set(vm, other));
  return compare(vm, a, b, operation);
}

using Check = Result<bool> (*)(VM&, Ref, Ref);
Result<bool> check_members(VM& vm, UnionType& self, Ref value, Check check, const char* function) {
  const Value args = self.args;
  for (Bits word : cast<Tuple>(args)) {
    if (is<GenericAlias>(Ref(word)))
      return vm.raise(TypeId::TypeError, "{} argument 2 cannot be a parameterized generic", function);
    CEDE_TRY(const bool found, check(vm, value, Ref(word)));
    if (found) return true;
  }
  return false;
}
Result<bool> union_instancecheck(VM& vm, UnionType& self, Ref instance) {
  return check_members(vm, self, instance, is_instance, "isinstance()");
}
Result<bool> union_subclasscheck(VM& vm, UnionType& self, Ref class_) {
  if (!is<Type>(class_)) return vm.raise(TypeId::TypeError, "issubclass() arg 1 must be a class");
  return check_members(vm, self, class_, is_subclass, "issubclass()");
}

Owned get_parameters(VM& vm, UnionType& self) {
  if (self.parameters.is_unbound()) {
    const Value args = self.args;
    CEDE_TRY(self.parameters, generic_parameters(vm, cast<Tuple>(args)));
  }
  return Owned::share(self.parameters);
}

Owned union_getitem(VM& vm, Ref self_ref, Ref item) {
  UnionType& self = cast<UnionType>(self_ref);
  CEDE_TRY(Value parameters, get_parameters(vm, self));
  const Value args = self.args;
  CEDE_TRY(Value replaced,
           substitute_parameters(vm, self_ref, cast<Tuple>(args), cast<Tuple>(parameters), item));
  Value result(cast<Tuple>(replaced)[0]);
  for (std::size_t i = 1; i < cast<Tuple>(replaced).size; ++i) {
    CEDE_TRY(result, binary_operation(vm, result, cast<Tuple>(replaced)[i], BinaryOperation::Or));
  }
  return result;
}

// __module__ and the like are the type's; all else is plain.
constexpr Method union_methods[] = {
    method<"__instancecheck__(self, instance, /)", union_instancecheck>,
    method<"__subclasscheck__(self, subclass, /)", union_subclasscheck>,
};
constexpr Member union_members[] = {{"__args__", sizeof(Object), true, true}};
constexpr Property union_properties[] = {[] {
  Property p = property<"__parameters__", get_parameters>;
  p.doc = "Type variables in the types.UnionType.";
  return p;
}()};
constexpr Slots union_slots = inherit(object_slots, [](Slots& s) {
  s.repr = union_repr;
  s.hash = union_hash;
  s.compare = union_compare;
  s.bit_or = union_or;
  s.getitem = union_getitem;
});

}  // namespace

Owned union_or(VM& vm, Ref left, Ref right) {
  if (!can_be_member(vm, left) || !can_be_member(vm, right)) return Owned(NotImplemented.bits);
  CEDE_TRY(Value members, list_new(vm));
  CEDE_CHECK(add_member(vm, cast<List>(members), left));
  CEDE_CHECK(add_member(vm, cast<List>(members), right));
  return union_of(vm, cast<List>(members));
}

extern const NativeType union_type;
constinit const NativeType union_type = {.name = "types.UnionType",
                                         .id = TypeId::UnionType,
                                         .base = nullptr,
                                         .layout = &union_layout,
                                         .slots = &union_slots,
                                         .flags = std::uint32_t(TypeFlag::HasWeakReferences),
                                         .methods = union_methods,
                                         .properties = union_properties,
                                         .members = union_members,
                                         .doc = "Represent a PEP 604 union type\n\nE.g. for int | str"};

}  // namespace cede
