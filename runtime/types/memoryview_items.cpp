// memoryview: the items, from and to memory, by their struct formats.
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "runtime/types/bytes.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/memoryview.hpp"

namespace cede {
namespace {

template<class T> T load(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}

double half_to_double(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const double fraction = bits & 0x3FF;
  double value;
  if (exponent == 31)
    value = bits & 0x3FF ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
  else
    value = exponent ? std::ldexp(fraction + 1024, exponent - 25) : std::ldexp(fraction, -24);
  return bits & 0x8000 ? -value : value;
}

// Rounds half to even; false: too big.
bool double_to_half(double value, std::uint16_t& bits) {
  const std::uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  const double magnitude = std::fabs(value);
  if (std::isnan(value))
    bits = sign | 0x7E00;
  else if (std::isinf(value))
    bits = sign | 0x7C00;
  else if (magnitude < std::ldexp(1.0, -14))
    bits = static_cast<std::uint16_t>(sign |
                                      static_cast<std::uint16_t>(std::nearbyint(std::ldexp(magnitude, 24))));
  else {
    int exponent;
    const double fraction = std::frexp(magnitude, &exponent);                             // in [0.5, 1)
    auto rounded = static_cast<std::uint32_t>(std::nearbyint(std::ldexp(fraction, 11)));  // 1024 to 2048
    if (rounded == 2048) {
      rounded = 1024;
      ++exponent;
    }
    if (exponent > 16) return false;
    bits = static_cast<std::uint16_t>(sign | (static_cast<std::uint32_t>(exponent + 14) << 10) |
                                      (rounded - 1024));
  }
  return true;
}

RaisedMark raise_format(VM& vm, const MemoryView& view) {
  return vm.raise(TypeId::NotImplementedError, "memoryview: unsupported format {}", view.format);
}
RaisedMark raise_type(VM& vm, const MemoryView& view) {
  return vm.raise(TypeId::TypeError, "memoryview: invalid type for format '{}'", view.format);
}
RaisedMark raise_value(VM& vm, const MemoryView& view) {
  return vm.raise(TypeId::ValueError, "memoryview: invalid value for format '{}'", view.format);
}

// The value as an int, if it has __index__; the error is that of the format.
Owned integer(VM& vm, const MemoryView& view, Ref value) {
  Owned number = index(vm, value);
  if (!number.is_raised() || !vm.error_is(TypeId::TypeError)) return number;
  vm.clear_error();
  return raise_type(vm, view);
}

template<class T> Status pack_integer(VM& vm, const MemoryView& view, char* at, Ref value) {
  CEDE_TRY(const Value number, integer(vm, view, value));
  T item;
  if constexpr (std::is_signed_v<T>) {
    const auto n = int_to_int64(number);
    if (!n || *n < std::numeric_limits<T>::min() || *n > std::numeric_limits<T>::max())
      return raise_value(vm, view);
    item = static_cast<T>(*n);
  } else {
    const auto n = int_to_uint64(number);
    if (!n || *n > std::numeric_limits<T>::max()) return raise_value(vm, view);
    item = static_cast<T>(*n);
  }
  std::memcpy(at, &item, sizeof(T));
  return Ok;
}

Status pack_float(VM& vm, const MemoryView& view, char* at, Ref value) {
  Result<double> number = to_double(vm, value);
  if (number.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return raise_type(vm, view);
  }
  if (view.kind() == 'd') {
    std::memcpy(at, &*number, sizeof(double));
  } else if (view.kind() == 'f') {
    const auto narrow = static_cast<float>(*number);
    std::memcpy(at, &narrow, sizeof narrow);
  } else {
    std::uint16_t bits;
    if (!double_to_half(*number, bits))
      return vm.raise_text(TypeId::OverflowError, "float too large to pack with e format");
    std::memcpy(at, &bits, sizeof bits);
  }
  return Ok;
}

}  // namespace

std::int64_t memoryview_item_size(char kind) {
  switch (kind) {
    case 'c':
    case 'b':
    case 'B':
    case '?': return 1;
    case 'h':
    case 'H':
    case 'e': return 2;
    case 'i':
    case 'I':
    case 'f': return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P': return 8;
    default: return 0;
  }
}

Owned memoryview_unpack(VM& vm, const MemoryView& view, const char* at) {
  const bool simple = view.format[0] && !view.format[view.format[0] == '@' ? 2 : 1];
  if (!simple) return raise_format(vm, view);
  switch (view.kind()) {
    case 'B': return Owned(Ref::small(static_cast<unsigned char>(*at)).bits);
    case 'b': return Owned(Ref::small(load<std::int8_t>(at)).bits);
    case 'h': return Owned(Ref::small(load<std::int16_t>(at)).bits);
    case 'H': return Owned(Ref::small(load<std::uint16_t>(at)).bits);
    case 'i': return Owned(Ref::small(load<std::int32_t>(at)).bits);
    case 'I': return Owned(Ref::small(load<std::uint32_t>(at)).bits);
    case 'l':
    case 'q':
    case 'n': return int_from(vm, load<std::int64_t>(at));
    case 'L':
    case 'Q':
    case 'N':
    case 'P': return int_from_unsigned(vm, load<std::uint64_t>(at));
    case 'd': return float_from(vm, load<double>(at));
    case 'f': return float_from(vm, static_cast<double>(load<float>(at)));
    case 'e': return float_from(vm, half_to_double(load<std::uint16_t>(at)));
    case '?': return Owned(Ref::boolean(*at != 0).bits);
    case 'c': return bytes_from(vm, {at, 1});
    default: return raise_format(vm, view);
  }
}

Status memoryview_pack(VM& vm, const MemoryView& view, char* at, Ref value) {
  const bool simple = view.format[0] && !view.format[view.format[0] == '@' ? 2 : 1];
  if (!simple) return raise_format(vm, view);
  switch (view.kind()) {
    case 'B': return pack_integer<std::uint8_t>(vm, view, at, value);
    case 'b': return pack_integer<std::int8_t>(vm, view, at, value);
    case 'h': return pack_integer<std::int16_t>(vm, view, at, value);
    case 'H': return pack_integer<std::uint16_t>(vm, view, at, value);
    case 'i': return pack_integer<std::int32_t>(vm, view, at, value);
    case 'I': return pack_integer<std::uint32_t>(vm, view, at, value);
    case 'l':
    case 'q':
    case 'n': return pack_integer<std::int64_t>(vm, view, at, value);
    case 'L':
    case 'Q':
    case 'N':
    case 'P': return pack_integer<std::uint64_t>(vm, view, at, value);
    case 'd':
    case 'f':
    case 'e': return pack_float(vm, view, at, value);
    case '?': {
      CEDE_TRY(const bool truth, is_truthy(vm, value));
      *at = static_cast<char>(truth);
      return Ok;
    }
    case 'c': {
      const Bytes* bytes = as<Bytes>(value);
      if (!bytes) return raise_type(vm, view);
      if (bytes->size != 1) return raise_value(vm, view);
      *at = bytes->data[0];
      return Ok;
    }
    default: return raise_format(vm, view);
  }
}

Owned memoryview_list(VM& vm, const MemoryView& view, std::int64_t dimension, const char* at) {
  if (dimension == view.dimensions) return memoryview_unpack(vm, view, at);
  CEDE_TRY(Value list, list_with_capacity(vm, static_cast<std::size_t>(view.shape[dimension])));
  for (std::int64_t i = 0; i < view.shape[dimension]; ++i) {
    CEDE_TRY(Value item, memoryview_list(vm, view, dimension + 1, at + i * view.strides[dimension]));
    CEDE_CHECK(list_push(vm, cast<List>(list), std::move(item)));
  }
  return list;
}

namespace {
// Walks two views of equal shape side by side.
Result<bool> equal_from(VM& vm, const MemoryView& a, const MemoryView& b, std::int64_t dimension,
                        const char* at, const char* bt) {
  if (dimension == a.dimensions) {
    const bool plain =
        a.kind() == b.kind() && a.kind() != 'd' && a.kind() != 'f' && a.kind() != 'e' && a.kind() != '?';
    if (plain) return std::memcmp(at, bt, static_cast<std::size_t>(a.item_size)) == 0;
    CEDE_TRY(const Value left, memoryview_unpack(vm, a, at));
    CEDE_TRY(const Value right, memoryview_unpack(vm, b, bt));
    return compare_bool(vm, left, right, CompareOperation::Equal);
  }
  for (std::int64_t i = 0; i < a.shape[dimension]; ++i) {
    CEDE_TRY(const bool same, equal_from(vm, a, b, dimension + 1, at + i * a.strides[dimension],
                                         bt + i * b.strides[dimension]));
    if (!same) return false;
  }
  return true;
}
}  // namespace

Result<bool> memoryview_equal_items(VM& vm, const MemoryView& a, const MemoryView& b) {
  const bool bytes = (a.kind() == 'B' && b.kind() == 'B') && a.contiguous() && b.contiguous();
  if (bytes) return a.bytes() == 0 || std::memcmp(a.data, b.data, static_cast<std::size_t>(a.bytes())) == 0;
  return equal_from(vm, a, b, 0, a.data, b.data);
}

}  // namespace cede
