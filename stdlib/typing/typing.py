"""
The typing module: Support for gradual typing as defined by PEP 484 and subsequent PEPs.

Any, Union, Literal and the like are special forms; List, Callable and the like aliases of classes elsewhere. Subscripting
any of them gives an alias object that keeps what it was subscripted with.
"""

import abc
import collections
import collections.abc
import contextlib
import functools
import operator
import sys
import types
from types import GenericAlias

from _typing import (Generic, NoDefault, ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar,
                     TypeVarTuple)

__all__ = [
    "Annotated", "Any", "Callable", "ClassVar", "Concatenate", "Final", "ForwardRef", "Generic", "Literal", "Optional",
    "ParamSpec", "Protocol", "Tuple", "Type", "TypeVar", "TypeVarTuple", "Union", "AbstractSet", "ByteString",
    "Container", "ContextManager", "Hashable", "ItemsView", "Iterable", "Iterator", "KeysView", "Mapping",
    "MappingView", "MutableMapping", "MutableSequence", "MutableSet", "Sequence", "Sized", "ValuesView", "Awaitable",
    "AsyncIterator", "AsyncIterable", "Coroutine", "Collection", "AsyncGenerator", "AsyncContextManager",
    "Reversible", "SupportsAbs", "SupportsBytes", "SupportsComplex", "SupportsFloat", "SupportsIndex", "SupportsInt",
    "SupportsRound", "ChainMap", "Counter", "Deque", "Dict", "DefaultDict", "List", "OrderedDict", "Set", "FrozenSet",
    "NamedTuple", "TypedDict", "Generator", "BinaryIO", "IO", "Match", "Pattern", "TextIO", "AnyStr", "assert_type",
    "assert_never", "cast", "clear_overloads", "dataclass_transform", "final", "get_args", "get_origin",
    "get_overloads", "get_protocol_members", "get_type_hints", "is_protocol", "is_typeddict", "LiteralString",
    "Never", "NewType", "no_type_check", "no_type_check_decorator", "NoDefault", "NoReturn", "NotRequired",
    "overload", "override", "ParamSpecArgs", "ParamSpecKwargs", "ReadOnly", "Required", "reveal_type",
    "runtime_checkable", "Self", "Text", "TYPE_CHECKING", "TypeAlias", "TypeGuard", "TypeIs", "TypeAliasType",
    "Unpack"]
# Match and Pattern stay out until there is a module `re`.
__all__.remove("Match")
__all__.remove("Pattern")

TYPE_CHECKING = False
Text = str


# ---- checking and showing arguments

def _convert(argument, module=None, *, special=False):
    """None as NoneType, text as a ForwardRef."""
    if argument is None:
        return type(None)
    if isinstance(argument, str):
        return ForwardRef(argument, module=module, is_class=special)
    return argument


def _check(argument, message, is_argument=True, module=None, *, special=False):
    """The argument of a form as a type; TypeError for what cannot be one."""
    invalid = (Generic, Protocol)
    if not special:
        invalid += (ClassVar,)
        if is_argument:
            invalid += (Final,)
    argument = _convert(argument, module=module, special=special)
    if isinstance(argument, _GenericAlias) and argument.__origin__ in invalid:
        raise TypeError(f"{argument} is not valid as type argument")
    if argument in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return argument
    if special and argument in (ClassVar, Final):
        return argument
    if isinstance(argument, _SpecialForm) or argument in (Generic, Protocol):
        raise TypeError(f"Plain {argument} is not valid as type argument")
    if type(argument) is tuple:
        raise TypeError(f"{message} Got {argument!r:.100}.")
    return argument


def _show(argument):
    if isinstance(argument, tuple):
        return "[" + ", ".join(_show(item) for item in argument) + "]"
    if isinstance(argument, type) and not isinstance(argument, GenericAlias):
        if argument.__module__ == "builtins":
            return argument.__qualname__
        return f"{argument.__module__}.{argument.__qualname__}"
    if argument is ...:
        return "..."
    if isinstance(argument, types.FunctionType):
        return argument.__name__
    return repr(argument)


_type_repr = _show
_type_check = _check


def _is_parameter(argument):
    return hasattr(argument, "__typing_subst__") and not isinstance(argument, type)


def _parameters_of(arguments):
    """The type parameters that occur in arguments, in order of their first occurrence."""
    found = []
    for argument in arguments:
        if isinstance(argument, type):
            continue
        if isinstance(argument, (tuple, list)):
            inside = _parameters_of(argument)
        elif _is_parameter(argument) or isinstance(argument, TypeVarTuple):
            inside = (argument,)
        else:
            inside = getattr(argument, "__parameters__", ())
        for parameter in inside:
            if parameter not in found:
                found.append(parameter)
    return tuple(found)


_collect_type_parameters = _collect_parameters = _parameters_of


def _check_count(what, arguments, expected):
    count = len(arguments)
    if not expected:
        raise TypeError(f"{what} is not a generic class")
    if count != expected:
        raise TypeError(f"Too {'many' if count > expected else 'few'} arguments for {what};"
                        f" actual {count}, expected {expected}")


def _without_duplicates(arguments):
    result = []
    for argument in arguments:
        if argument not in result:
            result.append(argument)
    return tuple(result)


def _cached(function):
    """Remembers results by hashable arguments: equal subscripts give the same object."""
    remembering = functools.lru_cache(typed=True)(function)

    @functools.wraps(function)
    def inner(*arguments, **keywords):
        try:
            return remembering(*arguments, **keywords)
        except TypeError:
            pass   # unhashable, or an error that the call below raises again
        return function(*arguments, **keywords)

    return inner


# ---- special forms

class _SpecialForm:
    __slots__ = ("_name", "__doc__", "_getitem", "__weakref__")

    def __init__(self, getitem):
        self._getitem = getitem
        self._name = getitem.__name__
        self.__doc__ = getitem.__doc__

    def __init_subclass__(cls, /, *arguments, _root=False, **keywords):
        if not _root and cls.__module__ != "typing":
            raise TypeError("Cannot subclass special typing classes")

    def __getattr__(self, name):
        if name in {"__name__", "__qualname__"}:
            return self._name
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        raise TypeError(f"Cannot subclass {self!r}")

    def __repr__(self):
        return "typing." + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *arguments, **keywords):
        raise TypeError(f"Cannot instantiate {self!r}")

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, instance):
        raise TypeError(f"{self} cannot be used with isinstance()")

    def __subclasscheck__(self, cls):
        raise TypeError(f"{self} cannot be used with issubclass()")

    def __getitem__(self, parameters):
        return self._remembered(parameters)

    @_cached
    def _remembered(self, parameters):
        return self._getitem(self, parameters)


class _LiteralForm(_SpecialForm):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return self._getitem(self, *parameters)


def _plain(form):
    """The body of a form that takes no subscript."""
    def getitem(self, parameters):
        raise TypeError(f"{self} is not subscriptable")
    getitem.__name__ = form.__name__
    getitem.__doc__ = form.__doc__
    return _SpecialForm(getitem)


class _AnyMeta(type):
    def __instancecheck__(self, instance):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(instance)

    def __repr__(self):
        return "typing.Any" if self is Any else super().__repr__()


class Any(metaclass=_AnyMeta):
    """Special type indicating an unconstrained type.

    - Any is compatible with every type.
    - Any assumed to have all methods.
    - All values assumed to be instances of Any.

    Note that all the above statements are true from the point of view of
    static type checkers. At runtime, Any should not be used with instance
    checks.
    """

    def __new__(cls, *arguments, **keywords):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls)


@_plain
def NoReturn():
    """Special type indicating functions that never return."""


@_plain
def Never():
    """The bottom type, a type that has no members."""


@_plain
def Self():
    """Used to spell the type of "self" in classes."""


@_plain
def LiteralString():
    """Represents an arbitrary literal string."""


@_plain
def TypeAlias():
    """Special form for marking type aliases."""


def _single(doc, special=False):
    """A form with exactly one type argument."""
    def make(form):
        def getitem(self, parameters):
            item = _check(parameters, f"{self} accepts only single type.", special=special)
            return _GenericAlias(self, (item,))
        getitem.__name__ = form.__name__
        getitem.__doc__ = doc
        return _SpecialForm(getitem)
    return make


@_single("Special type construct to mark class variables.", special=True)
def ClassVar():
    pass


@_single("Special typing construct to indicate final names to type checkers.", special=True)
def Final():
    pass


@_single("Special typing construct to mark a TypedDict key as required.", special=True)
def Required():
    pass


@_single("Special typing construct to mark a TypedDict key as potentially missing.", special=True)
def NotRequired():
    pass


@_single("A special typing construct to mark an item of a TypedDict as read-only.", special=True)
def ReadOnly():
    pass


@_single("Special typing construct for marking user-defined type predicate functions.")
def TypeGuard():
    pass


@_single("Special typing construct for marking user-defined type predicate functions.")
def TypeIs():
    pass


@_SpecialForm
def Union(self, parameters):
    """Union type; Union[X, Y] means either X or Y."""
    if parameters == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    items = []
    for parameter in parameters:
        parameter = _check(parameter, "Union[arg, ...]: each arg must be a type.")
        if isinstance(parameter, (_UnionAlias, types.UnionType)):
            items.extend(parameter.__args__)
        else:
            items.append(parameter)
    items = _without_duplicates(items)
    if len(items) == 1:
        return items[0]
    if len(items) == 2 and type(None) in items:
        return _UnionAlias(self, items, name="Optional")
    return _UnionAlias(self, items)


@_SpecialForm
def Optional(self, parameters):
    """Optional[X] is equivalent to Union[X, None]."""
    return Union[_check(parameters, f"{self} requires a single type."), type(None)]


@_LiteralForm
def Literal(self, *parameters):
    """Special typing form to define literal types (a.k.a. value types)."""
    flat = []
    for parameter in parameters:
        if isinstance(parameter, _LiteralAlias):
            flat.extend(parameter.__args__)
        else:
            flat.append(parameter)
    try:
        kept = {}
        for parameter in flat:
            kept.setdefault((parameter, type(parameter)), parameter)
        flat = list(kept.values())
    except TypeError:
        pass   # unhashable ones stay as they are
    return _LiteralAlias(self, tuple(flat))


@_SpecialForm
def Concatenate(self, parameters):
    """Special form for annotating higher-order functions."""
    if parameters == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(parameters, tuple):
        parameters = (parameters,)
    if not (parameters[-1] is ... or isinstance(parameters[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    return _ConcatenateAlias(self, (*(_check(p, message) for p in parameters[:-1]), parameters[-1]))


@_SpecialForm
def Unpack(self, parameters):
    """Type unpack operator."""
    return _UnpackAlias(self, (_check(parameters, f"{self} accepts only single type."),))


class _AnnotatedForm(_SpecialForm):
    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        return self._getitem(self, *parameters)


@_AnnotatedForm
def Annotated(self, *parameters):
    """Add context-specific metadata to a type."""
    if len(parameters) < 2:
        raise TypeError("Annotated[...] should be used with at least two arguments (a type and an annotation).")
    if isinstance(parameters[0], _UnpackAlias):
        raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
    origin = _check(parameters[0], "Annotated[t, ...]: t must be a type.", special=True)
    return _AnnotatedAlias(origin, parameters[1:])


# ---- forward references

class ForwardRef:
    """Internal wrapper to hold a forward reference."""

    __slots__ = ("__forward_arg__", "__forward_code__", "__forward_evaluated__", "__forward_value__",
                 "__forward_is_argument__", "__forward_is_class__", "__forward_module__", "__weakref__")

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f"Forward reference must be a string -- got {arg!r}")
        text = f"({arg},)[0]" if arg.startswith("*") else arg
        try:
            code = compile(text, "<string>", "eval")
        except SyntaxError:
            raise SyntaxError(f"Forward reference must be an expression -- got {arg!r}")
        self.__forward_arg__ = arg
        self.__forward_code__ = code
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module

    def _evaluate(self, globalns, localns, type_params=(), *, recursive_guard):
        if self.__forward_arg__ in recursive_guard:
            return self
        if not self.__forward_evaluated__ or localns is not globalns:
            if globalns is None and localns is None:
                globalns = localns = {}
            elif globalns is None:
                globalns = localns
            elif localns is None:
                localns = globalns
            if self.__forward_module__ is not None:
                globalns = getattr(sys.modules.get(self.__forward_module__), "__dict__", globalns)
            if type_params:
                globalns, localns = dict(globalns), dict(localns)
                for parameter in type_params:
                    if parameter.__name__ not in globalns:
                        globalns[parameter.__name__] = parameter
                        localns.pop(parameter.__name__, None)
            found = _check(eval(self.__forward_code__, globalns, localns), "Forward references must evaluate to types.",
                           is_argument=self.__forward_is_argument__, special=self.__forward_is_class__)
            self.__forward_value__ = _evaluate(found, globalns, localns, type_params,
                                               recursive_guard=recursive_guard | {self.__forward_arg__})
            self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return (self.__forward_arg__ == other.__forward_arg__ and
                    self.__forward_value__ == other.__forward_value__)
        return (self.__forward_arg__ == other.__forward_arg__ and
                self.__forward_module__ == other.__forward_module__)

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        module = f", module={self.__forward_module__!r}" if self.__forward_module__ is not None else ""
        return f"ForwardRef({self.__forward_arg__!r}{module})"


def _evaluate(t, globalns, localns, type_params=(), *, recursive_guard=frozenset()):
    """Replaces forward references inside a type by what they stand for."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, type_params, recursive_guard=recursive_guard)
    if isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        if isinstance(t, GenericAlias):
            arguments = tuple(ForwardRef(a) if isinstance(a, str) else a for a in t.__args__)
        else:
            arguments = t.__args__
        new = tuple(_evaluate(a, globalns, localns, type_params, recursive_guard=recursive_guard) for a in arguments)
        if new == t.__args__:
            return t
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, new)
        if isinstance(t, types.UnionType):
            return functools.reduce(operator.or_, new)
        return t.copy_with(new)
    return t


# ---- aliases

class _Alias:
    """What all aliases have: an origin, to which calls and other attributes go."""

    def __init__(self, origin, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *arguments, **keywords):
        if not self._inst:
            raise TypeError(f"Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead")
        result = self.__origin__(*arguments, **keywords)
        try:
            result.__orig_class__ = self
        except Exception:
            pass   # no room for attributes, or it does not want any
        return result

    def __mro_entries__(self, bases):
        result = []
        if self.__origin__ not in bases:
            result.append(self.__origin__)
        at = bases.index(self)
        for base in bases[at + 1:]:
            if isinstance(base, _Alias) or issubclass(base, Generic):
                break
        else:
            result.append(Generic)
        return tuple(result)

    def __getattr__(self, name):
        if name in {"__origin__", "__args__"}:
            return super().__getattr__(name)
        if name in {"__name__", "__qualname__"}:
            return self._name or self.__origin__.__name__
        if "__origin__" in self.__dict__ and not (name.startswith("__") and name.endswith("__")):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __setattr__(self, name, value):
        own = {"_name", "_inst", "_nparams", "_paramspec_tvars", "_typevar_types", "_defaults"}
        if name in own or (name.startswith("__") and name.endswith("__")):
            super().__setattr__(name, value)
        else:
            setattr(self.__origin__, name, value)

    def __instancecheck__(self, instance):
        return self.__subclasscheck__(type(instance))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __dir__(self):
        return list(set(super().__dir__() + [name for name in dir(self.__origin__)
                                             if not (name.startswith("__") and name.endswith("__"))]))


_BaseGenericAlias = _Alias


def _substitute(argument, replacing):
    """The argument with its type parameters replaced."""
    if isinstance(argument, type):
        return argument
    if _is_parameter(argument):
        return replacing[argument] if argument in replacing else argument
    if isinstance(argument, (list, tuple)):
        return type(argument)(_substitute(item, replacing) for item in argument)
    inside = getattr(argument, "__parameters__", ())
    if not inside or isinstance(argument, TypeVarTuple):
        return argument
    flat = []
    for parameter in inside:
        new = replacing.get(parameter, parameter)
        if isinstance(parameter, TypeVarTuple) and isinstance(new, tuple):
            flat.extend(new)
        else:
            flat.append(new)
    return argument[tuple(flat)]


class _GenericAlias(_Alias):
    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = tuple(... if a is _ellipsis else a for a in args)
        self.__parameters__ = _parameters_of(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _GenericAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __getitem__(self, args):
        return self._substituted(args)

    @_cached
    def _substituted(self, args):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f"Cannot subscript already-subscripted {self}")
        if not self.__parameters__:
            raise TypeError(f"{self} is not a generic class")
        if not isinstance(args, tuple):
            args = (args,)
        args = tuple(_unpacked(tuple(_convert(a) for a in args)))
        return self.copy_with(self._new_args(args))

    def _new_args(self, args):
        replacing = _pair(self, self.__parameters__, args)
        new = []
        for argument in self.__args__:
            if isinstance(argument, _UnpackAlias) and isinstance(argument.__args__[0], TypeVarTuple):
                value = replacing.get(argument.__args__[0], (argument,))
                new.extend(value)
                continue
            value = _substitute(argument, replacing)
            if self.__origin__ is collections.abc.Callable and isinstance(value, tuple):
                new.extend(value)
            else:
                new.append(value)
        return tuple(new)

    def copy_with(self, args):
        return self.__class__(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = "typing." + self._name if self._name else _show(self.__origin__)
        arguments = ", ".join(_show(a) for a in self.__args__) if self.__args__ else "()"
        return f"{name}[{arguments}]"

    def __reduce__(self):
        origin = globals()[self._name] if self._name else self.__origin__
        arguments = tuple(self.__args__)
        if len(arguments) == 1 and not isinstance(arguments[0], tuple):
            arguments, = arguments
        return operator.getitem, (origin, arguments)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _SpecialForm):
            raise TypeError(f"Cannot subclass {self!r}")
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            at = bases.index(self)
            for base in bases[at + 1:]:
                if isinstance(base, _Alias) and base is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


class _EllipsisMark:
    pass


_ellipsis = _EllipsisMark


def _unpacked(args):
    """Items of unpacked tuples (*tuple[int, str]) take the place of their tuple."""
    for argument in args:
        inside = None
        if isinstance(argument, (_UnpackAlias, GenericAlias)):
            inside = getattr(argument, "__typing_unpacked_tuple_args__", None)
        if inside is not None and not (inside and inside[-1] is ...):
            yield from inside
        else:
            yield argument


def _pair(alias, parameters, args):
    """Which argument replaces which parameter."""
    if len(parameters) == 1 and isinstance(parameters[0], ParamSpec):
        if not (len(args) == 1 and _is_parameters_argument(args[0])):
            args = (tuple(args),)
    variadic = next((i for i, p in enumerate(parameters) if isinstance(p, TypeVarTuple)), None)
    if variadic is not None:
        behind = len(parameters) - variadic - 1
        if len(args) < variadic + behind:
            raise TypeError(f"Too few arguments for {alias}; actual {len(args)}, expected at least {len(parameters) - 1}")
        middle = args[variadic:len(args) - behind]
        args = (*args[:variadic], middle, *args[len(args) - behind:])
    elif len(args) < len(parameters):
        filled = list(args)
        for parameter in parameters[len(args):]:
            if not parameter.has_default():
                break
            filled.append(parameter.__default__)
        args = tuple(filled)
        if len(args) < len(parameters):
            least = sum(not parameter.has_default() for parameter in parameters)
            raise TypeError(f"Too few arguments for {alias}; actual {len(args)}, expected at least {least}")
    _check_count(alias, args, len(parameters))
    replacing = {}
    for parameter, argument in zip(parameters, args):
        if isinstance(parameter, ParamSpec):
            if isinstance(argument, list):
                argument = tuple(argument)
            elif not _is_parameters_argument(argument):
                raise TypeError(f"Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {argument}")
        elif not isinstance(parameter, TypeVarTuple):
            argument = _check(argument, "Parameters to generic types must be types.")
            if isinstance(argument, _UnpackAlias) or getattr(argument, "__unpacked__", False):
                raise TypeError(f"{argument} is not valid as type argument")
        replacing[parameter] = argument
    return replacing


def _is_parameters_argument(argument):
    return (argument is ... or isinstance(argument, (tuple, list, ParamSpec, _ConcatenateAlias)))


class _SpecialAlias(_Alias):
    """List, Dict and the like: an alias without arguments."""

    def __init__(self, origin, nparams, *, inst=True, name=None, defaults=()):
        if name is None:
            name = origin.__name__
        super().__init__(origin, inst=inst, name=name)
        self._nparams = nparams
        self._defaults = defaults
        self.__doc__ = f"A generic version of {origin.__module__}.{origin.__qualname__}."

    def __getitem__(self, parameters):
        return self._subscripted(parameters)

    @_cached
    def _subscripted(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        message = "Parameters to generic types must be types."
        parameters = tuple(_check(p, message) for p in parameters)
        if self._defaults and len(parameters) < self._nparams:
            missing = self._nparams - len(parameters)
            if missing <= len(self._defaults):
                parameters = (*parameters, *self._defaults[len(self._defaults) - missing:])
        _check_count(self, parameters, self._nparams)
        return self.copy_with(parameters)

    def copy_with(self, args):
        return _GenericAlias(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        return "typing." + self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, _SpecialAlias):
            return issubclass(cls.__origin__, self.__origin__)
        if not isinstance(cls, _GenericAlias):
            return issubclass(cls, self.__origin__)
        return super().__subclasscheck__(cls)

    def __reduce__(self):
        return self._name

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _CallableAlias(_GenericAlias):
    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _is_parameters_argument(args[0]) and not isinstance(args[0], (tuple, list)):
            return super().__repr__()
        return f"typing.Callable[[{', '.join(_show(a) for a in args[:-1])}], {_show(args[-1])}]"

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _is_parameters_argument(args[0])):
            args = list(args[:-1]), args[-1]
        return operator.getitem, (Callable, args)


class _CallableForm(_SpecialAlias):
    def copy_with(self, args):
        return _CallableAlias(self.__origin__, args, name=self._name, inst=self._inst)

    def __getitem__(self, parameters):
        if not isinstance(parameters, tuple) or len(parameters) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        arguments, result = parameters
        if isinstance(arguments, list):
            return self._made((tuple(arguments), result))
        return self._made((arguments, result))

    @_cached
    def _made(self, parameters):
        arguments, result = parameters
        result = _check(result, "Callable[args, result]: result must be a type.")
        if arguments is ...:
            return self.copy_with((..., result))
        if not isinstance(arguments, tuple):
            arguments = (arguments,)
        return self.copy_with((*(_convert(a) for a in arguments), result))


class _TupleForm(_SpecialAlias):
    @_cached
    def _subscripted(self, parameters):
        if not isinstance(parameters, tuple):
            parameters = (parameters,)
        if len(parameters) >= 2 and parameters[-1] is ...:
            message = "Tuple[t, ...]: t must be a type."
            return self.copy_with((*(_check(p, message) for p in parameters[:-1]), _ellipsis))
        message = "Tuple[t0, t1, ...]: each t must be a type."
        return self.copy_with(tuple(_check(p, message) for p in parameters))


class _UnionAlias(_GenericAlias):
    def copy_with(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionAlias, types.UnionType)):
            return NotImplemented
        try:
            return set(self.__args__) == set(other.__args__)
        except TypeError:
            return all(a in other.__args__ for a in self.__args__) and len(self.__args__) == len(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2:
            if args[0] is type(None):
                return f"typing.Optional[{_show(args[1])}]"
            if args[1] is type(None):
                return f"typing.Optional[{_show(args[0])}]"
        return super().__repr__() if self._name != "Optional" else f"typing.Union[{', '.join(map(_show, args))}]"

    def __instancecheck__(self, instance):
        return any(isinstance(instance, argument) for argument in self.__args__)

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, argument) for argument in self.__args__)

    def __reduce__(self):
        return operator.getitem, (Union, self.__args__)


_UnionGenericAlias = _UnionAlias


class _LiteralAlias(_GenericAlias):
    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return self._pairs() == other._pairs()

    def __hash__(self):
        return hash(frozenset(self._pairs()))

    def _pairs(self):
        return {(value, type(value)) for value in self.__args__}

    def __repr__(self):
        return f"typing.Literal[{', '.join(repr(value) for value in self.__args__)}]"


class _ConcatenateAlias(_GenericAlias):
    def copy_with(self, args):
        if isinstance(args[-1], (list, tuple)):
            return (*args[:-1], *args[-1])
        if isinstance(args[-1], _ConcatenateAlias):
            args = (*args[:-1], *args[-1].__args__)
        return super().copy_with(args)


class _UnpackAlias(_GenericAlias):
    def __repr__(self):
        return f"typing.Unpack[{_show(self.__args__[0])}]"

    @property
    def __typing_unpacked_tuple_args__(self):
        origin = getattr(self.__args__[0], "__origin__", None)
        return self.__args__[0].__args__ if origin is tuple else None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, origin, name="Annotated")
        self.__metadata__ = metadata

    def copy_with(self, args):
        return self.__class__(args[0], self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_show(self.__origin__)}, {', '.join(repr(a) for a in self.__metadata__)}]"

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__, *self.__metadata__))

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, name):
        if name in {"__name__", "__qualname__"}:
            return "Annotated"
        return super().__getattr__(name)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


# ---- Generic and Protocol; Generic itself is native and calls these

@_cached
def _generic_class_getitem(cls, args):
    """What cls[args] gives for a class that inherits from Generic."""
    if not isinstance(args, tuple):
        args = (args,)
    args = tuple(_convert(a) for a in args)
    if cls in (Generic, Protocol):
        if not args:
            raise TypeError(f"Parameter list to {cls.__qualname__}[...] cannot be empty")
        if not all(_is_parameter(a) or _is_variadic(a) for a in args):
            raise TypeError(f"Parameters to {cls.__name__}[...] must all be type variables "
                            "or parameter specification variables.")
        if len(set(args)) != len(args):
            raise TypeError(f"Parameters to {cls.__name__}[...] must all be unique")
        return _GenericAlias(cls, args)
    args = tuple(_unpacked(args))
    replacing = _pair(cls, cls.__parameters__, args)
    new = []
    for parameter in cls.__parameters__:
        value = replacing[parameter]
        if isinstance(parameter, TypeVarTuple):
            new.extend(value)
        else:
            new.append(value)
    return _GenericAlias(cls, tuple(new))


def _is_variadic(argument):
    return isinstance(argument, TypeVarTuple) or (isinstance(argument, _UnpackAlias) and
                                                  isinstance(argument.__args__[0], TypeVarTuple))


def _generic_init_subclass(cls, *arguments, **keywords):
    """Finds out the parameters of a new generic class."""
    super(Generic, cls).__init_subclass__(*arguments, **keywords)
    bases = cls.__dict__.get("__orig_bases__")
    if bases is not None:
        plain = Generic in bases
    else:
        plain = Generic in cls.__bases__ and cls.__name__ != "Protocol" and type(cls) is not _TypedDictMeta
    if plain:
        raise TypeError("Cannot inherit from plain Generic")
    parameters = ()
    if bases is not None:
        parameters = _parameters_of(bases)
        declared = None
        for base in bases:
            if isinstance(base, _GenericAlias) and base.__origin__ in (Generic, Protocol):
                if base.__origin__ is Generic and declared is not None:
                    raise TypeError("Cannot inherit from Generic[...] multiple times.")
                if base.__origin__ is Generic:
                    declared = base.__parameters__
                elif declared is None and base.__origin__ is Protocol:
                    declared = base.__parameters__
        if declared is not None:
            missing = [p for p in parameters if p not in declared]
            if missing:
                raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are"
                                f" not listed in Generic[{', '.join(map(str, declared))}]")
            parameters = declared
    cls.__parameters__ = tuple(parameters)


_UNCOUNTED = frozenset({
    "__abstractmethods__", "__annotations__", "__dict__", "__doc__", "__init__", "__module__", "__new__", "__slots__",
    "__subclasshook__", "__weakref__", "__class_getitem__", "__match_args__", "__static_attributes__",
    "__firstlineno__", "__parameters__", "__orig_bases__", "__orig_class__", "_is_protocol", "_is_runtime_protocol",
    "__protocol_attrs__", "__non_callable_proto_members__", "__type_params__", "_abc_impl"})


def _members_of_protocol(cls):
    found = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in {"Protocol", "Generic"}:
            continue
        for name in (*base.__dict__, *base.__dict__.get("__annotations__", {})):
            if not name.startswith("_abc_") and name not in _UNCOUNTED:
                found.add(name)
    return found


def _no_init_of_protocol(self, *arguments, **keywords):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    if cls.__init__ is not _no_init_of_protocol:
        return
    for base in cls.__mro__:
        init = base.__dict__.get("__init__", _no_init_of_protocol)
        if init is not _no_init_of_protocol:
            cls.__init__ = init
            break
    else:
        cls.__init__ = object.__init__
    cls.__init__(self, *arguments, **keywords)


def _lookup(value, name):
    """An attribute without running descriptors, or a mark if there is none."""
    for holder in (value, *type(value).__mro__):
        names = getattr(holder, "__dict__", None) if holder is value else holder.__dict__
        if names is not None and name in names:
            return names[name]
    return _ellipsis


class _ProtocolMeta(abc.ABCMeta):
    def __new__(mcls, name, bases, namespace, /, **keywords):
        if not (name == "Protocol" and bases == (Generic,)) and Protocol in bases:
            for base in bases:
                if not (base in {object, Generic} or
                        base.__name__ in _PROTOCOL_BASES.get(base.__module__, ()) or
                        (issubclass(base, Generic) and getattr(base, "_is_protocol", False))):
                    raise TypeError(f"Protocols can only inherit from other protocols, got {base!r}")
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, *arguments, **keywords):
        if getattr(cls, "_is_protocol", False):
            cls.__protocol_attrs__ = _members_of_protocol(cls)

    def __subclasscheck__(cls, other):
        if cls is Protocol:
            return type.__subclasscheck__(cls, other)
        if getattr(cls, "_is_protocol", False) and not _allow_checks(3):
            if not isinstance(other, type):
                raise TypeError("issubclass() arg 1 must be a class")
            if not getattr(cls, "_is_runtime_protocol", False) or cls.__dict__.get("__subclasshook__") is not _hook:
                if not getattr(cls, "_is_runtime_protocol", False):
                    raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
            data = getattr(cls, "__non_callable_proto_members__", ())
            if data and cls.__dict__.get("__subclasshook__") is _hook:
                raise TypeError("Protocols with non-method members don't support issubclass()."
                                f" Non-method members: {str(sorted(data))[1:-1]}.")
        return super().__subclasscheck__(other)

    def __instancecheck__(cls, instance):
        if cls is Protocol:
            return type.__instancecheck__(cls, instance)
        if not getattr(cls, "_is_protocol", False):
            return super().__instancecheck__(instance)
        if not getattr(cls, "_is_runtime_protocol", False) and not _allow_checks(2):
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        if super().__instancecheck__(instance):
            return True
        for name in cls.__protocol_attrs__:
            value = _lookup(instance, name)
            if value is _ellipsis and not hasattr(instance, name):
                return False
            if value is None and name not in cls.__non_callable_proto_members__:
                return False
        return True


_PROTOCOL_BASES = {
    "collections.abc": ("Callable", "Awaitable", "Iterable", "Iterator", "AsyncIterable", "AsyncIterator", "Hashable",
                        "Sized", "Container", "Collection", "Reversible", "Buffer"),
    "contextlib": ("AbstractContextManager", "AbstractAsyncContextManager"),
}


def _allow_checks(depth):
    """Whether functools.singledispatch or abc asks, not the script."""
    try:
        return sys._getframe(depth).f_globals.get("__name__") in ("abc", "functools", None)
    except (AttributeError, ValueError):
        return False


@classmethod
def _protocol_hook(cls, other):
    if not cls.__dict__.get("_is_protocol", False):
        return NotImplemented
    for name in cls.__protocol_attrs__:
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            annotations = base.__dict__.get("__annotations__", {})
            if name in annotations and issubclass(other, Generic) and getattr(other, "_is_protocol", False):
                break
        else:
            return NotImplemented
    return True


_hook = _protocol_hook


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class for protocol classes.

    Protocol classes are defined as::

        class Proto(Protocol):
            def meth(self) -> int:
                ...

    Such classes are primarily used with static type checkers that recognize
    structural subtyping (static duck-typing).
    """

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *arguments, **keywords):
        super().__init_subclass__(*arguments, **keywords)
        if not cls.__dict__.get("_is_protocol", False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if "__subclasshook__" not in cls.__dict__:
            cls.__subclasshook__ = _protocol_hook
        if cls._is_protocol and cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init_of_protocol


Protocol.__init__ = _no_init_of_protocol


def runtime_checkable(cls):
    """Mark a protocol class as a runtime protocol.

    Such protocol can be used with isinstance() and issubclass().
    Raise TypeError if applied to a non-protocol class.
    """
    if not (isinstance(cls, type) and issubclass(cls, Generic)) or not getattr(cls, "_is_protocol", False):
        raise TypeError(f"@runtime_checkable can be only applied to protocol classes, got {cls!r}")
    cls._is_runtime_protocol = True
    data = set()
    for name in cls.__protocol_attrs__:
        try:
            callable_member = callable(getattr(cls, name, None))
        except Exception as error:
            raise TypeError(f"Failed to determine whether protocol member {name!r} is a method member") from error
        if not callable_member:
            data.add(name)
    cls.__non_callable_proto_members__ = data
    return cls


def is_protocol(tp, /):
    """Return True if the given type is a Protocol."""
    return isinstance(tp, type) and getattr(tp, "_is_protocol", False) and tp is not Protocol


def get_protocol_members(tp, /):
    """Return the set of members defined in a Protocol."""
    if not is_protocol(tp):
        raise TypeError(f"{tp!r} is not a Protocol")
    return frozenset(tp.__protocol_attrs__)


# ---- aliases of classes

T = TypeVar("T")
KT = TypeVar("KT")
VT = TypeVar("VT")
T_co = TypeVar("T_co", covariant=True)
V_co = TypeVar("V_co", covariant=True)
VT_co = TypeVar("VT_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
CT_co = TypeVar("CT_co", covariant=True, bound=type)
AnyStr = TypeVar("AnyStr", bytes, str)

Hashable = _SpecialAlias(collections.abc.Hashable, 0)
Awaitable = _SpecialAlias(collections.abc.Awaitable, 1)
Coroutine = _SpecialAlias(collections.abc.Coroutine, 3)
AsyncIterable = _SpecialAlias(collections.abc.AsyncIterable, 1)
AsyncIterator = _SpecialAlias(collections.abc.AsyncIterator, 1)
Iterable = _SpecialAlias(collections.abc.Iterable, 1)
Iterator = _SpecialAlias(collections.abc.Iterator, 1)
Reversible = _SpecialAlias(collections.abc.Reversible, 1)
Sized = _SpecialAlias(collections.abc.Sized, 0)
Container = _SpecialAlias(collections.abc.Container, 1)
Collection = _SpecialAlias(collections.abc.Collection, 1)
Callable = _CallableForm(collections.abc.Callable, 2)
AbstractSet = _SpecialAlias(collections.abc.Set, 1, name="AbstractSet")
MutableSet = _SpecialAlias(collections.abc.MutableSet, 1)
Mapping = _SpecialAlias(collections.abc.Mapping, 2)
MutableMapping = _SpecialAlias(collections.abc.MutableMapping, 2)
Sequence = _SpecialAlias(collections.abc.Sequence, 1)
MutableSequence = _SpecialAlias(collections.abc.MutableSequence, 1)
Tuple = _TupleForm(tuple, -1, inst=False, name="Tuple")
List = _SpecialAlias(list, 1, inst=False, name="List")
Deque = _SpecialAlias(collections.deque, 1, name="Deque")
Set = _SpecialAlias(set, 1, inst=False, name="Set")
FrozenSet = _SpecialAlias(frozenset, 1, inst=False, name="FrozenSet")
MappingView = _SpecialAlias(collections.abc.MappingView, 1)
KeysView = _SpecialAlias(collections.abc.KeysView, 1)
ItemsView = _SpecialAlias(collections.abc.ItemsView, 2)
ValuesView = _SpecialAlias(collections.abc.ValuesView, 1)
Dict = _SpecialAlias(dict, 2, inst=False, name="Dict")
DefaultDict = _SpecialAlias(collections.defaultdict, 2, name="DefaultDict")
OrderedDict = _SpecialAlias(collections.OrderedDict, 2)
Counter = _SpecialAlias(collections.Counter, 1)
ChainMap = _SpecialAlias(collections.ChainMap, 2)
Generator = _SpecialAlias(collections.abc.Generator, 3, defaults=(types.NoneType, types.NoneType))
AsyncGenerator = _SpecialAlias(collections.abc.AsyncGenerator, 2, defaults=(types.NoneType,))
Type = _SpecialAlias(type, 1, inst=False, name="Type")
ContextManager = _SpecialAlias(contextlib.AbstractContextManager, 2, name="ContextManager", defaults=(bool | None,))
AsyncContextManager = _SpecialAlias(contextlib.AbstractAsyncContextManager, 2, name="AsyncContextManager",
                                    defaults=(bool | None,))
if hasattr(collections.abc, "ByteString"):
    ByteString = _SpecialAlias(collections.abc.ByteString, 0)
else:
    __all__.remove("ByteString")


@runtime_checkable
class SupportsInt(Protocol):
    """An ABC with one abstract method __int__."""
    __slots__ = ()

    @abc.abstractmethod
    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """An ABC with one abstract method __float__."""
    __slots__ = ()

    @abc.abstractmethod
    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """An ABC with one abstract method __complex__."""
    __slots__ = ()

    @abc.abstractmethod
    def __complex__(self) -> complex:
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """An ABC with one abstract method __bytes__."""
    __slots__ = ()

    @abc.abstractmethod
    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """An ABC with one abstract method __index__."""
    __slots__ = ()

    @abc.abstractmethod
    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """An ABC with one abstract method __abs__ that is covariant in its return type."""
    __slots__ = ()

    @abc.abstractmethod
    def __abs__(self) -> T_co:
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """An ABC with one abstract method __round__ that is covariant in its return type."""
    __slots__ = ()

    @abc.abstractmethod
    def __round__(self, ndigits: int = 0) -> T_co:
        pass


# ---- named tuples and typed dicts

_PROHIBITED = frozenset({"__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults",
                         "_field_types", "_make", "_replace", "_asdict", "_source"})
_SPECIAL = frozenset({"__module__", "__name__", "__annotations__", "__static_attributes__", "__firstlineno__",
                      "__classcell__"})


def _caller(depth=1):
    try:
        return sys._getframe(depth + 1).f_globals.get("__name__", "__main__")
    except (AttributeError, ValueError):
        return None


def _make_nmtuple(name, fields, module, defaults=()):
    checked = {n: _check(t, f"field {n} annotation must be a type") for n, t in fields}
    made = collections.namedtuple(name, [n for n, _ in fields], defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = checked
    return made


class NamedTupleMeta(type):
    def __new__(cls, typename, bases, namespace):
        assert _NamedTuple in bases
        if "__classcell__" in namespace:
            raise TypeError("uses of super() and __class__ are unsupported in methods of NamedTuple subclasses")
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        bases = tuple(tuple if base is _NamedTuple else base for base in bases)
        annotations = namespace.get("__annotations__", {})
        defaults = []
        for field in annotations:
            if field in namespace:
                defaults.append(field)
            elif defaults:
                raise TypeError(f"Non-default namedtuple field {field} cannot follow default field"
                                f"{'s' if len(defaults) > 1 else ''} {', '.join(defaults)}")
        made = _make_nmtuple(typename, list(annotations.items()), namespace["__module__"],
                             [namespace[field] for field in defaults])
        made.__bases__ = bases
        if Generic in bases:
            made.__class_getitem__ = classmethod(_generic_class_getitem)
        for key, value in namespace.items():
            if key in _PROHIBITED:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key in _SPECIAL or key in made._fields:
                continue
            setattr(made, key, value)
            set_name = getattr(type(value), "__set_name__", None)
            if set_name is not None:
                set_name(value, made, key)
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=_ellipsis, /, **keywords):
    """Typed version of namedtuple.

    Usage::

        class Employee(NamedTuple):
            name: str
            id: int

    This is equivalent to::

        Employee = collections.namedtuple('Employee', ['name', 'id'])

    The resulting class has an extra __annotations__ attribute, giving a
    dict that maps field names to types.  (The field names are also in
    the _fields attribute, which is part of the namedtuple API.)
    An alternative equivalent functional syntax is also accepted::

        Employee = NamedTuple('Employee', [('name', str), ('id', int)])
    """
    if fields is _ellipsis:
        fields = list(keywords.items()) if keywords else []
    elif keywords:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not both")
    elif fields is None:
        fields = []
    made = _make_nmtuple(typename, list(fields), module=_caller())
    made.__orig_bases__ = (NamedTuple,)
    return made


_NamedTuple = type.__new__(NamedTupleMeta, "NamedTuple", (), {})


def _namedtuple_mro_entries(bases):
    assert NamedTuple in bases
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _namedtuple_mro_entries


def _qualifiers(annotation):
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = annotation.__origin__
        elif origin in (Required, NotRequired, ReadOnly):
            yield origin
            annotation, = annotation.__args__
        else:
            return


class _TypedDictMeta(type):
    def __new__(cls, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict base class")
        generic = (Generic,) if any(issubclass(base, Generic) for base in bases) else ()
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), namespace)
        if not hasattr(made, "__orig_bases__"):
            made.__orig_bases__ = bases
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {n: _check(t, message, module=made.__module__, special=True)
               for n, t in namespace.get("__annotations__", {}).items()}
        annotations, required, optional, readonly, mutable = {}, set(), set(), set(), set()
        for base in bases:
            names = base.__dict__
            annotations.update(names.get("__annotations__", {}))
            base_required, base_optional = names.get("__required_keys__", set()), names.get("__optional_keys__", set())
            required = (required | base_required) - base_optional
            optional = (optional | base_optional) - base_required
            readonly |= names.get("__readonly_keys__", set())
            mutable |= names.get("__mutable_keys__", set())
        annotations.update(own)
        for key, annotation in own.items():
            found = set(_qualifiers(annotation))
            if Required in found or (NotRequired not in found and total):
                required.add(key)
                optional.discard(key)
            else:
                optional.add(key)
                required.discard(key)
            if ReadOnly in found:
                if key in mutable:
                    raise TypeError(f"Cannot redefine key {key!r} as readonly; it was previously mutable")
                readonly.add(key)
            else:
                mutable.add(key)
                readonly.discard(key)
        made.__annotations__ = annotations
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        made.__readonly_keys__ = frozenset(readonly)
        made.__mutable_keys__ = frozenset(mutable)
        made.__total__ = total
        return made

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=_ellipsis, /, *, total=True):
    """A simple typed namespace. At runtime it is equivalent to a plain dict.

    TypedDict creates a dictionary type such that a type checker will expect all
    instances to have a certain set of keys, where each key is
    associated with a value of a consistent type. This expectation
    is not checked at runtime.
    """
    if fields is _ellipsis or fields is None:
        fields = {}
    namespace = {"__annotations__": dict(fields)}
    module = _caller()
    if module is not None:
        namespace["__module__"] = module
    made = _TypedDictMeta(typename, (), namespace, total=total)
    made.__orig_bases__ = (TypedDict,)
    return made


_TypedDict = type.__new__(_TypedDictMeta, "TypedDict", (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(tp):
    """Check if an annotation is a TypedDict class."""
    return isinstance(tp, _TypedDictMeta)


class NewType:
    """NewType creates simple unique types with almost zero runtime overhead.

    NewType(name, tp) is considered a subtype of tp
    by static type checkers. At runtime, NewType(name, tp) returns
    a dummy callable that simply returns its argument.
    """

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition(".")[2]
        self.__supertype__ = tp
        module = _caller()
        if module != "typing":
            self.__module__ = module

    def __call__(self, value, /):
        return value

    def __mro_entries__(self, bases):
        name = self.__name__

        class Dummy:
            def __init_subclass__(cls):
                raise TypeError(f"Cannot subclass an instance of NewType. Perhaps you were looking for: "
                                f"`{cls.__name__} = NewType({cls.__name__!r}, {name})`")

        return (Dummy,)

    def __repr__(self):
        return f"{self.__module__}.{self.__qualname__}"

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# ---- files

class IO(Generic[AnyStr]):
    """Generic base class for TextIO and BinaryIO.

    This is an abstract, generic version of the return of open().
    """

    __slots__ = ()


def _abstract(name, is_property=False):
    def body(self, *arguments):
        pass
    body.__name__ = name
    body.__qualname__ = f"IO.{name}"
    body = abc.abstractmethod(body)
    return property(body) if is_property else body


for _name in ("mode", "name", "closed"):
    setattr(IO, _name, _abstract(_name, True))
for _name in ("close", "fileno", "flush", "isatty", "read", "readable", "readline", "readlines", "seek", "seekable",
              "tell", "truncate", "writable", "write", "writelines", "__enter__", "__exit__"):
    setattr(IO, _name, _abstract(_name))
del _name


class BinaryIO(IO[bytes]):
    """Typed version of the return of open() in binary mode."""

    __slots__ = ()

    @abc.abstractmethod
    def write(self, s):
        pass

    @abc.abstractmethod
    def __enter__(self):
        pass


class TextIO(IO[str]):
    """Typed version of the return of open() in text mode."""

    __slots__ = ()

    buffer = _abstract("buffer", True)
    encoding = _abstract("encoding", True)
    errors = _abstract("errors", True)
    line_buffering = _abstract("line_buffering", True)
    newlines = _abstract("newlines", True)

    @abc.abstractmethod
    def __enter__(self):
        pass


# ---- functions

def cast(typ, val):
    """Cast a value to a type.

    This returns the value unchanged.  To the type checker this
    signals that the return value has the designated type, but at
    runtime we intentionally don't check anything (we want this
    to be as fast as possible).
    """
    return val


def assert_type(val, typ, /):
    """Ask a static type checker to confirm that the value is of the given type. Returns it unchanged."""
    return val


def assert_never(arg, /):
    """Statically assert that a line of code is unreachable."""
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + "..."
    raise AssertionError(f"Expected code to be unreachable, but got: {value}")


def reveal_type(obj, /):
    """Ask a static type checker to reveal the inferred type of an expression. Prints the runtime type."""
    print(f"Runtime type is {type(obj).__name__!r}", file=sys.stderr)
    return obj


def get_origin(tp):
    """Get the unsubscripted version of a type.

    This supports generic types, Callable, Tuple, Union, Literal, Final, ClassVar,
    Annotated, and others. Return None for unsupported types.
    """
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, (_Alias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return tp.__origin__
    if tp is Generic:
        return Generic
    if isinstance(tp, types.UnionType):
        return types.UnionType
    return None


def get_args(tp):
    """Get type arguments with all substitutions performed.

    For unions, basic simplifications used by Union constructor are performed.
    """
    if isinstance(tp, _AnnotatedAlias):
        return (tp.__origin__, *tp.__metadata__)
    if isinstance(tp, (_GenericAlias, GenericAlias)):
        found = tp.__args__
        if tp.__origin__ is collections.abc.Callable and not (len(found) == 2 and _is_parameters_argument(found[0])):
            found = (list(found[:-1]), found[-1])
        return found
    if isinstance(tp, types.UnionType):
        return tp.__args__
    return ()


def _strip(t):
    """The type without Annotated, Required and NotRequired."""
    if isinstance(t, _AnnotatedAlias):
        return _strip(t.__origin__)
    if hasattr(t, "__origin__") and t.__origin__ in (Required, NotRequired, ReadOnly):
        return _strip(t.__args__[0])
    if isinstance(t, (_GenericAlias, GenericAlias, types.UnionType)):
        args = tuple(_strip(a) for a in t.__args__)
        if args == t.__args__:
            return t
        if isinstance(t, _GenericAlias):
            return t.copy_with(args)
        if isinstance(t, GenericAlias):
            return GenericAlias(t.__origin__, args)
        return functools.reduce(operator.or_, args)
    return t


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """Return type hints for an object.

    This is often the same as obj.__annotations__, but it handles
    forward references encoded as string literals and recursively replaces all
    'Annotated[T, ...]' with 'T' (unless 'include_extras=True').
    """
    if getattr(obj, "__no_type_check__", None):
        return {}
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            names = globalns if globalns is not None else getattr(sys.modules.get(base.__module__), "__dict__", {})
            annotations = base.__dict__.get("__annotations__", {})
            if isinstance(annotations, types.GetSetDescriptorType):
                annotations = {}
            local = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                # A name of the class hides one of the module.
                names, local = local, names
            for name, value in annotations.items():
                if value is None:
                    value = type(None)
                if isinstance(value, str):
                    value = ForwardRef(value, is_argument=False, is_class=True)
                hints[name] = _evaluate(value, names, local, base.__type_params__)
        return hints if include_extras else {name: _strip(value) for name, value in hints.items()}
    if globalns is None:
        if isinstance(obj, types.ModuleType):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, "__wrapped__"):
                inner = inner.__wrapped__
            globalns = getattr(inner, "__globals__", {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    annotations = getattr(obj, "__annotations__", None)
    if annotations is None:
        if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                            types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType)):
            return {}
        raise TypeError(f"{obj!r} is not a module, class, method, or function.")
    hints = {}
    for name, value in annotations.items():
        if value is None:
            value = type(None)
        if isinstance(value, str):
            value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType), is_class=False)
        hints[name] = _evaluate(value, globalns, localns, getattr(obj, "__type_params__", ()))
    return hints if include_extras else {name: _strip(value) for name, value in hints.items()}


def no_type_check(arg):
    """Decorator to indicate that annotations are not type hints.

    The argument must be a class or function; if it is a class, it
    applies recursively to all methods and classes defined in that class
    (but not to methods defined in its superclasses or subclasses).

    This mutates the function(s) or class(es) in place.
    """
    if isinstance(arg, type):
        for name in dir(arg):
            member = getattr(arg, name)
            if (not hasattr(member, "__qualname__") or not hasattr(member, "__module__") or
                    member.__qualname__ != f"{arg.__qualname__}.{getattr(member, '__name__', None)}" or
                    member.__module__ != arg.__module__):
                continue
            if isinstance(member, types.FunctionType):
                member.__no_type_check__ = True
            if isinstance(member, types.MethodType):
                member.__func__.__no_type_check__ = True
            if isinstance(member, type):
                no_type_check(member)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass   # a builtin class
    return arg


def no_type_check_decorator(decorator):
    """Decorator to give another decorator the @no_type_check effect."""
    import warnings
    warnings._deprecated("typing.no_type_check_decorator", remove=(3, 15))

    @functools.wraps(decorator)
    def wrapped(*arguments, **keywords):
        return no_type_check(decorator(*arguments, **keywords))

    return wrapped


def _overload_dummy(*arguments, **keywords):
    """Helper for @overload to raise when called."""
    raise NotImplementedError("You should not call an overloaded function. A series of @overload-decorated functions "
                              "outside a stub module should always be followed by an implementation that is not "
                              "@overload-ed.")


_overloads = collections.defaultdict(functools.partial(collections.defaultdict, dict))


def overload(func):
    """Decorator for overloaded functions/methods.

    In a stub file, place two or more stub definitions for the same
    function in a row, each decorated with @overload; in a non-stub file,
    follow them by an implementation that is not.
    """
    inner = getattr(func, "__func__", func)
    try:
        _overloads[inner.__module__][inner.__qualname__][inner.__code__.co_firstlineno] = func
    except AttributeError:
        pass   # no function
    return _overload_dummy


def get_overloads(func):
    """Return all defined overloads for *func* as a sequence."""
    inner = getattr(func, "__func__", func)
    module = _overloads.get(inner.__module__)
    if module is None or inner.__qualname__ not in module:
        return []
    return list(module[inner.__qualname__].values())


def clear_overloads():
    """Clear all overloads in the registry."""
    _overloads.clear()


def _marking(name, doc):
    def mark(f):
        try:
            setattr(f, name, True)
        except (AttributeError, TypeError):
            pass   # something that takes no attributes
        return f
    mark.__doc__ = doc
    return mark


final = _marking("__final__", "Decorator to indicate final methods and final classes.")
final.__name__ = final.__qualname__ = "final"
override = _marking("__override__", "Indicate that a method is intended to override a method in a base class.")
override.__name__ = override.__qualname__ = "override"


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, frozen_default=False,
                        field_specifiers=(), **kwargs):
    """Decorator to mark an object as providing dataclass-like behaviour."""
    def decorator(cls_or_fn):
        cls_or_fn.__dataclass_transform__ = {
            "eq_default": eq_default, "order_default": order_default, "kw_only_default": kw_only_default,
            "frozen_default": frozen_default, "field_specifiers": field_specifiers, "kwargs": kwargs}
        return cls_or_fn
    return decorator
