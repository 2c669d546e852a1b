// A Python value in one 64-bit word, and the three ways to hold one:
//   Ref    borrowed: a plain word, passed by value. Whoever lends it keeps the object alive.
//   Value  owned: releases its object when it dies. What functions return and fields hold.
//   Owned  owned too, but trivially copyable, so that it is returned in a register: what slots and native
//          functions return. It must be turned into a Value (or handed on) exactly once.
// Releasing never runs script code: an object with a finaliser goes onto its heap's pending list (heap.hpp).
//
//   ...1     an integer of 63 bits
//   ..10     a double whose exponent is in [-255, 256], or a zero; other doubles are Float objects
//   .000     Object*
//   .100     a constant: None, True, ... and the internal marks
#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cede {

struct Type;
struct Object;
class Value;
using Bits = std::uint64_t;

// Every heap object starts with this. `count` is the number of owned words that point here; objects that never die
// start at `immortal_count`. The count cannot overflow: 2^32 references take 32 GiB, over the allocator's limit.
struct Object {
  std::uint32_t count;
  std::uint32_t flags;  // ObjectFlag bits (object.hpp)
  Type* type;           // owned unless the type is a native one (those are immortal)
};
inline constexpr std::uint32_t immortal_count = 0xC0000000u;

// The object's count has reached zero: frees it, or queues its finaliser. Runs no script code. Out of line.
void object_unreferenced(Object* object);

namespace detail {
inline constexpr Bits double_offset = Bits{768} << 53;
constexpr Bits constant_bits(unsigned n) { return Bits{n} << 3 | 4; }
}  // namespace detail

// Returned where a result cannot be made because an exception is set in the thread state. Converts to every result type.
struct RaisedMark {};
inline constexpr RaisedMark raised{};

class Ref {
 public:
  constexpr Ref() : bits(detail::constant_bits(5)) {}
  constexpr explicit Ref(Bits word) : bits(word) {}
  Ref(const Object* object) : bits(reinterpret_cast<Bits>(object)) {}
  Ref(const Object& object) : bits(reinterpret_cast<Bits>(&object)) {}
  inline Ref(const Value& value);

  // The integer must fit in 63 bits (`fits_small`); int_from (types/int.hpp) takes any.
  static constexpr Ref small(std::int64_t n) { return Ref(static_cast<Bits>(n) << 1 | 1); }
  static constexpr bool fits_small(std::int64_t n) { return n >= -(std::int64_t{1} << 62) && n < (std::int64_t{1} << 62); }
  static constexpr Ref boolean(bool b) { return Ref(detail::constant_bits(2 + b)); }
  // A double that `fits_immediate`; float_from (types/float.hpp) takes any.
  static constexpr bool fits_immediate(double d) {
    const Bits t = std::rotl(std::bit_cast<Bits>(d), 1);
    return t - detail::double_offset - 2 < (Bits{1} << 62) - 2 || t <= 1;
  }
  static constexpr Ref immediate(double d) {
    const Bits t = std::rotl(std::bit_cast<Bits>(d), 1);
    return Ref((t <= 1 ? t : t - detail::double_offset) << 2 | 2);
  }

  constexpr bool is_small() const { return bits & 1; }
  constexpr std::int64_t small() const { return static_cast<std::int64_t>(bits) >> 1; }
  constexpr bool is_immediate_double() const { return (bits & 3) == 2; }
  constexpr double immediate_double() const {
    const Bits u = bits >> 2;
    return std::bit_cast<double>(std::rotr(u + (u > 1 ? detail::double_offset : 0), 1));
  }
  constexpr bool is_object() const { return (bits & 7) == 0; }
  Object* object() const { return reinterpret_cast<Object*>(bits); }
  constexpr bool is_bool() const { return (bits & ~Bits{8}) == detail::constant_bits(2); }

  constexpr bool is_none() const { return bits == detail::constant_bits(0); }
  constexpr bool is_true() const { return bits == detail::constant_bits(3); }
  constexpr bool is_false() const { return bits == detail::constant_bits(2); }
  constexpr bool is_not_implemented() const { return bits == detail::constant_bits(4); }
  constexpr bool is_unbound() const { return bits == detail::constant_bits(5); }
  constexpr bool is_raised() const { return bits == detail::constant_bits(6); }
  constexpr bool is_finished() const { return bits == detail::constant_bits(7); }
  // Neither of the internal marks: something a script can hold.
  constexpr bool is_value() const { return bits < detail::constant_bits(5) || (bits & 7) != 4 || bits > detail::constant_bits(7); }

  friend constexpr bool operator==(Ref a, Ref b) { return a.bits == b.bits; }  // same word, not Python's ==

  Bits bits;
};

inline constexpr Ref None{detail::constant_bits(0)};
inline constexpr Ref EllipsisValue{detail::constant_bits(1)};
inline constexpr Ref False{detail::constant_bits(2)};
inline constexpr Ref True{detail::constant_bits(3)};
inline constexpr Ref NotImplemented{detail::constant_bits(4)};
// Marks that no script ever holds: an absent value; "an exception is set"; "the iterator or coroutine has finished".
inline constexpr Ref Unbound{detail::constant_bits(5)};
inline constexpr Ref Raised{detail::constant_bits(6)};
inline constexpr Ref Finished{detail::constant_bits(7)};

inline void retain(Ref ref) {
  if (ref.is_object()) ++ref.object()->count;
}
inline void release(Ref ref) {
  if (ref.is_object() && --ref.object()->count == 0) [[unlikely]]
    object_unreferenced(ref.object());
}

struct [[nodiscard]] Owned {
  Bits bits;

  constexpr Owned() : bits(detail::constant_bits(5)) {}
  constexpr explicit Owned(Bits word) : bits(word) {}
  constexpr Owned(RaisedMark) : bits(detail::constant_bits(6)) {}
  inline Owned(Value&& value);
  // Takes a new reference.
  static Owned share(Ref ref) { retain(ref); return Owned(ref.bits); }
  constexpr Ref ref() const { return Ref(bits); }
  constexpr bool is_raised() const { return ref().is_raised(); }
  constexpr bool is_finished() const { return ref().is_finished(); }
};

class [[nodiscard]] Value {
 public:
  constexpr Value() : bits_(detail::constant_bits(5)) {}
  explicit Value(Ref ref) : bits_(ref.bits) { retain(ref); }
  constexpr Value(Owned owned) : bits_(owned.bits) {}
  constexpr Value(RaisedMark) : bits_(detail::constant_bits(6)) {}
  Value(const Value& other) : bits_(other.bits_) { retain(Ref(bits_)); }
  Value(Value&& other) noexcept : bits_(std::exchange(other.bits_, detail::constant_bits(5))) {}
  Value& operator=(const Value& other) { return *this = Value(other); }
  Value& operator=(Value&& other) noexcept {
    const Bits old = std::exchange(bits_, std::exchange(other.bits_, detail::constant_bits(5)));
    release(Ref(old));
    return *this;
  }
  ~Value() { release(Ref(bits_)); }

  // Takes over the caller's reference.
  static Value adopt(Ref ref) { return Value(Owned(ref.bits)); }
  static Value adopt(Object* object) { return Value(Owned(reinterpret_cast<Bits>(object))); }
  static Value small(std::int64_t n) { return adopt(Ref::small(n)); }
  static Value boolean(bool b) { return adopt(Ref::boolean(b)); }

  Ref ref() const { return Ref(bits_); }
  Bits bits() const { return bits_; }
  Object* object() const { return ref().object(); }
  bool is_raised() const { return ref().is_raised(); }
  bool is_finished() const { return ref().is_finished(); }
  bool is_unbound() const { return ref().is_unbound(); }
  bool is_none() const { return ref().is_none(); }
  bool is_object() const { return ref().is_object(); }

  // Gives the reference away; this becomes Unbound.
  Owned take() { return Owned(std::exchange(bits_, detail::constant_bits(5))); }
  void reset() { *this = Value(); }

 private:
  Bits bits_;
};

inline Ref::Ref(const Value& value) : bits(value.bits()) {}
inline Owned::Owned(Value&& value) : bits(value.take().bits) {}
static_assert(sizeof(Value) == 8 && sizeof(Ref) == 8);

// Success, or "an exception is set in the thread state".
class [[nodiscard]] Status {
 public:
  constexpr Status(RaisedMark) : raised_(true) {}
  static constexpr Status ok() { return Status(); }
  constexpr bool is_raised() const { return raised_; }

 private:
  constexpr Status() = default;
  bool raised_ = false;
};
inline constexpr Status Ok = Status::ok();

// A T, or "an exception is set".
template<class T>
class [[nodiscard]] Result {
 public:
  constexpr Result(RaisedMark) : value_(), raised_(true) {}
  constexpr Result(T value) : value_(std::move(value)) {}
  constexpr bool is_raised() const { return raised_; }
  constexpr T& operator*() { return value_; }
  constexpr const T& operator*() const { return value_; }
  constexpr T* operator->() { return &value_; }

 private:
  T value_;
  bool raised_ = false;
};

// CEDE_TRY(Value x, f(vm)): declares x and returns `raised` from the enclosing function if f raised.
// CEDE_CHECK(f(vm)): the same for a Status. Both work in functions that return Value, Owned, Status or Result.
#define CEDE_TRY(declaration, ...) CEDE_TRY_AS(CEDE_JOIN(tried_, __LINE__), declaration, __VA_ARGS__)
#define CEDE_TRY_AS(temporary, declaration, ...)          \
  auto temporary = (__VA_ARGS__);                         \
  if (temporary.is_raised()) [[unlikely]]                 \
    return ::cede::raised;                                \
  declaration = ::cede::detail::tried(std::move(temporary))
#define CEDE_CHECK(...)                                                  \
  do {                                                                   \
    if ((__VA_ARGS__).is_raised()) [[unlikely]] return ::cede::raised;   \
  } while (false)
#define CEDE_JOIN(a, b) CEDE_JOIN_(a, b)
#define CEDE_JOIN_(a, b) a##b

namespace detail {
inline Value tried(Value&& v) { return std::move(v); }
inline Value tried(Owned&& v) { return Value(v); }
template<class T>
T tried(Result<T>&& r) { return std::move(*r); }
}  // namespace detail

}  // namespace cede
