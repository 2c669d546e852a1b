# seek and tell of text: positions are opaque numbers that lead back to the same place, in every encoding.
import io

lines = "première ligne\nseconde\r\ntroisième €\nlast 😀\n"
for encoding in ("utf-8", "utf-16", "utf-16-be", "latin-1", "utf-8-sig", "ascii"):
    raw = io.BytesIO(lines.encode(encoding, "replace"))
    text = io.TextIOWrapper(raw, encoding=encoding)
    places = []
    while True:
        place = text.tell()
        line = text.readline()
        if not line:
            break
        places.append((place, line))
    print(encoding, [place for place, _ in places])
    for place, line in reversed(places):
        text.seek(place)
        assert text.readline() == line, (encoding, place)
    text.seek(places[2][0])
    print(repr(text.read(4)), text.tell())
text = io.TextIOWrapper(io.BytesIO(b"a\nb\n"))
next(text)
try:
    text.tell()
except OSError as error:
    print(error)
