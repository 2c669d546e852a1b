// The actions for strings: literals are decoded, f-strings become JoinedStr, and adjacent ones are joined.
#pragma once

#include "lang/grammar/actions_expr.hpp"

namespace cede::lang::grammar {

inline std::string_view text_between(Builder& b, std::uint32_t start, std::uint32_t end) {
  return b.source.text().substr(start, end - start);
}

inline ast::Constant* make_string(Builder& b, std::string_view text, std::uint32_t start, std::uint32_t end) {
  auto* n = b.make<ast::Constant>(AK::Constant, start);
  n->end = end;
  n->type = ast::ConstantType::Str;
  n->text = text;
  return n;
}

inline void push_decoded(const Span& s, Builder& b, const Decoded& decoded) {
  if (!decoded.error.empty() && s.token->kind == K::FStringMiddle) {
    // To be raised when the whole f-string has been read.
    if (!b.fstring_error.token) b.fstring_error = {s.token, decoded.error};
  } else if (!decoded.error.empty()) {
    if (decoded.error_at_token) b.raise_at(std::string(decoded.error), location_of_token(*s.token));
    b.raise_here(std::string(decoded.error));
  }
  auto* n = make_string(b, decoded.text, s.start(), b.end());
  if (s.token->kind == K::String) {
    if (s.token->flags & Token::Bytes) n->type = ast::ConstantType::Bytes;
    n->unicode_prefix = s.token->flags & Token::Unicode;
  }
  b.push(n, s.start());
}

template<> struct act<string_literal> {
  static void apply(const Span& s, Builder& b) {
    push_decoded(s, b, decode_string(*s.token, b.source, b.arena, b.warnings));
  }
};
template<> struct act<fstring_middle> {
  static void apply(const Span& s, Builder& b) {
    push_decoded(s, b, decode_fstring_middle(*s.token, b.source, b.arena, b.warnings));
    // The second brace of `{{` and `}}` is in the text's position.
    if (s.token[1].start == s.token->end + 1 && s.token->end > s.start()) {
      const std::string_view text = b.source.text();
      const char last = text[s.token->end - 1];
      if ((last == '{' || last == '}') && text[s.token->end] == last)
        expression_in(*b.in.cursor.top)->end += 1;
    }
  }
};

template<> struct act<debug_marker> {
  static void apply(const Span& s, Builder& b) { b.push(nullptr, s.start(), 1); }
};

template<> struct act<conversion> {
  static void apply(const Span& s, Builder& b) {
    const Token &mark = s.token[0], &word = s.token[1];
    if (mark.end != word.start)
      b.raise_at(
          "f-string: conversion type must come right after the exclamanation mark",  // so CPython spells it
          {mark.start, word.end});
    const std::string_view text = text_between(b, word.start, word.end);
    if (text != "s" && text != "r" && text != "a")
      b.raise_at("f-string: invalid conversion character '" + std::string(b.symbols.text(word.symbol)) +
                     "': expected 's', 'r', or 'a'",
                 location_of_token(word));
    b.push(nullptr, s.start(), static_cast<unsigned char>(text[0]));
  }
};

// Pieces without text say nothing; adjacent texts are one.
template<class Each> void merge_pieces(Builder& b, std::vector<ast::Expression*>& pieces, const Each& each) {
  for (std::size_t i = 0; i < pieces.size();) {
    auto* first = ast::try_as<ast::Constant>(pieces[i]);
    if (!first) {
      each(pieces[i++]);
      continue;
    }
    std::size_t last = i, size = 0;
    for (; last < pieces.size() && pieces[last]->kind == AK::Constant; ++last)
      size += ast::as<ast::Constant>(pieces[last])->text.size();
    if (size != 0) {
      if (last - i > 1) {
        char* to = static_cast<char*>(b.arena.allocate(size, 1));
        const std::string_view joined(to, size);
        for (std::size_t k = i; k < last; ++k) {
          const std::string_view part = ast::as<ast::Constant>(pieces[k])->text;
          to = std::copy(part.begin(), part.end(), to);
        }
        ast::Constant* merged = make_string(b, joined, first->start, pieces[last - 1]->end);
        merged->unicode_prefix = first->unicode_prefix;
        first = merged;
      }
      each(first);
    }
    i = last;
  }
}

inline ast::JoinedStr* make_joined(Builder& b, std::vector<ast::Expression*>& pieces, std::uint32_t start,
                                   std::uint32_t end) {
  auto* n = b.make<ast::JoinedStr>(AK::JoinedStr, start);
  n->end = end;
  std::vector<ast::Expression*> merged;
  merge_pieces(b, pieces, [&](ast::Expression* piece) { merged.push_back(piece); });
  auto** values = b.arena.allocate_array<ast::Expression*>(merged.size());
  for (std::size_t i = 0; i < merged.size(); ++i) b.deepen(*n, values[i] = merged[i]);
  n->values = {values, static_cast<std::uint32_t>(merged.size())};
  return n;
}

// The values above `until`, those of nested JoinedStr (f-strings among strings) in their place.
inline std::vector<ast::Expression*> take_pieces(Builder& b, const Cell* until) {
  std::vector<ast::Expression*> values;
  while (b.in.cursor.top != until) values.push_back(b.pop_expression());
  std::vector<ast::Expression*> pieces;
  for (auto at = values.rbegin(); at != values.rend(); ++at) {
    if (auto* joined = ast::try_as<ast::JoinedStr>(*at))
      pieces.insert(pieces.end(), joined->values.begin(), joined->values.end());
    else
      pieces.push_back(*at);
  }
  return pieces;
}

template<> struct act<format_spec> {
  static void apply(const Span& s, Builder& b) {
    auto pieces = take_pieces(b, s.top);
    b.push(make_joined(b, pieces, s.start(), b.end()), s.start());
  }
};

// The text of `{x=}` is as written, but without comments. As in CPython, any `#` begins one, even inside a
// string.
inline std::string_view debug_text(Builder& b, std::uint32_t start, std::uint32_t end) {
  const std::string_view written = text_between(b, start, end);
  if (written.find('#') == written.npos) return written;
  std::string text;
  bool comment = false;
  for (const char c : written) {
    comment = (comment || c == '#') && c != '\n';
    if (!comment) text += c;
  }
  return b.arena.copy(text);
}

template<> struct act<field> {
  static void apply(const Span& s, Builder& b) {
    const Cell& spec = b.pop();
    const Cell& conversion_cell = b.pop();
    const Cell& debug = b.pop();
    auto* n = b.make<ast::FormattedValue>(AK::FormattedValue, s.start());
    n->value = b.pop_expression();
    n->format_spec = expression_in(spec);
    n->conversion = conversion_cell.extra ? static_cast<int>(conversion_cell.extra) : -1;
    b.deepen_all(*n, n->value, n->format_spec);
    if (debug.extra) {
      // `{x=}` is the text "x=" followed by repr(x).
      if (!n->format_spec && n->conversion == -1) n->conversion = 'r';
      const std::uint32_t end = conversion_cell.extra ? conversion_cell.start
                                : spec.data           ? spec.start
                                                      : n->end - 1;
      ast::Constant* text = make_string(b, debug_text(b, s.token->end, end), s.start() + 1, end);
      b.push(text, text->start);
    }
    b.push(n, s.start());
  }
};

template<> struct act<fstring> {
  static void apply(const Span& s, Builder& b) {
    if (b.fstring_error.token > s.token) b.raise_here(std::string(b.fstring_error.message));
    auto pieces = take_pieces(b, s.top);
    b.push(make_joined(b, pieces, s.start(), b.end()), s.start());
  }
};

template<> struct act<strings_> {
  static void apply(const Span& s, Builder& b) {
    const Cell* const top = b.in.cursor.top;
    if (top->below == s.top) return;
    bool any_bytes = false, any_text = false, any_fstring = false;
    for (const Cell* c = top; c != s.top; c = c->below) {
      const auto* constant = ast::try_as<ast::Constant>(expression_in(*c));
      (constant && constant->type == ast::ConstantType::Bytes ? any_bytes : any_text) = true;
      any_fstring |= !constant;
    }
    if (any_bytes && any_text) b.raise_here("cannot mix bytes and nonbytes literals");
    auto pieces = take_pieces(b, s.top);
    if (any_fstring) return b.push(make_joined(b, pieces, s.start(), b.end()), s.start());
    std::size_t size = 0;
    for (const ast::Expression* piece : pieces) size += ast::as<ast::Constant>(piece)->text.size();
    char* to = static_cast<char*>(b.arena.allocate(size, 1));
    ast::Constant* n = make_string(b, {to, size}, s.start(), b.end());
    n->type = ast::as<ast::Constant>(pieces[0])->type;
    n->unicode_prefix = ast::as<ast::Constant>(pieces[0])->unicode_prefix;
    for (const ast::Expression* piece : pieces) {
      const std::string_view part = ast::as<ast::Constant>(piece)->text;
      to = std::copy(part.begin(), part.end(), to);
    }
    b.push(n, s.start());
  }
};

}  // namespace cede::lang::grammar
