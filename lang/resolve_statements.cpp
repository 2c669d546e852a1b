// The first step of `resolve`, statements and patterns: visited in the order of CPython's symbol table, which
// decides which of several errors is reported.
#include "lang/resolve_state.hpp"

namespace cede::lang {
namespace {

bool is_docstring(const ast::Statement* node) {
  const auto* statement = ast::try_as<ast::ExpressionStatement>(node);
  const auto* constant = statement ? ast::try_as<ast::Constant>(statement->value) : nullptr;
  return constant && constant->type == ast::ConstantType::Str;
}

// Calls `visit` with the `from __future__` imports that stand at the top.
template<class Visit> void for_each_future_import(const ast::Module& module, Visit&& visit) {
  for (std::size_t i = has_docstring(module.body); i < module.body.size(); ++i) {
    const auto* import = ast::try_as<ast::ImportFrom>(module.body[i]);
    if (!import || import->level || import->module != Symbol::name___future__) return;
    visit(*import);
  }
}

}  // namespace

bool has_docstring(const ast::Block& body) { return !body.empty() && is_docstring(body.front()); }

std::uint32_t end_of_future_imports(const ast::Module& module) {
  std::uint32_t end = 0;
  for_each_future_import(module, [&](const ast::ImportFrom& import) { end = import.end; });
  return end;
}

}  // namespace cede::lang

namespace cede::lang::resolving {

void Resolver::future_features() {
  for_each_future_import(module_, [&](const ast::ImportFrom& import) {
    for (const ast::Alias* alias : import.names) future_feature(import, alias->name);
  });
}

void Resolver::future_feature(const ast::ImportFrom& statement, Symbol name) {
  if (name == Symbol::name_annotations) {
    module_.features.annotations = true;
    return;
  }
  if (name == Symbol::name_barry_as_FLUFL) {
    module_.features.barry_as_flufl = true;
    return;
  }
  static constexpr std::string_view always_on[] = {
      "nested_scopes",  "generators",     "division",         "absolute_import",
      "with_statement", "print_function", "unicode_literals", "generator_stop",
  };
  const std::string_view feature = text(name);
  for (std::string_view known : always_on)
    if (feature == known) return;
  std::string message =
      feature == "braces" ? "not a chance" : "future feature " + std::string(feature) + " is not defined";
  SyntaxError error = compile_error(source_, statement.start, statement.end, std::move(message));
  error.end_line = error.line;
  error.end_column = SyntaxError::absent;
  throw error;
}

void Resolver::block(const ast::Block& statements) {
  for (ast::Statement* node : statements) statement(node);
}

void Resolver::statement(ast::Statement* node) {
  using K = ast::Kind;
  switch (node->kind) {
    case K::FunctionDef:
    case K::AsyncFunctionDef: return function_definition(*ast::as<ast::FunctionDef>(node));
    case K::ClassDef: return class_definition(*ast::as<ast::ClassDef>(node));
    case K::TypeAlias: return type_alias(*ast::as<ast::TypeAlias>(node));
    case K::Return:
      if (auto* value = ast::as<ast::Return>(node)->value) {
        expression(value);
        scope_->has_return_value = true;
      }
      return;
    case K::Delete: return expressions(ast::as<ast::Delete>(node)->targets);
    case K::Assign: return assign(*ast::as<ast::Assign>(node));
    case K::AugAssign: {
      auto& n = *ast::as<ast::AugAssign>(node);
      return expression(n.target), expression(n.value);
    }
    case K::AnnAssign: return annotated_assign(*ast::as<ast::AnnAssign>(node));
    case K::AsyncFor: top_level_await(); [[fallthrough]];
    case K::For: return for_loop(*ast::as<ast::For>(node));
    case K::While: {
      auto& n = *ast::as<ast::While>(node);
      return expression(n.test), block(n.body), block(n.orelse);
    }
    case K::If: {
      auto& n = *ast::as<ast::If>(node);
      return expression(n.test), block(n.body), block(n.orelse);
    }
    case K::AsyncWith: top_level_await(); [[fallthrough]];
    case K::With: return with(*ast::as<ast::With>(node));
    case K::Match: return match(*ast::as<ast::Match>(node));
    case K::Raise: {
      auto& n = *ast::as<ast::Raise>(node);
      return optional(n.exc), optional(n.cause);
    }
    case K::Try:
    case K::TryStar: return try_statement(*ast::as<ast::Try>(node));
    case K::Assert: {
      auto& n = *ast::as<ast::Assert>(node);
      return expression(n.test), optional(n.msg);
    }
    case K::Import: return imports(ast::as<ast::Import>(node)->names);
    case K::ImportFrom: return imports(ast::as<ast::ImportFrom>(node)->names);
    case K::Global:
    case K::Nonlocal: return scope_statement(*ast::as<ast::ScopeStatement>(node));
    case K::Expr: return expression(ast::as<ast::ExpressionStatement>(node)->value);
    default: return;
  }
}

void Resolver::function_definition(ast::FunctionDef& node) {
  const std::uint32_t entry = define(node.name.symbol, SymbolEntry::DefinedLocal, node);
  defaults(*node.args);
  expressions(node.decorator_list);
  BuildScope* outer = scope_;
  if (!node.type_params.empty()) {
    BuildScope* scope = enter_type_parameters(node.name.symbol, &node);
    node.type_params_scope = scope;
    if (!node.args->defaults.empty()) define_implicit_parameter(Symbol::Defaults);
    bool keyword_defaults = false;
    for (const ast::Expression* value : node.args->kw_defaults) keyword_defaults |= value != nullptr;
    if (keyword_defaults) define_implicit_parameter(Symbol::KeywordDefaults);
    scope->positional = scope->parameters;
    type_parameters(node.type_params);
  }
  annotations(node);
  references_.push_back({&node.name, {outer, entry}});

  BuildScope* scope = enter(ScopeKind::Function, node.name.symbol, &node);
  node.scope = scope;
  scope->coroutine = node.kind == ast::Kind::AsyncFunctionDef;
  scope->has_docstring = has_docstring(node.body);
  parameters(*node.args);
  block(node.body);
  scope_ = outer;
}

void Resolver::class_definition(ast::ClassDef& node) {
  BuildScope* outer = scope_;
  const Symbol outer_class = private_class_;
  const std::uint32_t entry = define(node.name.symbol, SymbolEntry::DefinedLocal, node);
  expressions(node.decorator_list);
  const bool generic = !node.type_params.empty();
  if (generic) {
    BuildScope* scope = enter_type_parameters(node.name.symbol, &node);
    node.type_params_scope = scope;
    private_class_ = node.name.symbol;
    scope->mangles_parameters_of = scope;
    scope->private_class = Symbol::Absent;
    define_in(*scope, Symbol::TypeParameters, SymbolEntry::DefinedLocal | SymbolEntry::Used, node,
              Symbol::TypeParameters);
    define_in(*scope, Symbol::GenericBase, SymbolEntry::DefinedLocal | SymbolEntry::Used, node,
              Symbol::GenericBase);
    type_parameters(node.type_params);
  }
  expressions(node.bases);
  for (ast::Keyword* keyword : node.keywords) expression(keyword->value);

  private_class_ = node.name.symbol;
  BuildScope* scope = enter(ScopeKind::Class, node.name.symbol, &node);
  node.scope = scope;
  scope->has_docstring = has_docstring(node.body);
  if (generic) {
    define_in(*scope, Symbol::name___type_params__, SymbolEntry::DefinedLocal, node,
              Symbol::name___type_params__);
    define_in(*scope, Symbol::TypeParameters, SymbolEntry::Used, node, Symbol::TypeParameters);
  }
  block(node.body);
  scope_ = outer;
  private_class_ = outer_class;
  references_.push_back({&node.name, {outer, entry}});
}

void Resolver::type_alias(ast::TypeAlias& node) {
  auto& target = *ast::as<ast::Name>(node.name);
  const std::uint32_t entry = define(target.id.symbol, SymbolEntry::DefinedLocal, target);
  BuildScope* outer = scope_;
  const bool in_class = scope_->kind == ScopeKind::Class;
  if (!node.type_params.empty()) {
    node.type_params_scope = enter_type_parameters(target.id.symbol, &node);
    type_parameters(node.type_params);
  }
  BuildScope* scope = enter(ScopeKind::TypeAlias, target.id.symbol, &node);
  node.scope = scope;
  if (in_class) see_class(node);
  expression(node.value);
  scope_ = outer;
  references_.push_back({&target.id, {outer, entry}});
}

BuildScope* Resolver::enter_type_parameters(Symbol name, const ast::Node* node) {
  const bool in_class = scope_->kind == ScopeKind::Class;
  std::string title = "<generic parameters of ";
  title.append(text(name)).append(">");
  BuildScope* scope = enter(ScopeKind::TypeParameters, symbols_.intern_copy(title), node);
  if (in_class) see_class(*node);
  return scope;
}

void Resolver::type_parameters(const ast::Sequence<ast::TypeParam*>& parameters) {
  for (ast::TypeParam* node : parameters) {
    const bool plain = node->kind == ast::Kind::TypeVar;
    define(node->name, SymbolEntry::DefinedTypeParameter | SymbolEntry::DefinedLocal, *node);
    const bool constrained = node->bound && node->bound->kind == ast::Kind::Tuple;
    node->bound_scope =
        type_variable_part(*node, node->bound, constrained ? "a TypeVar constraint" : "a TypeVar bound");
    node->default_scope =
        type_variable_part(*node, node->default_value,
                           plain                                   ? "a TypeVar default"
                           : node->kind == ast::Kind::TypeVarTuple ? "a TypeVarTuple default"
                                                                   : "a ParamSpec default");
  }
}

// A bound, constraint tuple or default: evaluated when it is asked for.
Scope* Resolver::type_variable_part(ast::TypeParam& node, ast::Expression* value, const char* description) {
  if (!value) return nullptr;
  const bool in_class = scope_->sees_class;
  BuildScope* scope = enter(ScopeKind::TypeVariable, node.name.symbol, &node);
  scope->description = description;
  if (in_class) see_class(node);
  expression(value);
  leave();
  return scope;
}

void Resolver::see_class(const ast::Node& at) {
  scope_->sees_class = true;
  define_in(*scope_, Symbol::name___classdict__, SymbolEntry::Used, at, Symbol::name___classdict__);
}

void Resolver::parameters(ast::Arguments& node) {
  BuildScope& scope = *scope_;
  const auto add = [this](ast::Arg* arg) {
    if (arg) define(arg->arg, SymbolEntry::DefinedParameter, *arg);
  };
  for (ast::Arg* arg : node.posonlyargs) add(arg);
  for (ast::Arg* arg : node.args) add(arg);
  for (ast::Arg* arg : node.kwonlyargs) add(arg);
  add(node.vararg);
  add(node.kwarg);
  scope.positional_only = node.posonlyargs.size();
  scope.positional = node.posonlyargs.size() + node.args.size();
  scope.keyword_only = node.kwonlyargs.size();
  scope.has_varargs = node.vararg != nullptr;
  scope.has_varkeywords = node.kwarg != nullptr;
}

void Resolver::annotations(ast::FunctionDef& node) {
  const bool lazy = module_.features.annotations;
  if (lazy) enter(ScopeKind::Annotation, symbols_.intern("_annotation"), &node);
  for (ast::Arg* arg : node.args->posonlyargs) annotation_of(arg);
  for (ast::Arg* arg : node.args->args) annotation_of(arg);
  annotation_of(node.args->vararg);
  annotation_of(node.args->kwarg);
  for (ast::Arg* arg : node.args->kwonlyargs) annotation_of(arg);
  if (lazy) leave();
  if (node.returns) annotation(node.returns);
}

void Resolver::annotation_of(ast::Arg* node) {
  if (node) optional(node->annotation);
}

void Resolver::annotation(ast::Expression* node) {
  const bool lazy = module_.features.annotations;
  if (lazy) enter(ScopeKind::Annotation, symbols_.intern("_annotation"), node);
  expression(node);
  if (lazy) leave();
}

void Resolver::assign(ast::Assign& node) {
  const std::size_t first = references_.size();
  expressions(node.targets);
  const std::size_t middle = references_.size();
  expression(node.value);
  reorder(first, middle);
}

void Resolver::annotated_assign(ast::AnnAssign& node) {
  auto* target = ast::try_as<ast::Name>(node.target);
  std::uint32_t entry = none;
  const std::size_t first = references_.size();
  if (target) {
    const unsigned flags = scope_->flags_of(mangled(target->id.symbol));
    if (node.simple && scope_ != top_ &&
        (flags & (SymbolEntry::DefinedGlobal | SymbolEntry::DefinedNonlocal)))
      error(node, naming("annotated name ", text(target->id.symbol),
                         flags & SymbolEntry::DefinedGlobal ? " can't be global" : " can't be nonlocal"));
    if (node.simple)
      entry = define(target->id.symbol, SymbolEntry::DefinedAnnotation | SymbolEntry::DefinedLocal, *target);
    else if (node.value)
      entry = define(target->id.symbol, SymbolEntry::DefinedLocal, *target);
  } else {
    expression(node.target);
  }
  const std::size_t middle = references_.size();
  annotation(node.annotation);
  optional(node.value);
  reorder(first, middle);
  if (entry != none) (node.value ? references_ : declarations_).push_back({&target->id, {scope_, entry}});
}

void Resolver::for_loop(ast::For& node) {
  const std::size_t first = references_.size();
  expression(node.target);
  const std::size_t middle = references_.size();
  expression(node.iter);
  reorder(first, middle);
  block(node.body);
  block(node.orelse);
}

void Resolver::with(ast::With& node) {
  for (ast::WithItem* item : node.items) {
    expression(item->context_expr);
    optional(item->optional_vars);
  }
  block(node.body);
}

void Resolver::match(ast::Match& node) {
  expression(node.subject);
  for (ast::MatchCase* item : node.cases) {
    pattern(item->pattern);
    optional(item->guard);
    block(item->body);
  }
}

void Resolver::try_statement(ast::Try& node) {
  block(node.body);
  const std::size_t first = references_.size();
  for (ast::ExceptHandler* handler : node.handlers) {
    optional(handler->type);
    if (handler->name) define(handler->name, SymbolEntry::DefinedLocal, *handler);
    block(handler->body);
  }
  const std::size_t middle = references_.size();
  block(node.orelse);
  if (node.kind == ast::Kind::Try) reorder(first, middle);
  block(node.finalbody);
}

void Resolver::scope_statement(ast::ScopeStatement& node) {
  const bool global = node.kind == ast::Kind::Global;
  const std::string kind = global ? "global" : "nonlocal";
  for (Symbol name : node.names) {
    const unsigned flags = scope_->flags_of(mangled(name));
    if (flags & SymbolEntry::DefinedParameter)
      error(node, naming("name ", text(name), " is parameter and " + kind));
    if (flags & SymbolEntry::Used)
      error(node, naming("name ", text(name), " is used prior to " + kind + " declaration"));
    if (flags & SymbolEntry::DefinedAnnotation)
      error(node, naming("annotated name ", text(name), " can't be " + kind));
    if (flags & SymbolEntry::DefinedLocal)
      error(node, naming("name ", text(name), " is assigned to before " + kind + " declaration"));
    define(name, global ? SymbolEntry::DefinedGlobal : SymbolEntry::DefinedNonlocal, node);
    directives_.push_back({scope_, mangled(name), &node});
  }
}

void Resolver::imports(const ast::Sequence<ast::Alias*>& names) {
  for (ast::Alias* alias : names) {
    if (alias->name != Symbol::Star) {
      define(alias->bound, SymbolEntry::DefinedImport, *alias);
      continue;
    }
    if (scope_ != top_) error(*alias, "import * only allowed at module level");
    scope_->has_star_import = true;
  }
}

// Outside functions, a statement that awaits makes the module a coroutine where that is allowed.
void Resolver::top_level_await() {
  if (options_.allow_top_level_await && scope_ == top_) scope_->coroutine = true;
}

void Resolver::patterns(const ast::Sequence<ast::Pattern*>& nodes) {
  for (ast::Pattern* node : nodes) pattern(node);
}

void Resolver::pattern(ast::Pattern* node) {
  using K = ast::Kind;
  switch (node->kind) {
    case K::MatchValue: return expression(ast::as<ast::MatchValue>(node)->value);
    case K::MatchSequence:
    case K::MatchOr: return patterns(ast::as<ast::MatchPatterns>(node)->patterns);
    case K::MatchMapping: {
      auto& n = *ast::as<ast::MatchMapping>(node);
      expressions(n.keys);
      patterns(n.patterns);
      if (n.rest) define(n.rest, SymbolEntry::DefinedLocal, *node);
      return;
    }
    case K::MatchClass: {
      auto& n = *ast::as<ast::MatchClass>(node);
      return expression(n.cls), patterns(n.patterns), patterns(n.kwd_patterns);
    }
    case K::MatchStar:
      if (auto& name = ast::as<ast::MatchStar>(node)->name) define(name, SymbolEntry::DefinedLocal, *node);
      return;
    case K::MatchAs: {
      auto& n = *ast::as<ast::MatchAs>(node);
      if (n.pattern) pattern(n.pattern);
      if (n.name) define(n.name, SymbolEntry::DefinedLocal, *node);
      return;
    }
    default: return;
  }
}

}  // namespace cede::lang::resolving
