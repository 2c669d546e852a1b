# Special forms and aliases: subscripts, reprs, equality, and what cannot be done with them.
from typing import (Any, Callable, ClassVar, Dict, Generic, List, Literal, NamedTuple, NewType, Optional, Protocol, Tuple,
                    TypedDict, TypeVar, Union, get_args, get_origin, get_type_hints, runtime_checkable)

T = TypeVar("T")
print(List[int], Dict[str, T][int], Union[int, str, None], Optional[int], Callable[[int], str], Tuple[int, ...], Literal[1, "a"])
print(Union[int, int], Union[int, str] == Union[str, int], get_origin(Dict[str, int]), get_args(Callable[[int], str]), T, Any)

class Box(Generic[T]):
    pass

@runtime_checkable
class Closes(Protocol):
    def close(self): ...

class Pair(NamedTuple):
    a: int
    b: str = "x"

class Movie(TypedDict):
    name: str

def function(a: int, b: "Optional[str]" = None) -> List[int]: ...

print(Box[int], Box.__parameters__, isinstance(Box(), Closes), Pair(1), Movie(name="x"), get_type_hints(function), NewType("Id", int)(3))
for call in (lambda: List[int, str], lambda: Box[int, str], lambda: Union[()], lambda: Optional[int, str], lambda: isinstance(1, List[int]),
             lambda: List(), lambda: Any(), lambda: Generic[int], lambda: List[ClassVar[int]], lambda: Closes(), lambda: Pair()):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
