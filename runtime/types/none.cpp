// NoneType, ellipsis and NotImplementedType: types of one constant each.
#include "runtime/core/native.hpp"

namespace cede {
namespace {

constinit const Layout constant_layout = layout_for<Object>();

template<FixedString Name> Owned constant_repr(VM& vm, Ref) { return Owned::share(vm.intern(Name.view())); }

bool has_arguments(const Arguments& arguments) {
  return arguments.positional || (arguments.keywords && arguments.keywords->size);
}
template<FixedString TypeName, unsigned Number>
Owned constant_construct(VM& vm, Type&, const Arguments& arguments) {
  if (has_arguments(arguments)) return vm.raise(TypeId::TypeError, "{} takes no arguments", TypeName.view());
  return Owned(detail::constant_bits(Number));
}
Status constant_init(VM&, Ref, const Arguments&) { return Ok; }

template<FixedString Name> Owned constant_reduce(VM& vm, Ref) { return Owned::share(vm.intern(Name.view())); }

Result<bool> none_bool(VM&, Ref) { return false; }
// A number of CPython's, the same in every run.
Result<std::int64_t> none_hash(VM&, Ref) { return std::int64_t{0xFCA86420}; }

// bool(NotImplemented) is deprecated: a warning through the warnings module, if the isolate has one.
Result<bool> not_implemented_bool(VM& vm, Ref) {
  if (!vm.modules.is_object()) return true;
  CEDE_TRY(Value warnings, dict_get_str(vm, cast<Dict>(vm.modules), *vm.names.warnings));
  if (warnings.is_unbound()) return true;
  CEDE_TRY(Value text, str_from_ascii(vm, "NotImplemented should not be used in a boolean context"));
  CEDE_TRY(Value ignored,
           call_method(vm, warnings, *vm.names.warn, text, vm.type(TypeId::DeprecationWarning)));
  return true;
}

constexpr Slots none_slots = inherit(object_slots, [](Slots& s) {
  s.repr = constant_repr<"None">;
  s.boolean = none_bool;
  s.hash = none_hash;
  s.construct = constant_construct<"NoneType", 0>;
  s.init = constant_init;
});
constexpr Slots ellipsis_slots = inherit(object_slots, [](Slots& s) {
  s.repr = constant_repr<"Ellipsis">;
  s.construct = constant_construct<"EllipsisType", 1>;
  s.init = constant_init;
});
constexpr Slots not_implemented_slots = inherit(object_slots, [](Slots& s) {
  s.repr = constant_repr<"NotImplemented">;
  s.boolean = not_implemented_bool;
  s.construct = constant_construct<"NotImplementedType", 4>;
  s.init = constant_init;
});
constexpr Method ellipsis_methods[] = {method<"__reduce__(self, /)", constant_reduce<"Ellipsis">>};
constexpr Method not_implemented_methods[] = {
    method<"__reduce__(self, /)", constant_reduce<"NotImplemented">>};

}  // namespace

extern const NativeType none_type, ellipsis_type, not_implemented_type;
constinit const NativeType none_type = {.name = "NoneType",
                                        .id = TypeId::NoneType,
                                        .base = nullptr,
                                        .layout = &constant_layout,
                                        .slots = &none_slots,
                                        .flags = std::uint32_t(TypeFlag::Instantiable),
                                        .doc = "The type of the None singleton."};
constinit const NativeType ellipsis_type = {.name = "ellipsis",
                                            .id = TypeId::EllipsisType,
                                            .base = nullptr,
                                            .layout = &constant_layout,
                                            .slots = &ellipsis_slots,
                                            .flags = std::uint32_t(TypeFlag::Instantiable),
                                            .methods = ellipsis_methods,
                                            .doc = "The type of the Ellipsis singleton."};
constinit const NativeType not_implemented_type = {.name = "NotImplementedType",
                                                   .id = TypeId::NotImplementedType,
                                                   .base = nullptr,
                                                   .layout = &constant_layout,
                                                   .slots = &not_implemented_slots,
                                                   .flags = std::uint32_t(TypeFlag::Instantiable),
                                                   .methods = not_implemented_methods,
                                                   .doc = "The type of the NotImplemented singleton."};

}  // namespace cede
