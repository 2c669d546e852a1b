# Keywords from a mapping that are no strings.
import functools


def function(**keywords):
    pass


class Plain:
    def method(self):
        pass


class WithInit:
    def __init__(self, **keywords):
        pass


class Meta(type):
    def __call__(cls, *arguments, **keywords):
        return keywords


class WithMeta(metaclass=Meta):
    pass


for callee in (function, Plain, Plain().method, WithInit, WithMeta, object, dict, print, int, sorted, functools.partial(print), lambda: 0):
    try:
        print(callee(**{1: 2}))
    except TypeError as error:
        print(error)
