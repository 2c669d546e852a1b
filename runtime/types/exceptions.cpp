// BaseException and the exceptions with few fields of their own; the NativeTypes of the whole tree.
#include "runtime/types/exceptions.hpp"

#include "runtime/core/attribute_rules.hpp"
#include "runtime/types/exceptions_internal.hpp"
#include "runtime/types/list.hpp"

namespace cede {

constinit const Layout base_exception_layout = layout_for<BaseException>();
constinit const Layout stop_iteration_layout = layout_for<StopIterationObject>(&base_exception_layout);
constinit const Layout system_exit_layout = layout_for<SystemExitObject>(&base_exception_layout);
constinit const Layout import_error_layout = layout_for<ImportErrorObject>(&base_exception_layout);
constinit const Layout name_error_layout = layout_for<NameErrorObject>(&base_exception_layout);
constinit const Layout attribute_error_layout = layout_for<AttributeErrorObject>(&base_exception_layout);

// ---- BaseException

Status base_exception_init(VM& vm, Ref self, const Arguments& arguments) {
  if (arguments.keywords && arguments.keywords->size)
    return vm.raise(TypeId::TypeError, "{}() takes no keyword arguments", short_name(type_of(vm, self)));
  BaseException& exception = cast<BaseException>(self);
  const Tuple* old = as<Tuple>(exception.args);
  if (old && std::equal(old->begin(), old->end(), arguments.values, arguments.values + arguments.positional))
    return Ok;
  CEDE_TRY(exception.args, tuple_from_words(vm, arguments.values, arguments.positional));
  return Ok;
}

Owned base_exception_str(VM& vm, Ref self) {
  const Value args = cast<BaseException>(self).args;
  const Tuple& items = cast<Tuple>(args);
  if (items.size == 0) return Owned::share(vm.empty_str);
  return items.size == 1 ? str(vm, items[0]) : str(vm, args);
}

Owned base_exception_repr(VM& vm, Ref self) {
  const Value args = cast<BaseException>(self).args;
  const Tuple& items = cast<Tuple>(args);
  const std::string name(short_name(type_of(vm, self)));
  CEDE_TRY(Value text, repr(vm, items.size == 1 ? items[0] : args.ref()));
  const std::string_view view = cast<Str>(text).view();
  return str_from_utf8(vm,
                       items.size == 1 ? fmt::format("{}({})", name, view) : fmt::format("{}{}", name, view));
}

Status exception_init_keywords(VM& vm, Ref self, std::string_view function, const Arguments& arguments,
                               std::initializer_list<ExceptionKeyword> keywords) {
  CEDE_CHECK(base_exception_init(vm, self, {arguments.values, arguments.positional, nullptr}));
  for (const ExceptionKeyword& keyword : keywords) keyword.value->reset();
  if (!arguments.keywords) return Ok;
  for (std::size_t i = 0; i < arguments.keywords->size; ++i) {
    const std::string_view name = cast<Str>((*arguments.keywords)[i]).view();
    const auto found =
        std::find_if(keywords.begin(), keywords.end(), [&](const auto& k) { return k.name == name; });
    if (found == keywords.end())
      return vm.raise(TypeId::TypeError, "{}() got an unexpected keyword argument '{}'", function, name);
    *found->value = Value(Ref(arguments.values[arguments.positional + i]));
  }
  return Ok;
}

Owned exception_attributes(VM& vm, Ref self) {
  Attributes* attributes = attributes_of(self.object());
  if (!attributes || (attributes->shape ? attributes->shape->count == 0 : !attributes->dictionary))
    return Owned(None.bits);
  return attributes_dict(vm, self.object(), *attributes);
}

namespace {

Value none_if_unbound(const Value& value) { return value.is_unbound() ? Value(None) : value; }

Value get_args(VM&, BaseException& e) { return e.args; }
Status set_args(VM& vm, BaseException& e, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "args may not be deleted");
  CEDE_TRY(Value args, tuple_from(vm, value));
  e.args = std::move(args);
  return Ok;
}

Value get_traceback(VM&, BaseException& e) { return none_if_unbound(e.traceback); }
Status set_traceback(VM& vm, BaseException& e, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "__traceback__ may not be deleted");
  if (!value.is_none() && !is_exact(value, TypeId::Traceback))
    return vm.raise(TypeId::TypeError, "__traceback__ must be a traceback or None");
  e.traceback = value.is_none() ? Value() : Value(value);
  return Ok;
}

Result<bool> check_chained(VM& vm, Ref value, const char* field, const char* what) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "{} may not be deleted", field);
  if (value.is_none()) return false;
  if (is_exception(value)) return true;
  return vm.raise(TypeId::TypeError, "exception {} must be None or derive from BaseException", what);
}

Value get_context(VM&, BaseException& e) { return none_if_unbound(e.context); }
Status set_context(VM& vm, BaseException& e, Ref value) {
  CEDE_TRY(const bool present, check_chained(vm, value, "__context__", "context"));
  e.context = present ? Value(value) : Value();
  return Ok;
}
Value get_cause(VM&, BaseException& e) { return none_if_unbound(e.cause); }
Status set_cause(VM& vm, BaseException& e, Ref value) {
  CEDE_TRY(const bool present, check_chained(vm, value, "__cause__", "cause"));
  e.cause = present ? Value(value) : Value();
  e.suppress_context = true;
  return Ok;
}
bool get_suppress_context(VM&, BaseException& e) { return e.suppress_context; }
Status set_suppress_context(VM& vm, BaseException& e, Ref value) {
  if (value.is_unbound()) return vm.raise(TypeId::TypeError, "can't delete numeric/char attribute");
  if (!value.is_bool()) return vm.raise(TypeId::TypeError, "attribute value type must be bool");
  e.suppress_context = value.is_true();
  return Ok;
}

Value base_exception_with_traceback(VM& vm, BaseException& e, Ref traceback) {
  CEDE_CHECK(set_traceback(vm, e, traceback));
  return Value(Ref(e));
}

Status base_exception_add_note(VM& vm, BaseException& e, Ref note) {
  if (!is<Str>(note))
    return vm.raise(TypeId::TypeError, "note must be a str, not '{}'", display_name(type_of(vm, note)));
  CEDE_TRY(Value notes, find_attribute(vm, e, *vm.names.__notes__));
  if (notes.is_unbound()) {
    CEDE_TRY(notes, list_new(vm));
    CEDE_CHECK(set_attribute(vm, e, *vm.names.__notes__, notes));
  }
  if (!is<List>(notes)) return vm.raise(TypeId::TypeError, "Cannot add note: __notes__ is not a list");
  return list_append(vm, cast<List>(notes), note);
}

Owned base_exception_reduce(VM& vm, BaseException& e) {
  CEDE_TRY(Value attributes, exception_attributes(vm, e));
  if (attributes.is_none()) return tuple_of(vm, {Ref(e.type), e.args});
  return tuple_of(vm, {Ref(e.type), e.args, attributes});
}

Status base_exception_setstate(VM& vm, BaseException& e, Ref state) {
  if (state.is_none()) return Ok;
  if (!is<Dict>(state)) return vm.raise(TypeId::TypeError, "state is not a dictionary");
  CEDE_TRY(Value copy, dict_copy(vm, cast<Dict>(state)));
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(cast<Dict>(copy), position, key, value)) {
    if (!is<Str>(key))
      return vm.raise(TypeId::TypeError, "attribute name must be string, not '{}'",
                      display_name(type_of(vm, key)));
    CEDE_CHECK(set_attribute(vm, e, cast<Str>(key), value));
  }
  return Ok;
}

constexpr Method with_doc(Method method, const char* doc) {
  method.doc = doc;
  return method;
}
constexpr Property with_doc(Property property, const char* doc) {
  property.doc = doc;
  return property;
}

constexpr Method base_exception_methods[] = {
    method<"__reduce__(self, /)", base_exception_reduce>,
    method<"__setstate__(self, object, /)", base_exception_setstate>,
    with_doc(method<"with_traceback(self, object, /)", base_exception_with_traceback>,
             "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self."),
    with_doc(method<"add_note(self, object, /)", base_exception_add_note>,
             "Exception.add_note(note) --\n    add a note to the exception"),
};
constexpr Property base_exception_properties[] = {
    property<"__suppress_context__", get_suppress_context, set_suppress_context>,
    instance_dict_property,
    property<"args", get_args, set_args>,
    property<"__traceback__", get_traceback, set_traceback>,
    with_doc(property<"__context__", get_context, set_context>, "exception context"),
    with_doc(property<"__cause__", get_cause, set_cause>, "exception cause"),
};

// ---- StopIteration, SystemExit

Status stop_iteration_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(base_exception_init(vm, self, arguments));
  cast<StopIterationObject>(self).value = arguments.positional ? Value(arguments[0]) : Value(None);
  return Ok;
}
constexpr Member stop_iteration_members[] = {exception_member("value", 0, "generator return value")};

Status system_exit_init(VM& vm, Ref self, const Arguments& arguments) {
  CEDE_CHECK(base_exception_init(vm, self, arguments));
  SystemExitObject& e = cast<SystemExitObject>(self);
  if (arguments.positional == 1)
    e.code = Value(arguments[0]);
  else if (arguments.positional > 1)
    e.code = e.args;
  return Ok;
}
constexpr Member system_exit_members[] = {exception_member("code", 0, "exception code")};

// ---- ImportError

Status import_error_init(VM& vm, Ref self, const Arguments& arguments) {
  ImportErrorObject& e = cast<ImportErrorObject>(self);
  CEDE_CHECK(exception_init_keywords(vm, self, "ImportError", arguments,
                                     {{"name", &e.name}, {"path", &e.path}, {"name_from", &e.name_from}}));
  e.msg = arguments.positional == 1 ? Value(arguments[0]) : Value();
  return Ok;
}
Owned import_error_str(VM& vm, Ref self) {
  const Value message = cast<ImportErrorObject>(self).msg;
  return is_exact(message, TypeId::Str) ? Owned::share(message) : base_exception_str(vm, self);
}
Owned import_error_reduce(VM& vm, ImportErrorObject& e) {
  CEDE_TRY(Value attributes, exception_attributes(vm, e));
  Value state = attributes;
  if (!e.name.is_unbound() || !e.path.is_unbound() || !e.name_from.is_unbound()) {
    CEDE_TRY(state, attributes.is_none() ? dict_new(vm) : dict_copy(vm, cast<Dict>(attributes)));
    if (!e.name.is_unbound()) CEDE_CHECK(dict_set_str(vm, cast<Dict>(state), *vm.names.name, e.name));
    if (!e.path.is_unbound()) CEDE_CHECK(dict_set_str(vm, cast<Dict>(state), *vm.names.path, e.path));
    if (!e.name_from.is_unbound()) CEDE_CHECK(dict_set_text(vm, cast<Dict>(state), "name_from", e.name_from));
  }
  if (state.is_none()) return tuple_of(vm, {Ref(e.type), e.args});
  return tuple_of(vm, {Ref(e.type), e.args, state});
}
constexpr Method import_error_methods[] = {method<"__reduce__(self, /)", import_error_reduce>};
constexpr Member import_error_members[] = {exception_member("msg", 0, "exception message"),
                                           exception_member("name", 1, "module name"),
                                           exception_member("path", 2, "module path"),
                                           exception_member("name_from", 3, "name imported from module")};

// ---- NameError, AttributeError, KeyError

Status name_error_init(VM& vm, Ref self, const Arguments& arguments) {
  return exception_init_keywords(vm, self, "NameError", arguments,
                                 {{"name", &cast<NameErrorObject>(self).name}});
}
constexpr Member name_error_members[] = {exception_member("name", 0, "name")};

Status attribute_error_init(VM& vm, Ref self, const Arguments& arguments) {
  AttributeErrorObject& e = cast<AttributeErrorObject>(self);
  return exception_init_keywords(vm, self, "AttributeError", arguments, {{"name", &e.name}, {"obj", &e.obj}});
}
Owned attribute_error_getstate(VM& vm, AttributeErrorObject& e) {
  CEDE_TRY(Value attributes, exception_attributes(vm, e));
  if (e.name.is_unbound() && attributes.is_none()) return attributes;
  CEDE_TRY(Value state, attributes.is_none() ? dict_new(vm) : dict_copy(vm, cast<Dict>(attributes)));
  if (!e.name.is_unbound()) CEDE_CHECK(dict_set_str(vm, cast<Dict>(state), *vm.names.name, e.name));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(state), *vm.names.args, e.args));
  return state;
}
Owned attribute_error_reduce(VM& vm, AttributeErrorObject& e) {
  CEDE_TRY(Value state, attribute_error_getstate(vm, e));
  return tuple_of(vm, {Ref(e.type), e.args, state});
}
constexpr Method attribute_error_methods[] = {method<"__getstate__(self, /)", attribute_error_getstate>,
                                              method<"__reduce__(self, /)", attribute_error_reduce>};
constexpr Member attribute_error_members[] = {exception_member("obj", 0, "object"),
                                              exception_member("name", 1, "attribute name")};

// A missing key is shown as it would be written: KeyError('') must not look empty.
Owned key_error_str(VM& vm, Ref self) {
  const Value args = cast<BaseException>(self).args;
  return cast<Tuple>(args).size == 1 ? repr(vm, cast<Tuple>(args)[0]) : base_exception_str(vm, self);
}

template<class T> constexpr Slots family_slots(Slots::Init init, Slots::Unary text) {
  return inherit(object_slots, [=](Slots& s) {
    s.repr = base_exception_repr;
    s.str = text;
    s.init = init;
    s.construct = exception_construct<T>;
  });
}
constexpr Slots stop_iteration_slots =
    family_slots<StopIterationObject>(stop_iteration_init, base_exception_str);
constexpr Slots system_exit_slots = family_slots<SystemExitObject>(system_exit_init, base_exception_str);
constexpr Slots import_error_slots = family_slots<ImportErrorObject>(import_error_init, import_error_str);
constexpr Slots name_error_slots = family_slots<NameErrorObject>(name_error_init, base_exception_str);
constexpr Slots attribute_error_slots =
    family_slots<AttributeErrorObject>(attribute_error_init, base_exception_str);
constexpr Slots key_error_slots = family_slots<BaseException>(base_exception_init, key_error_str);

}  // namespace

constinit const Slots base_exception_slots =
    family_slots<BaseException>(base_exception_init, base_exception_str);

constinit const ExceptionFamily base_exception_family = {&base_exception_layout, &base_exception_slots,
                                                         base_exception_methods, base_exception_properties};
constinit const ExceptionFamily stop_iteration_family = {
    &stop_iteration_layout, &stop_iteration_slots, {}, {}, stop_iteration_members};
constinit const ExceptionFamily system_exit_family = {
    &system_exit_layout, &system_exit_slots, {}, {}, system_exit_members};
constinit const ExceptionFamily import_error_family = {
    &import_error_layout, &import_error_slots, import_error_methods, {}, import_error_members};
constinit const ExceptionFamily name_error_family = {
    &name_error_layout, &name_error_slots, {}, {}, name_error_members};
constinit const ExceptionFamily attribute_error_family = {
    &attribute_error_layout, &attribute_error_slots, attribute_error_methods, {}, attribute_error_members};
constinit const ExceptionFamily key_error_family = {&base_exception_layout, &key_error_slots};

// ---- making and raising

Owned exception_new(VM& vm, Type& type, std::span<const Bits> args) {
  const Arguments arguments{args.data(), static_cast<std::uint32_t>(args.size()), nullptr};
  if (type.has(TypeFlag::Heap)) return call(vm, type, arguments);
  CEDE_TRY(Value exception, type.slots->construct(vm, type, arguments));
  CEDE_CHECK(exception.object()->type->slots->init(vm, exception, arguments));
  return exception;
}
Owned exception_new(VM& vm, TypeId id, std::string_view text) {
  CEDE_TRY(Value message, str_from_utf8(vm, text));
  return exception_new(vm, id, message.ref());
}
Owned exception_new(VM& vm, TypeId id, Ref argument) {
  return exception_new(vm, vm.type(id), std::span(&argument.bits, argument.is_unbound() ? 0 : 1));
}

RaisedMark raise_attribute_error(VM& vm, Ref object, Str& name, std::string_view text) {
  CEDE_TRY(Value exception, exception_new(vm, TypeId::AttributeError, text));
  AttributeErrorObject& e = cast<AttributeErrorObject>(exception);
  e.obj = Value(object);
  e.name = Value(Ref(name));
  return vm.raise_value(std::move(exception));
}

void complete_attribute_error(VM& vm, Ref object, Str& name) {
  if (!is_exact(vm.thread->exception, TypeId::AttributeError)) return;
  AttributeErrorObject& e = cast<AttributeErrorObject>(vm.thread->exception);
  if (!e.name.is_unbound() || !e.obj.is_unbound()) return;
  e.obj = Value(object);
  e.name = Value(Ref(name));
}

RaisedMark raise_name_error(VM& vm, TypeId type, Str& name, std::string_view text) {
  CEDE_TRY(Value exception, exception_new(vm, type, text));
  cast<NameErrorObject>(exception).name = Value(Ref(name));
  return vm.raise_value(std::move(exception));
}

RaisedMark raise_import_error(VM& vm, TypeId type, std::string_view text, Ref name, Ref path, Ref name_from) {
  CEDE_TRY(Value exception, exception_new(vm, type, text));
  ImportErrorObject& e = cast<ImportErrorObject>(exception);
  e.name = Value(name);
  e.path = Value(path);
  e.name_from = Value(name_from);
  return vm.raise_value(std::move(exception));
}

Status exception_add_note(VM& vm, Ref exception, std::string_view note) {
  CEDE_TRY(Value text, str_from_utf8(vm, note));
  return base_exception_add_note(vm, cast<BaseException>(exception), text);
}

}  // namespace cede
