// Warnings about expressions whose type is plain to see and which cannot work.
#include "lang/check_state.hpp"
#include "lang/fold.hpp"

namespace cede::lang::checking {
namespace {

using ast::Constant;
using ast::ConstantType;
using ast::Expression;
using K = ast::Kind;

// Whether `node` is a number that the folder cannot write as one Constant: a complex one or a big negative
// one. CPython has folded it.
const char* unfolded_number(const Expression& node) {
  if (const auto* unary = ast::try_as<ast::UnaryOp>(&node)) {
    const auto* operand = ast::try_as<Constant>(unary->operand);
    if (!operand || unary->op == ast::UnaryOperator::Not) return nullptr;
    if (operand->type == ConstantType::BigInt) return "int";
    return operand->type == ConstantType::Complex && unary->op != ast::UnaryOperator::Invert ? "complex"
                                                                                             : nullptr;
  }
  const auto* binary = ast::try_as<ast::BinOp>(&node);
  if (!binary || binary->op > ast::Operator::Mult) return nullptr;
  bool complex = false;
  for (const Expression* side : {binary->left, binary->right}) {
    const auto* constant = ast::try_as<Constant>(side);
    if (!constant || constant->type < ConstantType::Int || constant->type > ConstantType::Complex)
      return nullptr;
    complex |= constant->type == ConstantType::Complex;
  }
  return complex ? "complex" : nullptr;
}

const char* type_name(ConstantType type) {
  switch (type) {
    case ConstantType::None: return "NoneType";
    case ConstantType::True:
    case ConstantType::False: return "bool";
    case ConstantType::Ellipsis: return "ellipsis";
    case ConstantType::Int:
    case ConstantType::BigInt: return "int";
    case ConstantType::Float: return "float";
    case ConstantType::Complex: return "complex";
    case ConstantType::Str: return "str";
    case ConstantType::Bytes: return "bytes";
  }
  return "";
}

// The name of the type of a literal, display, comprehension or lambda, else null.
const char* type_name(const Expression& node) {
  switch (node.kind) {
    case K::Constant: return type_name(ast::as<Constant>(&node)->type);
    case K::Tuple: return "tuple";
    case K::List:
    case K::ListComp: return "list";
    case K::Dict:
    case K::DictComp: return "dict";
    case K::Set:
    case K::SetComp: return "set";
    case K::GeneratorExp: return "generator";
    case K::Lambda: return "function";
    case K::JoinedStr:
    case K::FormattedValue: return "str";
    default: return unfolded_number(node);
  }
}

// A literal whose identity means nothing: any but None, True, False and the ellipsis.
bool is_literal(const Expression& node) {
  if (const auto* constant = ast::try_as<Constant>(&node)) return constant->type > ConstantType::Ellipsis;
  return (node.kind == K::Tuple && is_constant(node)) || unfolded_number(node);
}

bool is_subscriptable(const Expression& node) {
  switch (node.kind) {
    case K::Constant: {
      const ConstantType type = ast::as<Constant>(&node)->type;
      return type == ConstantType::Str || type == ConstantType::Bytes;
    }
    case K::Set:
    case K::SetComp:
    case K::GeneratorExp:
    case K::Lambda: return false;
    default: return !unfolded_number(node);
  }
}

bool is_sequence(const Expression& node) {
  switch (node.kind) {
    case K::Constant: {
      const ConstantType type = ast::as<Constant>(&node)->type;
      return type == ConstantType::Str || type == ConstantType::Bytes;
    }
    case K::Tuple:
    case K::List:
    case K::ListComp:
    case K::JoinedStr:
    case K::FormattedValue: return true;
    default: return false;
  }
}

}  // namespace

void Checker::warn(const ast::Node& at, std::string message) {
  warnings_.push_back({WarningCategory::SyntaxWarning, source_.line_at(at.start), at.start, at.end,
                       module_.arena->copy(message), true});
}

void Checker::warn_not_callable(const Expression& function) {
  const char* type = function.kind == K::Lambda ? nullptr : type_name(function);
  if (type) warn(function, naming("", type, " object is not callable; perhaps you missed a comma?"));
}

void Checker::warn_not_subscriptable(const Expression& value) {
  if (is_subscriptable(value)) return;
  warn(value, naming("", type_name(value), " object is not subscriptable; perhaps you missed a comma?"));
}

void Checker::warn_bad_index(const Expression& value, const Expression& index) {
  if (!is_sequence(value)) return;
  const char* type = type_name(index);
  if (!type || std::string_view(type) == "int" || std::string_view(type) == "bool") return;
  warn(value, std::string(type_name(value)) + " indices must be integers or slices, not " + type +
                  "; perhaps you missed a comma?");
}

void Checker::warn_identity(const ast::Compare& node) {
  const Expression* left = node.left;
  for (std::size_t i = 0; i < node.ops.size(); ++i) {
    const Expression* right = node.comparators[i];
    const bool is = node.ops[i] == ast::CompareOperator::Is,
               is_not = node.ops[i] == ast::CompareOperator::IsNot;
    if ((is || is_not) && (is_literal(*left) || is_literal(*right))) {
      const std::string type = type_name(is_literal(*left) ? *left : *right);
      return warn(node, is ? "\"is\" with '" + type + "' literal. Did you mean \"==\"?"
                           : "\"is not\" with '" + type + "' literal. Did you mean \"!=\"?");
    }
    left = right;
  }
}

}  // namespace cede::lang::checking
