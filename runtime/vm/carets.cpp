// Caret lines. The operator of a binary operation, the brackets of a subscript and of a call are found by parsing the
// segment of source again; a call or subscript is then drawn `~~~~^^^`, a binary operation `~~^~~`.
#include "runtime/vm/carets.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <optional>
#include <set>

#include "lang/arena.hpp"
#include "lang/parse.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {

namespace {

namespace ast = lang::ast;
using Line = std::u32string;

Line decode(std::string_view text) {
  Line out;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point;
    utf8proc_ssize_t used = utf8proc_iterate(bytes, left, &code_point);
    if (used <= 0) {
      used = 1;
      code_point = 0xFFFD;
    }
    out += static_cast<char32_t>(code_point);
    bytes += used;
    left -= used;
  }
  return out;
}

std::string encode(const Line& line) {
  std::string out;
  for (char32_t c : line) {
    utf8proc_uint8_t bytes[4];
    const auto n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes);
    out.append(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(std::max<utf8proc_ssize_t>(n, 0)));
  }
  return out;
}

bool is_space(char32_t c) { return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31) || c == 0x85 || c == 0xA0 || c == 0x3000; }

// Character index of a byte offset.
std::size_t character_offset(std::string_view text, std::size_t bytes) {
  return decode(text.substr(0, std::min(bytes, text.size()))).size();
}

std::size_t display_width(const Line& line, std::size_t offset) {
  std::size_t width = 0;
  bool ascii = true;
  for (char32_t c : line) ascii = ascii && c < 128;
  if (ascii) return offset;
  for (std::size_t i = 0; i < std::min(offset, line.size()); ++i)
    width += utf8proc_charwidth(static_cast<utf8proc_int32_t>(line[i])) == 2 ? 2 : 1;
  return width;
}

// textwrap.dedent of the lines of a segment: common leading white space of those that are not blank.
std::vector<std::string> dedent(const std::vector<std::string>& lines) {
  std::optional<std::string> margin;
  for (const std::string& line : lines) {
    const std::size_t first = line.find_first_not_of(" \t");
    if (first == line.npos) continue;
    const std::string lead = line.substr(0, first);
    if (!margin) {
      margin = lead;
      continue;
    }
    std::size_t common = 0;
    while (common < margin->size() && common < lead.size() && (*margin)[common] == lead[common]) ++common;
    margin->resize(common);
  }
  std::vector<std::string> out;
  for (const std::string& line : lines) {
    const bool blank = line.find_first_not_of(" \t") == line.npos;
    out.push_back(blank ? "" : line.substr(margin ? margin->size() : 0));
  }
  return out;
}

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i) text += '\n';
    text += lines[i];
  }
  return text;
}

struct Place { std::size_t line, column; };
struct Anchors { Place left_end, right_start; };

// Finds places in the text that was parsed as "(\n" + segment + "\n)".
class AnchorFinder {
 public:
  AnchorFinder(std::string_view segment, const lang::SourceFile& source) : source_(source) {
    while (true) {
      const std::size_t end = segment.find('\n');
      bytes_.emplace_back(segment.substr(0, end));
      lines_.push_back(decode(bytes_.back()));
      if (end == segment.npos) break;
      segment.remove_prefix(end + 1);
    }
  }

  std::optional<Anchors> find(const ast::Expression* expression) {
    if (const auto* binary = ast::try_as<ast::BinOp>(expression)) return binary_operator(*binary);
    if (const auto* subscript = ast::try_as<ast::Subscript>(expression)) return brackets(*subscript->value, *expression, U'[');
    if (const auto* call = ast::try_as<ast::Call>(expression)) return brackets(*call->func, *expression, U'(');
    return std::nullopt;
  }

 private:
  // Position of a byte offset of the parsed text in `lines_`; false if it lies in the added brackets.
  bool place(std::uint32_t offset, Place& at) const {
    const lang::Position position = source_.position(offset);
    if (position.line < 2 || position.line - 2 >= lines_.size()) return false;
    at.line = position.line - 2;
    at.column = character_offset(bytes_[at.line], position.column);
    return true;
  }
  bool make_valid(Place& at) const {
    while (at.line < lines_.size() && at.column >= lines_[at.line].size()) at = {at.line + 1, 0};
    return at.line < lines_.size();
  }
  template<class Stop>
  bool advance(Place& at, Stop&& stop) const {
    for (;;) {
      const char32_t c = lines_[at.line][at.column];
      if (c == U'\\' || c == U'#') at = {at.line + 1, 0};
      else if (!stop(c)) ++at.column;
      else return true;
      if (!make_valid(at)) return false;
    }
  }

  std::optional<Anchors> binary_operator(const ast::BinOp& node) {
    Place at, right;
    if (!place(node.left->end, at) || !make_valid(at)) return std::nullopt;
    if (!advance(at, [](char32_t c) { return !is_space(c) && c != U')'; })) return std::nullopt;
    if (!place(node.right->start, right)) return std::nullopt;
    std::size_t end = at.column + 1;
    const Line& line = lines_[at.line];
    if (end < line.size() && (right.line > at.line || end < right.column) && !is_space(line[end]) && line[end] != U'\\' &&
        line[end] != U'#')
      ++end;
    return Anchors{at, {at.line, end}};
  }
  std::optional<Anchors> brackets(const ast::Expression& inner, const ast::Expression& whole, char32_t bracket) {
    Place left, right;
    if (!place(inner.end, left) || !make_valid(left)) return std::nullopt;
    if (!advance(left, [bracket](char32_t c) { return c == bracket; })) return std::nullopt;
    if (!place(whole.end, right)) return std::nullopt;
    return Anchors{left, right};
  }

  const lang::SourceFile& source_;
  std::vector<std::string> bytes_;
  std::vector<Line> lines_;
};

// Parses and gives `use(module, source)`; nothing if it is no valid source.
template<class F>
void with_tree(const std::string& text, F&& use) {
  lang::Arena arena(std::size_t{64} << 20);
  try {
    const lang::SourceFile source = lang::SourceFile::decode(text, "<unknown>", lang::Origin::Text, arena);
    use(lang::parse(source, arena), source);
  } catch (const lang::SyntaxError&) {
  } catch (const std::bad_alloc&) {
  }
}

std::optional<Anchors> find_anchors(const std::string& segment) {
  std::optional<Anchors> found;
  with_tree("(\n" + segment + "\n)", [&](const ast::Module& module, const lang::SourceFile& source) {
    if (module.body.size() != 1) return;
    const auto* statement = ast::try_as<ast::ExpressionStatement>(module.body[0]);
    if (statement) found = AnchorFinder(segment, source).find(statement->value);
  });
  return found;
}

// A line that is nothing but `return f(...)` or `x = f(...)`, all of it the instruction, gets no carets.
bool is_plain_call_line(const std::vector<std::string>& lines, std::size_t start, std::size_t end) {
  bool plain = false;
  with_tree(join(lines), [&](const ast::Module& module, const lang::SourceFile& source) {
    if (module.body.empty()) {
      plain = true;
      return;
    }
    const ast::Expression* value = nullptr;
    if (const auto* give = ast::try_as<ast::Return>(module.body[0])) {
      const auto* call = ast::try_as<ast::Call>(give->value);
      if (call && ast::is<ast::Name>(call->func)) value = call;
    } else if (const auto* assign = ast::try_as<ast::Assign>(module.body[0])) {
      if (ast::is<ast::Call>(assign->value) && assign->targets.size() == 1 && ast::is<ast::Name>(assign->targets[0]))
        value = assign->value;
    }
    if (!value) return;
    const lang::Position first = source.position(value->start), last = source.position(value->end);
    plain = first.line == 1 && last.line == lines.size() && first.column == start && last.column == end;
  });
  return plain;
}

std::string indent_all(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : dedent(lines)) out += "    " + line + "\n";
  return out;
}

class CaretLines {
 public:
  CaretLines(const SourceSegment& segment, std::vector<std::string> lines) : lines_(std::move(lines)) {
    for (const std::string& line : lines_) decoded_.push_back(decode(line));
    const Line first_original = decode(segment.lines.front());
    const std::size_t dedented = first_original.size() - decoded_.front().size();
    const auto shift = [&](std::size_t offset) { return offset > dedented ? offset - dedented : 0; };
    start_ = shift(character_offset(segment.lines.front(), segment.start_column));
    end_ = shift(character_offset(segment.lines.back(), segment.end_column));
  }

  std::string text() {
    const std::string segment = segment_source();
    anchors_ = find_anchors(segment);
    show_ = shows_carets();
    std::set<std::size_t> significant = {0, lines_.size() - 1};
    if (anchors_) {
      for (std::size_t anchor : {anchors_->left_end.line, anchors_->right_start.line})
        for (std::size_t line = anchor ? anchor - 1 : 0; line <= anchor + 1; ++line)
          if (line < lines_.size()) significant.insert(line);
      if (anchors_->left_end.line == 0) anchors_->left_end.column += start_;
      if (anchors_->right_start.line == 0) anchors_->right_start.column += start_;
      anchors_->left_end.column = display_width(decoded_[anchors_->left_end.line], anchors_->left_end.column);
      anchors_->right_start.column = display_width(decoded_[anchors_->right_start.line], anchors_->right_start.column);
    }
    std::size_t previous = 0;
    bool first = true;
    for (std::size_t line : significant) {
      if (!first) {
        if (line - previous == 2) put(line - 1);
        else if (line - previous > 2) out_.push_back(fmt::format("...<{} lines>...", line - previous - 1));
      }
      put(line);
      previous = line;
      first = false;
    }
    return indent_all(out_);
  }

 private:
  std::string segment_source() const {
    std::string text;
    for (std::size_t i = 0; i < decoded_.size(); ++i) {
      const std::size_t from = i == 0 ? start_ : 0;
      const std::size_t to = i + 1 == decoded_.size() ? end_ : decoded_[i].size();
      if (i) text += '\n';
      if (from < std::min(to, decoded_[i].size())) text += encode(decoded_[i].substr(from, to - from));
    }
    return text;
  }

  bool shows_carets() const {
    if (is_plain_call_line(lines_, start_, end_)) return false;
    if (anchors_) return true;
    const auto any = [](const Line& line, std::size_t from, std::size_t to) {
      for (std::size_t i = from; i < std::min(to, line.size()); ++i)
        if (!is_space(line[i])) return true;
      return false;
    };
    return any(decoded_.front(), 0, start_) || any(decoded_.back(), end_, decoded_.back().size());
  }

  bool between_anchors(std::size_t line, std::size_t column) const {
    if (!anchors_) return false;
    const auto& [left, right] = *anchors_;
    return (line > left.line || (line == left.line && column >= left.column)) &&
           (line < right.line || (line == right.line && column < right.column));
  }

  void put(std::size_t line) {
    out_.push_back(lines_[line]);
    if (!show_) return;
    const Line& text = decoded_[line];
    std::size_t spaces = 0;
    while (spaces < text.size() && is_space(text[spaces])) ++spaces;
    const std::size_t first = display_width(decoded_.front(), start_);
    const std::size_t count = line + 1 == lines_.size() ? display_width(decoded_.back(), end_) : display_width(text, text.size());
    std::string carets;
    for (std::size_t column = 0; column < count; ++column) {
      if (column < spaces || (line == 0 && column < first)) carets += ' ';
      else carets += !anchors_ || between_anchors(line, column) ? '^' : '~';
    }
    out_.push_back(carets);
  }

  std::vector<std::string> lines_, out_;
  std::vector<Line> decoded_;
  std::size_t start_, end_;
  std::optional<Anchors> anchors_;
  bool show_ = false;
};

}  // namespace

std::string segment_text(const SourceSegment& segment) {
  if (segment.lines.empty()) return {};
  std::vector<std::string> lines = dedent(segment.lines);
  if (std::all_of(lines.begin(), lines.end(), [](const std::string& line) { return line.find_first_not_of(" \t\f\v") == line.npos; }))
    return {};
  if (!segment.has_columns) {
    const std::size_t first = lines.front().find_first_not_of(" \t\f\v");
    return "    " + (first == std::string::npos ? "" : lines.front().substr(first)) + "\n";
  }
  return CaretLines(segment, std::move(lines)).text();
}

namespace {

std::optional<std::int64_t> number(Ref value) {
  return value.is_small() ? std::optional<std::int64_t>(value.small()) : std::nullopt;
}
std::string text_or(VM& vm, Ref value, std::string_view otherwise) {
  if (is<Str>(value) && cast<Str>(value).byte_size) return std::string(cast<Str>(value).view());
  if (value.is_unbound() || value.is_none() || is<Str>(value)) return std::string(otherwise);
  return repr_text(vm, value);
}

}  // namespace

std::string marked_source_line(const SyntaxErrorPlace& place, std::string_view text) {
  Line whole = decode(text);
  Line line = whole;
  while (!line.empty() && line.back() == U'\n') line.pop_back();
  std::size_t spaces = 0;
  while (spaces < line.size() && (line[spaces] == U' ' || line[spaces] == U'\n' || line[spaces] == U'\f')) ++spaces;
  const Line shown = line.substr(spaces);
  std::string out = "    " + encode(shown) + "\n";
  if (!place.column) return out;
  const auto length = static_cast<std::int64_t>(line.size()), whole_length = static_cast<std::int64_t>(whole.size());
  std::int64_t start = *place.column, end;
  if (place.line == place.end_line) {
    end = place.end_column && *place.end_column != 0 ? *place.end_column : start;
  } else {
    end = length + 1;
  }
  if (whole_length && start > whole_length) start = length + 1;
  if (whole_length && end > whole_length) end = length + 1;
  if (start >= end || end < 0) end = start + 1;
  const std::int64_t from = start - 1 - static_cast<std::int64_t>(spaces), to = end - 1 - static_cast<std::int64_t>(spaces);
  if (from < 0) return out;
  out += "    ";
  for (std::int64_t i = 0; i < from && i < static_cast<std::int64_t>(shown.size()); ++i) {
    const char32_t c = shown[static_cast<std::size_t>(i)];
    out += is_space(c) ? encode(Line(1, c)) : " ";
  }
  return out + std::string(static_cast<std::size_t>(to - from), '^') + "\n";
}

std::string syntax_error_text(VM& vm, const SyntaxErrorObject& error, std::string_view type) {
  std::string out, suffix;
  if (!error.lineno.is_unbound() && !error.lineno.is_none()) {
    out = fmt::format("  File \"{}\", line {}\n", text_or(vm, error.filename, "<string>"), repr_text(vm, error.lineno));
  } else if (!error.filename.is_unbound() && !error.filename.is_none()) {
    suffix = fmt::format(" ({})", text_or(vm, error.filename, ""));
  }
  if (is<Str>(error.text)) {
    const SyntaxErrorPlace place{number(error.lineno), number(error.offset), number(error.end_lineno), number(error.end_offset)};
    out += marked_source_line(place, cast<Str>(error.text).view());
  }
  std::string message = "<no detail available>";
  if (!error.msg.is_unbound() && !error.msg.is_none()) {
    Value text = str(vm, error.msg);
    if (text.is_raised()) vm.clear_error();
    else if (cast<Str>(text).byte_size) message = cast<Str>(text).view();
  }
  return out + fmt::format("{}: {}{}\n", type, message, suffix);
}

}  // namespace cede
