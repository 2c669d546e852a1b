"""Makes about a thousand small programs: every operation of a container that calls back into script, with every change
of the container that the call could make.

A program is the body of a function. It builds a container `c`, arms a callback, does one operation, and returns what is
printed. The callback fires once, at its first or second call, and changes `c`. The set is the same at every run:
the product is taken in order, thinned by a seeded generator.

  generate.py               prints how many programs there are
  generate.py show NAME     prints one
"""
import random
import sys

SEED = 20130
TARGET = 1000

# Elements whose special methods call back. `fire` does the change.
PREAMBLE = '''
import operator
from collections import deque, OrderedDict, defaultdict


class Trap:
    """Calls `action` once, at the call number `at`."""

    def __init__(self):
        self.action, self.left = None, 0

    def arm(self, action, at=1):
        self.action, self.left = action, at

    def fire(self):
        if self.action is None:
            return
        self.left -= 1
        if self.left <= 0:
            action, self.action = self.action, None
            action()


trap = Trap()


class E:
    """An element: its comparisons, hash, index, repr and iteration call back."""

    def __init__(self, n, kind="eq"):
        self.n, self.kind = n, kind

    def _call(self, kind):
        if self.kind == kind or self.kind == "all":
            trap.fire()

    def __eq__(self, other):
        self._call("eq")
        return self.n == (other.n if isinstance(other, E) else other)

    def __lt__(self, other):
        self._call("lt")
        return self.n < (other.n if isinstance(other, E) else other)

    def __gt__(self, other):
        self._call("lt")
        return self.n > (other.n if isinstance(other, E) else other)

    def __hash__(self):
        self._call("hash")
        return hash(self.n) % 3

    def __index__(self):
        self._call("index")
        return self.n

    def __repr__(self):
        self._call("repr")
        return "E%d" % self.n

    def __add__(self, other):
        self._call("add")
        return self.n + (other.n if isinstance(other, E) else other)

    __radd__ = __add__

    def __bool__(self):
        self._call("bool")
        return self.n % 2 == 0


class D:
    """An element whose death calls back."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n

    def __del__(self):
        trap.fire()

    def __repr__(self):
        return "D%d" % self.n


class It:
    """An iterable whose steps call back."""

    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        trap.fire()
        for item in self.items:
            trap.fire()
            yield item

    def __len__(self):
        trap.fire()
        return len(self.items)

    def __length_hint__(self):
        trap.fire()
        return len(self.items)


def key(x):
    trap.fire()
    return -x.n if isinstance(x, E) else x if isinstance(x, int) else 0


def show(value):
    kind = type(value)
    if isinstance(value, (list, tuple, deque)):
        return kind.__name__ + "(" + ", ".join(map(show, list(value)[:30])) + (", ..." if len(value) > 30 else "") + ")"
    if isinstance(value, (set, frozenset)):
        return kind.__name__ + "{" + ", ".join(sorted(map(show, value))) + "}"
    if isinstance(value, dict):
        return kind.__name__ + "{" + ", ".join(show(k) + ": " + show(v) for k, v in list(value.items())) + "}"
    if isinstance(value, (E, D)):
        return kind.__name__ + str(value.n)
    if isinstance(value, (int, str, bytes, bytearray, float)) or value is None or value is NotImplemented:
        return repr(value)
    return kind.__name__


def outcome(operation):
    try:
        return show(operation())
    except Exception as error:
        return type(error).__name__ + ": " + str(error)[:100]
'''


def elements(kind, numbers="1, 2, 3, 4, 5"):
    if kind == "del":
        return f"[D(n) for n in ({numbers})]"
    if kind in ("key", "iter"):
        return f"[{numbers}]"
    return f"[E(n, {kind!r}) for n in ({numbers})]"


LIST_OPERATIONS = {
    "eq": ["9 in c", "c.index(9)", "c.count(3)", "c.remove(4)", "c == [E(n) for n in (1, 2, 3, 4, 5)]", "c != list(c)", "c < [1, 2, 9]",
           "c.index(4, 1)", "operator.indexOf(c, 5)", "operator.countOf(c, 2)", "c == [1, 2, 3, 4, 6]", "max(c, key=lambda x: x == 3)"],
    "lt": ["c.sort()", "c.sort(reverse=True)", "sorted(c)", "min(c)", "max(c)", "c < [1, 2, 3, 4, 9]", "c >= [1, 2, 0]"],
    "key": ["c.sort(key=key)", "sorted(c, key=key)", "min(c, key=key)", "max(c, key=key)", "list(map(key, c))", "list(filter(key, c))",
            "[key(x) for x in c]", "sum(map(key, c))", "c.extend(map(key, c[:]))", "c[:] == list(map(key, c))", "any(map(key, c))"],
    "index": ["c[E(1, 'index')]", "c[E(0, 'index'):E(3, 'index')]", "c.insert(E(2, 'index'), 'new')", "c.pop(E(1, 'index'))", "c * E(2, 'index')",
              "c.__setitem__(E(4, 'index'), 'new')", "c.__delitem__(E(4, 'index'))", "c.__setitem__(slice(E(1, 'index'), E(4, 'index')), 'xyz')",
              "c.__delitem__(slice(E(1, 'index'), None, E(2, 'index')))", "c.__imul__(E(3, 'index'))", "c.__setitem__(slice(0, E(4, 'index'), 2), 'xy')",
              "c.index(E(3), E(1, 'index'), E(5, 'index'))"],
    "iter": ["c.extend(It([7, 8]))", "c.__iadd__(It('ab'))", "c.__setitem__(slice(1, 3), It([7, 8, 9]))", "c.__setitem__(slice(None, None, 2), It([7, 8, 9]))",
             "c.__init__(It([1]))", "list(zip(c, It([1, 2, 3])))", "[*c, *It([1, 2])]", "c + list(It(c))", "list(zip(It('ab'), c, It('cd')))"],
    "repr": ["repr(c)", "str(c)", "'%s' % c", "'{}'.format(c)", "repr({'k': c})", "repr((c,))", "f'{c!r:>40}'"],
    "add": ["sum(c)", "sum(c, 10)", "__import__('itertools').accumulate(c).__next__()", "list(__import__('itertools').accumulate(c))",
            "__import__('functools').reduce(operator.add, c)"],
    "bool": ["all(c)", "any(c)", "list(filter(None, c))", "[x for x in c if x]", "list(map(bool, c))", "list(__import__('itertools').compress('abcde', c))"],
    "del": ["c.clear()", "c.pop()", "c.pop(0)", "c.__delitem__(1)", "c.__delitem__(slice(1, 3))", "c.__setitem__(0, 'new')", "c.__setitem__(slice(0, 2), [])",
            "c.__setitem__(slice(None), 'ab')", "c.__init__()", "c.sort(key=lambda x: c.clear() or 0)", "c.__imul__(0)", "c.__setitem__(slice(None, None, 2), 'abc')",
            "c.__delitem__(slice(None, None, 2))"],
}
LIST_CHANGES = ["c.clear()", "c.append(0)", "c.pop()", "del c[1:]", "c[:] = range(40)", "c.extend(c)", "c.insert(0, 'i')", "c.reverse()", "c[0] = 'z'", "c.__init__('ab')", "del c[0]"]

DICT_OPERATIONS = {
    "eq": ["c[E(1, 'all')]", "c.get(E(4, 'eq'))", "E(4, 'eq') in c", "c.__setitem__(E(4, 'eq'), 'new')", "c.pop(E(4, 'eq'))", "c.__delitem__(E(4, 'eq'))",
           "c.setdefault(E(4, 'eq'), 'd')", "c == {E(n): n for n in (1, 2, 3, 4, 5)}", "c.update({E(4, 'eq'): 1, E(7, 'eq'): 2})", "c | {E(1, 'eq'): 0}",
           "c.keys() & [E(1, 'eq'), E(4, 'eq')]", "(E(4, 'eq'), 4) in c.items()", "c.keys() == {E(n, 'eq') for n in (1, 2, 3, 4, 5)}", "4 in c.values()",
           "c.items() <= c.copy().items()", "c.keys() - [E(4, 'eq')]", "c.keys().isdisjoint([E(4, 'eq')])", "dict.fromkeys([E(1, 'eq'), E(4, 'eq')])", "{**c, E(1, 'eq'): 0}"],
    "value": ["c == {E(n): E(n, 'eq') for n in (1, 2, 3, 4, 5)}", "E(9, 'eq') in c.values()", "(E(4), E(4, 'eq')) in c.items()", "c.items() == {E(n): E(n, 'eq') for n in (1, 2, 3, 4, 5)}.items()"],
    "hash": ["c[E(1, 'hash')]", "c.get(E(4, 'hash'))", "E(4, 'hash') in c", "c.__setitem__(E(7, 'hash'), 'new')", "c.pop(E(4, 'hash'), 0)", "c.setdefault(E(7, 'hash'), 'd')",
             "c.update([(E(7, 'hash'), 1), (E(8, 'hash'), 2)])", "c.keys() & [E(1, 'hash')]", "set(c)", "frozenset(c)", "dict.fromkeys(c)", "{k: v for k, v in c.items()}", "c.keys() | [E(1, 'hash')]"],
    "iter": ["c.update(It([(1, 2), (3, 4)]))", "c.update(zip(It('ab'), 'xy'))", "c.__ior__(It([(1, 2)]))", "c.__init__(It([(7, 8)]))", "[(k, v) for k, v in zip(c, It('abc'))]",
             "list(zip(c.items(), It('ab')))", "list(zip(c.values(), It('ab')))", "c.keys() | It([1, 2])", "c.keys() & It([1, 2])", "c.keys() ^ It([1, 2])", "dict.fromkeys(It(c), 0)"],
    "repr": ["repr(c)", "str(c.keys())", "repr(c.values())", "repr(c.items())", "'%s' % c", "repr([c])"],
    "key": ["sorted(c, key=key)", "max(c, key=key)", "list(map(key, c))", "[key(k) for k in c]", "{key(k): v for k, v in c.items()}", "list(filter(key, c))", "sum(key(v) for v in c.values())",
            "list(map(key, reversed(c)))"],
    "del": ["c.clear()", "c.pop(1)", "c.popitem()", "c.__delitem__(1)", "c.__setitem__(1, 'new')", "c.update({1: 'new', 2: 'newer'})", "c.setdefault(9, c.pop(1))", "c.__init__({1: 0})", "c.__ior__({2: 0})"],
}
DICT_CHANGES = ["c.clear()", "c.update(zip(range(100, 140), range(40)))", "c.popitem()", "c.__setitem__('new', 1)", "[c.pop(k) for k in list(c)[:3]]", "c.__init__(a=1)",
                "c.update(dict(c))", "(c.clear(), c.update({'x': 1}))", "c.__delitem__(next(iter(c)))"]

SET_OPERATIONS = {
    "eq": ["E(4, 'eq') in c", "c.add(E(7, 'eq'))", "c.remove(E(4, 'eq'))", "c.discard(E(4, 'eq'))", "c | {E(4, 'eq')}", "c & {E(4, 'eq'), E(1, 'eq')}", "c - {E(4, 'eq')}",
           "c ^ {E(4, 'eq'), E(7, 'eq')}", "c == {E(n, 'eq') for n in (1, 2, 3, 4, 5)}", "c <= {E(n, 'eq') for n in (1, 2, 3, 4, 5, 6)}", "c.update([E(4, 'eq'), E(7, 'eq')])",
           "c.intersection_update([E(4, 'eq'), E(1, 'eq')])", "c.difference_update([E(4, 'eq')])", "c.symmetric_difference_update([E(4, 'eq'), E(7, 'eq')])",
           "c.isdisjoint([E(4, 'eq')])", "c.issuperset([E(4, 'eq')])", "c.issubset([E(4, 'eq'), E(5, 'eq')])", "c.union([E(4, 'eq')])", "c.__ior__({E(1, 'eq')})", "c.__isub__({E(1, 'eq')})",
           "c.__iand__({E(1, 'eq')})", "c.__ixor__({E(1, 'eq')})"],
    "hash": ["E(4, 'hash') in c", "c.add(E(7, 'hash'))", "c.discard(E(4, 'hash'))", "c.update([E(7, 'hash'), E(8, 'hash')])", "c.intersection([E(1, 'hash')])", "c.symmetric_difference([E(1, 'hash')])", "dict.fromkeys(c)",
             "c.difference([E(1, 'hash')])", "c.isdisjoint([E(1, 'hash')])", "frozenset(c) | {E(1, 'hash')}"],
    "iter": ["c.update(It([1, 2, 9]))", "c.intersection(It([1, 2]))", "c.difference(It([1]))", "c.symmetric_difference(It([1, 9]))", "c.union(It([9]), It([8]))", "c.issuperset(It([1, 2]))", "c.isdisjoint(It([9]))",
             "c.__init__(It([7]))", "c.intersection_update(It([1, 2]), It([2]))", "c.difference_update(It([1, 2]))", "list(zip(c, It('abc')))", "c.symmetric_difference_update(It([1, 9]))"],
    "repr": ["repr(c)[:4]", "str(frozenset(c))[:9]", "repr([c])[:5]"],
    "key": ["sorted(c, key=key)", "max(c, key=key)", "list(map(key, c))", "[key(k) for k in c]", "{key(k) for k in c}", "list(filter(key, c))"],
    "del": ["c.clear()", "c.pop() and None", "c.difference_update(list(c))", "c.intersection_update([])", "c.__init__()", "c.symmetric_difference_update(set(c))", "c.__isub__(c)"],
}
SET_CHANGES = ["c.clear()", "c.update(range(100, 140))", "c.add('new')", "c.pop()", "c.__init__('ab')", "c.difference_update(list(c)[:3])", "(c.clear(), c.add(1))", "c.update(set(c))"]

BYTEARRAY_OPERATIONS = {
    "index": ["c[E(1, 'index')]", "c.__setitem__(E(1, 'index'), 65)", "c.__setitem__(1, E(66, 'index'))", "c.append(E(67, 'index'))", "c.insert(E(1, 'index'), 65)", "c.insert(1, E(65, 'index'))",
              "c.pop(E(1, 'index'))", "c.remove(E(98, 'index'))", "c[E(1, 'index'):E(3, 'index')]", "c.__setitem__(slice(E(1, 'index'), E(3, 'index')), b'xyz')", "c.__delitem__(slice(E(1, 'index'), None, E(2, 'index')))",
              "c * E(2, 'index')", "c.__imul__(E(2, 'index'))", "c.extend([E(65, 'index'), 66])", "c.__setitem__(slice(1, 2), [E(65, 'index'), 66])", "E(98, 'index') in c", "c.find(E(98, 'index'))", "c.count(E(98, 'index'))",
              "c.index(98, E(0, 'index'), E(4, 'index'))", "c.center(E(20, 'index'))", "c.replace(b'a', b'zz', E(1, 'index'))", "c.split(b'c', E(1, 'index'))", "c.startswith(b'a', E(0, 'index'))", "c.zfill(E(9, 'index'))", "c.expandtabs(E(4, 'index'))"],
    "iter": ["c.extend(It([65, 66]))", "c.__setitem__(slice(1, 3), It([65, 66, 67]))", "c.__init__(It([65]))", "c.join([b'x', b'y', *It([b'z'])])", "c.join(It([b'x', b'y']))", "list(zip(c, It('abc')))", "bytes(It(c))"],
    "key": ["sorted(c, key=key)", "max(c, key=key)", "list(map(key, c))", "[key(x) for x in c]", "bytearray(map(key, c))", "bytes(x for x in c if key(x) or 1)"],
}
BYTEARRAY_CHANGES = ["c.clear()", "c.extend(bytes(100))", "c.pop()", "c[:] = b'xy'", "del c[1:]", "c.insert(0, 48)", "c.reverse()", "c.__init__(b'new')", "c.__imul__(3)"]

DEQUE_OPERATIONS = {
    "eq": ["9 in c", "c.index(9)", "c.count(3)", "c.remove(4)", "c == deque([1, 2, 3, 4, 5])", "c < deque([1, 2, 3, 4, 6])", "c.index(5, 1)", "operator.countOf(c, 2)"],
    "index": ["c[E(1, 'index')]", "c.__setitem__(E(1, 'index'), 'new')", "c.__delitem__(E(1, 'index'))", "c.insert(E(1, 'index'), 'new')", "c.rotate(E(2, 'index'))", "c * E(2, 'index')", "c.__imul__(E(2, 'index'))",
              "c.index(E(3), E(0, 'index'), E(5, 'index'))"],
    "iter": ["c.extend(It([7, 8]))", "c.extendleft(It([7, 8]))", "c.__iadd__(It([7]))", "c.__init__(It([7, 8]))", "c.__init__(It([7, 8, 9]), 2)", "list(zip(c, It('abc')))", "c + deque(It([1]))"],
    "repr": ["repr(c)", "repr([c])"],
    "key": ["sorted(c, key=key)", "max(c, key=key)", "list(map(key, c))", "[key(x) for x in c]", "list(map(key, reversed(c)))"],
    "del": ["c.clear()", "c.pop() and None", "c.popleft() and None", "c.__delitem__(1)", "c.__setitem__(0, 'new')", "c.__init__()", "c.__imul__(0)", "c.appendleft(c.pop() and 0)"],
}
DEQUE_CHANGES = ["c.clear()", "c.append(0)", "c.extend(range(100))", "c.pop()", "c.popleft()", "c.rotate(1)", "c.appendleft(0)", "c.reverse()", "c.__init__('ab')", "c.insert(1, 'i')"]

# Iterators: `i` runs over `c`; the operation walks it while the callback changes c or steps the iterator itself.
ITERATOR_MAKERS = ["iter(c)", "reversed(c)", "enumerate(c)", "zip(c, c)", "map(key, c)", "filter(key, c)", "iter(lambda: key(c.pop()) if c else -1, -1)", "(key(x) for x in c)",
                   "__import__('itertools').chain(c, c)", "__import__('itertools').islice(c, 4)", "__import__('itertools').cycle(c)", "__import__('itertools').groupby(c, key)", "__import__('itertools').takewhile(key, c)",
                   "__import__('itertools').tee(c)[0]", "__import__('itertools').accumulate(c, lambda a, b: key(a))", "__import__('itertools').pairwise(c)", "__import__('itertools').batched(c, 2)", "__import__('itertools').zip_longest(c, It('ab'))"]
ITERATOR_OPERATIONS = ["[key(0) or next(i, 0) for _ in range(4)]", "[x for x, _ in zip(i, It('abcd'))]", "list(__import__('itertools').islice(i, 6))", "next(i, 0)", "[next(i, 0), key(1), next(i, 0), operator.length_hint(i, 0) >= 0]"]
ITERATOR_CHANGES = ["c.clear()", "c.append(9)", "c.pop()", "c.extend(range(30))", "c.__init__()"] + ["next(i, None)", "list(__import__('itertools').islice(i, 3))"]


def listing(family, make, operations, changes):
    for kind, entries in operations.items():
        for operation in entries:
            for change in changes:
                for at in (1, 2):
                    yield family, kind, make(kind), operation, change, at


def all_programs():
    def list_of(kind):
        return f"c = {elements(kind)}"

    def dict_of(kind):
        if kind == "value":
            return "c = {E(n): E(n, 'eq') for n in (1, 2, 3, 4, 5)}"
        if kind == "del":
            return "c = {n: D(n) for n in (1, 2, 3, 4, 5)}"
        if kind in ("eq", "hash", "repr"):
            caller = "eq" if kind == "hash" else kind
            return f"c = {{E(n, {caller!r}): n for n in (1, 2, 3, 4, 5)}}"
        return "c = {n: n for n in (1, 2, 3, 4, 5)}"

    def set_of(kind):
        return f"c = set({elements('eq' if kind == 'hash' else kind)})"

    def bytearray_of(kind):
        return "c = bytearray(b'abcdef')"

    def deque_of(kind):
        return f"c = deque({elements(kind)})"

    yield from listing("list", list_of, LIST_OPERATIONS, LIST_CHANGES)
    yield from listing("dict", dict_of, DICT_OPERATIONS, DICT_CHANGES)
    yield from listing("set", set_of, SET_OPERATIONS, SET_CHANGES)
    yield from listing("bytearray", bytearray_of, BYTEARRAY_OPERATIONS, BYTEARRAY_CHANGES)
    yield from listing("deque", deque_of, DEQUE_OPERATIONS, DEQUE_CHANGES)
    for container in ("list", "deque"):
        for maker in ITERATOR_MAKERS:
            for operation in ITERATOR_OPERATIONS:
                for change in ITERATOR_CHANGES:
                    build = f"c = {container}([1, 2, 3, 4, 5]); i = {maker}"
                    yield "iterator over " + container, "key", build, operation, change, 2


def programs():
    """Pairs (name, source of a function body). Every operation and every change of each family is there."""
    everything = list(all_programs())
    chance = random.Random(SEED)
    by_operation = {}
    for program in everything:
        by_operation.setdefault((program[0], program[2], program[3]), []).append(program)
    chosen = [chance.sample(group, min(len(group), 2)) for group in by_operation.values()]
    flat = [program for group in chosen for program in group]
    taken = set(flat)
    rest = [program for program in everything if program not in taken]
    chance.shuffle(rest)
    flat += rest[:max(0, TARGET - len(flat))]
    order = {program: number for number, program in enumerate(everything)}
    flat.sort(key=order.__getitem__)
    for number, (family, kind, build, operation, change, at) in enumerate(flat):
        body = [build, "def change():", f"    {change}", f"trap.arm(change, {at})", f"result = outcome(lambda: {operation})", "trap.arm(None)", "return result, show(c)"]
        yield f"{number:04} {family}: {operation} with {change} at {at}", "\n".join("    " + line for line in body)


def batch(selected):
    """The source of one script that runs these programs and prints a line for each."""
    lines = [PREAMBLE]
    for number, (name, body) in enumerate(selected):
        lines.append(f"\n\ndef program_{number}():\n{body}\n")
    lines.append("\n\nfor number in range(%d):\n    trap.arm(None)\n    print(number, flush=True, end=' ')\n    try:\n        print(*globals()['program_%%d' %% number]())\n"
                 "    except Exception as error:\n        print('left:', type(error).__name__, error)\n" % len(selected))
    return "".join(lines)


if __name__ == "__main__":
    made = list(programs())
    if len(sys.argv) > 2:
        for wanted in sys.argv[2:]:
            print(batch([program for program in made if program[0].startswith(wanted)]))
    else:
        print(len(made), "of", sum(1 for _ in all_programs()))
