// Source text to Code objects, SyntaxError objects from the front end's errors, and the warnings of the compiler.
#include "runtime/vm/compile.hpp"

#include <memory_resource>
#include <new>

#include "lang/compile_source.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/vm/generator_support.hpp"

namespace cede {

namespace {

TypeId type_of_error(lang::ErrorType type) {
  switch (type) {
    case lang::ErrorType::SyntaxError: return TypeId::SyntaxError;
    case lang::ErrorType::IndentationError: return TypeId::IndentationError;
    case lang::ErrorType::TabError: return TypeId::TabError;
    case lang::ErrorType::IncompleteInputError: return TypeId::_IncompleteInputError;
    case lang::ErrorType::RecursionError: return TypeId::RecursionError;
    case lang::ErrorType::MemoryError: return TypeId::MemoryError;
  }
  return TypeId::SyntaxError;
}

}  // namespace

RaisedMark raise_syntax_error(VM& vm, const lang::SyntaxError& error) {
  const TypeId type = type_of_error(error.type);
  if (type == TypeId::MemoryError && error.message.empty()) return vm.raise_memory_error();
  if (type == TypeId::RecursionError || type == TypeId::MemoryError) return vm.raise_text(type, error.message);
  Value message = str_from_utf8(vm, error.message);
  if (message.is_raised()) return raised;
  if (error.line == 0 && error.filename.empty()) return vm.raise_with(type, message);
  Value filename = str_from_utf8(vm, error.filename);
  Value text = error.text ? str_from_utf8(vm, *error.text) : Value(None);
  if (filename.is_raised() || text.is_raised()) return raised;
  // Line 0: the whole position is absent but for what CPython sets (encoding errors of compiled bytes).
  const bool placed = error.line > 0 || error.column != 0;
  Value details = placed ? tuple_of(vm, {filename, Ref::small(error.line), Ref::small(error.column), text,
                                         error.line ? Ref::small(error.end_line) : None,
                                         error.line ? Ref::small(error.end_column) : None})
                         : tuple_of(vm, {filename, None, None, text});
  if (details.is_raised()) return raised;
  Value exception = call(vm, Ref(vm.type(type)), message, details);
  if (exception.is_raised()) return raised;
  return vm.raise_value(std::move(exception));
}

namespace {

// Issues the compiler's warnings. A filter may make one an error: the compiler reports it as a SyntaxError at its place.
Status issue(VM& vm, const CompileRequest& request, const std::vector<lang::RecordedWarning>& warnings) {
  for (const lang::RecordedWarning& warning : warnings) {
    const TypeId category = warning.category == lang::WarningCategory::SyntaxWarning ? TypeId::SyntaxWarning
                                                                                     : TypeId::DeprecationWarning;
    if (!warn_explicit(vm, category, warning.message, request.filename, warning.line).is_raised()) continue;
    if (!vm.error_is(TypeId::SyntaxWarning) && !vm.error_is(TypeId::DeprecationWarning)) return raised;
    vm.clear_error();
    return raise_syntax_error(vm, warning.error);
  }
  return Ok;
}

}  // namespace

namespace {

// The isolate's counted memory for the front end, whose data the script's source has the size of. The front end asks for it
// in blocks: a time to see whether to stop.
class CountedResource final : public std::pmr::memory_resource {
 public:
  explicit CountedResource(VM& vm) : vm_(vm) {}
  bool stopped() const { return stopped_; }  // with the thread's exception

 private:
  void* do_allocate(std::size_t size, std::size_t) override {
    stopped_ = stopped_ || vm_.check_stop().is_raised();
    void* block = stopped_ ? nullptr : vm_.heap.allocate_raw(size);
    if (!block) throw std::bad_alloc();
    return block;
  }
  void do_deallocate(void* block, std::size_t size, std::size_t) override { vm_.heap.free_raw(block, size); }
  bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  VM& vm_;
  bool stopped_ = false;
};

}  // namespace

Owned compile_code(VM& vm, const CompileRequest& request) {
  std::shared_ptr<const lang::CodeUnit> unit;
  std::vector<lang::RecordedWarning> warnings;
  CountedResource memory(vm);
  try {
    lang::ParseOptions parse = request.parse;
    parse.max_integer_digits = vm.int_max_str_digits;
    lang::CompileOptions compile = request.compile;
    compile.optimize = request.optimize < 0 ? vm.options.optimize : static_cast<std::uint8_t>(request.optimize);
    unit = lang::compile_source(request.source, request.filename, request.origin, parse, compile, warnings, nullptr, &memory);
  } catch (const lang::SyntaxError& error) {
    CEDE_CHECK(issue(vm, request, warnings));
    return raise_syntax_error(vm, error);
  } catch (const std::bad_alloc&) {
    return memory.stopped() ? raised : vm.raise_memory_error();
  }
  CEDE_CHECK(issue(vm, request, warnings));
  return code_new(vm, std::move(unit));
}

}  // namespace cede
