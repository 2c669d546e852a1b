# bytes, bytearray and memoryview: methods, changes in place, exports.
b = b"hello world"
print(b[0], b[1:4], b.split(), b.find(b"o"), b.replace(b"o", b"0"), b.upper(), b.hex(" "), bytes.fromhex("6869"), b.decode(), 104 in b, b"ell" in b, list(b"ab"), bytes(3), bytes([1, 255]))
a = bytearray(b"abc")
a.append(100); a.extend(b"ef"); a[0] = 65; a[1:3] = b"XYZ"; a.insert(1, 45); print(a, a.pop(), a.pop(0), a.index(b"Z"), a.reverse(), a)
del a[::2]; a += b"!"; a *= 2; print(a, a == b"YdY!"[1:], bytes(a), a.count(b"!"))
m = memoryview(a)
print(m[0], m[1:3].tobytes(), len(m), m.readonly, m.format, m.tolist()[:2], bytes(m[::-1]))
m[0] = 90
try:
    a.append(1)
except BufferError as error:
    print(error)
m.release(); a.append(1); print(a)
print(repr(b"\x00\t'\"\\\xff"), b"%d %s %r" % (5, b"x", "y"), b"a" + bytearray(b"b"), bytearray(b"a") + b"b", b"a" < b"b", b"" == "")
for action in (lambda: bytes([256]), lambda: bytes("x"), lambda: b"a" + "b", lambda: a.append(300), lambda: b"x"[5], lambda: bytes.fromhex("6"), lambda: b"\xff".decode(), lambda: m[0], lambda: a.remove(7), lambda: bytes(-1)):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)
