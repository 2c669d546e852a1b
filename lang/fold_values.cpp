// Values of constant expressions. Integers stay within 63 bits; floats are folded where one IEEE operation
// gives Python's result; whatever would raise is left to the runtime.
#include "lang/fold_values.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <string>

namespace cede::lang::folding {
namespace {

using ast::Constant;
using ast::ConstantType;
using ast::Operator;

// CPython's limit for repeated strings; ours for joined ones, which keeps a long sum of strings linear.
constexpr std::size_t longest_repetition = 4096, longest_concatenation = 1024;
// Integers up to here are floats without rounding.
constexpr std::int64_t exact_in_float = std::int64_t{1} << 53;

Constant* make(Arena& arena, const ast::Node& at, ConstantType type) {
  auto* node = arena.make<Constant>();
  node->kind = ast::Kind::Constant;
  node->start = at.start;
  node->end = at.end;
  node->type = type;
  return node;
}

Constant* make_int(Arena& arena, const ast::Node& at, std::int64_t value) {
  if (value == std::numeric_limits<std::int64_t>::min()) return nullptr;
  Constant* node = make(arena, at, ConstantType::Int);
  node->integer = value;
  return node;
}

Constant* make_float(Arena& arena, const ast::Node& at, double value) {
  Constant* node = make(arena, at, ConstantType::Float);
  node->number = value;
  return node;
}

Constant* make_text(Arena& arena, const ast::Node& at, ConstantType type, std::string_view text) {
  Constant* node = make(arena, at, type);
  node->text = text;
  return node;
}

bool is_bool(const Constant& c) { return c.type == ConstantType::True || c.type == ConstantType::False; }

std::optional<std::int64_t> as_integer(const Constant& c) {
  if (c.type == ConstantType::Int) return c.integer;
  if (is_bool(c)) return c.type == ConstantType::True;
  return {};
}

std::optional<double> as_float(const Constant& c) {
  if (c.type == ConstantType::Float) return c.number;
  const auto value = as_integer(c);
  if (!value) return {};
  const std::int64_t digits = *value == 0 ? 0 : *value >> std::countr_zero(static_cast<std::uint64_t>(*value));
  if (digits > exact_in_float || digits < -exact_in_float) return {};
  return static_cast<double>(*value);
}

std::optional<bool> truth(const Constant& c) {
  switch (c.type) {
    case ConstantType::None:
    case ConstantType::False: return false;
    case ConstantType::True:
    case ConstantType::Ellipsis:
    case ConstantType::BigInt: return true;
    case ConstantType::Int: return c.integer != 0;
    case ConstantType::Float:
    case ConstantType::Complex: return c.number != 0;
    case ConstantType::Str:
    case ConstantType::Bytes: return !c.text.empty();
  }
  return {};
}

// Rounded towards minus infinity; `b` is not zero.
std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return quotient - (a % b != 0 && (a < 0) != (b < 0));
}

std::optional<std::int64_t> power(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0 || exponent > 64) return {};
  std::int64_t result = 1;
  for (; exponent; --exponent)
    if (__builtin_mul_overflow(result, base, &result)) return {};
  return result;
}

std::optional<std::int64_t> shift_left(std::int64_t value, std::int64_t count) {
  if (count < 0 || count > 62) return {};
  std::int64_t result;
  if (__builtin_mul_overflow(value, std::int64_t{1} << count, &result)) return {};
  return result;
}

std::optional<std::int64_t> integer_operation(Operator op, std::int64_t a, std::int64_t b) {
  std::int64_t result;
  switch (op) {
    case Operator::Add: return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::Sub: return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::Mult: return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::FloorDiv: return b == 0 ? std::nullopt : std::optional(floor_divide(a, b));
    case Operator::Mod: return b == 0 ? std::nullopt : std::optional(a - floor_divide(a, b) * b);
    case Operator::Pow: return power(a, b);
    case Operator::LShift: return shift_left(a, b);
    case Operator::RShift: return b < 0 ? std::nullopt : std::optional(a >> (b > 63 ? 63 : b));
    case Operator::BitOr: return a | b;
    case Operator::BitXor: return a ^ b;
    case Operator::BitAnd: return a & b;
    default: return {};
  }
}

std::optional<double> float_operation(Operator op, double a, double b) {
  switch (op) {
    case Operator::Add: return a + b;
    case Operator::Sub: return a - b;
    case Operator::Mult: return a * b;
    case Operator::Div: return b == 0 ? std::nullopt : std::optional(a / b);
    case Operator::Pow: {
      if (!(a > 0)) return {};  // may raise or be complex
      const double result = std::pow(a, b);
      return std::isfinite(result) ? std::optional(result) : std::nullopt;
    }
    default: return {};
  }
}

ast::Expression* repetition(Arena& arena, const ast::Node& at, const Constant& text, std::int64_t count) {
  const std::size_t size = text.text.size();
  if (count <= 0 || size == 0) return make_text(arena, at, text.type, {});
  if (static_cast<std::uint64_t>(count) > longest_repetition / size) return nullptr;
  char* to = arena.allocate_array<char>(size * static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i)
    std::memcpy(to + static_cast<std::size_t>(i) * size, text.text.data(), size);
  return make_text(arena, at, text.type, {to, size * static_cast<std::size_t>(count)});
}

ast::Expression* concatenation(Arena& arena, const ast::Node& at, const Constant& left,
                               const Constant& right) {
  const std::size_t size = left.text.size() + right.text.size();
  if (size > longest_concatenation) return nullptr;
  char* to = arena.allocate_array<char>(size);
  if (!left.text.empty()) std::memcpy(to, left.text.data(), left.text.size());
  if (!right.text.empty()) std::memcpy(to + left.text.size(), right.text.data(), right.text.size());
  return make_text(arena, at, left.type, {to, size});
}

bool is_text(const Constant& c) { return c.type == ConstantType::Str || c.type == ConstantType::Bytes; }

ast::Expression* text_operation(Arena& arena, const ast::BinOp& node, const Constant& left,
                                const Constant& right) {
  if (node.op == Operator::Add && left.type == right.type) return concatenation(arena, node, left, right);
  if (node.op != Operator::Mult) return nullptr;
  const Constant& text = is_text(left) ? left : right;
  const auto count = as_integer(is_text(left) ? right : left);
  return count ? repetition(arena, node, text, *count) : nullptr;
}

}  // namespace

ast::Expression* make_bool(Arena& arena, const ast::Node& at, bool value) {
  return make(arena, at, value ? ConstantType::True : ConstantType::False);
}

ast::Expression* unary(Arena& arena, const ast::UnaryOp& node, const Constant& operand) {
  if (node.op == ast::UnaryOperator::Not) {
    const auto value = truth(operand);
    return value ? make_bool(arena, node, !*value) : nullptr;
  }
  const auto integer = as_integer(operand);
  switch (node.op) {
    case ast::UnaryOperator::Invert:
      // CPython folds `~True` too; its warning then names no line of the program and is filtered out.
      return integer ? make_int(arena, node, ~*integer) : nullptr;
    case ast::UnaryOperator::USub:
      if (operand.type == ConstantType::Float) return make_float(arena, node, -operand.number);
      return integer ? make_int(arena, node, -*integer) : nullptr;
    default:
      if (operand.type == ConstantType::Float) return make_float(arena, node, operand.number);
      return integer ? make_int(arena, node, *integer) : nullptr;
  }
}

ast::Expression* binary(Arena& arena, const ast::BinOp& node, const Constant& left, const Constant& right) {
  if (is_text(left) || is_text(right)) return text_operation(arena, node, left, right);
  const auto a = as_integer(left), b = as_integer(right);
  if (a && b && node.op != Operator::Div) {
    const auto result = integer_operation(node.op, *a, *b);
    if (!result) return nullptr;
    const bool bitwise =
        node.op == Operator::BitOr || node.op == Operator::BitXor || node.op == Operator::BitAnd;
    if (bitwise && is_bool(left) && is_bool(right)) return make_bool(arena, node, *result != 0);
    return make_int(arena, node, *result);
  }
  const auto x = as_float(left), y = as_float(right);
  if (!x || !y) return nullptr;
  const auto result = float_operation(node.op, *x, *y);
  return result ? make_float(arena, node, *result) : nullptr;
}

ast::Expression* element(Arena& arena, const ast::Subscript& node, const Constant& index) {
  auto position = as_integer(index);
  if (!position) return nullptr;
  const auto find = [&](std::size_t size) {
    if (*position < 0) *position += static_cast<std::int64_t>(size);
    return *position >= 0 && static_cast<std::uint64_t>(*position) < size;
  };
  if (node.value->kind == ast::Kind::Tuple) {
    const auto& elements = ast::as<ast::Collection>(node.value)->elts;
    if (!find(elements.size())) return nullptr;
    ast::Expression* found = elements[static_cast<std::size_t>(*position)];
    found->start = node.start;
    found->end = node.end;
    return found;
  }
  const auto& text = *ast::as<Constant>(node.value);
  if (!is_text(text)) return nullptr;
  if (text.type == ConstantType::Str)
    for (const char c : text.text)
      if (static_cast<signed char>(c) < 0) return nullptr;  // positions are not byte offsets
  if (!find(text.text.size())) return nullptr;
  const std::string_view found = text.text.substr(static_cast<std::size_t>(*position), 1);
  if (text.type == ConstantType::Str) return make_text(arena, node, ConstantType::Str, found);
  return make_int(arena, node, static_cast<unsigned char>(found[0]));
}

namespace {

// The pieces of a %-format: literal text and conversions, in turn.
class FormatParser {
 public:
  explicit FormatParser(std::string_view format) : rest_(format) {}

  bool at_end() const { return rest_.empty(); }

  // Literal text up to the next conversion, with `%%` undone.
  std::string literal() {
    std::string result;
    while (!rest_.empty()) {
      if (rest_[0] == '%') {
        if (!rest_.starts_with("%%")) break;
        rest_.remove_prefix(1);
      }
      result.push_back(rest_[0]);
      rest_.remove_prefix(1);
    }
    return result;
  }

  // A conversion such as `%-5.3r`: its letter and its format specification. False if CPython does not take
  // it: folding changes the order in which arguments are evaluated and turned into text, so it must be its
  // choice.
  bool conversion(char& letter, std::string& specification) {
    rest_.remove_prefix(1);
    bool left = false;
    while (!rest_.empty() && std::string_view("-+ #0").find(rest_[0]) != std::string_view::npos) {
      left |= rest_[0] == '-';
      rest_.remove_prefix(1);
    }
    const std::string width = digits();
    specification = !left && !width.empty() ? ">" + width : width;
    if (take('.')) {
      const std::string precision = digits();
      if (precision.size() > 2) return false;
      specification += precision.empty() ? ".0" : "." + precision;
    }
    if (width.size() > 2) return false;
    if (rest_.empty()) return false;
    letter = rest_[0];
    rest_.remove_prefix(1);
    return letter == 's' || letter == 'r' || letter == 'a';
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string digits() {
    std::string result;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      result.push_back(rest_[0]);
      rest_.remove_prefix(1);
    }
    return result;
  }

  std::string_view rest_;
};

ast::JoinedStr* make_joined(Arena& arena, const ast::Node& at, ast::Expressions values) {
  auto* node = arena.make<ast::JoinedStr>();
  node->kind = ast::Kind::JoinedStr;
  node->start = at.start;
  node->end = at.end;
  node->values = values;
  return node;
}

ast::Expression* make_formatted(Arena& arena, ast::Expression* value, char letter,
                                const std::string& specification) {
  auto* node = arena.make<ast::FormattedValue>();
  node->kind = ast::Kind::FormattedValue;
  node->start = value->start;
  node->end = value->end;
  node->value = value;
  node->conversion = letter;
  if (!specification.empty()) {
    const ast::Expressions parts = arena.make_array<ast::Expression*>(1);
    parts[0] = make_text(arena, *value, ConstantType::Str, arena.copy(specification));
    node->format_spec = make_joined(arena, *value, parts);
  }
  return node;
}

}  // namespace

ast::Expression* format(Arena& arena, const ast::BinOp& node, std::string_view text,
                        const ast::Collection& arguments) {
  for (const ast::Expression* argument : arguments.elts)
    if (argument->kind == ast::Kind::Starred) return nullptr;
  const ast::Expressions values = arena.make_array<ast::Expression*>(2 * arguments.elts.size() + 1);
  std::uint32_t count = 0, used = 0;
  FormatParser parser(text);
  for (;;) {
    const std::string literal = parser.literal();
    if (!literal.empty()) values[count++] = make_text(arena, node, ConstantType::Str, arena.copy(literal));
    if (parser.at_end()) break;
    char letter;
    std::string specification;
    if (used == arguments.elts.size() || !parser.conversion(letter, specification)) return nullptr;
    values[count++] = make_formatted(arena, arguments.elts[used++], letter, specification);
  }
  if (used != arguments.elts.size()) return nullptr;
  return make_joined(arena, node, {values.begin(), count});
}

}  // namespace cede::lang::folding
