// The types Context, ContextVar and Token.
#include "runtime/types/context.hpp"

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/generic_alias.hpp"

namespace cede {

constexpr Layout context_layout = layout_for<Context>();

namespace {

struct ContextVar : Object {
  static const Layout* layout();
  Value name, default_value;  // default Unbound: none
  template<class F> static void fields(ContextVar& self, F&& field) { field(self.name); field(self.default_value); }
};
constexpr Layout contextvar_layout = layout_for<ContextVar>();
const Layout* ContextVar::layout() { return &contextvar_layout; }

struct ContextToken : Object {
  static const Layout* layout();
  Value context, variable, old_value;  // old_value Unbound: there was none
  bool used;
  template<class F> static void fields(ContextToken& self, F&& field) {
    field(self.context); field(self.variable); field(self.old_value);
  }
};
constexpr Layout token_layout = layout_for<ContextToken>();
const Layout* ContextToken::layout() { return &token_layout; }

Owned lookup(VM& vm, Context& context, Ref variable) {
  if (context.variables.is_unbound()) return Owned();
  Value variables = context.variables;
  return dict_get(vm, cast<Dict>(variables), variable);
}

// The dict of a context to write to: its own, copied if another context shares it.
Owned writable(VM& vm, Context& context) {
  if (context.variables.is_unbound()) {
    CEDE_TRY(context.variables, dict_new(vm));
  } else if (context.variables.object()->count > 1) {
    CEDE_TRY(context.variables, dict_copy(vm, cast<Dict>(context.variables)));
  }
  return Owned::share(context.variables);
}

Status assign(VM& vm, Context& context, Ref variable, Ref value) {
  Value dict;
  {
    CEDE_TRY(Value made, writable(vm, context));
    dict = std::move(made);
  }
  return dict_set(vm, cast<Dict>(dict), variable, value);
}

}  // namespace

Owned context_new(VM& vm) {
  Context* made = make_object<Context>(vm, TypeId::Context);
  return made ? Value::adopt(made).take() : Owned(raised);
}

Context* lazy_context_object(VM& vm, LazyContext& lazy) {
  if (lazy.made.is_unbound()) {
    Value made = context_new(vm);
    if (made.is_raised()) return nullptr;
    Context& context = cast<Context>(made);
    context.variables = lazy.variables;
    context.entered = true;
    context.previous = Value(None);
    lazy.made = std::move(made);
  }
  return &cast<Context>(lazy.made);
}

Context* current_context(VM& vm) {
  ThreadState& thread = *vm.thread;
  if (!thread.context.is_unbound()) return &cast<Context>(thread.context);
  if (thread.lazy_context) return lazy_context_object(vm, *thread.lazy_context);
  Value made = context_new(vm);
  if (made.is_raised()) return nullptr;
  thread.context = std::move(made);
  return &cast<Context>(thread.context);
}

Ref current_context_variables(VM& vm) {
  ThreadState& thread = *vm.thread;
  if (!thread.context.is_unbound()) return cast<Context>(thread.context).variables;
  if (const LazyContext* lazy = thread.lazy_context)
    return lazy->made.is_unbound() ? Ref(lazy->variables) : Ref(cast<Context>(lazy->made).variables);
  return Unbound;
}

Owned copy_current_context(VM& vm) {
  CEDE_TRY(Value made, context_new(vm));
  cast<Context>(made).variables = Value(current_context_variables(vm));
  return made.take();
}

Status context_enter(VM& vm, Context& context) {
  if (context.entered)
    return vm.raise(TypeId::RuntimeError, "cannot enter context: {} is already entered", repr_text(vm, Ref(context)));
  context.previous = vm.thread->context.is_unbound() ? Value(None) : vm.thread->context;
  context.entered = true;
  vm.thread->context = Value(Ref(context));
  return Ok;
}

void context_exit(VM& vm, Context& context) {
  context.entered = false;
  Value previous = std::move(context.previous);
  context.previous = Value();
  vm.thread->context = previous.is_none() ? Value() : std::move(previous);
}

namespace {

// ---- Context

Owned context_construct(VM& vm, Type&, const Arguments& arguments) {
  if (arguments.positional || arguments.keywords)
    return vm.raise(TypeId::TypeError, "Context() does not accept any arguments");
  return context_new(vm);
}
Owned context_run(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.positional == 0)
    return vm.raise(TypeId::TypeError, "run() missing 1 required positional argument");
  Context& context = cast<Context>(self);
  Value held(self);
  CEDE_CHECK(context_enter(vm, context));
  Value result = call(vm, arguments[0], arguments.without_first());
  context_exit(vm, context);
  return result.take();
}
Owned context_copy(VM& vm, Context& self) {
  CEDE_TRY(Value made, context_new(vm));
  cast<Context>(made).variables = self.variables;
  return made.take();
}
Status check_variable(VM& vm, Ref key) {
  if (is<ContextVar>(key)) return Ok;
  return vm.raise(TypeId::TypeError, "a ContextVar key was expected, got {}", repr_text(vm, key));
}
Owned context_getitem(VM& vm, Ref self, Ref key) {
  CEDE_CHECK(check_variable(vm, key));
  const Owned found = lookup(vm, cast<Context>(self), key);
  return found.ref().is_unbound() ? Owned(vm.raise_key_error(key)) : found;
}
Result<bool> context_contains(VM& vm, Ref self, Ref key) {
  CEDE_CHECK(check_variable(vm, key));
  CEDE_TRY(Value found, lookup(vm, cast<Context>(self), key));
  return !found.is_unbound();
}
Result<std::int64_t> context_length(VM&, Ref self) {
  const Context& context = cast<Context>(self);
  return context.variables.is_unbound() ? 0 : static_cast<std::int64_t>(dict_size(cast<Dict>(context.variables)));
}
Owned variables_or_empty(VM& vm, Context& self) {
  return self.variables.is_unbound() ? dict_new(vm).take() : dict_copy(vm, cast<Dict>(self.variables)).take();
}
Owned context_iter(VM& vm, Ref self) {
  CEDE_TRY(Value dict, variables_or_empty(vm, cast<Context>(self)));
  return get_iterator(vm, dict);
}
Owned context_get(VM& vm, Context& self, Ref key, Ref otherwise) {
  CEDE_CHECK(check_variable(vm, key));
  const Owned found = lookup(vm, self, key);
  return found.ref().is_unbound() ? Owned::share(otherwise) : found;
}
Owned view_of(VM& vm, Context& self, std::string_view name) {
  CEDE_TRY(Value dict, variables_or_empty(vm, self));
  return call_method(vm, dict, vm.intern(name));
}
Owned context_keys(VM& vm, Context& self) { return view_of(vm, self, "keys"); }
Owned context_values(VM& vm, Context& self) { return view_of(vm, self, "values"); }
Owned context_items(VM& vm, Context& self) { return view_of(vm, self, "items"); }
Owned context_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (!is<Context>(other) || (operation != CompareOperation::Equal && operation != CompareOperation::NotEqual))
    return Owned(NotImplemented.bits);
  CEDE_TRY(Value a, variables_or_empty(vm, cast<Context>(self)));
  CEDE_TRY(Value b, variables_or_empty(vm, cast<Context>(other)));
  return compare(vm, a, b, operation);
}

constexpr Method context_methods[] = {
    raw_method<"run(self, callable, /, *args, **kwargs)", context_run>,
    method<"copy(self, /)", context_copy>,
    method<"get(self, key, default=None, /)", context_get>,
    method<"keys(self, /)", context_keys>,
    method<"values(self, /)", context_values>,
    method<"items(self, /)", context_items>,
};
constexpr Slots context_slots = inherit(object_slots, [](Slots& s) {
  s.construct = context_construct;
  s.getitem = context_getitem;
  s.contains = context_contains;
  s.length = context_length;
  s.iter = context_iter;
  s.compare = context_compare;
  s.hash = hash_not_implemented;
});

// ---- ContextVar

Owned contextvar_make(VM& vm, Type&, Ref name, Ref otherwise) {
  if (!is<Str>(name)) return vm.raise(TypeId::TypeError, "context variable name must be a str");
  ContextVar* made = make_object<ContextVar>(vm, TypeId::ContextVar);
  if (!made) return raised;
  made->name = Value(name);
  made->default_value = Value(otherwise);
  return Value::adopt(made).take();
}
Owned contextvar_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"ContextVar(name, /, *, default=<unrepresentable>)", contextvar_make>(vm, type, arguments);
}
Owned contextvar_repr(VM& vm, Ref self) {
  const ContextVar& variable = cast<ContextVar>(self);
  CEDE_TRY(Value name, repr(vm, variable.name));
  std::string text = fmt::format("<ContextVar name={}", cast<Str>(name).view());
  if (!variable.default_value.is_unbound()) {
    CEDE_TRY(Value otherwise, repr(vm, variable.default_value));
    text += fmt::format(" default={}", cast<Str>(otherwise).view());
  }
  return str_from_utf8(vm, text + fmt::format(" at {:#x}>", reinterpret_cast<std::uintptr_t>(&variable))).take();
}
Owned contextvar_get(VM& vm, ContextVar& self, Ref otherwise) {
  if (const Value variables(current_context_variables(vm)); !variables.is_unbound()) {
    const Owned found = dict_get(vm, cast<Dict>(variables), Ref(self));
    if (!found.ref().is_unbound()) return found;
  }
  if (!otherwise.is_unbound()) return Owned::share(otherwise);
  if (!self.default_value.is_unbound()) return Owned::share(self.default_value);
  return vm.raise_with(TypeId::LookupError, Ref(self));
}
Owned contextvar_set(VM& vm, ContextVar& self, Ref value) {
  Context* context = current_context(vm);
  if (!context) return raised;
  ContextToken* token = make_object<ContextToken>(vm, TypeId::ContextToken);
  if (!token) return raised;
  Value made = Value::adopt(token);
  CEDE_TRY(token->old_value, lookup(vm, *context, Ref(self)));
  token->context = Value(Ref(*context));
  token->variable = Value(Ref(self));
  CEDE_CHECK(assign(vm, *context, Ref(self), value));
  return made.take();
}
Status contextvar_reset(VM& vm, ContextVar& self, Ref given) {
  if (!is<ContextToken>(given))
    return vm.raise(TypeId::TypeError, "expected an instance of Token, got {}", repr_text(vm, given));
  ContextToken& token = cast<ContextToken>(given);
  if (token.used) return vm.raise(TypeId::RuntimeError, "{} has already been used once", repr_text(vm, given));
  if (token.variable.object() != &self)
    return vm.raise(TypeId::ValueError, "{} was created by a different ContextVar", repr_text(vm, given));
  Context* context = current_context(vm);
  if (!context) return raised;
  if (token.context.object() != context)
    return vm.raise(TypeId::ValueError, "{} was created in a different Context", repr_text(vm, given));
  token.used = true;
  if (!token.old_value.is_unbound()) return assign(vm, *context, Ref(self), token.old_value);
  CEDE_TRY(Value dict, writable(vm, *context));
  CEDE_TRY(const bool removed, dict_remove(vm, cast<Dict>(dict), Ref(self)));
  return removed ? Ok : Status(vm.raise_with(TypeId::LookupError, Ref(self)));
}
Value contextvar_name(VM&, ContextVar& self) { return self.name; }

constexpr Method contextvar_methods[] = {
    method<"get(self, default=<unrepresentable>, /)", contextvar_get>,
    method<"set(self, value, /)", contextvar_set>,
    method<"reset(self, token, /)", contextvar_reset>,
    method<"__class_getitem__(cls, item, /)", class_getitem_alias>,
};
constexpr Property contextvar_properties[] = {property<"name", contextvar_name>};
constexpr Slots contextvar_slots = inherit(object_slots, [](Slots& s) {
  s.construct = contextvar_construct;
  s.repr = contextvar_repr;
});

// ---- Token

// Token.MISSING: one object, of a type of its own.
Owned missing_repr(VM& vm, Ref) { return str_from_ascii(vm, "<Token.MISSING>").take(); }
constexpr Slots missing_slots = inherit(object_slots, [](Slots& s) { s.repr = missing_repr; });
constexpr Layout missing_layout = layout_for<Object>();
constexpr NativeType missing_type{.name = "Token.MISSING", .id = TypeId::Dynamic, .base = nullptr, .layout = &missing_layout,
                                  .slots = &missing_slots, .flags = 0};
Status token_fill(VM& vm, Type& type) {
  Object* made = make_object<Object>(vm, vm.native_type(missing_type), 0);
  if (!made) return raised;
  Value missing = Value::adopt(made);
  return dict_set_text(vm, cast<Dict>(type.dictionary), "MISSING", missing);
}
Owned token_construct(VM& vm, Type&, const Arguments&) {
  return vm.raise(TypeId::RuntimeError, "Tokens can only be created by ContextVars");
}
Owned token_repr(VM& vm, Ref self) {
  const ContextToken& token = cast<ContextToken>(self);
  CEDE_TRY(Value variable, repr(vm, token.variable));
  return str_from_utf8(vm, fmt::format("<Token{} var={} at {:#x}>", token.used ? " used" : "", cast<Str>(variable).view(),
                                       reinterpret_cast<std::uintptr_t>(&token))).take();
}
Value token_variable(VM&, ContextToken& self) { return self.variable; }
Value token_old_value(VM& vm, ContextToken& self) {
  if (!self.old_value.is_unbound()) return self.old_value;
  return get_attribute(vm, Ref(vm.type(TypeId::ContextToken)), "MISSING");
}
constexpr Method token_methods[] = {method<"__class_getitem__(cls, item, /)", class_getitem_alias>};
constexpr Property token_properties[] = {property<"var", token_variable>, property<"old_value", token_old_value>};
constexpr Slots token_slots = inherit(object_slots, [](Slots& s) {
  s.construct = token_construct;
  s.repr = token_repr;
  s.hash = hash_not_implemented;
});

}  // namespace

extern const NativeType context_type{
    .name = "_contextvars.Context", .id = TypeId::Context, .base = nullptr, .layout = &context_layout, .slots = &context_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::MappingPattern | TypeFlag::HasWeakReferences, .methods = context_methods};
extern const NativeType contextvar_type{
    .name = "_contextvars.ContextVar", .id = TypeId::ContextVar, .base = nullptr, .layout = &contextvar_layout,
    .slots = &contextvar_slots, .flags = std::uint32_t(TypeFlag::Instantiable), .methods = contextvar_methods,
    .properties = contextvar_properties};
extern const NativeType context_token_type{
    .name = "_contextvars.Token", .id = TypeId::ContextToken, .base = nullptr, .layout = &token_layout, .slots = &token_slots,
    .flags = std::uint32_t(TypeFlag::Instantiable), .methods = token_methods, .properties = token_properties, .fill = token_fill};

}  // namespace cede
