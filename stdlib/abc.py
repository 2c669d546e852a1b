# abc: abstract base classes.
from _weakref import ref


class abstractclassmethod(classmethod):
    """An abstract class method."""
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """An abstract static method."""
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """An abstract property."""
    __isabstractmethod__ = True


def abstractmethod(funcobj):
    """Marks a method that subclasses have to override."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class _WeakTypes:
    # Classes, weakly held.
    __slots__ = ('refs',)

    def __init__(self):
        self.refs = {}

    def add(self, cls):
        refs = self.refs
        key = id(cls)
        refs[key] = ref(cls, lambda dead: refs.pop(key, None))

    def __contains__(self, cls):
        found = self.refs.get(id(cls))
        return found is not None and found() is cls

    def __iter__(self):
        for found in list(self.refs.values()):
            cls = found()
            if cls is not None:
                yield cls


class _State:
    __slots__ = ('registry', 'cache', 'negative', 'version')

    def __init__(self):
        self.registry = _WeakTypes()
        self.cache = _WeakTypes()
        self.negative = _WeakTypes()   # valid while `version` is the counter of registrations
        self.version = _registrations


_registrations = 0


def get_cache_token():
    """Changes with every register()."""
    return _registrations


def _abstract_names(cls, namespace_items):
    names = {name for name, value in namespace_items if getattr(value, '__isabstractmethod__', False)}
    for base in cls.__bases__:
        for name in getattr(base, '__abstractmethods__', ()):
            if getattr(getattr(cls, name, None), '__isabstractmethod__', False):
                names.add(name)
    return frozenset(names)


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, namespace.items())
        cls._abc_impl = _State()
        return cls

    def register(cls, subclass):
        """Makes subclass count as a subclass; gives it back."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        cls._abc_impl.registry.add(subclass)
        _registrations += 1
        return subclass

    def __instancecheck__(cls, instance):
        """isinstance(instance, cls)"""
        subclass = instance.__class__
        if subclass in cls._abc_impl.cache:
            return True
        subtype = type(instance)
        if subtype is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        """issubclass(subclass, cls)"""
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        state = cls._abc_impl
        if subclass in state.cache:
            return True
        if state.version < _registrations:
            state.negative = _WeakTypes()
            state.version = _registrations
        elif subclass in state.negative:
            return False
        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = (cls in getattr(subclass, '__mro__', ())
                      or any(issubclass(subclass, registered) for registered in state.registry)
                      or any(issubclass(subclass, derived) for derived in cls.__subclasses__()))
        else:
            assert isinstance(answer, bool)
        (state.cache if answer else state.negative).add(subclass)
        return answer

    def _dump_registry(cls, file=None):
        print(f'Class: {cls.__module__}.{cls.__qualname__}', file=file)
        print(f'Inv. counter: {get_cache_token()}', file=file)
        state = cls._abc_impl
        for name, value in (('_abc_registry', set(state.registry)), ('_abc_cache', set(state.cache)),
                            ('_abc_negative_cache', set(state.negative)), ('_abc_negative_cache_version', state.version)):
            print(f'{name}: {value!r}', file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registry = _WeakTypes()

    def _abc_caches_clear(cls):
        cls._abc_impl.cache = _WeakTypes()
        cls._abc_impl.negative = _WeakTypes()


def update_abstractmethods(cls):
    """Finds the abstract methods again after the class was changed."""
    if hasattr(cls, '__abstractmethods__'):
        cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__.items())
    return cls


class ABC(metaclass=ABCMeta):
    """A class to derive abstract base classes from."""
    __slots__ = ()
