# Writes unicode_identifiers.inc and unicode_names.inc beside this folder, from the unicodedata of CPython 3.13
# (Unicode 15.1). Run it with that interpreter; the results are committed.
import pathlib
import sys
import unicodedata

assert sys.version_info[:2] == (3, 13) and unicodedata.unidata_version == "15.1.0"
target = pathlib.Path(__file__).resolve().parent.parent


def ranges(predicate):
    start = None
    for code in range(0x80, 0x110001):
        inside = code < 0x110000 and predicate(chr(code))
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            yield start, code - 1
            start = None


def write_ranges(out, name, comment, items):
    out.write(f"// {comment}, as closed ranges.\nconstexpr std::uint32_t {name}[][2] = {{\n")
    line = "   "
    for first, last in items:
        cell = f" {{0x{first:x}, 0x{last:x}}},"
        if len(line) + len(cell) > 110:
            out.write(line + "\n")
            line = "   "
        line += cell
    out.write(line + "\n};\n")


with open(target / "unicode_identifiers.inc", "w") as out:
    out.write("// Made by tools/make_unicode_tables.py. Unicode 15.1, code points from 0x80 on.\n")
    write_ranges(out, "identifier_start", "XID_Start", ranges(str.isidentifier))
    write_ranges(out, "identifier_continue", "XID_Continue but not XID_Start",
                 ranges(lambda c: ("a" + c).isidentifier() and not c.isidentifier()))


def algorithmic(name):
    return name.startswith(("CJK UNIFIED IDEOGRAPH-", "HANGUL SYLLABLE "))


names = {}
for code in range(0x110000):
    name = unicodedata.name(chr(code), None)
    if name and not algorithmic(name):
        names[name] = code

# unicodedata knows the formal aliases but does not list them.
for line in (target / "tools/name_aliases.txt").read_text().splitlines()[1:]:
    code, alias = line.split(";")
    assert unicodedata.lookup(alias) == chr(int(code, 16))
    names[alias] = int(code, 16)

words = sorted({word for name in names for word in name.split(" ")})
identity = {word: i for i, word in enumerate(words)}
assert len(words) < 65536
entries = sorted(([identity[word] for word in name.split(" ")], code) for name, code in names.items())

# A block is 16 names. Each name: the number of words shared with the previous one (0 at a block's start) in the high
# nibble, the number of further words in the low one; those words, 2 bytes each; the code point, 3 bytes.
stream, blocks, previous = bytearray(), [], []
for i, (sequence, code) in enumerate(entries):
    shared = 0
    if i % 16 == 0:
        blocks.append(len(stream))
    else:
        while shared < min(len(previous), len(sequence) - 1, 15) and previous[shared] == sequence[shared]:
            shared += 1
    rest = sequence[shared:]
    assert len(rest) < 16
    stream.append(shared << 4 | len(rest))
    for word in rest:
        stream += word.to_bytes(2, "little")
    stream += code.to_bytes(3, "little")
    previous = sequence


def write_numbers(out, declaration, cells):
    out.write(f"constexpr {declaration} = {{\n")
    line = ""
    for cell in cells:
        if len(line) + len(cell) > 118:
            out.write(line + "\n")
            line = ""
        line += cell + ","
    out.write(line + "\n};\n")


with open(target / "unicode_names.inc", "w") as out:
    out.write("// Made by tools/make_unicode_tables.py, which describes the format. Unicode 15.1.\n")
    out.write(f"constexpr std::uint32_t name_count = {len(entries)};\n")
    out.write("constexpr char name_words[] =\n")
    text, offsets = "", []
    for word in words:
        offsets.append(len(text))
        text += word
    for i in range(0, len(text), 116):
        out.write(f'"{text[i:i + 116]}"\n')
    out.write(";\n")
    offsets.append(len(text))
    write_numbers(out, "std::uint8_t name_word_sizes[]", [str(len(word)) for word in words])
    write_numbers(out, "std::uint32_t name_word_groups[]", [str(offsets[i]) for i in range(0, len(words), 16)])
    write_numbers(out, "std::uint32_t name_blocks[]", [str(block) for block in blocks])
    stream += bytes(-len(stream) % 8)
    write_numbers(out, "std::uint64_t name_stream[]",
                  [f"0x{int.from_bytes(stream[i:i + 8], 'little'):x}" for i in range(0, len(stream), 8)])
print(len(names), "names", len(words), "words", len(stream), "bytes", len(text), "word bytes")
