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
