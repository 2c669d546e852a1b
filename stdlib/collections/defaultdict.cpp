// collections.defaultdict.
#include "runtime/core/protocols.hpp"
#include "runtime/types/generic_alias.hpp"
#include "runtime/types/sequence.hpp"
#include "stdlib/collections/mappings.hpp"

namespace cede::stdlib {
namespace {

constinit const Layout defaultdict_layout = layout_for<DefaultDict>(&dict_layout);

Ref factory_or_none(const DefaultDict& dict) {
  return dict.default_factory.is_unbound() ? None : dict.default_factory.ref();
}

Owned defaultdict_construct(VM& vm, Type& type, const Arguments&) {
  DefaultDict* made = make_instance<DefaultDict>(vm, type);
  if (!made) return raised;
  made->string_keys = true;
  return Value::adopt(made);
}

Status defaultdict_init(VM& vm, Ref self, const Arguments& arguments) {
  DefaultDict& dict = cast<DefaultDict>(self);
  if (arguments.positional == 0) {
    dict.default_factory.reset();
    return dict_init(vm, self, arguments);
  }
  const Ref factory = arguments[0];
  if (!factory.is_none() && !is_callable(vm, factory))
    return vm.raise_text(TypeId::TypeError, "first argument must be callable or None");
  dict.default_factory = factory.is_none() ? Value() : Value(factory);
  return dict_init(vm, self, arguments.without_first());
}

Owned defaultdict_repr(VM& vm, Ref self) {
  NativeDepthGuard depth(vm);
  if (depth.exceeded(" while getting the repr of an object")) return raised;
  TextBuffer text(vm);
  CEDE_TRY(const Value items, dict_repr(vm, self));
  CEDE_CHECK(text.append(short_name(type_of(vm, self))));
  CEDE_CHECK(text.append("("));
  {
    const Value factory{factory_or_none(cast<DefaultDict>(self))};
    if (factory.is_none())
      CEDE_CHECK(text.append("None"));
    else {
      ReprGuard guard(vm, factory);
      CEDE_CHECK(guard.entered() ? text.append_repr(factory) : text.append("..."));
    }
  }
  CEDE_CHECK(text.append(", "));
  CEDE_CHECK(text.append(cast<Str>(items).view()));
  CEDE_CHECK(text.append(")"));
  return text.finish();
}

// type(dict)(factory, source)
Owned same_kind(VM& vm, DefaultDict& dict, Ref source) {
  const Value factory{factory_or_none(dict)};
  return call(vm, dict.type, factory, source);
}

Owned defaultdict_or(VM& vm, Ref left, Ref right) {
  if (!is<Dict>(left) || !is<Dict>(right)) return Owned::share(NotImplemented);
  DefaultDict* self = is<DefaultDict>(left) ? &cast<DefaultDict>(left) : as<DefaultDict>(right);
  if (!self) return Owned::share(NotImplemented);
  CEDE_TRY(Value made, same_kind(vm, *self, left));
  if (!is<Dict>(made)) return vm.raise_text(TypeId::SystemError, "bad argument to internal function");
  CEDE_CHECK(dict_update(vm, cast<Dict>(made), right));
  return made;
}

Owned defaultdict_missing(VM& vm, DefaultDict& self, Ref key) {
  const Value factory = self.default_factory;
  if (factory.is_unbound() || factory.is_none()) return vm.raise_key_error(key);
  CEDE_TRY(Value made, call(vm, factory));
  CEDE_CHECK(set_item(vm, &self, key, made));
  return made;
}

Owned defaultdict_copy(VM& vm, DefaultDict& self) { return same_kind(vm, self, &self); }

Owned defaultdict_reduce(VM& vm, DefaultDict& self) {
  CEDE_TRY(const Value arguments, self.default_factory.is_unbound()
                                      ? Owned::share(vm.empty_tuple)
                                      : tuple_of(vm, {self.default_factory}).take());
  CEDE_TRY(const Value items, call_method(vm, &self, *vm.names.items));
  CEDE_TRY(const Value iterator, get_iterator(vm, items));
  return tuple_of(vm, {self.type, arguments, None, None, iterator});
}

constexpr Slots defaultdict_slots = inherit(dict_slots, [](Slots& s) {
  s.repr = defaultdict_repr;
  s.init = defaultdict_init;
  s.construct = defaultdict_construct;
  s.bit_or = defaultdict_or;
});
constexpr Method defaultdict_methods[] = {
    method<"__missing__(self, object, /)", defaultdict_missing>,
    method<"copy(self, /)", defaultdict_copy>,
    method<"__copy__(self, /)", defaultdict_copy>,
    method<"__reduce__(self, /)", defaultdict_reduce>,
    method<"__class_getitem__(type, object, /)", class_getitem_alias>,
};
constexpr Member defaultdict_members[] = {
    {.name = "default_factory",
     .offset = sizeof(Dict),
     .read_only = false,
     .none_if_absent = true,
     .doc = "Factory for default value called by __missing__()."},
};
static_assert(sizeof(DefaultDict) == sizeof(Dict) + sizeof(Value));

}  // namespace

const Layout* DefaultDict::layout() { return &defaultdict_layout; }

extern const NativeType defaultdict_type;
const NativeType defaultdict_type{
    .name = "collections.defaultdict",
    .id = TypeId::Dynamic,
    .base = &dict_type,
    .layout = &defaultdict_layout,
    .slots = &defaultdict_slots,
    .flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::MappingPattern | TypeFlag::MatchSelf,
    .methods = defaultdict_methods,
    .members = defaultdict_members,
    .doc =
        "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n"
        "The default factory is called without arguments to produce\n"
        "a new value when a key is not present, in __getitem__ only.\n"
        "A defaultdict compares equal to a dict with the same items.\n"
        "All remaining arguments are treated the same as if they were\npassed to the dict constructor, "
        "including keyword arguments.",
};

}  // namespace cede::stdlib
