// Newlines: what TextIOWrapper and StringIO have in common.
#include "runtime/types/str.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

bool parse_newline(Ref newline, TextNewline& out) {
  if (newline.is_none()) {
    out = TextNewline::Universal;
    return true;
  }
  const std::string_view text = cast<Str>(newline).view();
  if (text.empty()) out = TextNewline::UniversalUntranslated;
  else if (text == "\n") out = TextNewline::Lf;
  else if (text == "\r") out = TextNewline::Cr;
  else if (text == "\r\n") out = TextNewline::CrLf;
  else return false;
  return true;
}

Owned newlines_seen(VM& vm, std::uint8_t seen) {
  std::vector<Value> texts;
  for (const auto& [flag, text] : std::initializer_list<std::pair<NewlineSeen, std::string_view>>{
           {seen_cr, "\r"}, {seen_lf, "\n"}, {seen_crlf, "\r\n"}}) {
    if (!(seen & flag)) continue;
    CEDE_TRY(Value made, str_from_ascii(vm, text));
    texts.push_back(std::move(made));
  }
  if (texts.empty()) return Owned::share(None);
  if (texts.size() == 1) return texts[0].take();
  CEDE_TRY(Value tuple, tuple_uninitialised(vm, texts.size()));
  for (std::size_t i = 0; i < texts.size(); ++i) cast<Tuple>(tuple).items[i] = texts[i].take().bits;
  return tuple.take();
}

Owned translate_newlines(VM& vm, Str& text, bool translate, bool final, bool& pending_cr, std::uint8_t& seen) {
  std::string_view in = text.view();
  const bool starts_with_cr = pending_cr && (!in.empty() || final);
  if (starts_with_cr) pending_cr = false;
  bool hold = false;
  if (!final && !in.empty() && in.back() == '\r') hold = true;
  // The common text has no '\r' at all.
  if (!starts_with_cr && !hold && in.find('\r') == in.npos) {
    if (!(seen & seen_lf) && in.find('\n') != in.npos) seen |= seen_lf;
    return Owned::share(&text);
  }
  StringBuilder out(vm);
  if (starts_with_cr) CEDE_CHECK(out.append('\r'));
  CEDE_CHECK(out.append(in));
  if (hold) {
    out.truncate(out.size() - 1);
    pending_cr = true;
  }
  char* data = out.data();
  const std::size_t size = out.size();
  std::size_t to = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = data[i];
    if (c == '\n') seen |= seen_lf;
    if (c == '\r') {
      const bool pair = i + 1 < size && data[i + 1] == '\n';
      seen |= pair ? seen_crlf : seen_cr;
      if (!translate) {
        data[to++] = c;
        if (pair) data[to++] = data[++i];
      } else {
        data[to++] = '\n';
        i += pair;
      }
      continue;
    }
    data[to++] = c;
  }
  out.truncate(to);
  return out.finish();
}

Owned expand_newlines(VM& vm, Str& text, TextNewline newline) {
  const std::string_view in = text.view();
  if ((newline != TextNewline::Cr && newline != TextNewline::CrLf) || in.find('\n') == in.npos) return Owned::share(&text);
  StringBuilder out(vm);
  for (std::size_t at = 0; at <= in.size();) {
    const std::size_t end = in.find('\n', at);
    CEDE_CHECK(out.append(in.substr(at, end == in.npos ? in.npos : end - at)));
    if (end == in.npos) break;
    CEDE_CHECK(out.append(newline == TextNewline::Cr ? "\r" : "\r\n"));
    at = end + 1;
  }
  return out.finish();
}

std::size_t find_line_end(std::string_view text, std::size_t start, TextNewline newline) {
  constexpr std::size_t none = std::string_view::npos;
  const auto behind = [](std::size_t at, std::size_t size) { return at == none ? none : at + size; };
  switch (newline) {
    case TextNewline::Universal:
    case TextNewline::Lf: return behind(text.find('\n', start), 1);
    case TextNewline::Cr: return behind(text.find('\r', start), 1);
    case TextNewline::CrLf: return behind(text.find("\r\n", start), 2);
    case TextNewline::UniversalUntranslated: break;
  }
  const std::size_t at = text.find_first_of("\r\n", start);
  if (at == none) return none;
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1;
}

}  // namespace cede::stdlib
