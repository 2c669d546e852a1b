// Builtin functions on numbers and characters.
#include <cmath>

#include "runtime/core/protocols.hpp"
#include "runtime/types/bytearray.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/builtins/functions.hpp"

namespace cede::stdlib {

Owned builtins_abs(VM& vm, Ref x) { return absolute(vm, x); }

namespace {
// An integer in another base with Python's prefix.
Owned prefixed(VM& vm, Ref number, unsigned base, std::string_view prefix) {
  CEDE_TRY(const Value n, index(vm, number));
  StringBuilder out(vm);
  Value magnitude = n;
  if (int_sign(n) < 0) {
    CEDE_CHECK(out.append('-'));
    CEDE_TRY(magnitude, int_absolute(vm, n));
  }
  CEDE_CHECK(out.append(prefix));
  CEDE_CHECK(append_int(out, magnitude, base));
  return out.finish();
}
}  // namespace

Owned builtins_bin(VM& vm, Ref number) { return prefixed(vm, number, 2, "0b"); }
Owned builtins_oct(VM& vm, Ref number) { return prefixed(vm, number, 8, "0o"); }
Owned builtins_hex(VM& vm, Ref number) { return prefixed(vm, number, 16, "0x"); }

Owned builtins_chr(VM& vm, Ref i) {
  CEDE_TRY(const Value n, index(vm, i));
  const std::int64_t code_point = int_clamped(n);
  if (code_point < 0 || code_point > 0x10FFFF) return vm.raise(TypeId::ValueError, "chr() arg not in range(0x110000)");
  return str_from_code_point(vm, static_cast<char32_t>(code_point));
}

Owned builtins_ord(VM& vm, Ref c) {
  std::size_t size;
  if (const Str* text = as<Str>(c)) {
    if (text->length == 1) return Owned(Ref::small(str_at(*text, 0)).bits);
    size = text->length;
  } else if (const Bytes* bytes = as<Bytes>(c)) {
    if (bytes->size == 1) return Owned(Ref::small(static_cast<unsigned char>(bytes->data[0])).bits);
    size = bytes->size;
  } else if (ByteArray* array = as<ByteArray>(c)) {
    if (array->view().size() == 1) return Owned(Ref::small(static_cast<unsigned char>(array->view()[0])).bits);
    size = array->view().size();
  } else {
    return vm.raise(TypeId::TypeError, "ord() expected string of length 1, but {} found", display_name(type_of(vm, c)));
  }
  return vm.raise(TypeId::TypeError, "ord() expected a character, but string of length {} found", size);
}

Owned builtins_divmod(VM& vm, Ref x, Ref y) { return divmod(vm, x, y); }
Owned builtins_pow(VM& vm, Ref base, Ref exp, Ref mod) { return power(vm, base, exp, mod); }

Owned builtins_round(VM& vm, Ref number, Ref ndigits) {
  CEDE_TRY(const Value method, find_special(vm, number, *vm.names.__round__));
  if (method.is_unbound())
    return vm.raise(TypeId::TypeError, "type {} doesn't define __round__ method", display_name(type_of(vm, number)));
  return ndigits.is_none() ? call(vm, method) : call(vm, method, ndigits);
}

namespace {
// Compensated addition (Neumaier), as sum() of floats does it.
struct CompensatedSum {
  double high, low = 0;
  void add(double x) {
    const double total = high + x;
    low += std::abs(high) >= std::abs(x) ? (high - total) + x : (x - total) + high;
    high = total;
  }
  double finish() const { return low != 0 && std::isfinite(low) ? high + low : high; }
};

// ints, then floats of exact type are added here as long as nothing else comes; after that everything goes by `+`.
class Summation {
 public:
  Summation(VM& vm, Ref start) : vm_(vm), total_(start) {
    if (start.is_small()) kind_ = Kind::Small, small_ = start.small();
    else if (is_exact_float(start)) kind_ = Kind::Float, float_ = {float_value(start)};
  }

  Status add(Ref item) {
    switch (kind_) {
      case Kind::Small: return add_to_small(item);
      case Kind::Float: return add_to_float(item);
      case Kind::Object: break;
    }
    return add_general(item);
  }
  Owned finish() {
    CEDE_CHECK(settle());
    return total_.take();
  }

 private:
  enum class Kind : std::uint8_t { Small, Float, Object };

  Status add_to_small(Ref item) {
    if (item.is_small() || item.is_bool()) {
      const std::int64_t n = item.is_small() ? item.small() : item.is_true();
      std::int64_t sum;
      if (!__builtin_add_overflow(small_, n, &sum)) {
        small_ = sum;
        return Ok;
      }
    }
    CEDE_CHECK(settle());
    CEDE_CHECK(add_general(item));
    if (is_exact_float(total_)) kind_ = Kind::Float, float_ = {float_value(total_)};
    return Ok;
  }
  Status add_to_float(Ref item) {
    if (is_exact_float(item)) {
      float_.add(float_value(item));
      return Ok;
    }
    if (is_int(item))
      if (const auto n = int_to_int64(item)) {
        float_.high += static_cast<double>(*n);
        return Ok;
      }
    CEDE_CHECK(settle());
    return add_general(item);
  }
  Status add_general(Ref item) {
    CEDE_TRY(total_, binary_operation(vm_, total_, item, BinaryOperation::Add));
    return Ok;
  }
  // The sum so far as a value.
  Status settle() {
    const Kind kind = std::exchange(kind_, Kind::Object);
    if (kind == Kind::Small) total_ = int_from(vm_, small_);
    else if (kind == Kind::Float) total_ = float_from(vm_, float_.finish());
    return total_.is_raised() ? Status(raised) : Ok;
  }

  VM& vm_;
  Value total_;
  Kind kind_ = Kind::Object;
  std::int64_t small_ = 0;
  CompensatedSum float_{0};
};
}  // namespace

Owned builtins_sum(VM& vm, Ref iterable, Ref start) {
  CEDE_TRY(const Value iterator, get_iterator(vm, iterable));
  if (is<Str>(start)) return vm.raise(TypeId::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  if (is<Bytes>(start)) return vm.raise(TypeId::TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (is<ByteArray>(start)) return vm.raise(TypeId::TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  Summation sum(vm, start);
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return sum.finish();
    CEDE_CHECK(sum.add(item));
    CEDE_CHECK(vm.check_interrupts());
  }
}

}  // namespace cede::stdlib
