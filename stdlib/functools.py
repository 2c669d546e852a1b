# functools: functions that take or make functions.
__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache', 'cmp_to_key',
           'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch', 'singledispatchmethod',
           'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__', '__type_params__')
WRAPPER_UPDATES = ('__dict__',)
_missing = object()


def _alias(cls, item):
    from types import GenericAlias
    return GenericAlias(cls, item)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Makes wrapper look like wrapped."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorates a wrapper: makes it look like wrapped."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- partial

class partial:
    """partial(func, *args, **keywords): func with some arguments given already."""
    __slots__ = 'func', 'args', 'keywords', '__dict__', '__weakref__'

    def __new__(cls, func=_missing, /, *args, **keywords):
        if func is _missing:
            raise TypeError("type 'partial' takes at least one argument")
        if not callable(func):
            raise TypeError('the first argument must be callable')
        # A partial of a plain partial is flattened.
        if type(func) is partial and not func.__dict__:
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self = object.__new__(cls)
        self.func = func
        self.args = args
        self.keywords = keywords
        return self

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        cls = type(self)
        name = f'{cls.__module__}.{cls.__qualname__}'
        if id(self) in _showing:
            return f'{name}(...)'
        _showing.add(id(self))
        try:
            args = [repr(self.func), *map(repr, self.args)]
            args += [f'{key}={value!r}' for key, value in self.keywords.items()]
            return f"{name}({', '.join(args)})"
        finally:
            _showing.discard(id(self))

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple) or len(state) != 4:
            raise TypeError('invalid partial state')
        func, args, keywords, names = state
        if not callable(func) or not isinstance(args, tuple) or keywords is not None and not isinstance(keywords, dict):
            raise TypeError('invalid partial state')
        self.func = func
        self.args = tuple(args)
        self.keywords = dict(keywords or {})
        self.__dict__.update(names or {})

    __class_getitem__ = classmethod(_alias)


_showing = set()


class partialmethod:
    """As partial, for methods: in a class body."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __repr__(self):
        cls = self.__class__
        args = [repr(self.func), *map(repr, self.args)]
        args += [f'{key}={value!r}' for key, value in self.keywords.items()]
        return f"{cls.__module__}.{cls.__qualname__}({', '.join(args)})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.__partialmethod__ = self
        return _method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, '__get__', None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                try:
                    result.__self__ = bound.__self__
                except AttributeError:
                    pass
                return result
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)

    __class_getitem__ = classmethod(_alias)


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


def _unwrap_partialmethod(func):
    previous = None
    while func is not previous:
        previous = func
        while isinstance(getattr(func, '__partialmethod__', None), partialmethod):
            func = func.__partialmethod__
        while isinstance(func, partialmethod):
            func = func.func
        func = _unwrap_partial(func)
    return func


# ---- folding and ordering

def reduce(function, iterable, initial=_missing, /):
    """function(function(function(initial, a), b), c) ..."""
    try:
        items = iter(iterable)
    except TypeError:
        raise TypeError('reduce() arg 2 must support iteration') from None
    if initial is _missing:
        try:
            initial = next(items)
        except StopIteration:
            raise TypeError('reduce() of empty iterable with no initial value') from None
    for item in items:
        initial = function(initial, item)
    return initial


def cmp_to_key(mycmp):
    """Makes a function that compares two values a key function for sort()."""
    return _KeyMaker(mycmp)


class _KeyMaker:
    def __init__(self, compare):
        self.compare = compare

    def __call__(self, obj):
        return _Key(self.compare, obj)


class _Key:
    __slots__ = ['_compare', 'obj']
    __hash__ = None

    def __init__(self, compare, obj):
        self._compare = compare
        self.obj = obj

    def _against(self, other):
        if not isinstance(other, _Key):
            raise TypeError('other argument must be K instance')
        return self._compare(self.obj, other.obj)

    def __lt__(self, other):
        return self._against(other) < 0

    def __gt__(self, other):
        return self._against(other) > 0

    def __eq__(self, other):
        return self._against(other) == 0

    def __le__(self, other):
        return self._against(other) <= 0

    def __ge__(self, other):
        return self._against(other) >= 0


def _derived(root, name, joined):
    # An ordering method from another one: `joined` is "or", "and" or None for how equality comes in.
    def method(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        if joined is None:
            return not result
        if joined == 'or':     # root, or equal
            return result or self == other
        if joined == 'and':    # root, and different
            return result and self != other
        if joined == 'nand':   # not root, and different
            return not result and self != other
        return not result or self == other
    method.__name__ = name
    method.__doc__ = getattr(int, name).__doc__
    method.__qualname__ = f'_{name.strip("_")}_from_{root.strip("_")}'
    return method


_orderings = {
    '__lt__': {'__gt__': 'nand', '__le__': 'or', '__ge__': None},
    '__le__': {'__ge__': 'nor', '__lt__': 'and', '__gt__': None},
    '__gt__': {'__lt__': 'nand', '__ge__': 'or', '__le__': None},
    '__ge__': {'__le__': 'nor', '__gt__': 'and', '__lt__': None},
}


def total_ordering(cls):
    """Completes the comparison methods of a class that has one of them."""
    roots = {name for name in _orderings if getattr(cls, name, None) is not getattr(object, name, None)}
    if not roots:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = max(roots)
    for name, joined in _orderings[root].items():
        if name not in roots:
            setattr(cls, name, _derived(root, name, joined))
    return cls


# ---- caches

class _CacheInfo(tuple):
    __slots__ = ()
    _fields = ('hits', 'misses', 'maxsize', 'currsize')

    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    def __repr__(self):
        return f'CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})'

    def _asdict(self):
        return dict(zip(self._fields, self))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])


_CacheInfo.__name__ = _CacheInfo.__qualname__ = 'CacheInfo'


class _HashedList(list):
    # A key whose hash is counted once.
    __slots__ = 'hashvalue'

    def __init__(self, items):
        self[:] = items
        self.hashvalue = hash(tuple(items))

    def __hash__(self):
        return self.hashvalue


_keyword_mark = (object(),)


def _make_key(args, kwds, typed, kwd_mark=_keyword_mark, fasttypes={int, str}, tuple=tuple, type=type, len=len):
    key = args
    if kwds:
        key += kwd_mark
        for item in kwds.items():
            key += item
    if typed:
        key += tuple(type(value) for value in args)
        if kwds:
            key += tuple(type(value) for value in kwds.values())
    elif len(key) == 1 and type(key[0]) in fasttypes:
        return key[0]
    return _HashedList(key)


class _lru_cache_wrapper:
    # The calls' results, the one that was asked for longest ago first.
    def __init__(self, user_function, maxsize, typed):
        self._function = user_function
        self._maxsize = maxsize
        self._typed = typed
        self._results = {}
        self._hits = self._misses = 0

    def __call__(self, /, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        key = _make_key(args, kwds, self._typed)
        results = self._results
        result = results.get(key, _missing)
        if result is not _missing:
            self._hits += 1
            if self._maxsize is not None:
                # To the end, unless __eq__ of a key has removed it.
                if results.pop(key, _missing) is not _missing:
                    results[key] = result
            return result
        self._misses += 1
        result = self._function(*args, **kwds)
        if self._maxsize is not None and key not in results and len(results) >= self._maxsize:
            del results[next(iter(results))]
        results[key] = result
        return result

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        from types import MethodType
        return MethodType(self, obj)

    def cache_info(self):
        """Report cache statistics"""
        return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._results))

    def cache_clear(self):
        """Clear the cache and cache statistics"""
        self._results = {}
        self._hits = self._misses = 0

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return self.__qualname__

    def __repr__(self):
        return f'<functools._lru_cache_wrapper object at {id(self):#x}>'


def lru_cache(maxsize=128, typed=False):
    """Decorates a function: keeps the results of its last maxsize different calls."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)
    return decorating_function


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed)
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """Decorates a function: keeps the results of all its calls."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A method that is called once; then its result is an ordinary attribute."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            names = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache "
                            f'{self.attrname!r} property.') from None
        value = names.get(self.attrname, _missing)
        if value is _missing:
            value = self.func(instance)
            try:
                names[self.attrname] = value
            except TypeError:
                raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support "
                                f'item assignment for caching {self.attrname!r} property.') from None
        return value

    __class_getitem__ = classmethod(_alias)


# ---- single dispatch

def _merge(sequences):
    # The merge of C3.
    result = []
    while True:
        sequences = [sequence for sequence in sequences if sequence]
        if not sequences:
            return result
        for sequence in sequences:
            candidate = sequence[0]
            if not any(candidate in other[1:] for other in sequences):
                break
        else:
            raise RuntimeError('Inconsistent hierarchy')
        result.append(candidate)
        for sequence in sequences:
            if sequence[0] == candidate:
                del sequence[0]


def _c3_mro(cls, abcs=None):
    # The method resolution order of cls with abstract bases that it only registers with put in.
    boundary = 0
    for i, base in enumerate(reversed(cls.__bases__)):
        if hasattr(base, '__abstractmethods__'):
            boundary = len(cls.__bases__) - i
            break
    abcs = list(abcs) if abcs else []
    explicit = list(cls.__bases__[:boundary])
    other = list(cls.__bases__[boundary:])
    abstract = [base for base in abcs
                if issubclass(cls, base) and not any(issubclass(b, base) for b in cls.__bases__)]
    for base in abstract:
        abcs.remove(base)
    orders = [[_c3_mro(base, abcs=abcs) for base in bases] for bases in (explicit, abstract, other)]
    return _merge([[cls]] + orders[0] + orders[1] + orders[2] + [explicit] + [abstract] + [other])


def _compose_mro(cls, types):
    bases = set(cls.__mro__)

    def is_related(typ):
        from types import GenericAlias
        return (typ not in bases and hasattr(typ, '__mro__') and not isinstance(typ, GenericAlias)
                and issubclass(cls, typ))

    types = [n for n in types if is_related(n)]
    types = [n for n in types if not any(n != other and n in other.__mro__ for other in types)]
    known = set(types)
    mro = []
    for typ in types:
        found = [[s for s in sub.__mro__ if s in known]
                 for sub in typ.__subclasses__() if sub not in bases and issubclass(cls, sub)]
        if not found:
            mro.append(typ)
            continue
        found.sort(key=len, reverse=True)
        for subs in found:
            for sub in subs:
                if sub not in mro:
                    mro.append(sub)
    return _c3_mro(cls, abcs=mro)


def _find_impl(cls, registry):
    match = None
    for t in _compose_mro(cls, registry.keys()):
        if match is not None:
            if t in registry and t not in cls.__mro__ and match not in cls.__mro__ and not issubclass(match, t):
                raise RuntimeError(f'Ambiguous dispatch: {match} or {t}')
            break
        if t in registry:
            match = t
    return registry.get(match)


def singledispatch(func):
    """Makes func generic: its implementation is chosen by the class of the first argument."""
    from types import MappingProxyType
    import abc
    registry = {}
    found = {}
    token = None
    name = getattr(func, '__name__', 'singledispatch function')

    def dispatch(cls):
        """The implementation for a class."""
        nonlocal token
        if token is not None:
            current = abc.get_cache_token()
            if token != current:
                found.clear()
                token = current
        try:
            return found[cls]
        except KeyError:
            implementation = registry[cls] if cls in registry else _find_impl(cls, registry)
            found[cls] = implementation
            return implementation

    def is_class(cls):
        if isinstance(cls, type):
            return True
        from types import UnionType
        return isinstance(cls, UnionType) and all(isinstance(arg, type) for arg in cls.__args__)

    def register(cls, func=None):
        """Adds an implementation for a class, or for the annotation of func's first argument."""
        nonlocal token
        if is_class(cls):
            if func is None:
                return lambda f: register(cls, f)
        else:
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            annotations = getattr(cls, '__annotations__', {})
            if not annotations:
                raise TypeError(f'Invalid first argument to `register()`: {cls!r}. Use either `@register(some_class)` '
                                'or plain `@register` on an annotated function.')
            func = cls
            argname, cls = next(iter(annotations.items()))
            if isinstance(cls, str):
                cls = eval(cls, getattr(func, '__globals__', {}))
            if not is_class(cls):
                from types import UnionType
                if isinstance(cls, UnionType):
                    raise TypeError(f'Invalid annotation for {argname!r}. {cls!r} not all arguments are classes.')
                raise TypeError(f'Invalid annotation for {argname!r}. {cls!r} is not a class.')
        for one in (cls,) if isinstance(cls, type) else cls.__args__:
            registry[one] = func
            if token is None and hasattr(one, '__abstractmethods__'):
                token = abc.get_cache_token()
        found.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = found.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """As singledispatch, for methods: chosen by the class of the first argument after self."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Adds an implementation for a class."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch
        name = getattr(self.func, '__name__', 'singledispatchmethod method')

        def _method(*args, **kwargs):
            if not args:
                raise TypeError(f'{name} requires at least 1 positional argument')
            return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)
