"""Classes whose methods are made from the fields that their annotations declare.

The methods are compiled together from one text, so that they are as fast as hand-written ones.
"""

import abc
import copy
import itertools
import keyword
import sys
import types
from reprlib import recursive_repr

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict",
           "astuple", "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    """The default of a parameter whose value a factory makes."""

    def __repr__(self):
        return "<factory>"


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()

_EMPTY_METADATA = types.MappingProxyType({})


class _FIELD_BASE:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT_NAME = "__post_init__"

# What is not copied by asdict and astuple.
_ATOMIC_TYPES = frozenset({types.NoneType, bool, int, float, str, complex, bytes, types.EllipsisType,
                           types.NotImplementedType, types.CodeType, types.BuiltinFunctionType, types.FunctionType,
                           type, range, property})


class InitVar:
    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        name = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f"dataclasses.InitVar[{name}]"

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata",
                 "kw_only", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    @recursive_repr()
    def __repr__(self):
        shown = ("name", "type", "default", "default_factory", "init", "repr", "hash", "compare", "metadata", "kw_only")
        parts = [f"{name}={getattr(self, name)!r}" for name in shown]
        return f"Field({','.join(parts)},_field_type={self._field_type})"

    def __set_name__(self, owner, name):
        # The default is a descriptor that wants to know its name.
        set_name = getattr(type(self.default), "__set_name__", None)
        if set_name:
            set_name(self.default, owner, name)

    def _has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING

    __class_getitem__ = classmethod(types.GenericAlias)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen", "match_args", "kw_only", "slots",
                 "weakref_slot")

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen
        self.match_args = match_args
        self.kw_only = kw_only
        self.slots = slots
        self.weakref_slot = weakref_slot

    def __repr__(self):
        return f"_DataclassParams({','.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__)})"


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None,
          kw_only=MISSING):
    """Return an object to identify dataclass fields.

    default is the default value of the field.  default_factory is a
    0-argument function called to initialize a field's value.  If init
    is true, the field will be a parameter to the class's __init__()
    function.  If repr is true, the field will be included in the
    object's repr().  If hash is true, the field will be included in the
    object's hash().  If compare is true, the field will be used in
    comparison functions.  metadata, if specified, must be a mapping
    which is stored but not otherwise examined by dataclass.  If kw_only
    is true, the field will become a keyword-only parameter to
    __init__().

    It is an error to specify both default and default_factory.
    """
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# ---- finding the fields of a class

def _is_annotation_of(annotation, cls, module, owner, predicate):
    """Whether annotation text like `InitVar[int]` or `typing.ClassVar` names what the predicate knows."""
    text = annotation.lstrip()
    parts = []
    while len(parts) < 2:
        end = 0
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        if not end:
            break
        parts.append(text[:end])
        text = text[end:].lstrip()
        if not text.startswith("."):
            break
        text = text[1:].lstrip()
    if not parts:
        return False
    own = sys.modules.get(cls.__module__)
    if len(parts) == 1:
        names = own.__dict__ if own else None
    elif own and own.__dict__.get(parts[0]) is module:
        names = sys.modules.get(owner.__module__).__dict__
    else:
        names = None
    return bool(names) and predicate(names.get(parts[-1]))


def _is_init_var(annotation):
    return annotation is InitVar or type(annotation) is InitVar


def _is_kw_only(annotation):
    return annotation is KW_ONLY


def _annotated_as(annotation, cls, module, owner, predicate):
    return predicate(annotation) or (isinstance(annotation, str) and
                                     _is_annotation_of(annotation, cls, module, owner, predicate))


def _kind_of(annotation, cls):
    typing = sys.modules.get("typing")
    if typing:
        def is_class_var(a):
            return a is typing.ClassVar or (type(a) is typing._GenericAlias and a.__origin__ is typing.ClassVar)
        if _annotated_as(annotation, cls, typing, typing.ClassVar, is_class_var):
            return _FIELD_CLASSVAR
    if _annotated_as(annotation, cls, sys.modules[__name__], InitVar, _is_init_var):
        return _FIELD_INITVAR
    return _FIELD


def _get_field(cls, name, annotation, default_kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING   # of __slots__
        f = field(default=default)
    f.name = name
    f.type = annotation
    f._field_type = _kind_of(annotation, cls)
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f"field {f.name} cannot have a default factory")
    if f._field_type is _FIELD_CLASSVAR:
        if f.kw_only is not MISSING:
            raise TypeError(f"field {f.name} is a ClassVar but specifies kw_only")
    elif f.kw_only is MISSING:
        f.kw_only = default_kw_only
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f"mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory")
    return f


def _own_fields(cls, kw_only):
    annotations = cls.__dict__.get("__annotations__", {})
    found, seen = [], False
    for name, annotation in annotations.items():
        if _annotated_as(annotation, cls, sys.modules[__name__], KW_ONLY, _is_kw_only):
            if seen:
                raise TypeError(f"{name!r} is KW_ONLY, but KW_ONLY has already been specified")
            seen = kw_only = True
        else:
            found.append(_get_field(cls, name, annotation, kw_only))
    for f in found:
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return found


# ---- making the methods

class _Methods:
    """Texts of methods, compiled by one exec into closures over `locals`."""

    def __init__(self, globals):
        self.globals = globals
        self.names = []
        self.texts = []
        self.locals = {}
        self.replacing = set()       # set whatever the class has
        self.complaints = {}         # what is said if the class has the method already: True, or an advice

    def add(self, name, parameters, body, *, decorator="", returns_none=False, complaint=None, replaces=False):
        result = ""
        if returns_none:
            self.locals[f"__dataclass_{name}_return_type__"] = None
            result = f"->__dataclass_{name}_return_type__"
        self.names.append(name)
        head = f" {decorator}\n" if decorator else ""
        self.texts.append(f"{head} def {name}({','.join(parameters)}){result}:\n" + "\n".join(body))
        if complaint:
            self.complaints[name] = complaint
        if replaces:
            self.replacing.add(name)

    def give_to(self, cls):
        names = f"({','.join(self.names)},)" if self.names else "()"
        body = "\n".join(self.texts)
        made = {}
        exec(f"def __create_fn__({','.join(self.locals)}):\n{body}\n return {names}", self.globals, made)
        for name, function in zip(self.names, made["__create_fn__"](**self.locals)):
            function.__qualname__ = f"{cls.__qualname__}.{function.__name__}"
            if name in self.replacing:
                setattr(cls, name, function)
            elif _set_new_attribute(cls, name, function) and name in self.complaints:
                advice = self.complaints[name]
                raise TypeError(f"Cannot overwrite attribute {name} in class {cls.__name__}"
                                + ("" if advice is True else f" {advice}"))


def _set_new_attribute(cls, name, value):
    """True: the class has an attribute of that name."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _tuple_text(owner, fields):
    return f"({','.join(f'{owner}.{f.name}' for f in fields)},)" if fields else "()"


def _init_parameter(f):
    default = ""
    if f.default is not MISSING:
        default = f"=__dataclass_dflt_{f.name}__"
    elif f.default_factory is not MISSING:
        default = "=__dataclass_HAS_DEFAULT_FACTORY__"
    return f"{f.name}:__dataclass_type_{f.name}__{default}"


def _init_line(f, frozen, locals, self_name, slots):
    """The line of __init__ that sets a field, or None."""
    default = f"__dataclass_dflt_{f.name}__"
    if f.default_factory is not MISSING:
        locals[default] = f.default_factory
        value = f"{default}()"
        if f.init:
            value += f" if {f.name} is __dataclass_HAS_DEFAULT_FACTORY__ else {f.name}"
    elif f.init:
        if f.default is not MISSING:
            locals[default] = f.default
        value = f.name
    elif slots and f.default is not MISSING:
        locals[default] = f.default
        value = default
    else:
        return None   # the class attribute serves
    if f._field_type is _FIELD_INITVAR:
        return None
    if frozen:
        return f"  __dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})"
    return f"  {self_name}.{f.name}={value}"


def _add_init(methods, fields, positional, keyword_only, frozen, post_init, self_name, slots):
    with_default = None
    for f in positional:
        if f._has_default():
            with_default = f
        elif with_default:
            raise TypeError(f"non-default argument {f.name!r} follows default argument {with_default.name!r}")
    locals = {f"__dataclass_type_{f.name}__": f.type for f in fields}
    locals["__dataclass_HAS_DEFAULT_FACTORY__"] = _HAS_DEFAULT_FACTORY
    locals["__dataclass_builtins_object__"] = object
    body = [line for f in fields if (line := _init_line(f, frozen, locals, self_name, slots))]
    if post_init:
        arguments = ",".join(f.name for f in fields if f._field_type is _FIELD_INITVAR)
        body.append(f"  {self_name}.{_POST_INIT_NAME}({arguments})")
    parameters = [self_name, *map(_init_parameter, positional)]
    if keyword_only:
        parameters += ["*", *map(_init_parameter, keyword_only)]
    methods.locals |= locals
    methods.add("__init__", parameters, body or ["  pass"], returns_none=True)


def _add_repr(methods, fields):
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in fields if f.repr)
    methods.locals["__dataclasses_recursive_repr"] = recursive_repr
    methods.add("__repr__", ("self",), ['  return f"{self.__class__.__qualname__}(' + shown + ')"'],
                decorator="@__dataclasses_recursive_repr()")


def _add_eq(methods, fields):
    terms = " and ".join(f"self.{f.name}==other.{f.name}" for f in fields if f.compare) or "True"
    methods.add("__eq__", ("self", "other"), ["  if self is other:", "   return True",
                                              "  if other.__class__ is self.__class__:", f"   return {terms}",
                                              "  return NotImplemented"])


def _add_order(methods, fields):
    compared = [f for f in fields if f.compare]
    left, right = _tuple_text("self", compared), _tuple_text("other", compared)
    for name, sign in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
        methods.add(name, ("self", "other"), ["  if other.__class__ is self.__class__:", f"   return {left}{sign}{right}",
                                              "  return NotImplemented"],
                    complaint="Consider using functools.total_ordering")


def _add_frozen(methods, cls, fields):
    methods.locals |= {"cls": cls, "FrozenInstanceError": FrozenInstanceError}
    condition = "type(self) is cls"
    if fields:
        condition += " or name in {" + ", ".join(repr(f.name) for f in fields) + "}"
    for name, parameters, verb in (("__setattr__", ("self", "name", "value"), "assign to"),
                                   ("__delattr__", ("self", "name"), "delete")):
        methods.add(name, parameters, [f"  if {condition}:",
                                       f'   raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
                                       f"  super(cls, self).{name}({', '.join(parameters[1:])})"], complaint=True)


def _add_hash(methods, cls, fields, unsafe_hash, eq, frozen):
    own = cls.__dict__.get("__hash__", MISSING)
    # A None that came with __eq__ is nobody's wish.
    explicit = own is not MISSING and not (own is None and "__eq__" in cls.__dict__)
    if unsafe_hash:
        if explicit:
            raise TypeError(f"Cannot overwrite attribute __hash__ in class {cls.__name__}")
    elif not eq or explicit:
        return
    cls.__hash__ = None
    if unsafe_hash or frozen:
        hashed = [f for f in fields if (f.compare if f.hash is None else f.hash)]
        methods.add("__hash__", ("self",), [f"  return hash({_tuple_text('self', hashed)})"], replaces=True)


# ---- the decorator

def _inherited_fields(cls):
    """The fields of the bases, and which of those are frozen."""
    fields, kinds = {}, []
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is not None:
            fields.update({f.name: f for f in inherited.values()})
            kinds.append(getattr(base, _PARAMS).frozen)
    return fields, kinds


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    module = sys.modules.get(cls.__module__)
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
                                           weakref_slot))
    fields, frozen_bases = _inherited_fields(cls)
    for f in _own_fields(cls, kw_only):
        fields[f.name] = f
    if any(frozen_bases) and not frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if frozen and not all(frozen_bases):
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, fields)
    if order and not eq:
        raise ValueError("eq must be true if order is true")

    in_init = [f for f in fields.values() if f._field_type is not _FIELD_CLASSVAR]
    positional = tuple(f for f in in_init if f.init and not f.kw_only)
    keyword_only = tuple(f for f in in_init if f.init and f.kw_only)
    real = [f for f in fields.values() if f._field_type is _FIELD]
    methods = _Methods(module.__dict__ if module else {})
    own_init = "__init__" in cls.__dict__
    if init:
        _add_init(methods, in_init, positional, keyword_only, frozen, hasattr(cls, _POST_INIT_NAME),
                  "__dataclass_self__" if "self" in fields else "self", slots)
    _set_new_attribute(cls, "__replace__", _replace)
    if repr:
        _add_repr(methods, real)
    if eq:
        _add_eq(methods, real)
    if order:
        _add_order(methods, real)
    if frozen:
        _add_frozen(methods, cls, real)
    _add_hash(methods, cls, real, unsafe_hash, eq, frozen)
    methods.give_to(cls)

    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _signature_text(cls, positional, keyword_only, init and not own_init)
    if match_args:
        _set_new_attribute(cls, "__match_args__", tuple(f.name for f in positional))
    if weakref_slot and not slots:
        raise TypeError("weakref_slot is True but slots is False")
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot)
    abc.update_abstractmethods(cls)
    return cls


def _signature_text(cls, positional, keyword_only, generated):
    """The class's signature as its docstring shows it."""
    simple = all(isinstance(f.type, str) or type(f.type) is type for f in (*positional, *keyword_only))
    if not (generated and simple and type(cls) is type and cls.__new__ is object.__new__):
        import inspect
        try:
            return str(inspect.signature(cls)).replace(" -> None", "")
        except (TypeError, ValueError):
            return ""

    def shown(f):
        if isinstance(f.type, str):
            kind = repr(f.type)
        elif f.type.__module__ == "builtins":
            kind = f.type.__qualname__
        else:
            kind = f"{f.type.__module__}.{f.type.__qualname__}"
        if not f._has_default():
            return f"{f.name}: {kind}"
        default = _HAS_DEFAULT_FACTORY if f.default is MISSING else f.default
        return f"{f.name}: {kind} = {default!r}"

    parts = [shown(f) for f in positional]
    if keyword_only:
        parts += ["*", *map(shown, keyword_only)]
    return f"({', '.join(parts)})"


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Add dunder methods based on the fields defined in the class.

    Examines PEP 526 __annotations__ to determine fields.

    If init is true, an __init__() method is added to the class. If repr
    is true, a __repr__() method is added. If order is true, rich
    comparison dunder methods are added. If unsafe_hash is true, a
    __hash__() method is added. If frozen is true, fields may not be
    assigned to after instance creation. If match_args is true, the
    __match_args__ tuple is added. If kw_only is true, then by default
    all fields are keyword-only. If slots is true, a new class with a
    __slots__ attribute is returned.
    """
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return wrap if cls is None else wrap(cls)


# ---- __slots__

def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for f, value in zip(fields(self), state):
        object.__setattr__(self, f.name, value)


def _slots_of(cls):
    slots = cls.__dict__.get("__slots__")
    if slots is None:
        found = []
        if getattr(cls, "__weakrefoffset__", -1) != 0:
            found.append("__weakref__")
        if getattr(cls, "__dictoffset__", -1) != 0:
            found.append("__dict__")
        return found
    if isinstance(slots, str):
        return [slots]
    if hasattr(slots, "__next__"):
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return slots


def _add_slots(cls, frozen, weakref_slot):
    """A class like `cls` that has __slots__: they cannot be added to one that exists."""
    if "__slots__" in cls.__dict__:
        raise TypeError(f"{cls.__name__} already specifies __slots__")
    names = dict(cls.__dict__)
    field_names = tuple(f.name for f in fields(cls))
    inherited = set(itertools.chain.from_iterable(map(_slots_of, cls.__mro__[1:-1])))
    wanted = (*field_names, "__weakref__") if weakref_slot else field_names
    names["__slots__"] = tuple(name for name in wanted if name not in inherited)
    for name in (*field_names, "__dict__", "__weakref__"):
        names.pop(name, None)
    qualified = getattr(cls, "__qualname__", None)
    made = type(cls)(cls.__name__, cls.__bases__, names)
    if qualified is not None:
        made.__qualname__ = qualified
    if frozen:
        # Attributes cannot be set one by one.
        if "__getstate__" not in names:
            made.__getstate__ = _dataclass_getstate
        if "__setstate__" not in names:
            made.__setstate__ = _dataclass_setstate
    return made


# ---- functions on instances

def fields(class_or_instance):
    """Return a tuple describing the fields of this dataclass.

    Accepts a dataclass or an instance of one. Tuple elements are of
    type Field.
    """
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in found.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    """Returns True if obj is an instance of a dataclass."""
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Returns True if obj is a dataclass or an instance of a
    dataclass."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of a dataclass instance as a new dictionary mapping
    field names to field values.

    Example usage::

      @dataclass
      class C:
          x: int
          y: int

      c = C(1, 2)
      assert asdict(c) == {'x': 1, 'y': 2}

    If given, 'dict_factory' will be used instead of built-in dict.
    The function applies recursively to field values that are
    dataclass instances. This will also look into built-in containers:
    tuples, lists, and dicts. Other objects are copied with 'copy.deepcopy()'.
    """
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")

    def of_instance(instance):
        return dict_factory([(f.name, _converted(getattr(instance, f.name), of_instance)) for f in fields(instance)])

    return of_instance(obj)


def astuple(obj, *, tuple_factory=tuple):
    """Return the fields of a dataclass instance as a new tuple of field values.

    Example usage::

      @dataclass
      class C:
          x: int
          y: int

      c = C(1, 2)
      assert astuple(c) == (1, 2)

    If given, 'tuple_factory' will be used instead of built-in tuple.
    The function applies recursively to field values that are
    dataclass instances. This will also look into built-in containers:
    tuples, lists, and dicts. Other objects are copied with 'copy.deepcopy()'.
    """
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def of_instance(instance):
        return tuple_factory([_converted(getattr(instance, f.name), of_instance) for f in fields(instance)])

    return of_instance(obj)


def _converted(value, of_instance):
    """A copy in which dataclass instances are what of_instance makes of them."""
    kind = type(value)
    if kind in _ATOMIC_TYPES:
        return value
    if hasattr(kind, _FIELDS):
        return of_instance(value)
    if issubclass(kind, tuple):
        items = [_converted(item, of_instance) for item in value]
        return kind(*items) if hasattr(kind, "_fields") else kind(items)
    if issubclass(kind, list):
        return kind(_converted(item, of_instance) for item in value)
    if issubclass(kind, dict):
        pairs = ((_converted(key, of_instance), _converted(item, of_instance)) for key, item in value.items())
        if hasattr(kind, "default_factory"):
            made = kind(value.default_factory)
            for key, item in pairs:
                made[key] = item
            return made
        return kind(pairs)
    return copy.deepcopy(value)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False,
                   module=None):
    """Return a new dynamically created dataclass.

    The dataclass name will be 'cls_name'.  'fields' is an iterable
    of either (name), (name, type) or (name, type, Field) objects. If type is
    omitted, use the string 'typing.Any'.  Field objects are created by
    the equivalent of calling 'field(name, type [, Field-info])'.::

      C = make_dataclass('C', ['x', ('y', int), ('z', int, field(init=False))], bases=(Base,))

    For the bases and namespace parameters, see the builtin type() function.

    The parameters init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only,
    slots, and weakref_slot are passed to dataclass().

    If module parameter is defined, the '__module__' attribute of the dataclass is
    set to that value.
    """
    annotations, defaults = {}, {}
    for item in fields:
        if isinstance(item, str):
            name, kind = item, "typing.Any"
        elif len(item) == 2:
            name, kind = item
        elif len(item) == 3:
            name, kind, default = item
            defaults[name] = default
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = kind

    def body(names):
        names.update(namespace or {})
        names.update(defaults)
        names["__annotations__"] = annotations

    cls = types.new_class(cls_name, bases, {}, body)
    if module is None:
        try:
            module = sys._getframe(1).f_globals.get("__name__", "__main__")
        except (AttributeError, ValueError):
            pass
    if module is not None:
        cls.__module__ = module
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """Return a new object replacing specified fields with new values.

    This is especially useful for frozen classes.  Example usage::

      @dataclass(frozen=True)
      class C:
          x: int
          y: int

      c = C(1, 2)
      c1 = replace(c, x=3)
      assert c1.x == 3 and c1.y == 2
    """
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError(f"field {f.name} is declared with init=False, it cannot be specified with replace()")
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise TypeError(f"InitVar {f.name!r} must be specified with replace()")
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
