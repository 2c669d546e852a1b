# inspect: what objects are.
import sys
import types

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR = 1, 2, 4, 8, 16, 32
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20

GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = 'GEN_CREATED', 'GEN_RUNNING', 'GEN_SUSPENDED', 'GEN_CLOSED'
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = 'CORO_CREATED', 'CORO_RUNNING', 'CORO_SUSPENDED', 'CORO_CLOSED'
AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED, AGEN_CLOSED = 'AGEN_CREATED', 'AGEN_RUNNING', 'AGEN_SUSPENDED', 'AGEN_CLOSED'


# ---- predicates

def ismodule(object):
    """Tells whether it is a module."""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Tells whether it is a class."""
    return isinstance(object, type)


def ismethod(object):
    """Tells whether it is a bound method of script code."""
    return isinstance(object, types.MethodType)


def isfunction(object):
    """Tells whether it is a function of script code."""
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    """Tells whether it is a native function or bound method."""
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    """Tells whether it is a bound special method of a native type."""
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    """Tells whether it is a function or method of any kind."""
    return (isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)
            or ismethodwrapper(object))


def ismethoddescriptor(object):
    """Tells whether it has __get__ but neither __set__ nor __delete__, and is nothing of the other kinds."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, '__get__') and not hasattr(cls, '__set__') and not hasattr(cls, '__delete__')


def isdatadescriptor(object):
    """Tells whether it has __set__ or __delete__."""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, '__set__') or hasattr(cls, '__delete__')


def isgetsetdescriptor(object):
    """Tells whether it is a computed attribute of a native type."""
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    """Tells whether it is a stored attribute of a native type or a slot."""
    return isinstance(object, types.MemberDescriptorType)


def isgenerator(object):
    """Tells whether it is a generator."""
    return isinstance(object, types.GeneratorType)


def isasyncgen(object):
    """Tells whether it is an asynchronous generator."""
    return isinstance(object, types.AsyncGeneratorType)


def iscoroutine(object):
    """Tells whether it is a coroutine."""
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    """Tells whether it can be awaited."""
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    from _collections_abc import Awaitable
    return isinstance(object, Awaitable)


def istraceback(object):
    """Tells whether it is a traceback."""
    return isinstance(object, types.TracebackType)


def isframe(object):
    """Tells whether it is a frame."""
    return isinstance(object, types.FrameType)


def iscode(object):
    """Tells whether it is code."""
    return isinstance(object, types.CodeType)


def isabstract(object):
    """Tells whether it is an abstract class."""
    return isinstance(object, type) and bool(getattr(object, '__abstractmethods__', None))


def _unwrap_partials(obj):
    functools = sys.modules.get('functools')
    if functools is None:
        return obj
    return functools._unwrap_partial(obj)


def _has_code_flag(f, flag):
    functools = sys.modules.get('functools')
    if functools is not None:
        f = functools._unwrap_partialmethod(f)
    while ismethod(f):
        f = f.__func__
    f = _unwrap_partials(f)
    if not (isfunction(f) or _signature_is_functionlike(f)):
        return False
    return bool(f.__code__.co_flags & flag)


def _signature_is_functionlike(obj):
    if not callable(obj) or isclass(obj):
        return False
    code = getattr(obj, '__code__', None)
    return (isinstance(code, types.CodeType) and isinstance(getattr(obj, '__name__', None), str)
            and isinstance(getattr(obj, '__defaults__', 0), (tuple, types.NoneType)))


def isgeneratorfunction(obj):
    """Tells whether calling it gives a generator."""
    return _has_code_flag(obj, CO_GENERATOR)


_is_coroutine_mark = object()


def _has_coroutine_mark(f):
    while ismethod(f):
        f = f.__func__
    f = _unwrap_partials(f)
    return getattr(f, '_is_coroutine_marker', None) is _is_coroutine_mark


def markcoroutinefunction(func):
    """Makes func count as a coroutine function."""
    if hasattr(func, '__func__'):
        func = func.__func__
    func._is_coroutine_marker = _is_coroutine_mark
    return func


def iscoroutinefunction(obj):
    """Tells whether calling it gives a coroutine."""
    return _has_code_flag(obj, CO_COROUTINE) or _has_coroutine_mark(obj)


def isasyncgenfunction(obj):
    """Tells whether calling it gives an asynchronous generator."""
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


# ---- generators and coroutines

def _state(obj, prefix, kind):
    if getattr(obj, prefix + '_running'):
        return kind + '_RUNNING'
    if getattr(obj, prefix + '_suspended'):
        return kind + '_SUSPENDED'
    return kind + ('_CLOSED' if getattr(obj, prefix + '_frame') is None else '_CREATED')


def getgeneratorstate(generator):
    """GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED or GEN_CLOSED."""
    return _state(generator, 'gi', 'GEN')


def getcoroutinestate(coroutine):
    """CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED or CORO_CLOSED."""
    return _state(coroutine, 'cr', 'CORO')


def getasyncgenstate(agen):
    """AGEN_CREATED, AGEN_RUNNING, AGEN_SUSPENDED or AGEN_CLOSED."""
    return _state(agen, 'ag', 'AGEN')


def getgeneratorlocals(generator):
    """The local variables of a generator by name."""
    if not isgenerator(generator):
        raise TypeError(f'{generator!r} is not a Python generator')
    return generator.gi_frame.f_locals if generator.gi_frame is not None else {}


def getcoroutinelocals(coroutine):
    """The local variables of a coroutine by name."""
    return coroutine.cr_frame.f_locals if coroutine.cr_frame is not None else {}


def getasyncgenlocals(agen):
    """The local variables of an asynchronous generator by name."""
    if not isasyncgen(agen):
        raise TypeError(f'{agen!r} is not a Python async generator')
    return agen.ag_frame.f_locals if agen.ag_frame is not None else {}


# ---- classes, modules, frames

def getmro(cls):
    """The classes in which attributes are looked up."""
    return cls.__mro__


def getmembers(object, predicate=None):
    """The attributes as sorted pairs of name and value."""
    names = dir(object)
    bases = (object,) + getmro(object) if isclass(object) else ()
    for base in bases[1:] if isclass(object) else ():
        for name, value in base.__dict__.items():
            if isinstance(value, types.DynamicClassAttribute):
                names.append(name)
    found = []
    seen = set()
    for name in names:
        try:
            value = getattr(object, name)
            if name in seen:
                raise AttributeError
        except AttributeError:
            for base in bases:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if not predicate or predicate(value):
            found.append((name, value))
        seen.add(name)
    found.sort(key=lambda pair: pair[0])
    return found


def unwrap(func, *, stop=None):
    """Follows __wrapped__ to the end, or to where stop(func) is true."""
    f = func
    seen = {id(f)}
    limit = sys.getrecursionlimit()
    while not isinstance(func, type) and hasattr(func, '__wrapped__'):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f'wrapper loop when unwrapping {f!r}')
        seen.add(id(func))
    return func


def cleandoc(doc):
    """A documentation string without the indentation of its source."""
    lines = doc.expandtabs().split('\n')
    margin = min((len(line) - len(line.lstrip(' ')) for line in lines[1:] if line.strip(' ')), default=None)
    lines[0] = lines[0].lstrip(' ')
    if margin is not None:
        lines[1:] = [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def getdoc(object):
    """The documentation string, also an inherited one, cleaned."""
    doc = getattr(object, '__doc__', None)
    if doc is None:
        owner = object if isclass(object) else None
        name = getattr(object, '__name__', None)
        if owner is None and ismethod(object):
            cls = object.__self__ if isclass(object.__self__) else object.__self__.__class__
            for base in cls.__mro__:
                doc = getattr(base.__dict__.get(name), '__doc__', None)
                if doc is not None:
                    break
        elif owner is not None:
            for base in owner.__mro__:
                if base is not type(object) and base.__module__ != 'builtins' and base.__dict__.get('__doc__') is not None:
                    doc = base.__doc__
                    break
    return cleandoc(doc) if isinstance(doc, str) else None


def getmodule(object, _filename=None):
    """The module in which something was defined."""
    if ismodule(object):
        return object
    name = getattr(object, '__module__', None)
    if name is None and isframe(object):
        name = object.f_globals.get('__name__')
    return sys.modules.get(name)


def _code_of(object):
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    return object


def getfile(object):
    """The file in which something was defined."""
    if ismodule(object):
        if getattr(object, '__file__', None):
            return object.__file__
        raise TypeError(f'{object!r} is a built-in module')
    if isclass(object):
        module = sys.modules.get(object.__module__)
        if getattr(module, '__file__', None):
            return module.__file__
        if object.__module__ == '__main__':
            raise OSError('source code not available')
        raise TypeError(f'{object!r} is a built-in class')
    code = _code_of(object)
    if iscode(code):
        return code.co_filename
    raise TypeError('module, class, method, function, traceback, frame, or code object was expected, '
                    f'got {type(object).__name__}')


getsourcefile = getfile


def findsource(object):
    """The lines of the file, and the number of the line (from 0) where something starts."""
    import linecache
    lines = linecache.getlines(getfile(object))
    if not lines:
        raise OSError('could not get source code')
    if ismodule(object):
        return lines, 0
    if isclass(object):
        if not hasattr(object, '__firstlineno__'):
            raise OSError('source code not available')
        number = object.__firstlineno__
    else:
        number = _code_of(object).co_firstlineno
    if number > len(lines):
        raise OSError('lineno is out of bounds')
    return lines, number - 1


def _block(lines):
    # The first statement with what is indented below it; decorators and several lines of a header included.
    depth = 0
    header = True
    margin = len(lines[0]) - len(lines[0].lstrip())
    end = 1
    for number, line in enumerate(lines):
        text = line.strip()
        if number and not header and text and not text.startswith('#') and len(line) - len(line.lstrip()) <= margin:
            break
        if header:
            depth += sum(map(text.count, '([{')) - sum(map(text.count, ')]}'))
            if depth <= 0 and not text.startswith('@') and text.split('#')[0].rstrip().endswith(':'):
                header = False
            elif depth <= 0 and not text.startswith(('@', 'def', 'class', 'async')) and number:
                end = number + 1
                break
        if text:
            end = number + 1
    return lines[:end]


def getsourcelines(object):
    """The source lines of something, and the number of the first one."""
    object = unwrap(object)
    lines, number = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == '<module>':
        return lines, 0
    return _block(lines[number:]), number + 1


def getsource(object):
    """The source text of something."""
    return ''.join(getsourcelines(object)[0])


def currentframe():
    """The caller's frame."""
    return sys._getframe(1)


def getattr_static(obj, attr, default=types.NotImplementedType):
    """An attribute as it is stored: without descriptors and __getattr__."""
    cls = obj if isinstance(obj, type) else type(obj)
    if not isinstance(obj, type):
        try:
            names = object.__getattribute__(obj, '__dict__')
        except AttributeError:
            names = {}
        for base in cls.__mro__:
            if attr in base.__dict__ and isdatadescriptor(base.__dict__[attr]):
                return base.__dict__[attr]
        if attr in names:
            return names[attr]
    for base in cls.__mro__ + (type(cls).__mro__ if isinstance(obj, type) else ()):
        if attr in base.__dict__:
            return base.__dict__[attr]
    if default is not types.NotImplementedType:
        return default
    raise AttributeError(attr)


# ---- signatures

class _empty:
    """Stands for a default or annotation that is not there."""


class _ParameterKind(int):
    def __new__(cls, value, name, description):
        self = int.__new__(cls, value)
        self.name = name
        self.description = description
        return self

    def __repr__(self):
        return f'<_ParameterKind.{self.name}: {int(self)}>'

    def __str__(self):
        return self.name

    @property
    def value(self):
        return int(self)


_POSITIONAL_ONLY = _ParameterKind(0, 'POSITIONAL_ONLY', 'positional-only')
_POSITIONAL_OR_KEYWORD = _ParameterKind(1, 'POSITIONAL_OR_KEYWORD', 'positional or keyword')
_VAR_POSITIONAL = _ParameterKind(2, 'VAR_POSITIONAL', 'variadic positional')
_KEYWORD_ONLY = _ParameterKind(3, 'KEYWORD_ONLY', 'keyword-only')
_VAR_KEYWORD = _ParameterKind(4, 'VAR_KEYWORD', 'variadic keyword')
_kinds = (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD)


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    """An annotation as it is shown in a signature."""
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ('builtins', base_module):
            return annotation.__qualname__
        return annotation.__module__ + '.' + annotation.__qualname__
    return repr(annotation)


class Parameter:
    """A parameter of a function."""
    __slots__ = ('_name', '_kind', '_default', '_annotation')

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _kinds[kind]
        except (IndexError, TypeError):
            raise ValueError(f'value {kind!r} is not a valid Parameter.kind') from None
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f'{self._kind.description} parameters cannot have default values')
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError('name is a required attribute for Parameter')
        if not isinstance(name, str):
            raise TypeError(f'name must be a str, not a {type(name).__name__}')
        if name[:1] == '.' and name[1:].isdigit():
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError('implicit arguments must be passed as positional or keyword arguments, '
                                 f'not {self._kind.description}')
            self._kind = _POSITIONAL_ONLY
            name = f'implicit{name[1:]}'
        if not name.isidentifier():
            raise ValueError(f'{name!r} is not a valid parameter name')
        self._name = name

    name = property(lambda self: self._name)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)
    kind = property(lambda self: self._kind)

    def replace(self, *, name=_empty, kind=_empty, annotation=_empty, default=_empty):
        """A copy with some attributes changed."""
        return type(self)(self._name if name is _empty else name, self._kind if kind is _empty else kind,
                          default=self._default if default is _empty else default,
                          annotation=self._annotation if annotation is _empty else annotation)

    __replace__ = replace

    def _format(self):
        text = self._name
        if self._annotation is not _empty:
            text += f': {formatannotation(self._annotation)}'
        if self._default is not _empty:
            text += f' = {self._default!r}' if self._annotation is not _empty else f'={self._default!r}'
        return {_VAR_POSITIONAL: '*', _VAR_KEYWORD: '**'}.get(self._kind, '') + text

    __str__ = _format

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self._name, self._kind, self._annotation, self._default))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name == other._name and self._kind == other._kind and self._default == other._default
                and self._annotation == other._annotation)


class BoundArguments:
    """Arguments by the names of the parameters that take them."""
    __slots__ = ('arguments', '_signature', '__weakref__')

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        """The signature they were bound to."""
        return self._signature

    @property
    def args(self):
        """The positional ones."""
        args = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if parameter.kind == _VAR_POSITIONAL:
                args.extend(self.arguments[name])
            else:
                args.append(self.arguments[name])
        return tuple(args)

    @property
    def kwargs(self):
        """Those that have to be given by keyword."""
        kwargs = {}
        started = False
        for name, parameter in self._signature.parameters.items():
            if not started:
                if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    started = True
                elif name not in self.arguments:
                    started = True
                    continue
            if not started or name not in self.arguments:
                continue
            if parameter.kind == _VAR_KEYWORD:
                kwargs.update(self.arguments[name])
            else:
                kwargs[name] = self.arguments[name]
        return kwargs

    def apply_defaults(self):
        """Puts in the defaults of those that were not given."""
        arguments = {}
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                arguments[name] = self.arguments[name]
            elif parameter.default is not _empty:
                arguments[name] = parameter.default
            elif parameter.kind == _VAR_POSITIONAL:
                arguments[name] = ()
            elif parameter.kind == _VAR_KEYWORD:
                arguments[name] = {}
        self.arguments = arguments

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        args = ', '.join(f'{name}={value!r}' for name, value in self.arguments.items())
        return f'<{self.__class__.__name__} ({args})>'


class Signature:
    """The parameters of a function and the annotation of its result."""
    __slots__ = ('_return_annotation', '_parameters')
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        found = {}
        top = _POSITIONAL_ONLY
        defaults_seen = False
        for parameter in parameters or ():
            kind, name = parameter.kind, parameter.name
            if __validate_parameters__:
                if kind < top:
                    raise ValueError(f'wrong parameter order: {top.description} parameter before {kind.description} '
                                     'parameter')
                top = kind
                if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                    if parameter.default is not _empty:
                        defaults_seen = True
                    elif defaults_seen:
                        raise ValueError('non-default argument follows default argument')
                if name in found:
                    raise ValueError(f'duplicate parameter name: {name!r}')
            found[name] = parameter
        self._parameters = types.MappingProxyType(found)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of something that can be called."""
        return _signature_of(obj, cls, follow_wrapped, globals, locals, eval_str)

    @property
    def parameters(self):
        """The parameters by name, in order."""
        return self._parameters

    @property
    def return_annotation(self):
        """The annotation of the result, or Signature.empty."""
        return self._return_annotation

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        """A copy with other parameters or another annotation."""
        return type(self)(self._parameters.values() if parameters is _empty else parameters,
                          return_annotation=self._return_annotation if return_annotation is _empty else return_annotation)

    __replace__ = replace

    def __hash__(self):
        return hash((tuple(self._parameters.values()), self._return_annotation))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented

        def parts(signature):
            values = signature._parameters.values()
            return (tuple(p for p in values if p.kind != _KEYWORD_ONLY),
                    {p.name: p for p in values if p.kind == _KEYWORD_ONLY}, signature._return_annotation)

        return parts(self) == parts(other)

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        args = list(args)
        kwargs = dict(kwargs)
        rest = None
        positional_only_given = []
        for parameter in self._parameters.values():
            name, kind = parameter.name, parameter.kind
            if kind == _VAR_POSITIONAL:
                if args:
                    arguments[name] = tuple(args)
                    args = []
                continue
            if kind == _VAR_KEYWORD:
                rest = parameter
                continue
            if args and kind != _KEYWORD_ONLY:
                if kind == _POSITIONAL_OR_KEYWORD and name in kwargs:
                    raise TypeError(f'multiple values for argument {name!r}')
                arguments[name] = args.pop(0)
                continue
            if name in kwargs:
                if kind != _POSITIONAL_ONLY:
                    arguments[name] = kwargs.pop(name)
                    continue
                if parameter.default is _empty:
                    positional_only_given.append(name)
                    continue
            if not partial and parameter.default is _empty:
                if args and kind == _KEYWORD_ONLY:
                    raise TypeError('too many positional arguments')
                required = ' keyword-only' if kind == _KEYWORD_ONLY else ''
                raise TypeError(f'missing a required{required} argument: {name!r}')
        if args:
            raise TypeError('too many positional arguments')
        if rest is not None:
            if kwargs:
                arguments[rest.name] = kwargs
        elif positional_only_given:
            raise TypeError('got some positional-only arguments passed as keyword arguments: '
                            f"{', '.join(positional_only_given)!r}")
        elif kwargs:
            raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Binds arguments to the parameters."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        """As bind(), but arguments may be missing."""
        return self._bind(args, kwargs, partial=True)

    def __repr__(self):
        return f'<{self.__class__.__name__} {self}>'

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None):
        """The text of the signature; above max_width with one parameter a line."""
        parts = []
        positional_only = False
        star_needed = True
        for parameter in self._parameters.values():
            kind = parameter.kind
            if kind == _POSITIONAL_ONLY:
                positional_only = True
            elif positional_only:
                parts.append('/')
                positional_only = False
            if kind == _VAR_POSITIONAL:
                star_needed = False
            elif kind == _KEYWORD_ONLY and star_needed:
                parts.append('*')
                star_needed = False
            parts.append(str(parameter))
        if positional_only:
            parts.append('/')
        text = f"({', '.join(parts)})"
        if max_width is not None and len(text) > max_width:
            text = '(\n    ' + ',\n    '.join(parts) + '\n)'
        if self._return_annotation is not _empty:
            text += f' -> {formatannotation(self._return_annotation)}'
        return text


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a function, class or module."""
    if isinstance(obj, type):
        annotations = obj.__dict__.get('__annotations__')
        names = getattr(sys.modules.get(obj.__module__), '__dict__', {})
    elif callable(obj) or ismodule(obj):
        annotations = getattr(obj, '__annotations__', None)
        names = getattr(unwrap(obj) if callable(obj) else obj, '__globals__', getattr(obj, '__dict__', {}))
    else:
        raise TypeError(f'{obj!r} is not a module, class, or callable.')
    if not annotations:
        return {}
    if not isinstance(annotations, dict):
        raise ValueError(f'{obj!r}.__annotations__ is neither a dict nor None')
    if not eval_str:
        return dict(annotations)
    names = names if globals is None else globals
    return {key: eval(value, names, locals) if isinstance(value, str) else value for key, value in annotations.items()}


def _from_function(func, cls, globals, locals, eval_str):
    code = func.__code__
    names = code.co_varnames
    annotations = get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    defaults = func.__defaults__ or ()
    keyword_defaults = func.__kwdefaults__ or {}
    count = code.co_argcount

    def parameter(name, kind, default=_empty):
        return Parameter(name, kind, default=default, annotation=annotations.get(name, _empty))

    parameters = []
    for i, name in enumerate(names[:count]):
        kind = _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
        at = i - (count - len(defaults))
        parameters.append(parameter(name, kind, defaults[at] if at >= 0 else _empty))
    after = count + code.co_kwonlyargcount
    if code.co_flags & CO_VARARGS:
        parameters.append(parameter(names[after], _VAR_POSITIONAL))
    for name in names[count:after]:
        parameters.append(parameter(name, _KEYWORD_ONLY, keyword_defaults.get(name, _empty)))
    if code.co_flags & CO_VARKEYWORDS:
        parameters.append(parameter(names[after + bool(code.co_flags & CO_VARARGS)], _VAR_KEYWORD))
    return cls(parameters, return_annotation=annotations.get('return', _empty), __validate_parameters__=False)


def _from_text(obj, text, cls):
    # "($self, x, /, y=None)": a def with this header gives the parameters; `$self` is bound already.
    bound = text.startswith('($')
    text = text.replace('$', '', 1)
    made = {}
    try:
        exec(f'def f{text}: pass', {'__builtins__': {}}, made)
    except Exception:
        raise ValueError(f'{obj!r} builtin has invalid signature') from None
    signature = _from_function(made['f'], cls, None, None, False)
    if bound and getattr(obj, '__self__', None) is not None and not ismodule(obj.__self__):
        return signature.replace(parameters=list(signature.parameters.values())[1:])
    return signature


def _without_first(signature):
    parameters = list(signature.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError('invalid method signature')
    if parameters[0].kind != _VAR_POSITIONAL:
        del parameters[0]
    return signature.replace(parameters=parameters)


def _of_partial(wrapped, partial):
    parameters = dict(wrapped.parameters)
    bound = wrapped.bind_partial(*partial.args, **partial.keywords)
    keyword_only = False
    for name, parameter in wrapped.parameters.items():
        if name in bound.arguments:
            if parameter.kind == _POSITIONAL_ONLY:
                del parameters[name]
                continue
            if parameter.kind == _POSITIONAL_OR_KEYWORD:
                if name in partial.keywords:
                    keyword_only = True
                    parameters[name] = parameter.replace(default=bound.arguments[name])
                else:
                    del parameters[name]
                    continue
            elif parameter.kind == _KEYWORD_ONLY:
                parameters[name] = parameter.replace(default=bound.arguments[name])
        if keyword_only:
            if parameter.kind == _POSITIONAL_OR_KEYWORD:
                parameters[name] = parameters.pop(name).replace(kind=_KEYWORD_ONLY)
            elif parameter.kind in (_KEYWORD_ONLY, _VAR_KEYWORD):
                parameters[name] = parameters.pop(name)
            elif parameter.kind == _VAR_POSITIONAL:
                del parameters[name]
    return wrapped.replace(parameters=parameters.values())


def _signature_of(obj, cls, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    def of(other):
        return _signature_of(other, cls, follow_wrapped, globals, locals, eval_str)

    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if ismethod(obj):
        return _without_first(of(obj.__func__))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, '__signature__') or ismethod(f))
        if ismethod(obj):
            return of(obj)
    given = getattr(obj, '__signature__', None)
    if given is not None:
        if not isinstance(given, Signature):
            raise TypeError(f'unexpected object {given!r} in __signature__ attribute')
        return given
    functools = sys.modules.get('functools')
    if functools is not None:
        if isinstance(obj, functools.partial):
            return _of_partial(of(obj.func), obj)
        method = getattr(obj, '__partialmethod__', None)
        if isinstance(method, functools.partialmethod):
            whole = of(method.func)
            partial = functools.partial(method.func, None, *method.args, **method.keywords)
            first = next(iter(whole.parameters.values()))
            rest = _of_partial(whole, partial)
            return whole.replace(parameters=[first, *rest.parameters.values()])
    if isfunction(obj) or _signature_is_functionlike(obj):
        return _from_function(obj, cls, globals, locals, eval_str)
    text = getattr(obj, '__text_signature__', None)
    if isclass(obj):
        for name in ('__call__',) if type(obj) is not type else ():
            call = getattr(type(obj), name, None)
            if isfunction(call):
                return _without_first(of(call))
        for base in obj.__mro__:
            for name in ('__new__', '__init__'):
                method = base.__dict__.get(name)
                if isinstance(method, staticmethod):
                    method = method.__func__
                if isfunction(method):
                    return _without_first(of(method))
            own = base.__dict__.get('__text_signature__') or (getattr(base, '__text_signature__', None) if base is not object else None)
            if own and base is not object and type(base) is type:
                return _from_text(obj, own, cls)
        if type not in obj.__mro__ and obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return cls()
        raise ValueError(f'no signature found for builtin type {obj!r}')
    if text:
        return _from_text(obj, text, cls)
    if isroutine(obj):
        raise ValueError(f'no signature found for builtin {obj!r}')
    call = getattr(type(obj), '__call__', None)
    if call is not None:
        return _without_first(of(call))
    raise ValueError(f'callable {obj!r} is not supported by signature')


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of something that can be called."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)


def getcallargs(func, /, *positional, **named):
    """The arguments of a call by the names of the parameters."""
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return bound.arguments
