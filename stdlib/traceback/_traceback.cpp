// Native functions of traceback, linecache and logging: texts of reports and lines of source files.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/activation.hpp"
#include "runtime/vm/code.hpp"
#include "runtime/vm/carets.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/traceback.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

// The lines of a file, each with its newline (also the last one); None if it cannot be read.
// The text of the running program if it came from the command line under that name ("<string>"); else null.
const std::string* command_source(VM& vm, std::string_view filename) {
  if (!filename.starts_with("<")) return nullptr;
  for (const Activation* at = vm.thread->activation; at; at = at->caller)
    if (at->code->unit->source && at->code->unit->filename == filename) return at->code->unit->source.get();
  return nullptr;
}

Owned traceback_file_lines(VM& vm, std::string_view filename) {
  std::string source;
  if (const std::string* command = command_source(vm, filename)) {
    source = *command;
  } else {
    auto read = read_file(vm, std::string(filename));
    if (read.is_raised()) {
      if (!vm.error_is(TypeId::OSError)) return raised;
      vm.clear_error();
      return Owned(None.bits);
    }
    source = std::move(*read);
  }
  CEDE_TRY(Value lines, list_new(vm));
  std::string_view text = source;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string line(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.pop_back();
    line += '\n';
    CEDE_TRY(Value value, str_from_external(vm, line));
    CEDE_CHECK(list_append(vm, cast<List>(lines), value));
  }
  return lines.take();
}

// The lines of an entry with its carets below, indented. Columns are bytes within the first and the last line, or None.
Owned traceback_segment(VM& vm, Ref lines, Ref start, Ref end) {
  CEDE_TRY(Value list, list_from(vm, lines));
  SourceSegment segment;
  segment.first_line = 1;
  for (std::size_t i = 0; i < cast<List>(list).size(); ++i) {
    const Ref line = cast<List>(list)[i];
    if (!is<Str>(line)) return vm.raise(TypeId::TypeError, "lines must be str");
    std::string text(cast<Str>(line).view());
    while (!text.empty() && (text.back() == ' ' || (text.back() >= 9 && text.back() <= 13))) text.pop_back();
    segment.lines.push_back(std::move(text));
  }
  if (start.is_small() && end.is_small()) {
    segment.has_columns = true;
    segment.start_column = static_cast<std::uint32_t>(start.small());
    segment.end_column = static_cast<std::uint32_t>(end.small());
  }
  return str_from_external(vm, segment_text(segment)).take();
}

Owned traceback_report(VM& vm, Ref exception) {
  if (!is_exception(exception)) return vm.raise(TypeId::TypeError, "an exception was expected");
  return str_from_external(vm, format_exception_report(vm, exception)).take();
}
Owned traceback_exception_only(VM& vm, Ref exception, Ref traceback) {
  if (!is_exception(exception)) return vm.raise(TypeId::TypeError, "an exception was expected");
  return str_from_external(vm, format_exception_only(vm, exception, traceback)).take();
}

constexpr Method of_traceback[] = {
    method<"_segment(lines, start, end)", traceback_segment>,
    method<"_exception_only(exception, traceback)", traceback_exception_only>,
};
constexpr Method of_linecache[] = {method<"_file_lines(filename)", traceback_file_lines>};
constexpr Method of_logging[] = {method<"_report(exception)", traceback_report>};

}  // namespace

constinit const std::span<const Method> traceback_functions = of_traceback, linecache_functions = of_linecache,
                                        logging_functions = of_logging;

}  // namespace cede::stdlib
