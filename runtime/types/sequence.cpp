// The shared parts of the sequence types; see sequence.hpp.
#include "runtime/types/sequence.hpp"

#include "runtime/core/dict.hpp"
#include "runtime/core/protocols.hpp"

namespace cede {

Status check_no_keywords(VM& vm, const Arguments& arguments, std::string_view name) {
  if (arguments.keywords && arguments.keywords->size != 0)
    return vm.raise(TypeId::TypeError, "{}() takes no keyword arguments", name);
  return Ok;
}

Status check_argument_count(VM& vm, const Arguments& arguments, std::string_view name, std::uint32_t minimum,
                            std::uint32_t maximum) {
  const std::uint32_t given = arguments.positional;
  if (given >= minimum && given <= maximum) return Ok;
  const std::uint32_t expected = given < minimum ? minimum : maximum;
  const std::string_view how = minimum == maximum ? "" : given < minimum ? "at least " : "at most ";
  const std::string_view plural = expected == 1 ? "" : "s";
  return vm.raise(TypeId::TypeError, "{} expected {}{} argument{}, got {}", name, how, expected, plural,
                  given);
}

bool has_index(VM& vm, Ref key) { return key.is_small() || type_of(vm, key).slots->index != nullptr; }

Result<std::int64_t> sequence_index(VM& vm, Ref key) {
  if (key.is_small()) [[likely]]
    return key.small();
  CEDE_TRY(const Value number, index(vm, key));
  if (number.ref().is_small()) return number.ref().small();
  const Result<std::int64_t> machine = index_int64(vm, number);
  if (!machine.is_raised()) return machine;
  vm.clear_error();
  const std::string name = type_name(key, vm);
  return vm.raise(TypeId::IndexError, "cannot fit '{}' into an index-sized integer", name);
}

Result<std::int64_t> slice_bound(VM& vm, Ref value) {
  if (value.is_small()) return value.small();
  if (!has_index(vm, value))
    return vm.raise_text(TypeId::TypeError, "slice indices must be integers or have an __index__ method");
  return index_clamped(vm, value);
}

Status search_bounds(VM& vm, Ref start, Ref stop, std::int64_t& first, std::int64_t& last) {
  if (!start.is_unbound()) {
    CEDE_TRY(first, slice_bound(vm, start));
  }
  if (!stop.is_unbound()) {
    CEDE_TRY(last, slice_bound(vm, stop));
  }
  return Ok;
}

Result<std::int64_t> size_argument(VM& vm, Ref value) {
  if (value.is_small()) return value.small();
  CEDE_TRY(const Value number, index(vm, value));
  if (number.ref().is_small()) return number.ref().small();
  const Result<std::int64_t> machine = index_int64(vm, number);
  if (!machine.is_raised()) return machine;
  vm.clear_error();
  return vm.raise_text(TypeId::OverflowError, "Python int too large to convert to C ssize_t");
}

Result<std::int64_t> repeat_count(VM& vm, Ref value) {
  if (value.is_small()) return value.small() < 0 ? 0 : value.small();
  CEDE_TRY(const std::int64_t count, index_int64(vm, value));
  return count < 0 ? 0 : count;
}

Status TextBuffer::append(std::string_view text) {
  if (!text_.append(vm_.heap, text.data(), text.size())) return vm_.raise_memory_error();
  return Ok;
}

Status TextBuffer::append_repr(Ref object) {
  CEDE_TRY(const Value text, repr(vm_, object));
  return append(cast<Str>(text).view());
}

Owned TextBuffer::finish() { return str_from_utf8(vm_, std::string_view(text_.data(), text_.size())); }

Owned builtin_named(VM& vm, std::string_view name) {
  CEDE_TRY(Value found, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern(name)));
  if (found.is_unbound()) return vm.raise(TypeId::AttributeError, "{}", name);
  return found;
}

}  // namespace cede
