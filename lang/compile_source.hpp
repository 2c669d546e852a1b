// Source bytes -> code unit, all passes at once: what the runtime calls.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lang/arena.hpp"
#include "lang/code.hpp"
#include "lang/diagnostics.hpp"
#include "lang/parse.hpp"
#include "lang/source.hpp"

namespace cede::lang {

// A Warning that outlives the compilation, with what it becomes if a filter makes it an error.
struct RecordedWarning {
  WarningCategory category;
  std::uint32_t line;
  std::string message;
  SyntaxError error;
};

// Throws SyntaxError or std::bad_alloc. Warnings are appended to `warnings`, in source order, also if an
// error is thrown after they were found. If `features` is given, it receives the `from __future__` features
// in force. `upstream` gives the memory that the compilation works in.
std::shared_ptr<const CodeUnit> compile_source(std::string_view bytes, std::string_view filename,
                                               Origin origin, const ParseOptions& parse_options,
                                               const CompileOptions& options,
                                               std::vector<RecordedWarning>& warnings,
                                               ast::FutureFeatures* features = nullptr,
                                               std::pmr::memory_resource* upstream = std::pmr::new_delete_resource());

}  // namespace cede::lang
