# Classes, instances, descriptors, metaclasses, properties, weak references.
import weakref

from _sweep import sweep


def definitions():
    class Meta(type):
        def __new__(meta, name, bases, namespace, **keywords):
            return super().__new__(meta, name, bases, namespace)

        def __init__(cls, name, bases, namespace, **keywords):
            cls.keywords = keywords

    class Descriptor:
        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner):
            return self if instance is None else instance.__dict__.get(self.name, 0)

        def __set__(self, instance, value):
            instance.__dict__[self.name] = value

    class Base(metaclass=Meta, option=1):
        __slots__ = ('a', '__dict__', '__weakref__')
        value = Descriptor()

        def __init_subclass__(cls, **keywords):
            cls.subclassed = True

        @property
        def double(self):
            return self.value * 2

        @classmethod
        def make(cls, *arguments):
            return cls(*arguments)

        @staticmethod
        def plain(x):
            return [x]

    class Derived(Base, other=2):
        def __init__(self, value=1):
            self.value = value
            self.a = [value]

        def __getattr__(self, name):
            return name * 2

    one = Derived.make(5)
    assert one.double == 10 and one.missing == 'missingmissing' and Base.plain(1) == [1]
    one.new, one.other, one.third = 1, [2], {3: 4}
    del one.other
    assert sorted(one.__dict__) == ['new', 'third', 'value']


class Node:
    def __init__(self, *children):
        self.children = children
        self.name = f'node {len(children)}'

    def __repr__(self):
        return f'{self.name} {self.children}'

    def __eq__(self, other):
        return self.children == other.children

    def __hash__(self):
        return hash(self.children)

    def __del__(self):
        died.append(1)


def instances():
    died.clear()
    tree = Node(Node(Node(), Node()), Node())
    assert tree == Node(Node(Node(), Node()), Node()) and len(repr(tree)) > 10 and hash(tree)
    assert len({tree, Node()}) == 2
    tree.parent = tree


def weak():
    node = Node()
    seen = []
    reference = weakref.ref(node, seen.append)
    table = weakref.WeakValueDictionary(a=node)
    assert reference() is table['a']
    del node
    assert reference() is None and len(seen) <= 1   # the callback may have had no memory


died = []
sweep(definitions, instances, weak)
