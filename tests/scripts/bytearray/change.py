# Methods and assignments that change a bytearray.
def attempt(data, change):
    array = bytearray(data)
    try:
        result = change(array)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(array, result)


for change in (lambda a: a.append(65), lambda a: a.append(256), lambda a: a.append("a"), lambda a: a.extend(b"xy"), lambda a: a.extend([1, 2]), lambda a: a.extend(a), lambda a: a.extend([1, 300]), lambda a: a.extend("a"), lambda a: a.extend(5)):
    attempt(b"abc", change)
for change in (lambda a: a.insert(1, 65), lambda a: a.insert(-10, 65), lambda a: a.insert(99, 65), lambda a: a.insert(0, 256), lambda a: a.pop(), lambda a: a.pop(0), lambda a: a.pop(9), lambda a: a.remove(98), lambda a: a.remove(99999), lambda a: a.remove(0), lambda a: a.reverse(), lambda a: a.clear(), lambda a: a.copy()):
    attempt(b"abc", change)
attempt(b"", lambda a: a.pop())
for key in (0, -1, 5, slice(1, 3), slice(None), slice(4, 1), slice(0, 6, 2), slice(None, None, -1), slice(1, 1), "k"):
    for value in (66, 300, "a", b"", b"XY", [1, 2, 3], bytearray(b"pqr"), 1.5):
        attempt(b"abcdef", lambda a: a.__setitem__(key, value))
    attempt(b"abcdef", lambda a: a.__delitem__(key))
attempt(b"abc", lambda a: a.__iadd__(b"d") is a)
attempt(b"abc", lambda a: a.__iadd__(a) is a)
attempt(b"abc", lambda a: a.__iadd__("d"))
attempt(b"abc", lambda a: a.__imul__(2) is a)
attempt(b"abc", lambda a: a.__imul__(1.5))
attempt(b"abc", lambda a: a.__setitem__(slice(1, 2), a))
queue = bytearray(b"0123456789" * 3)
while len(queue) > 2:
    del queue[:3]
    queue.append(len(queue))
print(queue, bytearray(b"a").__reduce__()[1:], bytearray(b"a").__reduce_ex__(3)[1:])
