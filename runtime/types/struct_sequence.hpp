// Tuples whose items have names: sys.version_info, time.struct_time, os.stat_result. A struct type is constant data:
//
//   constexpr StructField point_fields[] = {{"x", "abscissa"}, {"y", "ordinate"}};
//   constexpr auto point_members = struct_members(point_fields);
//   const StructType point_type{{.name = "m.point", .id = TypeId::Dynamic, .base = &tuple_type,
//       .layout = &struct_sequence_layout, .slots = &struct_sequence_slots, .flags = struct_sequence_flags,
//       .methods = struct_sequence_methods, .members = point_members, .fill = struct_sequence_fill}, point_fields, 2};
//
// Fields from the `visible`-th on are hidden: attributes that are no items of the tuple.
#pragma once

#include <array>

#include "runtime/core/native.hpp"

namespace cede {

extern const NativeType tuple_type;

struct StructField {
  const char* name;
  const char* doc;
};

struct StructType : NativeType {
  std::span<const StructField> fields;
  std::size_t visible;
};

extern const Layout struct_sequence_layout;
extern const Slots struct_sequence_slots;            // script code may make instances
extern const Slots struct_sequence_closed_slots;     // it may not (sys.flags)
extern const std::span<const Method> struct_sequence_methods;
inline constexpr std::uint32_t struct_sequence_flags =
    std::uint32_t(TypeFlag::SequencePattern) | std::uint32_t(TypeFlag::Instantiable);
inline constexpr std::uint32_t struct_sequence_closed_flags = std::uint32_t(TypeFlag::SequencePattern);
Status struct_sequence_fill(VM& vm, Type& type);     // n_fields and the like

inline constexpr std::size_t struct_items_offset = sizeof(Object) + sizeof(std::uint64_t);
template<std::size_t N>
constexpr std::array<Member, N> struct_members(const StructField (&fields)[N]) {
  std::array<Member, N> members{};
  for (std::size_t i = 0; i < N; ++i)
    members[i] = {fields[i].name, static_cast<std::uint32_t>(struct_items_offset + i * sizeof(Bits)), true, true, fields[i].doc};
  return members;
}

// A new instance of `native` (found through VM::native_type) with all its fields, hidden ones too. Raises MemoryError.
Owned struct_sequence_new(VM& vm, const StructType& native, std::span<const Ref> values);
inline Owned struct_sequence_new(VM& vm, const StructType& native, std::initializer_list<Ref> values) {
  return struct_sequence_new(vm, native, std::span<const Ref>(values.begin(), values.size()));
}

}  // namespace cede
