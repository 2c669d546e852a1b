# Indices and slices of ASCII and other text, short and long; the bounds and errors of subscripts.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Index:
    def __index__(self):
        return 2


for text in ("", "abcdef", "aé中😀\ud800z"):
    for step in (None, 1, 2, -1, -2, 5):
        print([ascii(text[start:stop:step]) for start in (None, 0, 2, -2, 10) for stop in (None, 0, 3, -1, 10)])
long = "".join(chr(c) for c in range(0x20, 0x600)) + "😀" * 300 + "x"
for position in (0, 63, 64, 65, 95, 96, 127, 128, 191, 192, 700, 1503, 1504, 1505, 1803, 1804, -1, -2, -64, -65, -1000):
    print(position, ascii(long[position]), end="; ")
print()
print(ascii(long[60:70]), ascii(long[1500:1507]), len(long[100:-100]), ascii(long[::-97]), ascii(long[::113]), ascii(long[1000:20:-91]))
print("abc"[Index()], "abc"[True], "abc"[: Index()])
print(attempt(lambda: "a"[1]), attempt(lambda: "a"[-2]), attempt(lambda: "a"[2**70]), attempt(lambda: "a"[::0]))
key, none = "b", None
print(attempt(lambda: "a"[none]), attempt(lambda: "a"[key]), attempt(lambda: "a"[key:]), attempt(lambda: ""[0]))
