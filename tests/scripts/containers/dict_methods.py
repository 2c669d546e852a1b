# dict: order, views, merging, every method, and the errors.
d = {"b": 1, "a": 2}
d["c"] = 3; d["b"] = 10; del d["a"]; d["a"] = 4
print(d, list(d), list(d.values()), list(d.items()), len(d), "a" in d, d.get("x"), d.get("x", 0))
print(d.pop("c"), d.pop("x", "none"), d.setdefault("s", []), d.setdefault("b"), d.popitem(), d)
d.update({"u": 1}, v=2); d.update([("w", 3)]); d |= {"x": 4}; print(d, d | {"b": 0}, {"b": 0} | d)
print(dict(a=1), dict([("k", "v")]), dict.fromkeys("ab", 0), {1: "int", 1.0: "float", True: "bool"}, {**d, "z": 0} == d)
k, v, i = d.keys(), d.values(), d.items()
d["new"] = 5
print(k, 5 in v, ("new", 5) in i, k & {"b", "q"}, k - {"b"}, sorted(k | {"q"}), sorted(k ^ {"b", "q"}), k.isdisjoint({"z"}), list(reversed(d)))
for action in (lambda: d["missing"], lambda: {}.popitem(), lambda: {}.pop(1), lambda: {[]: 1}, lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: d < d, lambda: d | 5, lambda: {}.update(5)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
try:
    for key in d:
        d[key + "x"] = 1
except RuntimeError as error:
    print(error)
try:
    for key in d:
        del d[key]
        d[key] = 1
        d.pop("b", None)
except RuntimeError as error:
    print(error)
print({}.__class__, d.__contains__("b"), d.copy() == d, d.clear(), d)
