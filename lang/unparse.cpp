// Parentheses are put where the precedence of an operand is below that of its place. Strings are as repr()
// gives them.
#include "lang/unparse.hpp"

#include "lang/constant_repr.hpp"

namespace cede::lang {
namespace {

using ast::Expression;
using K = ast::Kind;

enum Level {
  Tuple,
  Test,
  Or,
  And,
  Not,
  Comparison,
  BitOr,
  BitXor,
  BitAnd,
  Shift,
  Arithmetic,
  Term,
  Factor,
  Power,
  Await,
  Atom,
};

constexpr std::string_view comparison_signs[] = {"==", "!=", "<",      "<=", ">",
                                                 ">=", "is", "is not", "in", "not in"};

struct BinaryForm {
  std::string_view sign;
  Level level;
};
constexpr BinaryForm binary_forms[] = {
    {" + ", Arithmetic}, {" - ", Arithmetic}, {" * ", Term},   {" @ ", Term},   {" / ", Term},
    {" % ", Term},       {" ** ", Power},     {" << ", Shift}, {" >> ", Shift}, {" | ", BitOr},
    {" ^ ", BitXor},     {" & ", BitAnd},     {" // ", Term}};

class Unparser {
 public:
  explicit Unparser(const SymbolTable& symbols) : symbols_(symbols) {}

  void write(const Expression& node, int level);
  std::string take() { return std::move(out_); }

 private:
  class Parentheses {
   public:
    Parentheses(std::string& out, bool needed) : out_(out), needed_(needed) {
      if (needed_) out_ += '(';
    }
    ~Parentheses() {
      if (needed_) out_ += ')';
    }
    Parentheses(const Parentheses&) = delete;
    Parentheses& operator=(const Parentheses&) = delete;

   private:
    std::string& out_;
    bool needed_;
  };

  void bool_op(const ast::BoolOp& node, int level);
  void binary(const ast::BinOp& node, int level);
  void unary(const ast::UnaryOp& node, int level);
  void lambda(const ast::Lambda& node, int level);
  void arguments(const ast::Arguments& args);
  void conditional(const ast::IfExp& node, int level);
  void dict(const ast::Dict& node);
  void comprehension(const ast::Comprehension& node);
  void compare(const ast::Compare& node, int level);
  void call(const ast::Call& node);
  void constant(const ast::Constant& node);
  void joined(const ast::JoinedStr& node, bool is_spec);
  void joined_body(const ast::JoinedStr& node, std::string& body);
  void formatted(const ast::FormattedValue& node, std::string& body);
  void attribute(const ast::Attribute& node);
  void slice(const ast::Slice& node);
  void tuple(const ast::Collection& node, int level);
  void list(const ast::Expressions& elements, int level = Test) {
    for (std::uint32_t i = 0; i < elements.size(); ++i) {
      if (i) out_ += ", ";
      write(*elements[i], level);
    }
  }
  std::string_view text(Symbol symbol) const { return symbols_.text(symbol); }

  const SymbolTable& symbols_;
  std::string out_;
};

void Unparser::write(const Expression& node, int level) {
  switch (node.kind) {
    case K::Name: out_ += text(ast::as<ast::Name>(&node)->id.symbol); return;
    case K::Constant: return constant(*ast::as<ast::Constant>(&node));
    case K::Attribute: return attribute(*ast::as<ast::Attribute>(&node));
    case K::Subscript: {
      const auto& n = *ast::as<ast::Subscript>(&node);
      write(*n.value, Atom);
      out_ += '[';
      write(*n.slice, Tuple);
      out_ += ']';
      return;
    }
    case K::BoolOp: return bool_op(*ast::as<ast::BoolOp>(&node), level);
    case K::BinOp: return binary(*ast::as<ast::BinOp>(&node), level);
    case K::UnaryOp: return unary(*ast::as<ast::UnaryOp>(&node), level);
    case K::Lambda: return lambda(*ast::as<ast::Lambda>(&node), level);
    case K::IfExp: return conditional(*ast::as<ast::IfExp>(&node), level);
    case K::NamedExpr: {
      const auto& n = *ast::as<ast::NamedExpr>(&node);
      const Parentheses parentheses(out_, level > Tuple);
      write(*n.target, Atom);
      out_ += " := ";
      return write(*n.value, Atom);
    }
    case K::Dict: return dict(*ast::as<ast::Dict>(&node));
    case K::Set:
      out_ += '{';
      list(ast::as<ast::Set>(&node)->elts);
      out_ += '}';
      return;
    case K::List:
      out_ += '[';
      list(ast::as<ast::Collection>(&node)->elts);
      out_ += ']';
      return;
    case K::Tuple: return tuple(*ast::as<ast::Collection>(&node), level);
    case K::ListComp:
    case K::SetComp:
    case K::DictComp:
    case K::GeneratorExp: return comprehension(*ast::as<ast::Comprehension>(&node));
    case K::Await: {
      const Parentheses parentheses(out_, level > Await);
      out_ += "await ";
      return write(*ast::as<ast::Await>(&node)->value, Atom);
    }
    case K::Yield: {
      const Expression* value = ast::as<ast::Yield>(&node)->value;
      const Parentheses parentheses(out_, true);
      out_ += value ? "yield " : "yield";
      if (value) write(*value, Test);
      return;
    }
    case K::YieldFrom: {
      const Parentheses parentheses(out_, true);
      out_ += "yield from ";
      return write(*ast::as<ast::YieldFrom>(&node)->value, Test);
    }
    case K::Compare: return compare(*ast::as<ast::Compare>(&node), level);
    case K::Call: return call(*ast::as<ast::Call>(&node));
    case K::JoinedStr: return joined(*ast::as<ast::JoinedStr>(&node), false);
    case K::FormattedValue: return formatted(*ast::as<ast::FormattedValue>(&node), out_);
    case K::Starred: out_ += '*'; return write(*ast::as<ast::Starred>(&node)->value, BitOr);
    case K::Slice: return slice(*ast::as<ast::Slice>(&node));
    default: return;
  }
}

void Unparser::bool_op(const ast::BoolOp& node, int level) {
  const bool is_and = node.op == ast::BoolOperator::And;
  const int own = is_and ? And : Or;
  const Parentheses parentheses(out_, level > own);
  for (std::uint32_t i = 0; i < node.values.size(); ++i) {
    if (i) out_ += is_and ? " and " : " or ";
    write(*node.values[i], own + 1);
  }
}

void Unparser::binary(const ast::BinOp& node, int level) {
  const BinaryForm& form = binary_forms[static_cast<std::size_t>(node.op)];
  const bool to_the_right = node.op == ast::Operator::Pow;
  const Parentheses parentheses(out_, level > form.level);
  write(*node.left, form.level + to_the_right);
  out_ += form.sign;
  write(*node.right, form.level + !to_the_right);
}

void Unparser::unary(const ast::UnaryOp& node, int level) {
  static constexpr std::string_view signs[] = {"~", "not ", "+", "-"};
  const int own = node.op == ast::UnaryOperator::Not ? Not : Factor;
  const Parentheses parentheses(out_, level > own);
  out_ += signs[static_cast<std::size_t>(node.op)];
  write(*node.operand, own);
}

void Unparser::lambda(const ast::Lambda& node, int level) {
  const Parentheses parentheses(out_, level > Test);
  const bool positional = !node.args->posonlyargs.empty() || !node.args->args.empty();
  out_ += positional ? "lambda " : "lambda";  // CPython writes `lambda*args: 0`
  arguments(*node.args);
  out_ += ": ";
  write(*node.body, Test);
}

void Unparser::arguments(const ast::Arguments& args) {
  bool first = true;
  const auto separate = [&] {
    if (!first) out_ += ", ";
    first = false;
  };
  const std::uint32_t positional = args.posonlyargs.size() + args.args.size();
  for (std::uint32_t i = 0; i < positional; ++i) {
    separate();
    const bool only = i < args.posonlyargs.size();
    out_ += text((only ? args.posonlyargs[i] : args.args[i - args.posonlyargs.size()])->arg.symbol);
    if (i + args.defaults.size() >= positional) {
      out_ += '=';
      write(*args.defaults[i + args.defaults.size() - positional], Test);
    }
    if (only && i + 1 == args.posonlyargs.size()) out_ += ", /";
  }
  if (args.vararg || !args.kwonlyargs.empty()) {
    separate();
    out_ += '*';
    if (args.vararg) out_ += text(args.vararg->arg.symbol);
  }
  for (std::uint32_t i = 0; i < args.kwonlyargs.size(); ++i) {
    separate();
    out_ += text(args.kwonlyargs[i]->arg.symbol);
    if (!args.kw_defaults[i]) continue;
    out_ += '=';
    write(*args.kw_defaults[i], Test);
  }
  if (args.kwarg) {
    separate();
    out_ += "**";
    out_ += text(args.kwarg->arg.symbol);
  }
}

void Unparser::conditional(const ast::IfExp& node, int level) {
  const Parentheses parentheses(out_, level > Test);
  write(*node.body, Test + 1);
  out_ += " if ";
  write(*node.test, Test + 1);
  out_ += " else ";
  write(*node.orelse, Test);
}

void Unparser::dict(const ast::Dict& node) {
  out_ += '{';
  for (std::uint32_t i = 0; i < node.keys.size(); ++i) {
    if (i) out_ += ", ";
    if (!node.keys[i]) {
      out_ += "**";
      write(*node.values[i], BitOr);
      continue;
    }
    write(*node.keys[i], Test);
    out_ += ": ";
    write(*node.values[i], Test);
  }
  out_ += '}';
}

void Unparser::comprehension(const ast::Comprehension& node) {
  const char* brackets = node.kind == K::GeneratorExp ? "()" : node.kind == K::ListComp ? "[]" : "{}";
  out_ += brackets[0];
  write(*node.elt, Test);
  if (node.value) {
    out_ += ": ";
    write(*node.value, Test);
  }
  for (const ast::ComprehensionClause* clause : node.generators) {
    out_ += clause->is_async ? " async for " : " for ";
    write(*clause->target, Tuple);
    out_ += " in ";
    write(*clause->iter, Test + 1);
    for (const Expression* test : clause->ifs) {
      out_ += " if ";
      write(*test, Test + 1);
    }
  }
  out_ += brackets[1];
}

void Unparser::compare(const ast::Compare& node, int level) {
  const Parentheses parentheses(out_, level > Comparison);
  write(*node.left, Comparison + 1);
  for (std::uint32_t i = 0; i < node.ops.size(); ++i) {
    out_ += ' ';
    out_ += comparison_signs[static_cast<std::size_t>(node.ops[i])];
    out_ += ' ';
    write(*node.comparators[i], Comparison + 1);
  }
}

void Unparser::call(const ast::Call& node) {
  write(*node.func, Atom);
  // A generator expression that is the only argument brings its own parentheses.
  if (node.args.size() == 1 && node.keywords.empty() && node.args[0]->kind == K::GeneratorExp)
    return write(*node.args[0], Test);
  out_ += '(';
  list(node.args);
  bool first = node.args.empty();
  for (const ast::Keyword* keyword : node.keywords) {
    if (!first) out_ += ", ";
    first = false;
    if (keyword->arg == Symbol::Absent) {
      out_ += "**";
    } else {
      out_ += text(keyword->arg);
      out_ += '=';
    }
    write(*keyword->value, Test);
  }
  out_ += ')';
}

void Unparser::constant(const ast::Constant& node) {
  if (node.type == ast::ConstantType::Ellipsis) {
    out_ += "...";
    return;
  }
  if (node.unicode_prefix) out_ += 'u';
  const std::size_t before = out_.size();
  write_repr(out_, node);
  if (node.type != ast::ConstantType::Float && node.type != ast::ConstantType::Complex) return;
  const std::size_t infinite = out_.find("inf", before);  // a literal that overflows
  if (infinite != std::string::npos) out_.replace(infinite, 3, "1e309");
}

void Unparser::joined(const ast::JoinedStr& node, bool is_spec) {
  std::string body;
  joined_body(node, body);
  if (is_spec) {
    out_ += body;
    return;
  }
  out_ += 'f';
  write_string_repr(out_, body);
}

void Unparser::joined_body(const ast::JoinedStr& node, std::string& body) {
  for (const Expression* part : node.values) {
    if (const auto* value = ast::try_as<ast::FormattedValue>(part)) {
      formatted(*value, body);
    } else if (const auto* text_part = ast::try_as<ast::Constant>(part)) {
      for (const char c : text_part->text) {
        body += c;
        if (c == '{' || c == '}') body += c;
      }
    } else if (const auto* inner = ast::try_as<ast::JoinedStr>(part)) {
      joined_body(*inner, body);
    }
  }
}

void Unparser::formatted(const ast::FormattedValue& node, std::string& body) {
  Unparser inner(symbols_);
  inner.write(*node.value, Test + 1);
  const std::string text_of_value = inner.take();
  body += text_of_value.starts_with('{') ? "{ " : "{";
  body += text_of_value;
  if (node.conversion >= 0) {
    body += '!';
    body += static_cast<char>(node.conversion);
  }
  if (node.format_spec) {
    body += ':';
    if (const auto* spec = ast::try_as<ast::JoinedStr>(node.format_spec)) joined_body(*spec, body);
  }
  body += '}';
}

void Unparser::attribute(const ast::Attribute& node) {
  write(*node.value, Atom);
  const auto* number = ast::try_as<ast::Constant>(node.value);
  const bool integer =
      number && (number->type == ast::ConstantType::Int || number->type == ast::ConstantType::BigInt);
  out_ += integer ? " ." : ".";  // `1 .real`
  out_ += text(node.attr);
}

void Unparser::slice(const ast::Slice& node) {
  if (node.lower) write(*node.lower, Test);
  out_ += ':';
  if (node.upper) write(*node.upper, Test);
  if (!node.step) return;
  out_ += ':';
  write(*node.step, Test);
}

void Unparser::tuple(const ast::Collection& node, int level) {
  if (node.elts.empty()) {
    out_ += "()";
    return;
  }
  const Parentheses parentheses(out_, level > Tuple);
  list(node.elts);
  if (node.elts.size() == 1) out_ += ',';
}

}  // namespace

std::string unparse(const ast::Expression& node, const SymbolTable& symbols) {
  Unparser unparser(symbols);
  unparser.write(node, Test);
  return unparser.take();
}

}  // namespace cede::lang
