// Tokens: what the lexer makes and the grammar of the language reads. The kinds are those of Python's `token` module,
// with one kind for each keyword; positions are byte offsets into SourceFile::text().
#pragma once

#include <cstdint>
#include <string_view>

#include "lang/symbols.hpp"

// Operators and delimiters: enumerator, text.
#define CEDE_OPERATOR_TOKENS(X)                                                                               \
  X(LParen, "(") X(RParen, ")") X(LBracket, "[") X(RBracket, "]") X(LBrace, "{") X(RBrace, "}")               \
  X(Colon, ":") X(Comma, ",") X(Semicolon, ";") X(Dot, ".") X(Ellipsis, "...") X(Arrow, "->")                 \
  X(ColonEqual, ":=") X(Exclamation, "!") X(Tilde, "~")                                                       \
  X(Plus, "+") X(Minus, "-") X(Star, "*") X(Slash, "/") X(DoubleSlash, "//") X(Percent, "%") X(At, "@")       \
  X(DoubleStar, "**") X(LeftShift, "<<") X(RightShift, ">>") X(Ampersand, "&") X(Pipe, "|")                   \
  X(Circumflex, "^")                                                                                          \
  X(Equal, "=") X(PlusEqual, "+=") X(MinusEqual, "-=") X(StarEqual, "*=") X(SlashEqual, "/=")                 \
  X(DoubleSlashEqual, "//=") X(PercentEqual, "%=") X(AtEqual, "@=") X(DoubleStarEqual, "**=")                 \
  X(LeftShiftEqual, "<<=") X(RightShiftEqual, ">>=") X(AmpersandEqual, "&=") X(PipeEqual, "|=")               \
  X(CircumflexEqual, "^=")                                                                                    \
  X(EqualEqual, "==") X(NotEqual, "!=") X(Less, "<") X(LessEqual, "<=") X(Greater, ">") X(GreaterEqual, ">=")

namespace cede::lang {

enum class Kind : std::uint8_t {
  End,  // of the input
#define X(name) kw_##name,  // == static_cast<Kind>(Symbol::kw_name)
  CEDE_KEYWORDS(X)
#undef X
  Name,
  Number,
  String,         // str or bytes literal, with prefix and quotes
  FStringStart,   // prefix and opening quote
  FStringMiddle,  // literal text; `{{` and `}}` end one with its first brace, the second is skipped
  FStringEnd,     // closing quote. Fields are ordinary tokens between LBrace and RBrace (Exclamation, Colon)
  Newline,        // end of a logical line: its comment and its "\n", which counts to that line also at its end
  Indent,
  Dedent,
  Error,          // the lexical error stands here
  Unknown,        // a character that is no token of the language: `$`, `?` or a backquote
#define X(name, text) name,
  CEDE_OPERATOR_TOKENS(X)
#undef X
  kind_count,
};

static_assert(static_cast<unsigned>(Kind::kw_yield) == static_cast<unsigned>(Symbol::kw_yield));

constexpr bool is_keyword(Kind k) { return k >= Kind::kw_False && k <= Kind::kw_yield; }

// "NAME", "'('", "'if'" ...: for dumps and tests.
std::string_view name_of(Kind kind);

struct Token {
  enum Flag : std::uint8_t {
    LineStart = 1,  // the first token of a logical line
    // String, and the f-string tokens
    Raw = 2,
    Bytes = 4,
    Unicode = 8,     // u"..."
    Triple = 16,
    Plain = 32,      // String, FStringMiddle: no backslash inside, the contents are the text itself
    NonAscii = 64,   // String, FStringMiddle, Name: has bytes above 127
    // Others
    Implied = 128,   // a Newline that the input does not have: behind its last byte
    Diamond = 2,     // the NotEqual is written `<>`
  };

  std::uint32_t start, end;
  Symbol symbol;        // of names and keywords (normalised to NFKC), else Absent
  Kind kind;
  std::uint8_t flags;
  std::uint16_t level;  // brackets open after this token, f-string braces included
};
static_assert(sizeof(Token) == 16);

}  // namespace cede::lang
