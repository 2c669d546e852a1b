// The front door of the parser: lexing, the first pass of the grammar, and the order in which its errors
// count.
#include "lang/parse.hpp"

#include "lang/grammar/actions_stmt.hpp"
#include "lang/grammar/diagnose.hpp"

namespace cede::lang {
namespace {

using namespace grammar;

template<class Rule> bool matches(TokenInput& in, Builder& b) {
  return fast<Rule>::template match<apply_mode::action, rewind_mode::required, act, fast>(in, b);
}

class Parser {
 public:
  Parser(const SourceFile& source, Arena& arena, const ParseOptions& options)
      : source_(source),
        arena_(arena),
        options_(options),
        symbols_(arena.make<SymbolTable>(arena)),
        scratch_(arena.headroom(), arena.upstream()),
        list_(lex(source, arena, *symbols_, options)),
        in_(list_.tokens.data(), source.text().data()),
        builder_(in_, source, list_, *symbols_, arena, scratch_, options) {
    builder_.barry_as_flufl = options.features.barry_as_flufl;
  }

  ast::Module& run() {
    bool good = false;
    try {
      good = first_pass();
      if (!good) give_warnings();
    } catch (const SyntaxError& error) {
      give_warnings();
      if (error.type != ErrorType::MemoryError) prefer_lexical_error();
      throw;
    }
    if (!good) fail();
    return module();
  }

 private:
  bool first_pass() {
    retry_from_ = in_.cursor.token;
    switch (options_.mode) {
      case Mode::Eval: return matches<eval_input>(in_, builder_);
      case Mode::Single: return matches<single_input>(in_, builder_) && nothing_follows();
      case Mode::Exec: break;
    }
    for (;;) {
      const Token* const start = in_.cursor.token;
      if (start->kind == Kind::End) return true;
      if (!matches<statement>(in_, builder_)) return false;
      retry_from_ = start;
    }
  }

  bool nothing_follows() const {
    for (const Token* t = in_.cursor.token; t->kind != Kind::End; ++t)
      if (t->kind != Kind::Newline)
        builder_.raise_at("multiple statements found while compiling a single statement",
                          location_of_token(in_.cursor.token[-1]));
    return true;
  }

  // What was warned of before the first pass stopped; the second one warns of nothing.
  void give_warnings() {
    if (!options_.warnings_before_error) return;
    const std::uint32_t end = in_.furthest->end;
    for (const Warning& warning : list_.warnings)
      if (warning.start <= end) builder_.warnings.add(warning);
    for (const Warning& warning : builder_.warnings.sorted()) options_.warnings_before_error->push_back(warning);
  }

  // CPython's order: an error of the lexer that the parser has reached; one that the error rules find, from
  // the last good statement on (an `else` may belong to it); then "invalid syntax" where the first pass
  // stopped. The latter two give way to errors of the lexer further on.
  [[noreturn]] void fail() {
    const Token* const furthest = in_.furthest;
    const bool at_lexical_error = furthest->kind == Kind::Error || furthest[-1].kind == Kind::Error;
    if (options_.allow_incomplete_input &&
        (at_lexical_error ? list_.error->at_end : tokenizer_has_reached_end(*furthest)))
      raise_incomplete(at_lexical_error);
    if (at_lexical_error) throw list_.error->error;

    in_ = TokenInput(retry_from_, source_.text().data());
    try {
      diagnose(in_, builder_);
    } catch (const SyntaxError& error) {
      if (error.type != ErrorType::MemoryError) prefer_lexical_error();
      throw;
    }
    if (in_.furthest->kind == Kind::Error) throw list_.error->error;
    const ErrorType indentation = ErrorType::IndentationError;
    if (furthest->kind == Kind::Indent || furthest->kind == Kind::Dedent)
      builder_.raise_here(furthest->kind == Kind::Indent ? "unexpected indent" : "unexpected unindent",
                          indentation);
    prefer_lexical_error();
    Location at = location_of_token(*furthest);
    if (is_end_of_input(*furthest)) at = {at.start, at.end, Location::End::Zero, false, true};
    builder_.raise_at("invalid syntax", at);
  }

  // Tokens other than strings are known to end only when the tokenizer has seen the next character.
  bool tokenizer_has_reached_end(const Token& last) const {
    const bool string = last.kind == Kind::String || last.kind == Kind::FStringEnd;
    return is_end_of_input(last) || (options_.mode == Mode::Single && !string &&
                                     last.end == source_.text().size() && !source_.text().ends_with('\n'));
  }

  [[noreturn]] void raise_incomplete(bool at_lexical_error) {
    const auto size = static_cast<std::uint32_t>(source_.text().size());
    if (!at_lexical_error) builder_.raise_here("incomplete input", ErrorType::IncompleteInputError);
    builder_.raise_at("incomplete input", {size, size, Location::End::MinusOne, true},
                      ErrorType::IncompleteInputError);
  }

  // No part of an f-string's text lies between the last token fetched and the lexical error.
  bool error_is_in_same_field() const {
    const Token* token = in_.furthest;
    while (token->kind < Kind::FStringStart || token->kind > Kind::FStringEnd) {
      if (token->kind == Kind::Error) return true;
      ++token;
    }
    return false;
  }

  void prefer_lexical_error() const {
    if (!list_.error) return;
    if (list_.error->at_once || (list_.error->at_once_in_field && error_is_in_same_field()))
      throw list_.error->error;
    if (list_.open_bracket &&
        source_.line_at(in_.furthest->start) > source_.line_at(list_.open_bracket_offset))
      builder_.raise_at("'" + std::string(1, list_.open_bracket) + "' was never closed",
                        {list_.open_bracket_offset, 0, Location::End::Zero});
  }

  ast::Module& module() {
    using AK = ast::Kind;
    auto& m = *arena_.make<ast::Module>();
    m.kind = options_.mode == Mode::Exec   ? AK::Module
             : options_.mode == Mode::Eval ? AK::Expression
                                           : AK::Interactive;
    m.end = static_cast<std::uint32_t>(source_.text().size());
    if (options_.mode == Mode::Eval) {
      m.expression = builder_.pop_expression();
      Builder::deepen(m, m.expression);
    } else {
      m.body = builder_.take<ast::Statement>(nullptr, m);
    }
    if (m.depth > ast::maximum_depth)
      throw SyntaxError(ErrorType::RecursionError, "maximum recursion depth exceeded during compilation");
    m.source = &source_;
    m.symbols = symbols_;
    m.arena = &arena_;
    for (const Warning& warning : list_.warnings) builder_.warnings.add(warning);
    const auto warnings = builder_.warnings.sorted();
    m.warnings = {warnings.begin(), warnings.size()};
    m.features = options_.features;
    return m;
  }

  const SourceFile& source_;
  Arena& arena_;
  const ParseOptions& options_;
  SymbolTable* symbols_;
  Arena scratch_;
  TokenList list_;
  TokenInput in_;
  Builder builder_;
  const Token* retry_from_ = nullptr;  // the start of the last top-level statement that was good
};

}  // namespace

ast::Module& parse(const SourceFile& source, Arena& arena, const ParseOptions& options) {
  return Parser(source, arena, options).run();
}

}  // namespace cede::lang
