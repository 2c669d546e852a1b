# __class_getitem__, PEP 695 classes and functions, type aliases, bases that are not classes.
class Box:
    def __class_getitem__(cls, item):
        return f"{cls.__name__} of {item}"


print(Box[int], Box["x", 1])


class Stack[T]:
    def push(self, item: T) -> None:
        self.item = item


def first[T: int, *Ts, **P](x: T) -> T:
    return x


type Pair[A] = tuple[A, A]
print(Stack.__type_params__, Stack[int], first.__type_params__, first(3))
print(Pair, Pair.__value__, Pair[int], Pair.__type_params__[0].__name__)
print(list[int], dict[str, list[int]], int | None, tuple[int, ...])
print(first.__type_params__[0].__bound__, isinstance(3, int | str))


class Entries:
    def __mro_entries__(self, bases):
        return (dict,)


class FromEntries(Entries()):
    pass


print(FromEntries.__bases__, type(FromEntries.__orig_bases__[0]).__name__)
