# + * comparison, hash and iteration of strings; += keeps other references as they are.
import operator


def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


words = ["", "a", "ab", "b", "é", "中", "\uffff", "😀", "\ud800", "\U0010ffff"]
print([[(a < b) + 2 * (a <= b) + 4 * (a == b) for b in words] for a in words], list(map(ascii, sorted(words, reverse=True))))
print("a" * 3, 0 * "a", "中" * 2, -5 * "é", "ab" * True, "" * 10**6)
print(attempt(lambda: "a" + 1), attempt(lambda: 1 + "a"), attempt(lambda: "a" * 1.5), attempt(lambda: "a" * 2**70))
print(attempt(lambda: "ab" * (2**62)), attempt(lambda: "a" < 1), attempt(lambda: "a" - "b"), attempt(lambda: "a" + b"b"))
text = "start"
other = text
for i in range(1000):
    text += "é" if i % 3 else "x"
print(other, len(text), text[:8], text[-3:], text.count("é"), hash(text) == hash("start" + text[5:]))
double = "ab"
for _ in range(5):
    double += double
print(double, len(double))
print(list("aé中"), [ascii(c) for c in "\ud800😀"], attempt(lambda: operator.length_hint(iter("aé中"))))
iterator = iter("a中b")
next(iterator)
print(iterator.__length_hint__(), iterator.__reduce__()[1:], type(iterator).__name__, type(iter("a")).__name__)
iterator.__setstate__(0)
print(list(iterator), list(iterator), iterator.__length_hint__(), iterator.__reduce__()[1:])
