# Items, slices and comparison of memoryviews; released ones.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


array = bytearray(b"abcdefgh")
view, constant = memoryview(array), memoryview(b"abc")
print(view[0], view[-1], view[2:5].tobytes(), view[::2].tolist(), view[::-1].tobytes(), bytes(view[1::3]), view[::2].hex(), view.hex(":", 2))
for key in (100, -9, "a", 1.5, None, ..., (0,), (0, 0), (), slice(1, 2, 0)):
    print(repr(key), attempt(lambda: view[key]))
for key, value in ((0, 256), (0, -1), (0, "a"), (0, 1.5), (100, 1), (slice(0, 2), b"xyz"), (slice(0, 2), 1), (slice(0, 2), "ab"), (0, 90), (slice(0, 4, 2), b"YZ"), (slice(2, 6), view[0:4])):
    print(repr(key), attempt(lambda: view.__setitem__(key, value)), array)
print(attempt(lambda: constant.__setitem__(0, 1)), attempt(lambda: view.__delitem__(0)), attempt(lambda: view.toreadonly().__setitem__(0, 1)))
print(constant == b"abc", constant == bytearray(b"abc"), constant != memoryview(b"abd"), constant == "abc", constant == view, attempt(lambda: constant < b"x"))
print(hash(constant) == hash(b"abc"), attempt(lambda: hash(view)), list(constant), 98 in constant, list(reversed(constant)), attempt(lambda: constant + b"x"))
print(view.obj is array, view.nbytes, view.itemsize, view.format, view.ndim, view.shape, view.strides, view.suboffsets, view.readonly, constant.readonly, view[::2].contiguous, view[::2].shape, view[::2].strides)
print(attempt(lambda: memoryview("a")), attempt(lambda: memoryview()), attempt(lambda: b"".join([view[::2]])), attempt(lambda: constant.tobytes("X")))
released = memoryview(b"x")
released.release()
released.release()
for action in (lambda: released[0], released.tolist, lambda: released.obj, lambda: len(released), lambda: hash(released), lambda: released == released, lambda: released == b"x", lambda: memoryview(released), lambda: released.__enter__(), lambda: bytes(released)):
    print(attempt(action))
print(repr(released)[:16], repr(view)[:8], memoryview(memoryview(array)[2:]).obj is array)
