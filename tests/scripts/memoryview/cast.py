# Casts to other formats and shapes.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


data = bytearray(range(120, 136))
view = memoryview(data)
for format in "bBchHiIlLqQnNPfde?":
    cast = view.cast(format)
    print(format, cast.itemsize, cast.shape, cast.tolist() if format != "?" else all(cast), cast.cast("B") == view)
for format, value in (("b", 127), ("b", 128), ("h", -5), ("H", -5), ("i", 2**31), ("q", -(2**63)), ("Q", 2**64), ("d", 1.5), ("d", "x"), ("f", 1e300), ("e", 1.0), ("?", []), ("c", b"z"), ("c", b"zz"), ("c", 1), ("i", 1.5)):
    print(format, attempt(lambda: view.cast(format).__setitem__(1, value)), bytes(view).hex())
grid = view.cast("B", [2, 2, 4])
print(grid.tolist(), grid.shape, grid.strides, grid.ndim, len(grid), grid[1, 0, 2], grid.tobytes() == bytes(view), grid == view.cast("B", (2, 2, 4)), grid == view)
print(attempt(lambda: grid[0]), attempt(lambda: grid[0, 0]), attempt(lambda: grid[0, 0, 0, 0]), attempt(lambda: grid[0, 5, 0]), grid[0:1].tolist())
grid[1, 1, 3] = 255
print(data[-1], attempt(lambda: grid.__setitem__(0, 1)), attempt(lambda: grid.__setitem__(slice(0, 1), b"abcdefgh")))
for arguments in (("x",), ("ii",), ("<I",), ("@I",), (1,), ("B", [3, 4]), ("B", [2, -8]), ("B", 2), ("B", ["a"]), ("I", [4])):
    result = attempt(lambda: view.cast(*arguments))
    print(arguments, result if isinstance(result, str) else (result.format, result.shape))
print(attempt(lambda: memoryview(b"abc").cast("H")), attempt(lambda: view.cast("I").cast("H")), attempt(lambda: view[::2].cast("H")))
scalar = memoryview(b"a").cast("B", [])
print(scalar[()], scalar.tolist(), scalar.ndim, attempt(lambda: scalar[0]), attempt(lambda: len(scalar)))
