# Weak references: calling, callbacks, equality, proxies and weak containers.
import weakref


class A:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f"A({self.n})"

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return self.n


a, b = A(1), A(1)
r, s = weakref.ref(a), weakref.ref(b, lambda ref: print("callback b"))
print(r() is a, r == s, hash(r) == hash(a), weakref.ref(a) is r, weakref.getweakrefcount(a))
p = weakref.proxy(a)
print(p.n, p == a)
del b
del a
print(r(), r == s, r == r)
try:
    p.n
except ReferenceError as error:
    print(error)
values, keys, items = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()
x, y = A(2), A(3)
values["x"], values["y"], keys[x] = x, y, "for x"
items.add(x); items.add(y)
print(sorted(values), list(keys.items()), len(items), x in items)
del x
print(sorted(values), len(keys), len(items))
weakref.finalize(y, print, "finalized", 1)
del y
print(len(values), len(items))
for wrong in (5, "s", None, (1,)):
    try:
        weakref.ref(wrong)
    except TypeError as error:
        print(error)
