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
  return token.kind == Kind::Indent || token.kind == Kind::Dedent || is_end_of_input(token);
}

}  // namespace

Location location_of_token(const Token& token) { return {token.start, token.end}; }

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
    case AK::Starred:
      return kind == TargetKind::Delete ? e : invalid_target(ast::as<ast::Starred>(e)->value, kind);
    case AK::Compare: {
      const auto* compare = ast::as<ast::Compare>(e);
      // `for x in y` without the for's own `in`: the left side is the target.
      if (kind != TargetKind::For) return e;
      return compare->ops[0] == ast::CompareOperator::In ? invalid_target(compare->left, kind) : nullptr;
    }
    case AK::Name:
    case AK::Subscript:
    case AK::Attribute: return nullptr;
    default: return e;
  }
}

namespace {

struct Place {
  int line, column;
};

// Line and column of the end of a token. A line end belongs to the line that it ends.
Place end_place(const SourceFile& source, std::uint32_t start, std::uint32_t end) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  const bool line_end = end > start && (end > size || source.text()[end - 1] == '\n');
  const std::uint32_t at = std::min(end - line_end, size);
  return {static_cast<int>(source.line_at(at)), static_cast<int>(source.character_column(at)) + 1 + line_end};
}

// How far the line goes that the error shows, its line end included; a column beyond that is cut.
std::string error_text(const SourceFile& source, std::uint32_t line, const TokenInput& in) {
  std::string text(source.line(line));
  const bool from_file = source.origin() == Origin::File;
  const bool current = in.furthest->start >= source.text().size() ||
                       static_cast<int>(line) >= end_place(source, in.furthest->start, in.furthest->end).line;
  if (from_file) return text;
  if (text.ends_with('\n') && !current) text.pop_back();
  if (!text.ends_with('\n') && current) text += '\n';
  return text;
}

int length_in_characters(std::string_view text) {
  return static_cast<int>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

void throw_syntax_error(ErrorType type, std::string message, Location at, const SourceFile& source,
                        const TokenInput& in, LastLine last_line) {
  const auto size = static_cast<std::uint32_t>(source.text().size());
  SyntaxError error(type, std::move(message));
  error.filename = source.filename();
  const std::uint32_t start = std::min(at.start, size);
  std::uint32_t line = source.line_at(start);
  if (start == size && line > 1 && source.line_start(line) == size) --line;  // the last line is the last read
  error.line = error.end_line = static_cast<int>(line);
  error.text = error_text(source, line, in);
  error.column = static_cast<int>(source.character_column(start)) + 1;
  if (at.no_column) error.column = 0;
  if (at.is_distance) {
    if (start == size && source.origin() == Origin::File) {
      error.column = 0;  // a file's last line has left the tokenizer's buffer
    } else if (start == size) {
      const std::string_view last = source.line(line);
      error.column =
          length_in_characters(last) + (last_line == LastLine::LineEndAdded && !last.ends_with('\n'));
    } else {
      --error.column;
    }
  }
  switch (at.end_kind) {
    case Location::End::Known:
    case Location::End::Reached: {
      const Place end = end_place(source, at.start, at.end);
      error.end_line = end.line;
      error.end_column = end.column - (at.end_kind == Location::End::Reached);
      error.end_column = std::min(error.end_column, length_in_characters(*error.text) + 1);
      break;
    }
    case Location::End::Zero: error.end_column = 0; break;
    case Location::End::MinusOne: error.end_column = -1; break;
  }
  throw error;
}

}  // namespace cede::lang::grammar
