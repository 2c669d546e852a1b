// Builtin functions that iterate: all, any, iter, next, max, min, sorted, len and their asynchronous relatives.
#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/vm/generator_support.hpp"
#include "stdlib/builtins/functions.hpp"

namespace cede::stdlib {

namespace {
enum class Quantifier : std::uint8_t { All, Any };

Result<bool> quantify(VM& vm, Ref iterable, Quantifier quantifier) {
  CEDE_TRY(const Value iterator, get_iterator(vm, iterable));
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) return quantifier == Quantifier::All;
    CEDE_TRY(const bool truth, is_truthy(vm, item));
    if (truth == (quantifier == Quantifier::Any)) return truth;
    CEDE_CHECK(vm.check_interrupts());
  }
}
}  // namespace

Result<bool> builtins_all(VM& vm, Ref iterable) { return quantify(vm, iterable, Quantifier::All); }
Result<bool> builtins_any(VM& vm, Ref iterable) { return quantify(vm, iterable, Quantifier::Any); }
Result<std::int64_t> builtins_len(VM& vm, Ref obj) { return length(vm, obj); }

Owned builtins_iter(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "iter"));
  CEDE_CHECK(check_argument_count(vm, arguments, "iter", 1, 2));
  if (arguments.positional == 1) return get_iterator(vm, arguments[0]);
  if (!is_callable(vm, arguments[0])) return vm.raise(TypeId::TypeError, "iter(v, w): v must be callable");
  return callable_iterator_new(vm, arguments[0], arguments[1]);
}

Owned builtins_next(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "next"));
  CEDE_CHECK(check_argument_count(vm, arguments, "next", 1, 2));
  const Ref iterator = arguments[0];
  if (!is_iterator(vm, iterator))
    return vm.raise(TypeId::TypeError, "'{}' object is not an iterator", display_name(type_of(vm, iterator)));
  vm.thread->stop_value.reset();
  Value item = next(vm, iterator);
  if (arguments.positional == 2) {
    if (item.is_finished()) return Owned::share(arguments[1]);
    if (item.is_raised() && vm.error_is(TypeId::StopIteration)) {
      vm.clear_error();
      return Owned::share(arguments[1]);
    }
    return item.take();
  }
  if (!item.is_finished()) return item.take();
  const Value result = std::exchange(vm.thread->stop_value, Value());
  return vm.raise_stop_iteration(result);
}

Owned builtins_aiter(VM& vm, Ref async_iterable) {
  const Type& type = type_of(vm, async_iterable);
  if (!type.slots->aiter)
    return vm.raise(TypeId::TypeError, "'{}' object is not an async iterable", display_name(type));
  CEDE_TRY(Value iterator, type.slots->aiter(vm, async_iterable));
  if (!type_of(vm, iterator).slots->anext)
    return vm.raise(TypeId::TypeError, "aiter() returned not an async iterator of type '{}'",
                    display_name(type_of(vm, iterator)));
  return iterator.take();
}

Owned builtins_anext(VM& vm, Ref aiterator, Ref otherwise) {
  const Type& type = type_of(vm, aiterator);
  if (!type.slots->anext)
    return vm.raise(TypeId::TypeError, "'{}' object is not an async iterator", display_name(type));
  CEDE_TRY(Value awaitable, type.slots->anext(vm, aiterator));
  if (otherwise.is_unbound()) return awaitable.take();
  return anext_awaitable_new(vm, awaitable, otherwise);
}

namespace {

// What max() and min() have in common. The first of equal items wins.
class Extreme {
 public:
  Extreme(VM& vm, Ref key, CompareOperation operation) : vm_(vm), key_(key), operation_(operation) {}

  Status offer(Ref item) {
    Value rank{item};
    if (!key_.is_none()) {
      CEDE_TRY(rank, call(vm_, key_, item));
    }
    if (!best_.is_unbound()) {
      const Value result = compare(vm_, rank, best_rank_, operation_);
      if (result.is_raised()) return raised;
      CEDE_TRY(const bool better, is_truthy(vm_, result));
      if (!better) return Ok;
    }
    best_ = Value(item);
    best_rank_ = std::move(rank);
    return Ok;
  }
  Value& best() { return best_; }

 private:
  VM& vm_;
  Ref key_;
  CompareOperation operation_;
  Value best_, best_rank_;
};

Owned extreme(VM& vm, const Arguments& arguments, std::string_view name, CompareOperation operation) {
  Ref key = None, otherwise = Unbound;
  for (std::size_t i = 0; arguments.keywords && i < arguments.keywords->size; ++i) {
    const std::string_view keyword = cast<Str>((*arguments.keywords)[i]).view();
    const Ref value = arguments[arguments.positional + i];
    if (keyword == "key") key = value;
    else if (keyword == "default") otherwise = value;
    else return vm.raise(TypeId::TypeError, "{}() got an unexpected keyword argument '{}'", name, keyword);
  }
  if (arguments.positional == 0) return vm.raise(TypeId::TypeError, "{} expected at least 1 argument, got 0", name);
  Extreme found(vm, key, operation);
  if (arguments.positional > 1) {
    if (!otherwise.is_unbound())
      return vm.raise(TypeId::TypeError, "Cannot specify a default for {}() with multiple positional arguments", name);
    for (std::size_t i = 0; i < arguments.positional; ++i) CEDE_CHECK(found.offer(arguments[i]));
    return found.best().take();
  }
  CEDE_TRY(const Value iterator, get_iterator(vm, arguments[0]));
  for (;;) {
    CEDE_TRY(const Value item, next(vm, iterator));
    if (item.is_finished()) break;
    CEDE_CHECK(found.offer(item));
    CEDE_CHECK(vm.check_interrupts());
  }
  if (!found.best().is_unbound()) return found.best().take();
  if (!otherwise.is_unbound()) return Owned::share(otherwise);
  return vm.raise(TypeId::ValueError, "{}() iterable argument is empty", name);
}

}  // namespace

Owned builtins_max(VM& vm, Ref, const Arguments& arguments) { return extreme(vm, arguments, "max", CompareOperation::Greater); }
Owned builtins_min(VM& vm, Ref, const Arguments& arguments) { return extreme(vm, arguments, "min", CompareOperation::Less); }

// The keywords are list.sort's, whose errors they give.
Owned builtins_sorted(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional != 1)
    return vm.raise(TypeId::TypeError, "sorted expected 1 argument, got {}", arguments.positional);
  CEDE_TRY(Value list, list_from(vm, arguments[0]));
  CEDE_TRY(const Value done, call_method(vm, list, *vm.names.sort, arguments.without_first()));
  return list.take();
}

}  // namespace cede::stdlib
