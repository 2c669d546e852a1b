// Source lines by file name: the code's own text if it carries one, else the file through the host.
#include "runtime/vm/source_lines.hpp"

#include <fcntl.h>

#include "lang/code.hpp"
#include "runtime/host/host.hpp"
#include "runtime/vm/code.hpp"

namespace cede {

namespace {

// The text of a file, or nothing. Raises no error: a traceback goes on without it.
std::string read_quietly(VM& vm, const std::string& path) {
  std::string text;
  const int descriptor = vm.host.open(path, O_RDONLY, 0);
  if (descriptor < 0) return text;
  char buffer[16384];
  std::int64_t got;
  while ((got = vm.host.read(descriptor, buffer, sizeof buffer)) > 0 && text.size() < (std::size_t{64} << 20))
    text.append(buffer, static_cast<std::size_t>(got));
  vm.host.close(descriptor);
  return text;
}

std::string_view line_of(std::string_view text, std::uint32_t number) {
  std::size_t start = 0;
  for (std::uint32_t line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n', start);
    if (end == text.npos) return {};
    start = end + 1;
  }
  return text.substr(start, text.find('\n', start) - start);
}

}  // namespace

std::string source_line(VM& vm, const Code* code, std::string_view filename, std::uint32_t number) {
  if (number == 0) return {};
  std::string file;
  std::string_view text;
  if (code && code->unit->source) {
    text = *code->unit->source;
  } else if (!filename.starts_with("<")) {
    file = read_quietly(vm, std::string(filename));
    text = file;
  }
  std::string_view line = line_of(text, number);
  while (!line.empty() && (line.back() == ' ' || (line.back() >= 9 && line.back() <= 13))) line.remove_suffix(1);
  return std::string(line);
}

}  // namespace cede
