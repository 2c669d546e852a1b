// BaseExceptionGroup and ExceptionGroup: trees of exceptions, their splitting, and what `except*` does with
// them.
#include <algorithm>

#include "runtime/core/special_method.hpp"
#include "runtime/types/exceptions_internal.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/list.hpp"

namespace cede {

constinit const Layout exception_group_layout = layout_for<ExceptionGroupObject>(&base_exception_layout);

namespace {

// ---- making

// Checks the items; `base_only` becomes true if one is no Exception.
Status check_items(VM& vm, const Tuple& items, bool& base_only) {
  for (std::size_t i = 0; i < items.size; ++i) {
    if (!is_exception(items[i]))
      return vm.raise(TypeId::ValueError, "Item {} of second argument (exceptions) is not an exception", i);
    base_only |= !is_subtype(type_of(vm, items[i]), vm.type(TypeId::Exception));
  }
  return Ok;
}

Result<Type*> group_type(VM& vm, Type& type, bool base_only) {
  if (type.id == TypeId::BaseExceptionGroup) return base_only ? &type : &vm.type(TypeId::ExceptionGroup);
  if (!base_only) return &type;
  if (type.id == TypeId::ExceptionGroup)
    return vm.raise(TypeId::TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  if (is_subtype(type, vm.type(TypeId::Exception)))
    return vm.raise(TypeId::TypeError, "Cannot nest BaseExceptions in '{}'", display_name(type));
  return &type;
}

Owned exception_group_construct(VM& vm, Type& type, const Arguments& arguments) {
  if (arguments.positional != 2)
    return vm.raise(TypeId::TypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
                    arguments.positional);
  if (!is<Str>(arguments[0]))
    return vm.raise(TypeId::TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                    display_name(type_of(vm, arguments[0])));
  const Type& sequence = type_of(vm, arguments[1]);
  if (!sequence.slots->getitem || is<Dict>(arguments[1]))
    return vm.raise(TypeId::TypeError, "second argument (exceptions) must be a sequence");
  CEDE_TRY(Value items, tuple_from(vm, arguments[1]));
  if (cast<Tuple>(items).size == 0)
    return vm.raise(TypeId::ValueError, "second argument (exceptions) must be a non-empty sequence");
  bool base_only = false;
  CEDE_CHECK(check_items(vm, cast<Tuple>(items), base_only));
  CEDE_TRY(Type * made_type, group_type(vm, type, base_only));
  CEDE_TRY(Value group, exception_construct<ExceptionGroupObject>(vm, *made_type, arguments));
  ExceptionGroupObject& e = cast<ExceptionGroupObject>(group);
  e.message = Value(arguments[0]);
  e.exceptions = std::move(items);
  return group;
}

Status exception_group_init(VM& vm, Ref self, const Arguments& arguments) {
  return base_exception_init(vm, self, arguments);
}

Owned exception_group_str(VM& vm, Ref self) {
  ExceptionGroupObject& e = cast<ExceptionGroupObject>(self);
  const std::size_t count = cast<Tuple>(e.exceptions).size;
  return str_from_utf8(
      vm, fmt::format("{} ({} sub-exception{})", cast<Str>(e.message).view(), count, count > 1 ? "s" : ""));
}

// ---- splitting

// What an exception is tested against: classes, a function, or a set of leaves (identities).
struct Condition {
  Ref value;
  const std::vector<const Object*>* leaves = nullptr;
};

bool is_class_condition(Ref value) {
  if (is_exception_class(value)) return true;
  const Tuple* classes = as<Tuple>(value);
  return classes && std::all_of(classes->begin(), classes->end(),
                                [](Bits word) { return is_exception_class(Ref(word)); });
}

Status check_condition(VM& vm, Ref value) {
  if (is_class_condition(value) || (is_callable(vm, value) && !is<Type>(value))) return Ok;
  return vm.raise(
      TypeId::TypeError,
      "expected an exception type, a tuple of exception types, or a callable (other than a class)");
}

Result<bool> matches(VM& vm, Ref exception, const Condition& condition) {
  if (condition.leaves) {
    if (is<ExceptionGroupObject>(exception)) return false;
    return std::find(condition.leaves->begin(), condition.leaves->end(), exception.object()) !=
           condition.leaves->end();
  }
  if (is_class_condition(condition.value)) return exception_matches(vm, exception, condition.value);
  CEDE_TRY(Value answer, call(vm, condition.value, exception));
  return is_truthy(vm, answer);
}

Status copy_notes(VM& vm, Ref from, Ref to) {
  CEDE_TRY(Value notes, find_attribute(vm, from, *vm.names.__notes__));
  if (notes.is_unbound() || !type_of(vm, notes).slots->getitem) return Ok;
  CEDE_TRY(Value copy, list_from(vm, notes));
  return set_attribute(vm, to, *vm.names.__notes__, copy);
}

// original.derive(exceptions), with its traceback, context, cause and notes; None for an empty list.
Owned derive_subset(VM& vm, ExceptionGroupObject& original, Ref exceptions) {
  if (cast<List>(exceptions).size() == 0) return Owned(None.bits);
  CEDE_TRY(Value derived, call_method(vm, original, vm.intern("derive"), exceptions));
  if (!is<ExceptionGroupObject>(derived))
    return vm.raise(TypeId::TypeError, "derive must return an instance of BaseExceptionGroup");
  BaseException& e = cast<BaseException>(derived);
  e.traceback = original.traceback;
  e.context = original.context;
  e.cause = original.cause;
  e.suppress_context = !e.cause.is_unbound() || e.suppress_context;
  CEDE_CHECK(copy_notes(vm, original, derived));
  return derived;
}

Status split_recursively(VM& vm, Ref exception, const Condition& condition, bool want_rest, Value& match,
                         Value& rest) {
  match = rest = Value(None);
  CEDE_TRY(const bool whole, matches(vm, exception, condition));
  if (whole) {
    match = Value(exception);
    return Ok;
  }
  const auto* group = as<ExceptionGroupObject>(exception);
  if (!group) {
    if (want_rest) rest = Value(exception);
    return Ok;
  }
  NativeDepthGuard guard(vm);
  if (guard.exceeded(" in exceptiongroup_split_recursive")) return raised;
  CEDE_TRY(Value matched, list_new(vm));
  CEDE_TRY(Value others, list_new(vm));
  const Value items = group->exceptions;
  for (Bits word : cast<Tuple>(items)) {
    Value inner_match, inner_rest;
    CEDE_CHECK(split_recursively(vm, Ref(word), condition, want_rest, inner_match, inner_rest));
    if (!inner_match.is_none()) CEDE_CHECK(list_append(vm, cast<List>(matched), inner_match));
    if (!inner_rest.is_none()) CEDE_CHECK(list_append(vm, cast<List>(others), inner_rest));
  }
  CEDE_TRY(match, derive_subset(vm, cast<ExceptionGroupObject>(exception), matched));
  if (want_rest) {
    CEDE_TRY(rest, derive_subset(vm, cast<ExceptionGroupObject>(exception), others));
  }
  return Ok;
}

Owned exception_group_derive(VM& vm, ExceptionGroupObject& self, Ref exceptions) {
  const Value message = self.message;
  return call(vm, vm.type(TypeId::BaseExceptionGroup), message, exceptions);
}

Owned exception_group_split_method(VM& vm, ExceptionGroupObject& self, Ref condition) {
  Value match, rest;
  CEDE_CHECK(exception_group_split(vm, self, condition, match, rest));
  return tuple_of(vm, {match, rest});
}

Owned exception_group_subgroup(VM& vm, ExceptionGroupObject& self, Ref condition) {
  CEDE_CHECK(check_condition(vm, condition));
  Value match, rest;
  CEDE_CHECK(split_recursively(vm, self, {condition}, false, match, rest));
  return match;
}

Owned exception_group_class_getitem(VM& vm, Type& type, Ref item) {
  return generic_alias_new(vm, type, item);
}

constexpr Method exception_group_methods[] = {
    method<"__class_getitem__(type, object, /)", exception_group_class_getitem>,
    method<"derive(self, excs, /)", exception_group_derive>,
    method<"split(self, matcher_value, /)", exception_group_split_method>,
    method<"subgroup(self, matcher_value, /)", exception_group_subgroup>,
};
constexpr Member exception_group_members[] = {exception_member("message", 0, "exception message", true),
                                              exception_member("exceptions", 1, "nested exceptions", true)};
constexpr Slots exception_group_slots = inherit(object_slots, [](Slots& s) {
  s.repr = base_exception_repr;
  s.str = exception_group_str;
  s.init = exception_group_init;
  s.construct = exception_group_construct;
});

// ---- except*

Status check_star_types(VM& vm, Ref types) {
  const auto check = [&](Ref type) -> Status {
    if (!is_exception_class(type))
      return vm.raise(TypeId::TypeError,
                      "catching classes that do not inherit from BaseException is not allowed");
    CEDE_TRY(const bool group, is_subclass(vm, type, vm.type(TypeId::BaseExceptionGroup)));
    if (group)
      return vm.raise(TypeId::TypeError,
                      "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return Ok;
  };
  const Tuple* tuple = as<Tuple>(types);
  if (!tuple) return check(types);
  for (Bits type : *tuple) CEDE_CHECK(check(Ref(type)));
  return Ok;
}

// Both were cut from the same group, which carried their traceback, cause and context.
bool same_metadata(Ref a, Ref b) {
  if (!is<ExceptionGroupObject>(a) || !is<ExceptionGroupObject>(b)) return false;
  const BaseException& x = cast<BaseException>(a);
  const BaseException& y = cast<BaseException>(b);
  return x.traceback.bits() == y.traceback.bits() && x.cause.bits() == y.cause.bits() &&
         x.context.bits() == y.context.bits();
}

void collect_leaves(Ref exception, std::vector<const Object*>& leaves) {
  std::vector<Ref> pending{exception};
  while (!pending.empty()) {
    const Ref next = pending.back();
    pending.pop_back();
    if (const auto* group = as<ExceptionGroupObject>(next)) {
      for (Bits word : cast<Tuple>(group->exceptions)) pending.push_back(Ref(word));
    } else {
      leaves.push_back(next.object());
    }
  }
}

}  // namespace

constinit const ExceptionFamily exception_group_family = {
    &exception_group_layout, &exception_group_slots, exception_group_methods, {}, exception_group_members};

Status exception_group_split(VM& vm, Ref group, Ref condition, Value& match, Value& rest) {
  CEDE_CHECK(check_condition(vm, condition));
  return split_recursively(vm, group, {condition}, true, match, rest);
}

Status exception_group_match(VM& vm, Ref exception, Ref types, Value& match, Value& rest) {
  CEDE_CHECK(check_star_types(vm, types));
  match = rest = Value(None);
  if (exception.is_none()) return Ok;
  CEDE_TRY(const bool whole, exception_matches(vm, exception, types));
  if (whole) {
    if (is<ExceptionGroupObject>(exception)) {
      match = Value(exception);
      return Ok;
    }
    CEDE_TRY(Value single, tuple_of(vm, {exception}));
    CEDE_TRY(match, call(vm, vm.type(TypeId::BaseExceptionGroup), vm.empty_str, single));
    return Ok;
  }
  if (!is<ExceptionGroupObject>(exception)) {
    rest = Value(exception);
    return Ok;
  }
  CEDE_TRY(Value pair, call_method(vm, exception, vm.intern("split"), types));
  const std::string type(display_name(type_of(vm, exception)));
  if (!is<Tuple>(pair))
    return vm.raise(TypeId::TypeError, "{}.split must return a tuple, not {}", type,
                    display_name(type_of(vm, pair)));
  if (cast<Tuple>(pair).size < 2)
    return vm.raise(TypeId::TypeError, "{}.split must return a 2-tuple, got tuple of size {}", type,
                    cast<Tuple>(pair).size);
  match = Value(cast<Tuple>(pair)[0]);
  rest = Value(cast<Tuple>(pair)[1]);
  return Ok;
}

Owned exception_group_reraise(VM& vm, Ref original, Ref raised_list) {
  List& all = cast<List>(raised_list);
  if (all.size() == 0) return Owned(None.bits);
  if (!is<ExceptionGroupObject>(original))
    return Owned::share(all[0]);  // a naked exception has one handler at most
  CEDE_TRY(Value raised_now, list_new(vm));
  std::vector<const Object*> leaves;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Ref exception = all[i];
    if (exception.is_none()) continue;
    if (same_metadata(exception, original))
      collect_leaves(exception, leaves);
    else
      CEDE_CHECK(list_append(vm, cast<List>(raised_now), exception));
  }
  Value reraised(None), rest;
  if (!leaves.empty()) CEDE_CHECK(split_recursively(vm, original, {Unbound, &leaves}, false, reraised, rest));
  List& list = cast<List>(raised_now);
  if (list.size() == 0) return reraised;
  if (!reraised.is_none()) CEDE_CHECK(list_append(vm, list, reraised));
  if (list.size() == 1) return Owned::share(list[0]);
  return call(vm, vm.type(TypeId::BaseExceptionGroup), vm.empty_str, raised_now);
}

}  // namespace cede
