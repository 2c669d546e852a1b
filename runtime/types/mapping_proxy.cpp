// types.MappingProxyType: a read-only view of any mapping; what vars(cls) and cls.__dict__ are.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/sequence.hpp"

namespace cede {

const Layout mapping_proxy_layout = layout_for<MappingProxy>();

Owned mapping_proxy_new(VM& vm, Ref mapping) {
  MappingProxy* proxy = make_object<MappingProxy>(vm, TypeId::MappingProxy);
  if (!proxy) return raised;
  proxy->mapping = Value(mapping);
  return Owned(Ref(proxy).bits);
}

namespace {

Ref mapping_of(Ref self) { return cast<MappingProxy>(self).mapping; }
// Operands that are proxies stand for their mappings.
Ref unwrap(Ref operand) { return is<MappingProxy>(operand) ? mapping_of(operand) : operand; }

// A mapping has __getitem__ and is none of the builtin sequences.
bool is_mapping(VM& vm, Ref value) {
  const Type& type = type_of(vm, value);
  return type.slots->getitem && !type.has(TypeFlag::SequenceOperators) && type.id != TypeId::List &&
         type.id != TypeId::Tuple && type.id != TypeId::Str && type.id != TypeId::Bytes &&
         type.id != TypeId::ByteArray;
}

Owned proxy_make(VM& vm, Type&, Ref mapping) {
  if (is_mapping(vm, mapping)) return mapping_proxy_new(vm, mapping);
  return vm.raise(TypeId::TypeError, "mappingproxy() argument must be a mapping, not {}",
                  type_name(mapping, vm));
}
Owned proxy_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"mappingproxy(mapping)", proxy_make>(vm, type, arguments);
}

Owned proxy_repr(VM& vm, Ref self) {
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  TextBuffer text(vm);
  CEDE_CHECK(text.append("mappingproxy("));
  CEDE_CHECK(text.append_repr(mapping_of(self)));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}
Owned proxy_str(VM& vm, Ref self) { return str(vm, mapping_of(self)); }
Result<std::int64_t> proxy_hash(VM& vm, Ref self) { return hash_value(vm, mapping_of(self)); }
Owned proxy_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  return compare(vm, mapping_of(self), other, operation);
}
Owned proxy_iter(VM& vm, Ref self) { return get_iterator(vm, mapping_of(self)); }
Result<std::int64_t> proxy_length(VM& vm, Ref self) { return length(vm, mapping_of(self)); }
Owned proxy_getitem(VM& vm, Ref self, Ref key) { return get_item(vm, mapping_of(self), key); }
Result<bool> proxy_contains(VM& vm, Ref self, Ref key) { return contains(vm, mapping_of(self), key); }
Owned proxy_or(VM& vm, Ref left, Ref right) {
  return binary_operation(vm, unwrap(left), unwrap(right), BinaryOperation::Or);
}
Owned proxy_inplace_or(VM& vm, Ref self, Ref) {
  return vm.raise(TypeId::TypeError, "'|=' is not supported by {}; use '|' instead", type_name(self, vm));
}

constexpr Slots proxy_slots = inherit(object_slots, [](Slots& s) {
  s.repr = proxy_repr;
  s.str = proxy_str;
  s.hash = proxy_hash;
  s.compare = proxy_compare;
  s.iter = proxy_iter;
  s.construct = proxy_construct;
  s.bit_or = proxy_or;
  s.inplace_or = proxy_inplace_or;
  s.length = proxy_length;
  s.getitem = proxy_getitem;
  s.contains = proxy_contains;
});

Owned proxy_get(VM& vm, MappingProxy& self, Ref key, Ref otherwise) {
  return call_method(vm, self.mapping, *vm.names.get, key, otherwise);
}
Owned proxy_keys(VM& vm, MappingProxy& self) { return call_method(vm, self.mapping, *vm.names.keys); }
Owned proxy_values(VM& vm, MappingProxy& self) { return call_method(vm, self.mapping, *vm.names.values); }
Owned proxy_items(VM& vm, MappingProxy& self) { return call_method(vm, self.mapping, *vm.names.items); }
Owned proxy_copy(VM& vm, MappingProxy& self) { return call_method(vm, self.mapping, *vm.names.copy); }
Owned proxy_reversed(VM& vm, MappingProxy& self) {
  return call_method(vm, self.mapping, *vm.names.__reversed__);
}

constexpr Method proxy_methods[] = {
    method<"get(self, key, default=None, /)", proxy_get>,
    method<"keys(self, /)", proxy_keys>,
    method<"values(self, /)", proxy_values>,
    method<"items(self, /)", proxy_items>,
    method<"copy(self, /)", proxy_copy>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
    method<"__reversed__(self, /)", proxy_reversed>,
};

}  // namespace

extern const NativeType mappingproxy_type;
const NativeType mappingproxy_type{
    .name = "mappingproxy",
    .id = TypeId::MappingProxy,
    .base = nullptr,
    .layout = &mapping_proxy_layout,
    .slots = &proxy_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::MappingPattern,
    .methods = proxy_methods,
    .doc = "Read-only proxy of a mapping.",
    .signature = "(mapping)",
};

}  // namespace cede
