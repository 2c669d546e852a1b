// The rules by which CPython places its syntax errors and words what stands there.
#include "lang/grammar/positions.hpp"

#include <algorithm>

#include "lang/field_visit.hpp"

namespace cede::lang::grammar {

using ast::Expression;
using AK = ast::Kind;

namespace {

const Expression* value_of(const Cell& cell) {
  return static_cast<const Expression*>(static_cast<const ast::Node*>(cell.data));
}

const Expression* last_value(const Cursor& begin, const TokenInput& in) {
  return in.cursor.top == begin.top ? nullptr : value_of(*in.cursor.top);
}

const Expression* first_value(const Cursor& begin, const TokenInput& in) {
  const Cell* first = nullptr;
  for (const Cell* c = in.cursor.top; c != begin.top; c = c->below)
    if (c->data) first = c;
  return first ? value_of(*first) : nullptr;
}

bool is_empty_token(const Token& token) {
  return token.kind == Kind::Indent || token.kind == Kind::Dedent || token.kind == Kind::End;
}

}  // namespace

Location location_of_token(const Token& token) {
  if (token.kind == Kind::Newline) return {token.start, token.start, Location::End::AfterStart};
  return {token.start, token.end};
}

Location location_of_last_fetched(const TokenInput& in) {
  if (is_empty_token(*in.furthest))
    return {in.furthest->start, in.furthest->end, Location::End::MinusOne, true};
  return location_of_token(*in.furthest);
}

Location location_from(std::uint32_t start, const TokenInput& in) {
  return {start, in.furthest->end, Location::End::Reached};
}

Location locate(Where where, const Cursor& begin, const TokenInput& in) {
  const Token* const last = in.cursor.token - 1;
  switch (where) {
    case Where::LastFetched: return location_of_last_fetched(in);
    case Where::FirstToken: return location_of_token(*begin.token);
    case Where::SecondToken: return location_of_token(begin.token[1]);
    case Where::NameEqual: return {begin.token->start, begin.token[1].end};
    case Where::LastToken: return location_of_token(*last);
    case Where::NextToken: return location_of_token(*in.cursor.token);
    case Where::Tokens: return {begin.token->start, last->end};
    case Where::FirstValue: {
      const Expression* e = first_value(begin, in);
      return {e->start, e->end};
    }
    case Where::LastValue: {
      const Expression* e = last_value(begin, in);
      return {e->start, e->end};
    }
    case Where::Values: return {first_value(begin, in)->start, last_value(begin, in)->end};
    case Where::ValueToToken: return {first_value(begin, in)->start, last->end};
    case Where::TokenToValue: return {begin.token->start, last_value(begin, in)->end};
    case Where::FromFirstToken: return location_from(begin.token->start, in);
    case Where::FromLastToken: return location_from(last->start, in);
    case Where::FromFirstValue: return location_from(first_value(begin, in)->start, in);
    case Where::FromLastValue: return location_from(last_value(begin, in)->start, in);
    case Where::LastValueEnd: {
      const Expression* e = last_value(begin, in);
      return {e->end - 1, e->end, Location::End::Zero};
    }
  }
  return location_of_last_fetched(in);
}

std::string format_message(std::string_view message, Where where, const Cursor& begin, const TokenInput& in,
                           const SourceFile& source) {
  const std::size_t at = message.find("%s");
  if (at == message.npos) return std::string(message);
  std::string_view name;
  switch (where) {
    case Where::FirstToken:
    case Where::Tokens:
      name = source.text().substr(begin.token->start, begin.token->end - begin.token->start);
      break;
    case Where::LastValue:
    case Where::FromLastValue: name = expression_name(*last_value(begin, in)); break;
    default: name = expression_name(*first_value(begin, in)); break;
  }
  std::string text(message);
  return text.replace(at, 2, name);
}

std::string_view expression_name(const Expression& e) {
  switch (e.kind) {
    case AK::Attribute: return "attribute";
    case AK::Subscript: return "subscript";
    case AK::Starred: return "starred";
    case AK::Name: return "name";
    case AK::List: return "list";
    case AK::Tuple: return "tuple";
    case AK::Lambda: return "lambda";
    case AK::Call: return "function call";
    case AK::BoolOp:
    case AK::BinOp:
    case AK::UnaryOp: return "expression";
    case AK::GeneratorExp: return "generator expression";
    case AK::Yield:
    case AK::YieldFrom: return "yield expression";
    case AK::Await: return "await expression";
    case AK::ListComp: return "list comprehension";
    case AK::SetComp: return "set comprehension";
    case AK::DictComp: return "dict comprehension";
    case AK::Dict: return "dict literal";
    case AK::Set: return "set display";
    case AK::JoinedStr:
    case AK::FormattedValue: return "f-string expression";
    case AK::Constant:
      switch (ast::as<ast::Constant>(&e)->type) {
        case ast::ConstantType::None: return "None";
        case ast::ConstantType::True: return "True";
        case ast::ConstantType::False: return "False";
        case ast::ConstantType::Ellipsis: return "ellipsis";
        default: return "literal";
      }
    case AK::Compare: return "comparison";
    case AK::IfExp: return "conditional expression";
    case AK::NamedExpr: return "named expression";
    default: return "expression";
  }
}

bool set_context(Expression* e, ast::ExprContext context) {
  switch (e->kind) {
    case AK::Name:
    case AK::Attribute:
    case AK::Subscript: e->context = context; return true;
    case AK::Starred: {
      Expression* value = ast::as<ast::Starred>(e)->value;
      if (context == ast::ExprContext::Del || value->kind == AK::Starred) return false;
      e->context = context;
      return set_context(value, context);
    }
    case AK::List:
    case AK::Tuple:
      e->context = context;
      for (Expression* element : ast::as<ast::Collection>(e)->elts)
        if (!set_context(element, context)) return false;
      return true;
    default: return false;
  }
}

const Expression* invalid_target(const Expression* e, TargetKind kind) {
  if (!e) return nullptr;
  switch (e->kind) {
    case AK::List:
    case AK::Tuple:
      for (const Expression* element : ast::as<ast::Collection>(e)->elts)
        if (const Expression* bad = invalid_target(element, kind)) return bad;
      return nullptr;
    case AK::Starred: return kind == TargetKind::Delete ? e : invalid_target(ast::as<ast::Starred>(e)->value, kind);
    case AK::Compare: {
      const auto* compare = ast::as<ast::Compare>(e);
      // `for x in y` without the for's own `in`: the left side is the target.
      if (kind == TargetKind::For && compare->ops[0] == ast::CompareOperator::In)
        return invalid_target(compare->left, kind);
      return e;
    }
    case AK::Name:
    case AK::Subscript:
    case AK::Attribute: return nullptr;
    default: return e;
  }
}

void throw_syntax_error(ErrorType type, std::string message, Location at, const SourceFile& source) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  SyntaxError error(type, std::move(message));
  error.filename = source.filename();
  std::uint32_t line = source.line_at(std::min(at.start, size));
  if (at.start >= size && line > 1 && source.line_start(line) == size) --line;  // the last line is the last read
  error.line = static_cast<int>(line);
  error.column = static_cast<int>(source.character_column(std::min(at.start, size))) + 1;
  if (at.is_distance) {
    --error.column;
    if (at.start >= size) {
      const std::string_view last = source.line(line);
      error.column = static_cast<int>(size == 0 ? 0 : source.character_column(size - last.ends_with('\n'))) + 1;
    }
  }
  if (at.no_column) error.column = 0;
  error.end_line = error.line;
  switch (at.end_kind) {
    case Location::End::Known:
      error.end_line = static_cast<int>(source.line_at(std::min(at.end, size)));
      error.end_column = static_cast<int>(source.character_column(std::min(at.end, size))) + 1;
      break;
    case Location::End::Zero: error.end_column = 0; break;
    case Location::End::MinusOne: error.end_column = -1; break;
    case Location::End::Reached: {
      // A line end belongs to the line it ends.
      const bool line_end = at.end > at.start && at.end <= size && source.text()[at.end - 1] == '\n';
      const std::uint32_t end = std::min(at.end, size) - line_end;
      error.end_line = static_cast<int>(source.line_at(end));
      error.end_column = static_cast<int>(source.character_column(end)) + (line_end || at.end == at.start);
      break;
    }
    case Location::End::AfterStart: error.end_column = error.column + 1; break;
  }
  error.text = std::string(source.line(line));
  throw error;
}

}  // namespace cede::lang::grammar
