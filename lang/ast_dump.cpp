// ast.dump: node(field=..., lineno=...) recursively. Absent optional fields and empty lists are left out, as
// `ast.dump` does; strings, bytes and numbers are written as Python's repr() writes them.
#include "lang/ast_dump.hpp"

#include <array>

#include "lang/constant_repr.hpp"
#include "lang/field_visit.hpp"
#include "lang/source.hpp"

namespace cede::lang {
namespace {

using namespace ast;

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

  template<class T> void field(bool& first, std::string_view name, const T& value) {
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

  template<class T> static bool absent(T* const& pointer) { return pointer == nullptr; }
  template<class T> static bool absent(const Sequence<T>& sequence) { return sequence.empty(); }
  static bool absent(const Identifier& identifier) { return !identifier; }
  static bool absent(Symbol symbol) { return symbol == Symbol::Absent; }
  template<class T> static bool absent(const T&) { return false; }

  template<class T> void write(T* const& pointer) { pointer ? node(*pointer) : void(out += "None"); }
  template<class T> void write(const Sequence<T>& sequence) {
    out += '[';
    for (const T& item : sequence) {
      if (&item != sequence.begin()) out += ", ";
      write(item);
    }
    out += ']';
  }
  void write(const Identifier& identifier) { write(identifier.symbol); }
  void write(Symbol symbol) { write_string_repr(out, module_.symbols->text(symbol)); }
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
    constexpr std::array<std::string_view, 13> names{
        "Add()",    "Sub()",    "Mult()",  "MatMult()", "Div()",    "Mod()",     "Pow()",
        "LShift()", "RShift()", "BitOr()", "BitXor()",  "BitAnd()", "FloorDiv()"};
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
  void write(const Constant& constant) { write_repr(out, constant); }

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
