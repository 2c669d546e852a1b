# to_bytes and from_bytes.
def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print((258).to_bytes(2), (258).to_bytes(4, "little"), (-2).to_bytes(3, "big", signed=True), (0).to_bytes(0), (2**70).to_bytes(9))
print((-128).to_bytes(1, signed=True), (127).to_bytes(1, signed=True), (-(2**63)).to_bytes(8, signed=True))
for arguments in ((256,), (-1, 2), (1, -1), (1, 2, "x"), (1, 2, 5)):
    print(attempt(arguments[0].to_bytes, *arguments[1:]))
print(attempt((128).to_bytes, 1, signed=True), attempt((-129).to_bytes, 1, signed=True), attempt((1).to_bytes, 2**70))
print(int.from_bytes(b"\x01\x02"), int.from_bytes(b"\x01\x02", "little"), int.from_bytes(b"\xff\xfe", signed=True))
print(int.from_bytes([1, 2, 3]), int.from_bytes(b""), int.from_bytes(bytearray(b"\x80" + b"\0" * 20), signed=True))
print(attempt(int.from_bytes, 5), attempt(int.from_bytes, "a"), bool.from_bytes(b"a"))


class Number(int):
    pass


print(type(Number.from_bytes(b"a")), Number.from_bytes(b"a"))
