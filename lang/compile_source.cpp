// One arena holds everything from the source text to the scopes; only the code unit survives it.
#include "lang/compile_source.hpp"

#include "lang/check.hpp"
#include "lang/fold.hpp"
#include "lang/scope.hpp"

namespace cede::lang {
namespace {

void record(std::span<const Warning> found, const SourceFile& source, std::vector<RecordedWarning>& to) {
  for (const Warning& warning : found)
    to.push_back({warning.category, warning.line, std::string(warning.message), as_error(warning, source)});
}

}  // namespace

std::shared_ptr<const CodeUnit> compile_source(std::string_view bytes, std::string_view filename,
                                               Origin origin, const ParseOptions& parse_options,
                                               const CompileOptions& options,
                                               std::vector<RecordedWarning>& warnings,
                                               ast::FutureFeatures* features,
                                               std::pmr::memory_resource* upstream) {
  Arena arena(Arena::no_limit, upstream);
  const SourceFile source = SourceFile::decode(bytes, filename, origin, arena);
  std::vector<Warning> early;
  ParseOptions keeping = parse_options;
  keeping.warnings_before_error = &early;
  ast::Module* parsed;
  try {
    parsed = &parse(source, arena, keeping);
  } catch (const SyntaxError&) {
    record(early, source, warnings);
    throw;
  }
  ast::Module& module = *parsed;
  try {
    fold(module, {.debug = options.optimize == 0});
    resolve(module, {.allow_top_level_await = options.allow_top_level_await});
    check(module,
          {.allow_top_level_await = options.allow_top_level_await, .assertions = options.optimize == 0});
  } catch (const SyntaxError&) {
    record({module.warnings.begin(), module.warnings.size()}, source, warnings);
    throw;
  }
  record({module.warnings.begin(), module.warnings.size()}, source, warnings);
  if (features) *features = module.features;
  CompileOptions adapted = options;
  adapted.interactive |= parse_options.mode == Mode::Single;
  return compile(module, adapted);
}

}  // namespace cede::lang
