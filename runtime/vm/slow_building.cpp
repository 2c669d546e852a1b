// Slow paths of displays, f-strings, unpacking and iteration.
#include <vector>

#include "runtime/core/native.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/iterators.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/set.hpp"
#include "runtime/types/str_builder.hpp"
#include "runtime/vm/arguments.hpp"
#include "runtime/vm/slow_paths.hpp"

namespace cede {

namespace {

void release_window(const Frame& f, std::int32_t first, std::int32_t count) {
  for (std::int32_t i = 0; i < count; ++i) release(f.ref(first + i));
}

}  // namespace

Status build_tuple_slow(const Frame& f) {
  if (f.c == 0) {
    f.store(Value(f.vm.empty_tuple).take().bits);
    return Ok;
  }
  Value tuple = tuple_uninitialised(f.vm, static_cast<std::size_t>(f.c));
  if (tuple.is_raised()) {
    release_window(f, f.b, f.c);
    return raised;
  }
  std::copy_n(f.r + f.b, f.c, cast<Tuple>(tuple).items);
  return f.finish(tuple.take());
}

Status build_list_slow(const Frame& f) {
  return f.finish(list_take_words(f.vm, f.r + f.b, static_cast<std::size_t>(f.c)));
}

Status build_set_slow(const Frame& f) {
  Value set = set_new(f.vm);
  Status status = set.is_raised() ? Status(raised) : Ok;
  for (std::int32_t i = 0; i < f.c; ++i) {
    Value item = Value::adopt(f.ref(f.b + i));
    if (!status.is_raised()) status = set_add(f.vm, cast<Set>(set), item);
  }
  if (status.is_raised()) return raised;
  return f.finish(set.take());
}

Status build_dict_slow(const Frame& f) {
  Value dict = dict_new(f.vm);
  Status status = dict.is_raised() ? Status(raised) : Ok;
  for (std::int32_t i = 0; i < f.c; ++i) {
    Value key = Value::adopt(f.ref(f.b + 2 * i)), value = Value::adopt(f.ref(f.b + 2 * i + 1));
    if (!status.is_raised()) status = dict_set(f.vm, cast<Dict>(dict), key, value);
  }
  if (status.is_raised()) return raised;
  return f.finish(dict.take());
}

Status build_string_slow(const Frame& f) {
  if (f.c == 1) return f.finish(Owned(f.r[f.b]));
  StringBuilder builder(f.vm);
  Status status = Ok;
  for (std::int32_t i = 0; i < f.c; ++i) {
    Value part = Value::adopt(f.ref(f.b + i));
    if (!status.is_raised()) status = builder.append(cast<Str>(part));
  }
  if (status.is_raised()) return raised;
  return f.finish(builder.finish());
}

Status format_value_slow(const Frame& f) {
  VM& vm = f.vm;
  Value value(f.ref(f.b));
  const bool has_specification = f.c != -1 && f.c != lang::no_register;
  Value specification(has_specification ? f.ref(f.c) : vm.empty_str.ref());
  f.consume_flagged_b();
  if (has_specification) f.consume_flagged_c();
  switch (f.small >> lang::small_shift) {
    case 1: value = str(vm, value); break;
    case 2: value = repr(vm, value); break;
    case 3: value = ascii(vm, value); break;
    default: break;
  }
  if (value.is_raised()) return raised;
  if (is_exact(value, TypeId::Str) && cast<Str>(specification).byte_size == 0) return f.finish(value.take());
  return f.finish(format(vm, value, specification));
}

Status list_append_slow(const Frame& f) {
  const Status status = list_append(f.vm, cast<List>(f.ref(f.a)), f.ref(f.b));
  f.consume_flagged_b();
  return status;
}

Status list_extend_slow(const Frame& f) {
  Value iterable(f.ref(f.b));
  f.consume_flagged_b();
  Status status = list_extend(f.vm, cast<List>(f.ref(f.a)), iterable);
  if (status.is_raised() && f.vm.error_is(TypeId::TypeError) && !type_of(f.vm, iterable).slots->iter &&
      !(iterable.is_object() && type_of(f.vm, iterable).slots->getitem)) {
    f.vm.clear_error();
    return f.vm.raise(TypeId::TypeError, "Value after * must be an iterable, not {}", type_name(iterable, f.vm));
  }
  return status;
}

Status list_to_tuple_slow(const Frame& f) {
  const Owned tuple = tuple_from(f.vm, f.ref(f.b));
  f.consume_flagged_b();
  return f.finish(tuple);
}

Status set_add_slow(const Frame& f) {
  const Status status = set_add(f.vm, cast<Set>(f.ref(f.a)), f.ref(f.b));
  f.consume_flagged_b();
  return status;
}

Status set_update_slow(const Frame& f) {
  const Status status = set_update(f.vm, cast<Set>(f.ref(f.a)), f.ref(f.b));
  f.consume_flagged_b();
  return status;
}

Status dict_store_slow(const Frame& f) {
  const Status status = dict_set(f.vm, cast<Dict>(f.ref(f.a)), f.ref(f.b), f.ref(f.c));
  f.consume_flagged_b();
  f.consume_flagged_c();
  return status;
}

Status dict_update_slow(const Frame& f) {
  Value other(f.ref(f.b));
  f.consume_flagged_b();
  const Status status = dict_merge(f.vm, cast<Dict>(f.ref(f.a)), other, true);
  if (status.is_raised() && f.vm.error_is(TypeId::AttributeError)) {
    f.vm.clear_error();
    return f.vm.raise(TypeId::TypeError, "'{}' object is not a mapping", type_name(other, f.vm));
  }
  return status;
}

Status dict_merge_slow(const Frame& f) {
  VM& vm = f.vm;
  Dict& target = cast<Dict>(f.ref(f.a));
  Value mapping(f.ref(f.b));
  f.consume_flagged_b();
  const Ref function = f.ref(f.c);
  Value keys;
  if (is_exact(mapping, TypeId::Dict)) {
    keys = list_from(vm, mapping);
  } else {
    Value method = find_attribute(vm, mapping, *vm.names.keys);
    if (method.is_raised()) return raised;
    if (method.is_unbound())
      return vm.raise(TypeId::TypeError, "{} argument after ** must be a mapping, not {}", callable_name(vm, function),
                      type_name(mapping, vm));
    Value result = call(vm, method);
    if (result.is_raised()) return raised;
    keys = list_from(vm, result);
  }
  if (keys.is_raised()) return raised;
  return for_each(vm, keys, [&](Ref key) -> Status {
    CEDE_TRY(const bool present, dict_contains(vm, target, key));
    if (present) {
      CEDE_TRY(const Value text, str(vm, key));
      return vm.raise(TypeId::TypeError, "{} got multiple values for keyword argument '{}'", callable_name(vm, function),
                      cast<Str>(text).view());
    }
    CEDE_TRY(Value value, get_item(vm, mapping, key));
    return dict_set(vm, target, key, value);
  });
}

Status get_iterator_slow(const Frame& f, lang::Instruction*) {
  const Owned iterator = get_iterator(f.vm, f.ref(f.b));
  f.consume_flagged_b();
  return f.finish(iterator);
}

int for_next_slow(const Frame& f, lang::Instruction*) {
  const Owned item = next(f.vm, f.ref(f.b));
  if (item.is_raised()) return -1;
  if (item.is_finished()) return 0;
  f.store(item.bits);
  return 1;
}

namespace {

// A window of unpacked items under construction; released if unpacking fails.
struct Unpacked {
  const Frame& f;
  std::int32_t count = 0;
  void push(Value item) { f.r[f.a + count++] = item.take().bits; }
  Status fail() {
    while (count) release(Ref(f.r[f.a + --count]));
    return raised;
  }
};

Status not_iterable(const Frame& f, Ref value) {
  if (f.vm.error_is(TypeId::TypeError) && !type_of(f.vm, value).slots->iter && !type_of(f.vm, value).slots->getitem) {
    f.vm.clear_error();
    return f.vm.raise(TypeId::TypeError, "cannot unpack non-iterable {} object", type_name(value, f.vm));
  }
  return raised;
}

}  // namespace

Status unpack_sequence_slow(const Frame& f) {
  VM& vm = f.vm;
  Value source(f.ref(f.b));
  f.consume_flagged_b();
  Unpacked out{f};
  if (is_exact(source, TypeId::List) || is_exact(source, TypeId::Tuple)) {
    const bool is_list = is_exact(source, TypeId::List);
    const std::size_t size = is_list ? cast<List>(source).size() : cast<Tuple>(source).size;
    const Bits* words = is_list ? cast<List>(source).items.words() : cast<Tuple>(source).items;
    if (size > static_cast<std::size_t>(f.c))
      return vm.raise(TypeId::ValueError, "too many values to unpack (expected {})", f.c);
    if (size < static_cast<std::size_t>(f.c))
      return vm.raise(TypeId::ValueError, "not enough values to unpack (expected {}, got {})", f.c, size);
    for (std::size_t i = 0; i < size; ++i) out.push(Value(Ref(words[i])));
    return Ok;
  }
  Value iterator = get_iterator(vm, source);
  if (iterator.is_raised()) return not_iterable(f, source);
  for (;;) {
    Value item = next(vm, iterator);
    if (item.is_raised()) return out.fail();
    if (item.is_finished()) break;
    if (out.count == f.c) {
      (void)out.fail();
      return vm.raise(TypeId::ValueError, "too many values to unpack (expected {})", f.c);
    }
    out.push(std::move(item));
  }
  if (out.count == f.c) return Ok;
  const std::int32_t got = out.count;
  (void)out.fail();
  return vm.raise(TypeId::ValueError, "not enough values to unpack (expected {}, got {})", f.c, got);
}

Status unpack_extended_slow(const Frame& f, std::uint32_t after) {
  VM& vm = f.vm;
  Value source(f.ref(f.b));
  f.consume_flagged_b();
  Value iterator = get_iterator(vm, source);
  if (iterator.is_raised()) return not_iterable(f, source);
  Unpacked out{f};
  for (std::int32_t i = 0; i < f.c; ++i) {
    Value item = next(vm, iterator);
    if (item.is_raised()) return out.fail();
    if (item.is_finished()) {
      (void)out.fail();
      return vm.raise(TypeId::ValueError, "not enough values to unpack (expected at least {}, got {})",
                      static_cast<std::uint32_t>(f.c) + after, i);
    }
    out.push(std::move(item));
  }
  Value rest = list_from(vm, iterator);
  if (rest.is_raised()) return out.fail();
  List& list = cast<List>(rest);
  if (list.size() < after) {
    const std::size_t got = static_cast<std::size_t>(f.c) + list.size();
    (void)out.fail();
    return vm.raise(TypeId::ValueError, "not enough values to unpack (expected at least {}, got {})",
                    static_cast<std::uint32_t>(f.c) + after, got);
  }
  const std::size_t kept = list.size() - after;
  std::vector<Bits> tail(list.items.words() + kept, list.items.words() + list.size());
  list.items.set_size(kept);
  out.push(std::move(rest));
  for (Bits word : tail) out.push(Value::adopt(Ref(word)));
  return Ok;
}

Status get_length_slow(const Frame& f) {
  const Result<std::int64_t> n = length(f.vm, f.ref(f.b));
  if (n.is_raised()) return raised;
  f.store(Ref::small(*n).bits);
  return Ok;
}

}  // namespace cede
