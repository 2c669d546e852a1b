// Programs: compilation without an isolate.
#include <new>

#include <fmt/format.h>

#include "lang/compile_source.hpp"
#include "runtime/embed/state.hpp"
#include "runtime/vm/carets.hpp"

namespace cede::embed {

namespace {

std::optional<std::int64_t> present(int field) {
  return field == lang::SyntaxError::absent ? std::nullopt : std::optional<std::int64_t>(field);
}

Error describe(const lang::SyntaxError& thrown) {
  Error error(std::string(lang::name_of(thrown.type)), thrown.message);
  error.file = thrown.filename;
  error.line = std::max(thrown.line, 0);
  error.column = std::max(thrown.column, 0);
  if (thrown.line > 0)
    error.traceback = fmt::format("  File \"{}\", line {}\n", thrown.filename, thrown.line);
  if (thrown.text) {
    const SyntaxErrorPlace place{thrown.line, present(thrown.column), present(thrown.end_line),
                                 present(thrown.end_column)};
    error.traceback += marked_source_line(place, *thrown.text);
  }
  error.traceback +=
      thrown.message.empty() ? error.type + "\n" : fmt::format("{}: {}\n", error.type, thrown.message);
  return error;
}

std::string_view name_of(lang::WarningCategory category) {
  return category == lang::WarningCategory::SyntaxWarning ? "SyntaxWarning" : "DeprecationWarning";
}

}  // namespace

Result<Program> Program::compile(std::string_view source, std::string_view file, int optimize) {
  try {
    lang::CompileOptions options;
    options.optimize = static_cast<std::uint8_t>(std::clamp(optimize, 0, 2));
    options.source = std::make_shared<const std::string>(source);
    std::vector<lang::RecordedWarning> recorded;
    auto data = std::make_shared<detail::ProgramData>();
    data->unit = lang::compile_source(source, file, lang::Origin::File, {}, options, recorded);
    for (const lang::RecordedWarning& warning : recorded)
      data->warnings.push_back(
          {static_cast<int>(warning.line), std::string(name_of(warning.category)), warning.message});
    Program program;
    program.data_ = std::move(data);
    return program;
  } catch (const lang::SyntaxError& error) {
    return describe(error);
  } catch (const std::bad_alloc&) {
    return Error("MemoryError", "");
  }
}

std::span<const Program::Warning> Program::warnings() const {
  return data_ ? std::span<const Warning>(data_->warnings) : std::span<const Warning>();
}

}  // namespace cede::embed
