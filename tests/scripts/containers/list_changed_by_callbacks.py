# Methods of list whose comparisons, indices or keys change the list under way.
class Item:
    def __init__(self, number, act):
        self.number, self.act = number, act

    def __eq__(self, other):
        self.act()
        return False

    def __lt__(self, other):
        self.act()
        return self.number < other.number

    def __repr__(self):
        self.act()
        return f"Item{self.number}"

    def __index__(self):
        self.act()
        return self.number


def show(name, operation, items):
    try:
        result = operation()
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(name, repr(result) if not isinstance(result, str) else result, len(items))


for kind in ("clear", "grow"):
    for name in ("index", "count", "in", "remove", "equal", "less", "repr", "sort", "slice", "assign", "insert", "pop", "del"):
        items = []
        act = items.clear if kind == "clear" else lambda: items.extend([0] * 20)
        items += [Item(n, act) for n in range(5)]
        operations = {
            "index": lambda: items.index(9), "count": lambda: items.count(9), "in": lambda: 9 in items,
            "remove": lambda: items.remove(9), "equal": lambda: items == [1] * 5, "less": lambda: items < [1] * 5,
            "repr": lambda: repr(items), "sort": lambda: items.sort(), "slice": lambda: len(items[Item(0, act):Item(3, act)]),
            "assign": lambda: items.__setitem__(slice(Item(0, act), Item(3, act)), (n for n in (act(), 1))),
            "insert": lambda: items.insert(Item(1, act), 3), "pop": lambda: items.pop(Item(1, act)) and 0,
            "del": lambda: items.__delitem__(Item(1, act))}
        show(f"{kind} {name}", operations[name], items)
numbers = [3, 1, 2]
show("key", lambda: numbers.sort(key=lambda n: numbers.append(n) or n), numbers)
show("seen", lambda: numbers.sort(key=lambda n: print(numbers)), numbers)
show("error", lambda: numbers.sort(key=lambda n: 1 / 0), numbers)
