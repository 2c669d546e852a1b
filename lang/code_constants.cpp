// The names and constants of a unit. Constants are shared if type and value are the same, to the sign of a
// zero.
#include <bit>
#include <cstring>

#include "lang/code_builder.hpp"

namespace cede::lang::compiling {
namespace {

std::uint32_t mix(std::uint32_t hash, std::uint64_t value) {
  const std::uint64_t product = (hash ^ value) * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>(product >> 32) ^ static_cast<std::uint32_t>(product);
}

std::uint32_t hash_text(std::size_t type, std::string_view text) {
  return mix(static_cast<std::uint32_t>(type), SymbolTable::hash(text.data(), text.size()));
}

std::uint32_t hash_of(const ConstantValue& value);

std::uint32_t hash_items(std::size_t type, const std::vector<ConstantValue>& items) {
  auto hash = static_cast<std::uint32_t>(type);
  for (const ConstantValue& item : items) hash = mix(hash, hash_of(item));
  return hash;
}

std::uint32_t hash_of(const ConstantValue& value) {
  const std::size_t type = value.index();
  const auto seed = static_cast<std::uint32_t>(type);
  if (const auto* v = std::get_if<bool>(&value)) return mix(seed, *v);
  if (const auto* v = std::get_if<std::int64_t>(&value)) return mix(seed, static_cast<std::uint64_t>(*v));
  if (const auto* v = std::get_if<double>(&value)) return mix(seed, std::bit_cast<std::uint64_t>(*v));
  if (const auto* v = std::get_if<ConstantComplex>(&value))
    return mix(mix(seed, std::bit_cast<std::uint64_t>(v->real)), std::bit_cast<std::uint64_t>(v->imaginary));
  if (const auto* v = std::get_if<ConstantBigInt>(&value)) return hash_text(type, v->digits);
  if (const auto* v = std::get_if<ConstantStr>(&value)) return hash_text(type, v->text);
  if (const auto* v = std::get_if<ConstantBytes>(&value)) return hash_text(type, v->bytes);
  if (const auto* v = std::get_if<ConstantTuple>(&value)) return hash_items(type, v->items);
  if (const auto* v = std::get_if<ConstantFrozenSet>(&value)) return hash_items(type, v->items);
  return seed;
}

bool same(const ConstantValue& a, const ConstantValue& b);

bool same(const std::vector<ConstantValue>& a, const std::vector<ConstantValue>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!same(a[i], b[i])) return false;
  return true;
}

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

bool same(const ConstantValue& a, const ConstantValue& b) {
  if (a.index() != b.index()) return false;
  if (const auto* v = std::get_if<bool>(&a)) return *v == std::get<bool>(b);
  if (const auto* v = std::get_if<std::int64_t>(&a)) return *v == std::get<std::int64_t>(b);
  if (const auto* v = std::get_if<double>(&a)) return same_bits(*v, std::get<double>(b));
  if (const auto* v = std::get_if<ConstantComplex>(&a)) {
    const auto& w = std::get<ConstantComplex>(b);
    return same_bits(v->real, w.real) && same_bits(v->imaginary, w.imaginary);
  }
  if (const auto* v = std::get_if<ConstantBigInt>(&a)) {
    const auto& w = std::get<ConstantBigInt>(b);
    return v->base == w.base && v->digits == w.digits;
  }
  if (const auto* v = std::get_if<ConstantStr>(&a)) return v->text == std::get<ConstantStr>(b).text;
  if (const auto* v = std::get_if<ConstantBytes>(&a)) return v->bytes == std::get<ConstantBytes>(b).bytes;
  if (const auto* v = std::get_if<ConstantTuple>(&a)) return same(v->items, std::get<ConstantTuple>(b).items);
  if (const auto* v = std::get_if<ConstantFrozenSet>(&a))
    return same(v->items, std::get<ConstantFrozenSet>(b).items);
  return !std::holds_alternative<std::shared_ptr<const CodeUnit>>(a);
}

}  // namespace

ConstantValue constant_value(const ast::Constant& node) {
  using T = ast::ConstantType;
  switch (node.type) {
    case T::None: return ConstantNone{};
    case T::True: return true;
    case T::False: return false;
    case T::Ellipsis: return ConstantEllipsis{};
    case T::Int: return node.integer;
    case T::BigInt: return ConstantBigInt{std::string(node.text), node.base};
    case T::Float: return node.number;
    case T::Complex: return ConstantComplex{0.0, node.number};
    case T::Str: return ConstantStr{std::string(node.text)};
    case T::Bytes: return ConstantBytes{std::string(node.text)};
  }
  return ConstantNone{};
}

void CodeBuilder::grow_constants() {
  const std::size_t size = constant_slots_.empty() ? 16 : constant_slots_.size() * 2;
  constant_slots_.assign(size, 0);
  for (std::size_t i = 0; i < constants_.size(); ++i) {
    std::size_t at = constant_hashes_[i] & (size - 1);
    while (constant_slots_[at]) at = (at + 1) & (size - 1);
    constant_slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

template<class Equal, class Make>
std::uint32_t CodeBuilder::intern_constant(std::uint32_t hash, Equal&& equal, Make&& make) {
  if ((constants_.size() + 1) * 4 > constant_slots_.size() * 3) grow_constants();
  const std::size_t mask = constant_slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; constant_slots_[at]; at = (at + 1) & mask) {
    const std::uint32_t i = constant_slots_[at] - 1;
    if (constant_hashes_[i] == hash && equal(constants_[i])) return i;
  }
  constants_.push_back(make());
  constant_hashes_.push_back(hash);
  constant_slots_[at] = static_cast<std::uint32_t>(constants_.size());
  return static_cast<std::uint32_t>(constants_.size() - 1);
}

std::uint32_t CodeBuilder::constant(ConstantValue value) {
  return intern_constant(
      hash_of(value), [&](const ConstantValue& known) { return same(known, value); },
      [&]() -> ConstantValue&& { return std::move(value); });
}

std::uint32_t CodeBuilder::constant(const ast::Constant& node) {
  if (node.type == ast::ConstantType::Str) return string_constant(node.text);
  return constant(constant_value(node));
}

std::uint32_t CodeBuilder::string_constant(std::string_view text) {
  static const std::size_t type = ConstantValue(ConstantStr{}).index();
  return intern_constant(
      hash_text(type, text),
      [&](const ConstantValue& known) {
        const auto* str = std::get_if<ConstantStr>(&known);
        return str && str->text == text;
      },
      [&] { return ConstantValue(ConstantStr{std::string(text)}); });
}

std::uint32_t CodeBuilder::none_constant() { return constant(ConstantValue(ConstantNone{})); }

std::uint32_t CodeBuilder::code_constant(std::shared_ptr<const CodeUnit> unit) {
  return constant(ConstantValue(std::move(unit)));
}

std::uint32_t CodeBuilder::name(const SymbolTable& symbols, Symbol symbol) {
  if ((names_.size() + 1) * 2 > name_slots_.size()) {
    const std::size_t size = name_slots_.empty() ? 32 : name_slots_.size() * 2;
    name_slots_.assign(size, 0);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      std::size_t at = mix(0, static_cast<std::uint64_t>(name_symbols_[i])) & (size - 1);
      while (name_slots_[at]) at = (at + 1) & (size - 1);
      name_slots_[at] = static_cast<std::uint32_t>(i + 1);
    }
  }
  const std::size_t mask = name_slots_.size() - 1;
  std::size_t at = mix(0, static_cast<std::uint64_t>(symbol)) & mask;
  for (; name_slots_[at]; at = (at + 1) & mask)
    if (name_symbols_[name_slots_[at] - 1] == symbol) return name_slots_[at] - 1;
  names_.emplace_back(symbols.text(symbol));
  name_symbols_.push_back(symbol);
  name_slots_[at] = static_cast<std::uint32_t>(names_.size());
  return static_cast<std::uint32_t>(names_.size() - 1);
}

std::uint32_t CodeBuilder::cache(const SymbolTable& symbols, Symbol symbol) {
  caches_.push_back({name(symbols, symbol)});
  return static_cast<std::uint32_t>(caches_.size() - 1);
}

}  // namespace cede::lang::compiling
