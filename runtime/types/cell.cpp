// `cell`.
#include "runtime/types/cell.hpp"

#include "runtime/core/native.hpp"

namespace cede {

constinit const Layout cell_layout = layout_for<Cell>();

Owned cell_new(VM& vm, Ref content) {
  auto* cell = make_object<Cell>(vm, TypeId::Cell);
  if (!cell) return raised;
  cell->content = Value(content);
  return Owned(Value::adopt(cell));
}

namespace {

Owned make(VM& vm, Type&, Ref contents) { return cell_new(vm, contents); }
Owned cell_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"cell(contents=<unrepresentable>, /)", make>(vm, type, arguments);
}
Status cell_init(VM&, Ref, const Arguments&) { return Ok; }

Owned cell_repr(VM& vm, Ref self) {
  const Value content = cast<Cell>(self).content;
  if (content.is_unbound()) return str_from_utf8(vm, fmt::format("<cell at {:#x}: empty>", self.bits));
  return str_from_utf8(vm, fmt::format("<cell at {:#x}: {} object at {:#x}>", self.bits,
                                       display_name(type_of(vm, content)), content.bits()));
}

// By contents; an empty cell comes before all others.
Owned cell_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<Cell>(other)) return Owned(NotImplemented.bits);
  const Value a = cast<Cell>(self).content, b = cast<Cell>(other).content;
  if (!a.is_unbound() && !b.is_unbound()) return compare(vm, a, b, operation);
  return compare(vm, Ref::small(!a.is_unbound()), Ref::small(!b.is_unbound()), operation);
}

Owned get_contents(VM& vm, Cell& cell) {
  if (cell.content.is_unbound()) return vm.raise(TypeId::ValueError, "Cell is empty");
  return Owned::share(cell.content);
}
Status set_contents(VM&, Cell& cell, Ref value) {
  cell.content = Value(value);
  return Ok;
}

constexpr Property cell_properties[] = {property<"cell_contents", get_contents, set_contents>};
constexpr Slots cell_slots = inherit(object_slots, [](Slots& s) {
  s.repr = cell_repr;
  s.hash = hash_not_implemented;
  s.compare = cell_compare;
  s.construct = cell_construct;
  s.init = cell_init;
});

}  // namespace

extern const NativeType cell_type;
constinit const NativeType cell_type = {.name = "cell",
                                        .id = TypeId::Cell,
                                        .base = nullptr,
                                        .layout = &cell_layout,
                                        .slots = &cell_slots,
                                        .flags = std::uint32_t(TypeFlag::Instantiable),
                                        .properties = cell_properties,
                                        .doc =
                                            "Create a new cell object.\n\n  contents\n    the contents of "
                                            "the cell. If not specified, the cell will be "
                                            "empty,\n    and \n further attempts to access its cell_contents "
                                            "attribute will\n    raise a ValueError."};

}  // namespace cede
