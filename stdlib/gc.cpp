// The gc module: the collector as scripts see it. There are two generations behind CPython's three: 0 and 1
// stand for the young objects, 2 for all.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"

namespace cede::stdlib {

namespace {

Owned gc_enable(VM& vm) {
  vm.heap.collector_enabled_ = true;
  return Owned::share(None);
}
Owned gc_disable(VM& vm) {
  vm.heap.collector_enabled_ = false;
  return Owned::share(None);
}
bool gc_isenabled(VM& vm) { return vm.heap.collector_enabled_; }

Result<std::int64_t> gc_collect(VM& vm, int generation) {
  if (generation < 0 || generation > 2) return vm.raise_text(TypeId::ValueError, "invalid generation");
  return static_cast<std::int64_t>(vm.heap.collect(vm, generation));
}

Value dictionary_of_module(VM& vm) {
  Value module =
      is<Dict>(vm.modules) ? Value(dict_get_str(vm, cast<Dict>(vm.modules), vm.intern("gc"))) : Value();
  return is<Module>(module) ? cast<Module>(module).dictionary : Value();
}

// Calls each of gc.callbacks with a phase and a dict about the collection; what they raise is reported.
Status call_each(VM& vm, bool starting, int generation, std::size_t collected) {
  const Value names = dictionary_of_module(vm);
  if (!is<Dict>(names)) return Ok;
  CEDE_TRY(const Value callbacks, dict_get_str(vm, cast<Dict>(names), vm.intern("callbacks")));
  if (!is<List>(callbacks) || cast<List>(callbacks).size() == 0) return Ok;
  CEDE_TRY(const Value info, dict_new(vm));
  Dict& dict = cast<Dict>(info);
  CEDE_CHECK(dict_set_text(vm, dict, "generation", Ref::small(generation)));
  CEDE_CHECK(dict_set_text(vm, dict, "collected", Ref::small(static_cast<std::int64_t>(collected))));
  CEDE_CHECK(dict_set_text(vm, dict, "uncollectable", Ref::small(0)));
  CEDE_TRY(const Value phase, str_from_ascii(vm, starting ? "start" : "stop"));
  for (std::size_t i = 0; i < cast<List>(callbacks).size(); ++i) {
    const Value callback{cast<List>(callbacks)[i]};
    const Value result = call(vm, callback, phase, info);
    if (result.is_raised()) vm.report_unraisable(callback);
  }
  return Ok;
}

void on_collection(VM& vm, bool starting, int generation, std::size_t collected) {
  if (call_each(vm, starting, generation, collected).is_raised()) vm.report_unraisable(None);
}

Owned gc_get_count(VM& vm) {
  return tuple_of(
      vm, {Ref::small(static_cast<std::int64_t>(vm.heap.young_containers())), Ref::small(0), Ref::small(0)});
}

Owned gc_get_threshold(VM& vm) {
  return tuple_of(
      vm, {Ref::small(static_cast<std::int64_t>(vm.heap.threshold())), Ref::small(10), Ref::small(10)});
}

Owned gc_set_threshold(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional < 1 || arguments.positional > 3)
    return vm.raise_text(TypeId::TypeError, "gc.set_threshold requires 1 to 3 arguments");
  std::int64_t first = 0;
  for (std::uint32_t i = 0; i < arguments.positional; ++i) {
    CEDE_TRY(const std::int64_t n, index_int64(vm, arguments[i]));
    if (i == 0) first = n;
  }
  vm.heap.set_threshold(first > 0 ? static_cast<std::size_t>(first) : SIZE_MAX);
  return Owned::share(None);
}

Owned gc_get_stats(VM& vm) {
  CEDE_TRY(Value result, list_new(vm));
  for (int i = 0; i < 3; ++i) {
    CEDE_TRY(const Value entry, dict_new(vm));
    Dict& dict = cast<Dict>(entry);
    const CollectorStatistics& s = vm.heap.statistics;
    CEDE_CHECK(
        dict_set_text(vm, dict, "collections", Ref::small(static_cast<std::int64_t>(s.collections[i]))));
    CEDE_CHECK(dict_set_text(vm, dict, "collected", Ref::small(static_cast<std::int64_t>(s.collected[i]))));
    CEDE_CHECK(
        dict_set_text(vm, dict, "uncollectable", Ref::small(static_cast<std::int64_t>(s.uncollectable[i]))));
    CEDE_CHECK(list_append(vm, cast<List>(result), entry));
  }
  return result.take();
}

// Objects are gathered before the list is made, which is itself an object.
template<class Wanted> Owned list_of_objects(VM& vm, Wanted wanted) {
  std::vector<Value> found;
  vm.heap.each_object([&](Object* object) {
    if (vm.heap.is_tracked(object) && object->count > 0 && wanted(object)) found.emplace_back(Ref(object));
  });
  CEDE_TRY(Value result, list_new(vm));
  for (const Value& value : found) CEDE_CHECK(list_append(vm, cast<List>(result), value));
  return result.take();
}

Owned gc_get_objects(VM& vm, Ref generation) {
  if (generation.is_none()) return list_of_objects(vm, [](Object*) { return true; });
  CEDE_TRY(const std::int64_t n, index_int64(vm, generation));
  if (n < 0) return vm.raise_text(TypeId::ValueError, "generation parameter cannot be negative");
  if (n >= 3)
    return vm.raise_text(TypeId::ValueError,
                         "generation parameter must be less than the number of available generations (3)");
  return list_of_objects(vm, [n](Object* object) {
    return n == 0 ? (object->flags & Young) != 0 : n == 2 && !(object->flags & Young);
  });
}

struct Seeker : Visitor {
  explicit Seeker(std::span<const Bits> words) : Visitor{seek}, wanted(words) {}
  std::span<const Bits> wanted;
  bool found = false;
  static void seek(Visitor& self, Ref word) {
    Seeker& seeker = static_cast<Seeker&>(self);
    for (Bits w : seeker.wanted) seeker.found |= word.is_object() && w == word.bits;
  }
};

Owned gc_get_referrers(VM& vm, Rest objects) {
  return list_of_objects(vm, [&](Object* object) {
    Seeker seeker(objects.words);
    const FramesMarked marked(vm);
    Heap::visit_object(object, seeker);
    return seeker.found;
  });
}

struct Gatherer : Visitor {
  Gatherer() : Visitor{gather} {}
  std::vector<Value> found;
  static void gather(Visitor& self, Ref word) {
    if (word.is_value()) static_cast<Gatherer&>(self).found.emplace_back(word);
  }
};

Owned gc_get_referents(VM& vm, Rest objects) {
  Gatherer gatherer;
  {
    const FramesMarked marked(vm);
    for (Bits word : objects.words)
      if (Ref(word).is_object() && vm.heap.is_tracked(Ref(word).object()))
        Heap::visit_object(Ref(word).object(), gatherer);
  }
  CEDE_TRY(Value result, list_new(vm));
  for (const Value& value : gatherer.found) CEDE_CHECK(list_append(vm, cast<List>(result), value));
  return result.take();
}

bool is_tracked_value(VM& vm, Ref value);

// Tuples and dicts of things that cannot be in a cycle are untracked in CPython.
bool holds_tracked(VM& vm, const Dict& dict) {
  std::size_t position = 0;
  for (Ref key, value; dict_next(dict, position, key, value);)
    if (is_tracked_value(vm, key) || is_tracked_value(vm, value)) return true;
  return false;
}

bool is_tracked_value(VM& vm, Ref value) {
  if (!value.is_object() || !vm.heap.is_tracked(value.object())) return false;
  if (is_exact(value, TypeId::Dict)) return holds_tracked(vm, cast<Dict>(value));
  return !is_exact(value, TypeId::Tuple) || cast<Tuple>(value).size > 0;
}

bool gc_is_tracked(VM& vm, Ref object) { return is_tracked_value(vm, object); }
bool gc_is_finalized(VM&, Ref object) { return object.is_object() && object.object()->flags & Finalized; }

Owned gc_freeze(VM& vm) {
  vm.heap.freeze();
  return Owned::share(None);
}
Owned gc_unfreeze(VM& vm) {
  vm.heap.unfreeze();
  return Owned::share(None);
}
std::int64_t gc_get_freeze_count(VM& vm) {
  std::int64_t count = 0;
  vm.heap.each_object([&](Object* object) { count += (object->flags & Frozen) != 0; });
  return count;
}

Status gc_set_debug(VM& vm, int flags) {
  if (flags & ~39) return Ok;
  vm.heap.debug_flags = flags;
  return Ok;
}
std::int64_t gc_get_debug(VM& vm) { return vm.heap.debug_flags; }

Status gc_fill(VM& vm, Module& module) {
  vm.heap.on_collection = on_collection;
  CEDE_TRY(const Value garbage, list_new(vm));
  CEDE_TRY(const Value callbacks, list_new(vm));
  CEDE_CHECK(module_set(vm, module, "garbage", garbage));
  CEDE_CHECK(module_set(vm, module, "callbacks", callbacks));
  CEDE_CHECK(module_set(vm, module, "DEBUG_STATS", Ref::small(1)));
  CEDE_CHECK(module_set(vm, module, "DEBUG_COLLECTABLE", Ref::small(2)));
  CEDE_CHECK(module_set(vm, module, "DEBUG_UNCOLLECTABLE", Ref::small(4)));
  CEDE_CHECK(module_set(vm, module, "DEBUG_SAVEALL", Ref::small(32)));
  return module_set(vm, module, "DEBUG_LEAK", Ref::small(38));
}

constexpr Method gc_functions[] = {
    method<"enable()", gc_enable>,
    method<"disable()", gc_disable>,
    method<"isenabled()", gc_isenabled>,
    method<"set_debug(flags, /)", gc_set_debug>,
    method<"get_debug()", gc_get_debug>,
    method<"get_count()", gc_get_count>,
    raw_method<"set_threshold(threshold0, threshold1=0, threshold2=0, /)", gc_set_threshold>,
    method<"get_threshold()", gc_get_threshold>,
    method<"collect(generation=2)", gc_collect>,
    method<"get_objects(generation=None)", gc_get_objects>,
    method<"get_stats()", gc_get_stats>,
    method<"is_tracked(obj, /)", gc_is_tracked>,
    method<"is_finalized(obj, /)", gc_is_finalized>,
    method<"get_referrers(*objs)", gc_get_referrers>,
    method<"get_referents(*objs)", gc_get_referents>,
    method<"freeze()", gc_freeze>,
    method<"unfreeze()", gc_unfreeze>,
    method<"get_freeze_count()", gc_get_freeze_count>,
};

}  // namespace

extern const NativeModule gc_module;
const NativeModule gc_module{
    .name = "gc", .functions = gc_functions, .fill = gc_fill, .doc = "The collector of reference cycles."};

}  // namespace cede::stdlib
