# typing is importable and subscriptable; types has the names of the built-in types.
import types
from typing import Any, Callable, Generic, Iterator, List, Optional, TypeVar, Union, Dict, Awaitable, Coroutine

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, item: T):
        self.item = item


def f(a: List[int], b: Optional[str] = None, *c: Any) -> Callable[[int], Dict[str, Union[int, str]]]:
    return a


print(Box(3).item, Box[int](4).item, f([1]))
print(types.FunctionType is type(f), types.GeneratorType, types.CoroutineType.__name__, types.ModuleType.__name__, types.NoneType)
n = types.SimpleNamespace(a=1, b="x")
n.c = 3
print(n, n == types.SimpleNamespace(a=1, b="x", c=3))
m = types.MappingProxyType({"k": 1})
print(m["k"], m)
try:
    m["k"] = 2
except TypeError as error:
    print(error)
bound = types.MethodType(lambda self, x: (self, x), "self")
print(bound(1))
