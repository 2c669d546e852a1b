// ast.dump: node(field=..., lineno=...) recursively. Absent optional fields and empty lists are left out, as `ast.dump`
// does; strings, bytes and numbers are written as Python's repr() writes them.
#include "lang/ast_dump.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "lang/field_visit.hpp"
#include "lang/source.hpp"

namespace cede::lang {
namespace {

using namespace ast;

constexpr std::uint32_t unprintable[][2] = {
#include "lang/unprintable.inc"
};

bool is_printable(std::uint32_t c) {
  std::size_t low = 0, high = std::size(unprintable);
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (c > unprintable[middle][1])
      low = middle + 1;
    else
      high = middle;
  }
  return low == std::size(unprintable) || c < unprintable[low][0];
}

void write_hex(std::string& out, std::uint32_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i) out += "0123456789abcdef"[(value >> (4 * i)) & 15];
}

char quote_for(std::string_view text) {
  return text.find('\'') != text.npos && text.find('"') == text.npos ? '"' : '\'';
}

// What str and bytes have in common; false if `c` is none of it.
bool write_simple_character(std::string& out, unsigned char c, char quote) {
  if (c == static_cast<unsigned char>(quote) || c == '\\')
    (out += '\\') += static_cast<char>(c);
  else if (c == '\n')
    out += "\\n";
  else if (c == '\r')
    out += "\\r";
  else if (c == '\t')
    out += "\\t";
  else if (c < 0x20 || c == 0x7f)
    write_hex(out += "\\x", c, 2);
  else if (c < 0x80)
    out += static_cast<char>(c);
  else
    return false;
  return true;
}

void write_str(std::string& out, std::string_view text) {
  const char quote = quote_for(text);
  out += quote;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (write_simple_character(out, c, quote)) {
      ++i;
      continue;
    }
    const std::size_t length = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    std::uint32_t code = c & (0xff >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      code = (code << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3f);
    if (is_printable(code))
      out += text.substr(i, length);
    else if (code < 0x100)
      write_hex(out += "\\x", code, 2);
    else if (code < 0x10000)
      write_hex(out += "\\u", code, 4);
    else
      write_hex(out += "\\U", code, 8);
    i += length;
  }
  out += quote;
}

void write_bytes(std::string& out, std::string_view text) {
  const char quote = quote_for(text);
  (out += 'b') += quote;
  for (const char c : text)
    if (!write_simple_character(out, static_cast<unsigned char>(c), quote))
      write_hex(out += "\\x", static_cast<unsigned char>(c), 2);
  out += quote;
}

// repr() of a float: the shortest digits that round-trip, with an exponent below 1e-4 and from 1e16.
void write_float(std::string& out, double value, bool imaginary) {
  if (std::isinf(value)) {
    out += "inf";
    return;
  }
  char text[64];
  const double size = std::fabs(value);
  const bool scientific = size != 0 && (size < 1e-4 || size >= 1e16);
  const auto end = std::to_chars(text, text + sizeof text, value,
                                 scientific ? std::chars_format::scientific : std::chars_format::fixed)
                       .ptr;
  const std::string_view written(text, static_cast<std::size_t>(end - text));
  out += written;
  if (!scientific && !imaginary && written.find('.') == written.npos) out += ".0";
}

// Decimal digits of a number given in hexadecimal.
std::string decimal_of_hexadecimal(std::string_view digits) {
  constexpr std::uint64_t chunk = 1'000'000'000;
  std::vector<std::uint64_t> parts{0};
  for (const char c : digits) {
    std::uint64_t carry = static_cast<std::uint64_t>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    for (auto& part : parts) {
      part = part * 16 + carry;
      carry = part / chunk;
      part %= chunk;
    }
    if (carry) parts.push_back(carry);
  }
  std::string text = std::to_string(parts.back());
  for (std::size_t i = parts.size() - 1; i-- > 0;) {
    const std::string part = std::to_string(parts[i]);
    text += std::string(9 - part.size(), '0') + part;
  }
  return text;
}

template<class Enum, std::size_t size>
std::string_view pick(const std::array<std::string_view, size>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}

class Dumper {
 public:
  Dumper(const Module& module, DumpPositions positions) : module_(module), positions_(positions) {}

  void node(const Node& n) {
    out += name_of(n.kind);
    out += '(';
    bool first = true;
    visit_fields(n, [&](std::string_view name, const auto& value) { field(first, name, value); });
    if (has_position(n.kind) && positions_ == DumpPositions::Yes) {
      const Position start = module_.source->position(n.start), end = module_.source->position(n.end);
      attribute(first, "lineno", start.line);
      attribute(first, "col_offset", start.column);
      attribute(first, "end_lineno", end.line);
      attribute(first, "end_col_offset", end.column);
    }
    out += ')';
  }

  std::string out;

 private:
  void label(bool& first, std::string_view name) {
    if (!first) out += ", ";
    first = false;
    (out += name) += '=';
  }
  void attribute(bool& first, std::string_view name, std::uint32_t value) {
    label(first, name);
    out += std::to_string(value);
  }

  template<class T>
  void field(bool& first, std::string_view name, const T& value) {
    if (absent(value)) return;
    label(first, name);
    write(value);
    if constexpr (std::is_same_v<T, Constant>) {
      if (value.unicode_prefix) {
        label(first, "kind");
        out += "'u'";
      }
    }
  }

  template<class T>
  static bool absent(T* const& pointer) {
    return pointer == nullptr;
  }
  template<class T>
  static bool absent(const Sequence<T>& sequence) {
    return sequence.empty();
  }
  static bool absent(const Identifier& identifier) { return !identifier; }
  static bool absent(Symbol symbol) { return symbol == Symbol::Absent; }
  template<class T>
  static bool absent(const T&) {
    return false;
  }

  template<class T>
  void write(T* const& pointer) {
    pointer ? node(*pointer) : void(out += "None");
  }
  template<class T>
  void write(const Sequence<T>& sequence) {
    out += '[';
    for (const T& item : sequence) {
      if (&item != sequence.begin()) out += ", ";
      write(item);
    }
    out += ']';
  }
  void write(const Identifier& identifier) { write(identifier.symbol); }
  void write(Symbol symbol) { write_str(out, module_.symbols->text(symbol)); }
  void write(int value) { out += std::to_string(value); }
  void write(ExprContext value) {
    constexpr std::array<std::string_view, 3> names{"Load()", "Store()", "Del()"};
    out += pick(names, value);
  }
  void write(BoolOperator value) { out += value == BoolOperator::And ? "And()" : "Or()"; }
  void write(UnaryOperator value) {
    constexpr std::array<std::string_view, 4> names{"Invert()", "Not()", "UAdd()", "USub()"};
    out += pick(names, value);
  }
  void write(Operator value) {
    constexpr std::array<std::string_view, 13> names{"Add()",    "Sub()",    "Mult()",  "MatMult()", "Div()",
                                                     "Mod()",    "Pow()",    "LShift()", "RShift()", "BitOr()",
                                                     "BitXor()", "BitAnd()", "FloorDiv()"};
    out += pick(names, value);
  }
  void write(CompareOperator value) {
    constexpr std::array<std::string_view, 10> names{"Eq()",  "NotEq()", "Lt()",    "LtE()", "Gt()",
                                                     "GtE()", "Is()",    "IsNot()", "In()",  "NotIn()"};
    out += pick(names, value);
  }
  void write(ConstantType value) {
    out += value == ConstantType::None ? "None" : value == ConstantType::True ? "True" : "False";
  }
  void write(const Constant& constant) {
    switch (constant.type) {
      case ConstantType::None:
      case ConstantType::True:
      case ConstantType::False: return write(constant.type);
      case ConstantType::Ellipsis: out += "Ellipsis"; return;
      case ConstantType::Int: out += std::to_string(constant.integer); return;
      case ConstantType::BigInt:
        out += constant.base == 16 ? decimal_of_hexadecimal(constant.text) : std::string(constant.text);
        return;
      case ConstantType::Float: return write_float(out, constant.number, false);
      case ConstantType::Complex:
        write_float(out, constant.number, true);
        out += 'j';
        return;
      case ConstantType::Str: return write_str(out, constant.text);
      case ConstantType::Bytes: return write_bytes(out, constant.text);
    }
  }

  const Module& module_;
  DumpPositions positions_;
};

}  // namespace

std::string dump(const Module& module, DumpPositions positions) {
  Dumper dumper(module, positions);
  dumper.node(module);
  return std::move(dumper.out);
}

}  // namespace cede::lang
