# While a buffer is exported a bytearray keeps its size.
array = bytearray(b"hello")
view = memoryview(array)
part = view[1:3]
for name, change in {
    "append": lambda: array.append(1), "extend": lambda: array.extend(b"x"), "clear": array.clear, "pop": array.pop, "del": lambda: array.__delitem__(0),
    "insert": lambda: array.__setitem__(slice(0, 0), b"x"), "iadd": lambda: array.__iadd__(b"x"), "imul": lambda: array.__imul__(3), "init": lambda: array.__init__(b"x"),
}.items():
    try:
        change()
    except BufferError as error:
        print(name, error)
array[1:3] = b"EL"
array += b""
array *= 1
print(array, bytes(part))
view.release()
try:
    array.append(1)
except BufferError as error:
    print(error)
del part
array.append(33)
print(array)
with memoryview(array) as view:
    view[0] = 72
array.extend(b"!")
print(array)
