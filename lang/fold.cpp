// The walk of the constant folder: children first, then the node itself. Values are computed in
// fold_values.cpp.
#include "lang/fold.hpp"

#include "lang/fold_values.hpp"

namespace cede::lang {
namespace {

using ast::Expression;
using K = ast::Kind;

class Folder {
 public:
  Folder(ast::Module& module, const FoldOptions& options) : arena_(*module.arena), options_(options) {}

  void block(const ast::Block& statements) {
    for (ast::Statement* node : statements) statement(node);
  }
  void body(const ast::Block& statements);
  void expression(Expression*& slot);

 private:
  void statement(ast::Statement* node);
  void compound(ast::Statement* node);
  void definition(ast::Statement* node);
  void arguments(ast::Arguments& node);
  void type_parameters(const ast::Sequence<ast::TypeParam*>& parameters);
  void match(ast::Match& node);
  void pattern(ast::Pattern* node);
  void patterns(const ast::Sequence<ast::Pattern*>& nodes) {
    for (ast::Pattern* node : nodes) pattern(node);
  }
  void expressions(const ast::Expressions& nodes) {
    for (Expression*& node : nodes) optional(node);
  }
  void optional(Expression*& slot) {
    if (slot) expression(slot);
  }
  void keywords(const ast::Sequence<ast::Keyword*>& nodes) {
    for (ast::Keyword* node : nodes) expression(node->value);
  }

  void children(Expression* node);
  void comprehension(ast::Comprehension& node);
  void iterable(Expression*& slot);
  void compare(ast::Compare& node);
  void name(Expression*& slot);
  void unary(Expression*& slot);
  void binary(Expression*& slot);
  void subscript(Expression*& slot);

  Arena& arena_;
  const FoldOptions& options_;
};

// The body of a module, class or function: a first statement that is no docstring must not become one.
void Folder::body(const ast::Block& statements) {
  if (statements.empty()) return;
  auto* first = ast::try_as<ast::ExpressionStatement>(statements.front());
  Expression* written = first ? first->value : nullptr;
  block(statements);
  if (!written || written == first->value) return;
  const auto* constant = ast::try_as<ast::Constant>(first->value);
  if (constant && constant->type == ast::ConstantType::Str) first->value = written;
}

void Folder::expression(Expression*& slot) {
  switch (slot->kind) {
    case K::Constant: return;
    case K::Name: return name(slot);
    case K::Attribute: return expression(ast::as<ast::Attribute>(slot)->value);
    case K::UnaryOp: return unary(slot);
    case K::BinOp: return binary(slot);
    case K::Subscript: return subscript(slot);
    default: return children(slot);
  }
}

void Folder::children(Expression* node) {
  switch (node->kind) {
    case K::Call: {
      auto& n = *ast::as<ast::Call>(node);
      return expression(n.func), expressions(n.args), keywords(n.keywords);
    }
    case K::BoolOp: return expressions(ast::as<ast::BoolOp>(node)->values);
    case K::NamedExpr: return expression(ast::as<ast::NamedExpr>(node)->value);
    case K::Lambda: {
      auto& n = *ast::as<ast::Lambda>(node);
      return arguments(*n.args), expression(n.body);
    }
    case K::IfExp: {
      auto& n = *ast::as<ast::IfExp>(node);
      return expression(n.test), expression(n.body), expression(n.orelse);
    }
    case K::Dict: {
      auto& n = *ast::as<ast::Dict>(node);
      return expressions(n.keys), expressions(n.values);
    }
    case K::Set: return expressions(ast::as<ast::Set>(node)->elts);
    case K::List:
    case K::Tuple: return expressions(ast::as<ast::Collection>(node)->elts);
    case K::ListComp:
    case K::SetComp:
    case K::DictComp:
    case K::GeneratorExp: return comprehension(*ast::as<ast::Comprehension>(node));
    case K::Await: return expression(ast::as<ast::Await>(node)->value);
    case K::Yield: return optional(ast::as<ast::Yield>(node)->value);
    case K::YieldFrom: return expression(ast::as<ast::YieldFrom>(node)->value);
    case K::Compare: return compare(*ast::as<ast::Compare>(node));
    case K::FormattedValue: {
      auto& n = *ast::as<ast::FormattedValue>(node);
      return expression(n.value), optional(n.format_spec);
    }
    case K::JoinedStr: return expressions(ast::as<ast::JoinedStr>(node)->values);
    case K::Starred: return expression(ast::as<ast::Starred>(node)->value);
    case K::Slice: {
      auto& n = *ast::as<ast::Slice>(node);
      return optional(n.lower), optional(n.upper), optional(n.step);
    }
    default: return;
  }
}

void Folder::comprehension(ast::Comprehension& node) {
  for (ast::ComprehensionClause* clause : node.generators) {
    expression(clause->target);
    iterable(clause->iter);
    expressions(clause->ifs);
  }
  expression(node.elt);
  optional(node.value);
}

// Nobody else gets hold of the list, so it may be a tuple, which is made only once if it is constant.
void Folder::iterable(Expression*& slot) {
  expression(slot);
  if (slot->kind != K::List) return;
  for (const Expression* element : ast::as<ast::Collection>(slot)->elts)
    if (element->kind == K::Starred) return;
  slot->kind = K::Tuple;
}

void Folder::compare(ast::Compare& node) {
  expression(node.left);
  const std::size_t last = node.comparators.size() - 1;
  for (std::size_t i = 0; i < last; ++i) expression(node.comparators[i]);
  const bool searched =
      node.ops[last] == ast::CompareOperator::In || node.ops[last] == ast::CompareOperator::NotIn;
  searched ? iterable(node.comparators[last]) : expression(node.comparators[last]);
}

void Folder::name(Expression*& slot) {
  if (ast::as<ast::Name>(slot)->id.symbol != Symbol::name___debug__) return;
  if (slot->context != ast::ExprContext::Load) return;
  slot = folding::make_bool(arena_, *slot, options_.debug);
}

void Folder::unary(Expression*& slot) {
  auto& node = *ast::as<ast::UnaryOp>(slot);
  expression(node.operand);
  if (const auto* operand = ast::try_as<ast::Constant>(node.operand)) {
    if (Expression* value = folding::unary(arena_, node, *operand)) slot = value;
    return;
  }
  auto* comparison = ast::try_as<ast::Compare>(node.operand);
  if (node.op != ast::UnaryOperator::Not || !comparison || comparison->ops.size() != 1) return;
  using Op = ast::CompareOperator;
  Op& op = comparison->ops[0];
  switch (op) {
    case Op::Is: op = Op::IsNot; break;
    case Op::IsNot: op = Op::Is; break;
    case Op::In: op = Op::NotIn; break;
    case Op::NotIn: op = Op::In; break;
    default: return;
  }
  slot = comparison;
}

void Folder::binary(Expression*& slot) {
  auto& node = *ast::as<ast::BinOp>(slot);
  expression(node.left);
  expression(node.right);
  const auto* left = ast::try_as<ast::Constant>(node.left);
  if (!left) return;
  if (const auto* right = ast::try_as<ast::Constant>(node.right)) {
    if (Expression* value = folding::binary(arena_, node, *left, *right)) slot = value;
  } else if (node.op == ast::Operator::Mod && left->type == ast::ConstantType::Str &&
             node.right->kind == K::Tuple && !is_constant(*node.right)) {
    if (Expression* value = folding::format(arena_, node, left->text, *ast::as<ast::Collection>(node.right)))
      slot = value;
  }
}

void Folder::subscript(Expression*& slot) {
  auto& node = *ast::as<ast::Subscript>(slot);
  expression(node.value);
  expression(node.slice);
  const auto* index = ast::try_as<ast::Constant>(node.slice);
  if (node.context != ast::ExprContext::Load || !index || !is_constant(*node.value)) return;
  if (Expression* value = folding::element(arena_, node, *index)) slot = value;
}

void Folder::arguments(ast::Arguments& node) {
  expressions(node.defaults);
  expressions(node.kw_defaults);
}

void Folder::type_parameters(const ast::Sequence<ast::TypeParam*>& parameters) {
  for (ast::TypeParam* node : parameters) optional(node->bound), optional(node->default_value);
}

void Folder::statement(ast::Statement* node) {
  switch (node->kind) {
    case K::Expr: return expression(ast::as<ast::ExpressionStatement>(node)->value);
    case K::Assign: {
      auto& n = *ast::as<ast::Assign>(node);
      return expressions(n.targets), expression(n.value);
    }
    case K::AugAssign: {
      auto& n = *ast::as<ast::AugAssign>(node);
      return expression(n.target), expression(n.value);
    }
    case K::AnnAssign: {
      auto& n = *ast::as<ast::AnnAssign>(node);
      return expression(n.target), optional(n.value);
    }
    case K::Return: return optional(ast::as<ast::Return>(node)->value);
    case K::Delete: return expressions(ast::as<ast::Delete>(node)->targets);
    case K::Raise: {
      auto& n = *ast::as<ast::Raise>(node);
      return optional(n.exc), optional(n.cause);
    }
    case K::Assert: {
      auto& n = *ast::as<ast::Assert>(node);
      return expression(n.test), optional(n.msg);
    }
    case K::FunctionDef:
    case K::AsyncFunctionDef:
    case K::ClassDef:
    case K::TypeAlias: return definition(node);
    default: return compound(node);
  }
}

void Folder::definition(ast::Statement* node) {
  if (auto* function = ast::try_as<ast::FunctionDef>(node)) {
    expressions(function->decorator_list);
    arguments(*function->args);
    type_parameters(function->type_params);
    body(function->body);
  } else if (auto* type = ast::try_as<ast::ClassDef>(node)) {
    expressions(type->decorator_list);
    type_parameters(type->type_params);
    expressions(type->bases);
    keywords(type->keywords);
    body(type->body);
  } else {
    auto& alias = *ast::as<ast::TypeAlias>(node);
    type_parameters(alias.type_params);
    expression(alias.value);
  }
}

void Folder::compound(ast::Statement* node) {
  switch (node->kind) {
    case K::For:
    case K::AsyncFor: {
      auto& n = *ast::as<ast::For>(node);
      expression(n.target);
      node->kind == K::For ? iterable(n.iter) : expression(n.iter);
      return block(n.body), block(n.orelse);
    }
    case K::While: {
      auto& n = *ast::as<ast::While>(node);
      return expression(n.test), block(n.body), block(n.orelse);
    }
    case K::If: {
      auto& n = *ast::as<ast::If>(node);
      return expression(n.test), block(n.body), block(n.orelse);
    }
    case K::With:
    case K::AsyncWith: {
      auto& n = *ast::as<ast::With>(node);
      for (ast::WithItem* item : n.items) expression(item->context_expr), optional(item->optional_vars);
      return block(n.body);
    }
    case K::Match: return match(*ast::as<ast::Match>(node));
    case K::Try:
    case K::TryStar: {
      auto& n = *ast::as<ast::Try>(node);
      block(n.body);
      for (ast::ExceptHandler* handler : n.handlers) optional(handler->type), block(handler->body);
      return block(n.orelse), block(n.finalbody);
    }
    default: return;
  }
}

void Folder::match(ast::Match& node) {
  expression(node.subject);
  for (ast::MatchCase* item : node.cases) {
    pattern(item->pattern);
    optional(item->guard);
    block(item->body);
  }
}

void Folder::pattern(ast::Pattern* node) {
  switch (node->kind) {
    case K::MatchValue: return expression(ast::as<ast::MatchValue>(node)->value);
    case K::MatchSequence:
    case K::MatchOr: return patterns(ast::as<ast::MatchPatterns>(node)->patterns);
    case K::MatchMapping: {
      auto& n = *ast::as<ast::MatchMapping>(node);
      return expressions(n.keys), patterns(n.patterns);
    }
    case K::MatchClass: {
      auto& n = *ast::as<ast::MatchClass>(node);
      return patterns(n.patterns), patterns(n.kwd_patterns);
    }
    case K::MatchAs:
      if (auto* inner = ast::as<ast::MatchAs>(node)->pattern) pattern(inner);
      return;
    default: return;
  }
}

}  // namespace

void fold(ast::Module& module, const FoldOptions& options) {
  Folder folder(module, options);
  if (module.expression) folder.expression(module.expression);
  folder.body(module.body);
}

bool is_constant(const Expression& node) {
  if (node.kind == K::Constant) return true;
  if (node.kind != K::Tuple || node.context != ast::ExprContext::Load) return false;
  for (const Expression* element : ast::as<ast::Collection>(&node)->elts)
    if (!is_constant(*element)) return false;
  return true;
}

}  // namespace cede::lang
