# operator: functions, itemgetter, attrgetter and methodcaller, their reprs and errors.
import operator as o

print(o.add(1, 2), o.concat([1], [2]), o.contains("abc", "b"), o.countOf([1, 2, 1], 1), o.indexOf("abc", "c"), o.index(True))
print(o.length_hint(iter([1, 2])), o.length_hint(1, 7), o.call(dict, a=1), o.truth([]), o.not_(0), o.is_(None, None), o.iadd([1], "ab"))
print(o.itemgetter(1), o.itemgetter("a", 2), o.attrgetter("a.b", "c"), o.methodcaller("f", 1, k=2))
print(o.itemgetter(1)("abc"), o.itemgetter(0, -1, slice(2))("abc"), o.attrgetter("real.imag", "denominator")(3))
print(o.methodcaller("split", "b", maxsplit=1)("abcbd"), o.methodcaller("upper")("x"))
print(o.itemgetter(1, 2).__reduce__(), o.attrgetter("a").__reduce__(), o.methodcaller("f", 1).__reduce__())
for bad in ("o.itemgetter()", "o.itemgetter(1)()", "o.itemgetter(1)(1, 2)", "o.itemgetter(a=1)", "o.attrgetter(1)", "o.attrgetter('x')(1)",
            "o.methodcaller()", "o.methodcaller(1)", "o.methodcaller('f')(1, 2)", "o.add(1)", "o.concat(1, 2)", "o.concat([1], 2)",
            "o.countOf(1, 1)", "o.indexOf([1], 2)", "o.call()", "o.matmul(1, 2)", "o.ipow(2, 'a')", "o.length_hint(1, 'a')"):
    try:
        print(bad, eval(bad))
    except (TypeError, ValueError, AttributeError) as error:
        print(bad, type(error).__name__, error)
print(len(o.__all__), o.__add__ is o.add, sorted([("b", 1), ("a", 2)], key=o.itemgetter(0)))
