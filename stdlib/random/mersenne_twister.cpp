// The _random module: the Mersenne Twister MT19937 (Matsumoto and Nishimura), seeded and read as CPython does
// it.
#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "runtime/host/host.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/sequence.hpp"

namespace cede::stdlib {
namespace {

constexpr std::size_t state_size = 624, shift_size = 397;

struct Twister : Object {
  std::uint32_t state[state_size];
  std::uint32_t position;  // of the next word; state_size: all are used
};
const Layout twister_layout = layout_for<Twister>();

// ---- the generator

void refill(Twister& t) {
  const auto mix = [](std::uint32_t high, std::uint32_t low) {
    const std::uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
    return y >> 1 ^ (y & 1 ? 0x9908b0dfu : 0u);
  };
  std::uint32_t* const s = t.state;
  for (std::size_t i = 0; i < state_size; ++i)
    s[i] = s[(i + shift_size) % state_size] ^ mix(s[i], s[(i + 1) % state_size]);
  t.position = 0;
}

std::uint32_t next_word(Twister& t) {
  if (t.position >= state_size) refill(t);
  std::uint32_t y = t.state[t.position++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ y >> 18;
}

void seed_by_number(Twister& t, std::uint32_t seed) {
  t.state[0] = seed;
  for (std::uint32_t i = 1; i < state_size; ++i) {
    const std::uint32_t before = t.state[i - 1];
    t.state[i] = 1812433253u * (before ^ before >> 30) + i;
  }
  t.position = state_size;
}

void seed_by_array(Twister& t, std::span<const std::uint32_t> key) {
  seed_by_number(t, 19650218u);
  std::uint32_t* const s = t.state;
  std::size_t i = 1, j = 0;
  const auto step = [&] {
    if (++i >= state_size) {
      s[0] = s[state_size - 1];
      i = 1;
    }
  };
  const auto stirred = [&] { return s[i - 1] ^ s[i - 1] >> 30; };
  for (std::size_t k = std::max(state_size, key.size()); k; --k) {
    s[i] = (s[i] ^ stirred() * 1664525u) + key[j] + static_cast<std::uint32_t>(j);
    if (++j >= key.size()) j = 0;
    step();
  }
  for (std::size_t k = state_size - 1; k; --k) {
    s[i] = (s[i] ^ stirred() * 1566083941u) - static_cast<std::uint32_t>(i);
    step();
  }
  s[0] = 0x80000000u;
}

// ---- seeding

Status seed_by_entropy(VM& vm, Twister& t) {
  std::uint32_t key[state_size];
  if (const int result = vm.host.entropy(std::as_writable_bytes(std::span(key))); result < 0)
    return vm.raise_os_error(-result);
  seed_by_array(t, key);
  return Ok;
}

// All bits of the magnitude of an int, or of the hash of anything else.
Status seed(VM& vm, Twister& t, Ref object) {
  if (object.is_unbound() || object.is_none()) return seed_by_entropy(vm, t);
  Value number{object};
  if (!is_int(object)) {
    CEDE_TRY(const std::int64_t hash, hash_value(vm, object));
    CEDE_TRY(number, int_from_unsigned(vm, static_cast<std::uint64_t>(hash)));
  } else if (!is_exact_int(object)) {
    CEDE_TRY(number, absolute(vm, object));
    if (!is_int(number)) return vm.raise_text(TypeId::TypeError, "an integer is required");
  }
  const IntView view(number);
  Buffer<std::uint32_t> key;
  if (!key.resize(vm.heap, std::max<std::size_t>(1, (view.bit_length() + 31) / 32)))
    return vm.raise_memory_error();
  key[0] = 0;
  for (std::size_t i = 0; i < key.size() && view.size; ++i)
    key[i] = static_cast<std::uint32_t>(view.limbs[i / 2] >> i % 2 * 32);
  seed_by_array(t, {key.data(), key.size()});
  key.free(vm.heap);
  return Ok;
}

// ---- methods

double random_random(VM&, Twister& self) {
  const std::uint32_t a = next_word(self) >> 5, b = next_word(self) >> 6;
  return (a * 67108864.0 + b) * (1.0 / 9007199254740992.0);
}

Status random_seed(VM& vm, Twister& self, Ref n) { return seed(vm, self, n); }

Owned random_getrandbits(VM& vm, Twister& self, Ref count_object) {
  CEDE_TRY(const Value count, index(vm, count_object));
  const auto wide = int_to_int64(count);
  if (!wide || *wide > INT32_MAX || *wide < INT32_MIN)
    return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C int");
  if (*wide < 0) return vm.raise_text(TypeId::ValueError, "number of bits must be non-negative");
  const auto bits = static_cast<std::uint32_t>(*wide);
  if (bits == 0) return Owned(Ref::small(0).bits);
  if (bits <= 32) return Owned(Ref::small(next_word(self) >> (32 - bits)).bits);
  Buffer<std::uint64_t> limbs;
  if (!limbs.resize(vm.heap, (bits + 63) / 64)) return vm.raise_memory_error();
  for (std::uint32_t done = 0; done < bits; done += 32) {
    std::uint64_t word = next_word(self);
    if (bits - done < 32) word >>= 32 - (bits - done);
    if (done % 64)
      limbs[done / 64] |= word << 32;
    else
      limbs[done / 64] = word;
  }
  Value made = int_from_limbs(vm, limbs.data(), limbs.size(), false);
  limbs.free(vm.heap);
  return made;
}

Owned random_getstate(VM& vm, Twister& self) {
  CEDE_TRY(Value made, tuple_uninitialised(vm, state_size + 1));
  Bits* const items = cast<Tuple>(made).items;
  for (std::size_t i = 0; i < state_size; ++i) items[i] = Ref::small(self.state[i]).bits;
  items[state_size] = Ref::small(self.position).bits;
  return made;
}

Result<std::uint64_t> state_word(VM& vm, Ref item) {
  if (!is_int(item)) return vm.raise_text(TypeId::TypeError, "an integer is required");
  if (int_sign(item) < 0)
    return vm.raise_text(TypeId::OverflowError, "can't convert negative value to unsigned int");
  if (const auto word = int_to_uint64(item)) return *word;
  return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C unsigned long");
}

Status random_setstate(VM& vm, Twister& self, Ref state) {
  const Tuple* words = as<Tuple>(state);
  if (!words) return vm.raise_text(TypeId::TypeError, "state vector must be a tuple");
  if (words->size != state_size + 1)
    return vm.raise_text(TypeId::ValueError, "state vector is the wrong size");
  std::uint32_t fresh[state_size];
  for (std::size_t i = 0; i < state_size; ++i) {
    CEDE_TRY(const std::uint64_t word, state_word(vm, (*words)[i]));
    fresh[i] = static_cast<std::uint32_t>(word);
  }
  CEDE_TRY(const Value position, index(vm, (*words)[state_size]));
  const std::int64_t at = int_clamped(position);
  if (at < 0 || at > static_cast<std::int64_t>(state_size))
    return vm.raise_text(TypeId::ValueError, "invalid state");
  std::copy(std::begin(fresh), std::end(fresh), self.state);
  self.position = static_cast<std::uint32_t>(at);
  return Ok;
}

Owned random_construct(VM& vm, Type& type, const Arguments&) {
  Twister* made = make_instance<Twister>(vm, type);
  if (!made) return raised;
  return Owned(Ref(made).bits);
}

Status random_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "Random"));
  if (arguments.positional > 1) return vm.raise_text(TypeId::TypeError, "Random() requires 0 or 1 argument");
  return seed(vm, cast<Twister>(self), arguments.positional ? arguments[0] : Unbound);
}

constexpr Slots random_slots = inherit(object_slots, [](Slots& s) {
  s.construct = random_construct;
  s.init = random_init;
});

constexpr Method random_methods[] = {
    method<"random(self, /)", random_random>,
    method<"seed(self, n=None, /)", random_seed>,
    method<"getstate(self, /)", random_getstate>,
    method<"setstate(self, state, /)", random_setstate>,
    method<"getrandbits(self, k, /)", random_getrandbits>,
};

const NativeType random_type{
    .name = "_random.Random",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &twister_layout,
    .slots = &random_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable,
    .methods = random_methods,
    .doc = "A random number generator with a state of its own: Random(seed).",
};

Status fill(VM& vm, Module& module) { return module_add_type(vm, module, random_type); }

}  // namespace

extern const NativeModule random_native_module;
const NativeModule random_native_module{
    .name = "_random",
    .functions = {},
    .fill = fill,
    .doc = "Mersenne Twister.",
};

}  // namespace cede::stdlib
