# Special methods that call themselves without end are RecursionErrors, and the program goes on.
import operator
import sys


class Endless:
    def __repr__(self): return repr(self)
    def __str__(self): return str(self)
    def __format__(self, spec): return format(self, spec)
    def __eq__(self, other): return other == self
    def __lt__(self, other): return sorted([self, other])
    def __hash__(self): return hash(self)
    def __bool__(self): return not self
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __next__(self): return next(self)
    def __contains__(self, item): return item in self
    def __getitem__(self, key): return self[key]
    def __getattr__(self, name): return getattr(self, name)
    def __call__(self): return self()
    def __index__(self): return operator.index(self)
    def __int__(self): return int(self)
    def __float__(self): return float(self)
    def __bytes__(self): return bytes(self)
    def __add__(self, other): return self + other
    def __radd__(self, other): return other + self
    def __neg__(self): return -self
    def __pow__(self, other): return pow(self, other)
    def __divmod__(self, other): return divmod(self, other)
    def __round__(self): return round(self)
    def __reversed__(self): return reversed(self)
    def __dir__(self): return dir(self)
    def __instancecheck__(self, value): return isinstance(value, self)
    def __set_name__(self, owner, name): type('Owner', (), {'attribute': self})
    def __sizeof__(self): return sys.getsizeof(self)
    def __length_hint__(self): return operator.length_hint(self)


class Setter:
    def __setattr__(self, name, value): setattr(self, name, value)
    def __delattr__(self, name): delattr(self, name)


class Attribute:
    @property
    def value(self): return self.value

    @value.setter
    def value(self, new): self.value = new


class Descriptor:
    def __get__(self, instance, owner): return instance.attribute
    def __set__(self, instance, value): instance.attribute = value


class Described:
    attribute = Descriptor()


class Meta(type):
    def __call__(cls): return cls()
    def __getattr__(cls, name): return getattr(cls, name)
    def __instancecheck__(cls, value): return isinstance(value, cls)
    def __subclasscheck__(cls, other): return issubclass(other, cls)


class Made(metaclass=Meta):
    pass


class Missing(dict):
    def __missing__(self, key): return self[key]


class Text(str):
    def __str__(self): return str(self)
    def __mod__(self, other): return self % other


def sort_key(value):
    return sorted([1], key=sort_key)


def endless(*arguments):
    return endless(*arguments)


def generator():
    yield from generator()


def mapped(*arguments):
    return list(map(mapped, [1]))


one = Endless()
operations = [
    lambda: repr(one), lambda: str(one), lambda: f'{one}', lambda: '%r %s' % (one, one), lambda: ' '.join([Text(one)]),
    lambda: one == Endless(), lambda: Endless() in [one], lambda: sorted([one, one]), lambda: hash(one), lambda: {one},
    lambda: not one, lambda: len(one), lambda: iter(one), lambda: list(one), lambda: next(one), lambda: 1 in one,
    lambda: one[0], lambda: one.name, lambda: one(), lambda: [1][one], lambda: range(one), lambda: [1] * one, lambda: chr(one),
    lambda: int(one), lambda: float(one), lambda: bytes(one), lambda: one + 1, lambda: 1 + one, lambda: sum([1, one]),
    lambda: -one, lambda: one ** 2, lambda: divmod(one, 2), lambda: round(one), lambda: reversed(one), lambda: dir(one),
    lambda: isinstance(1, one), lambda: type('Owner', (), {'attribute': one}), lambda: sys.getsizeof(one),
    lambda: operator.length_hint(one), lambda: setattr(Setter(), 'a', 1), lambda: delattr(Setter(), 'a'),
    lambda: Attribute().value, lambda: setattr(Attribute(), 'value', 1), lambda: Described().attribute,
    lambda: setattr(Described(), 'attribute', 1), lambda: Made(), lambda: Made.name, lambda: isinstance(1, Made),
    lambda: issubclass(int, Made), lambda: Missing()[1], lambda: str(Text('a')), lambda: Text('%s') % 1, lambda: sort_key(1),
    lambda: endless(1), lambda: list(generator()), lambda: mapped(),
]
for number, operation in enumerate(operations):
    try:
        operation()
        print(number, 'ended')
    except RecursionError:
        print(number, 'RecursionError')
