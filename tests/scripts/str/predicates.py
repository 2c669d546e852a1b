# isalpha() to isprintable(), on single characters of all kinds and on words.
names = "isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper".split()
for text in ("", "a", "A", "Ab", "a1", "1", "²", "⅓", "٣", "Ⅷ", "ª", "ǅ", " ", "\u3000", "\x1c", "\x85", "_", "_a1", "1a", "ab c", "é", "中", "😀", "\xad", "\u0378", "\ud800", "ʰ", "ⓐ", "·", "a·", "℘"):
    print(ascii(text), "".join("01"[getattr(text, name)()] for name in names))
for name in names:
    counts = [sum(getattr(chr(code), name)() for code in range(start, start + 0x800)) for start in (0, 0x800, 0x1000, 0x2000, 0x3000, 0xA000, 0xF800, 0x10000, 0x1D000, 0x1F000)]
    print(name, counts)
