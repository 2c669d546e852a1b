# Subscripts, operators and iteration of bytes and bytearray.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for data in (b"", b"abcdef", bytearray(b"abcdef")):
    print([data[start:stop:step] for start in (None, 1, -2) for stop in (None, 4, -1) for step in (None, 2, -1, -3)])
    print(list(data), data + b"x", data + bytearray(b"y"), data + memoryview(b"z"), data * 2, 0 * data, -1 * data)
    for other in (b"abcdef", bytearray(b"abd"), memoryview(b""), "abc", 5):
        print(data == other, data != other, attempt(lambda: data < other), attempt(lambda: data >= other))
print(b"abc"[1], bytearray(b"abc")[-1], attempt(lambda: b"a"[1]), attempt(lambda: bytearray(b"a")[1]), attempt(lambda: b"a"[2**70]))
key, number = "k", 1.5
print(attempt(lambda: b"a"[key]), attempt(lambda: bytearray(b"a")[number]), attempt(lambda: b"a"[::0]))
print(attempt(lambda: b"a" + 1), attempt(lambda: b"a" + "a"), attempt(lambda: bytearray(b"a") + 1), attempt(lambda: b"a" * 1.5), attempt(lambda: b"ab" * 2**62))
print(attempt(lambda: "a" in b"a"), attempt(lambda: 300 in b"a"), attempt(lambda: 1.5 in b"a"), 97 in b"abc", b"bc" in bytearray(b"abc"))
print(hash(b"abc") == hash(memoryview(b"abc")), hash(b"") == hash(""), attempt(lambda: hash(bytearray())))
iterator = iter(b"abc")
next(iterator)
print(iterator.__length_hint__(), iterator.__reduce__()[1:], type(iterator).__name__, type(iter(bytearray())).__name__)
iterator.__setstate__(5)
print(list(iterator), iterator.__reduce__()[1:])
