# Operations on sets whose comparisons change the set under way; iterators notice changes of size.
class Item:
    act = staticmethod(lambda: None)

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return 7

    def __eq__(self, other):
        Item.act()
        return False


for kind in ("clear", "grow"):
    for name in ("in", "add", "remove", "update", "or", "and", "sub", "xor", "le", "eq", "intersection", "isdisjoint"):
        items = {Item(n) for n in range(4)}
        other = {Item(10), Item(11), 3}
        calls = 0

        def act():
            global calls
            calls += 1
            if calls < 4:
                items.clear() if kind == "clear" else items.update(range(50))

        operations = {
            "in": lambda: Item(3) in items, "add": lambda: items.add(Item(9)), "remove": lambda: items.remove(Item(9)),
            "update": lambda: items.update([Item(1), Item(2)]), "or": lambda: items | other, "and": lambda: items & other,
            "sub": lambda: items - other, "xor": lambda: items ^ other, "le": lambda: items <= other,
            "eq": lambda: items == {Item(1), Item(2), 3, 4}, "intersection": lambda: items.intersection([Item(1)]),
            "isdisjoint": lambda: items.isdisjoint(other)}
        Item.act = staticmethod(act)
        try:
            result = operations[name]()
            print(kind, name, result if isinstance(result, bool | None) else len(result) >= 0)
        except KeyError:
            print(kind, name, "KeyError")
        Item.act = staticmethod(lambda: None)
numbers = {1, 2, 3}
iterator = iter(numbers)
print(next(iterator), iterator.__length_hint__())
numbers.add(4)
for _ in range(2):
    try:
        next(iterator)
    except RuntimeError as error:
        print(error, iterator.__length_hint__())
print(set() in {frozenset()}, [] in set() if False else "unhashable", {1, 2} == frozenset([2, 1]))
