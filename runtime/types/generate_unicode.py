"""Makes unicode_database.inc: the tables behind unicode_database.cpp. Run under CPython 3.13, whose str methods and
unicodedata are the source: python3.13 runtime/types/generate_unicode.py > runtime/types/unicode_database.inc
"""
import sys
import unicodedata
from fractions import Fraction

FLAGS = ("Alpha Lower Upper Title Space LineBreak Printable Cased CaseIgnorable XidStart XidContinue Numeric "
         "SpecialCase SpecialFold Mirrored").split()
FLAG = {name: 1 << i for i, name in enumerate(FLAGS)}
SHIFT = 7
WIDTHS = ["N", "A", "H", "W", "F", "Na"]


def single(text, c):
    """The simple mapping that a one-character result is, as a difference; None if it has more characters."""
    return ord(text) - ord(c) if len(text) == 1 else None


def flags_of(c):
    flags = 0

    def put(name, condition):
        nonlocal flags
        if condition:
            flags |= FLAG[name]

    # How the predicates that no method shows are seen: the rules for the final sigma and for title().
    final_after = (c + "\u03a3").lower()[-1] == "\u03c2"
    final_behind = ("A" + c + "\u03a3").lower()[-1] == "\u03c2"
    put("Alpha", c.isalpha())
    put("Lower", c.islower())
    put("Upper", c.isupper())
    put("Title", unicodedata.category(c) == "Lt")
    put("Space", c.isspace())
    put("LineBreak", len((c + "x").splitlines()) == 2)
    put("Printable", c.isprintable())
    put("Cased", (c + "a").title()[-1] == "a")
    put("CaseIgnorable", final_behind and not final_after)
    put("XidStart", c.isidentifier())
    put("XidContinue", ("a" + c).isidentifier())
    put("Numeric", c.isnumeric())
    put("Mirrored", unicodedata.mirrored(c))
    return flags


def emit(name, kind, values, per_line=24):
    print(f"constexpr {kind} {name}[] = {{")
    for i in range(0, len(values), per_line):
        print("  " + ",".join(str(v) for v in values[i:i + per_line]) + ",")
    print("};")


def main():
    assert sys.version_info[:2] == (3, 13), "run under CPython 3.13"
    categories, bidirectional, records, special, fold, numeric = [], [], {}, [], [], []
    index = []
    for code in range(0x110000):
        c = chr(code)
        category, bidi = unicodedata.category(c), unicodedata.bidirectional(c)
        for value, known in ((category, categories), (bidi, bidirectional)):
            if value not in known:
                known.append(value)
        flags = flags_of(c)
        # chr(code).lower() of a lone sigma is not final.
        lower, upper, title, folded = c.lower(), c.upper(), c.title(), c.casefold()
        deltas = [single(text, c) for text in (lower, upper, title)]
        if None in deltas:
            flags |= FLAG["SpecialCase"]
            special.append((code, lower, upper, title))
            deltas = [d or 0 for d in deltas]
        if folded != lower:
            flags |= FLAG["SpecialFold"]
            fold.append((code, folded))
        if flags & FLAG["Numeric"]:
            value = Fraction(unicodedata.numeric(c)).limit_denominator(1000)
            numeric.append((code, value.numerator, value.denominator))
        record = (flags, categories.index(category), bidirectional.index(bidi), unicodedata.combining(c),
                  WIDTHS.index(unicodedata.east_asian_width(c)), unicodedata.decimal(c, -1), unicodedata.digit(c, -1),
                  *deltas)
        index.append(records.setdefault(record, len(records)))

    size = 1 << SHIFT
    blocks, first = {}, []
    for start in range(0, len(index), size):
        first.append(blocks.setdefault(tuple(index[start:start + size]), len(blocks)))
    print("// Made by generate_unicode.py from CPython's Unicode " + unicodedata.unidata_version + ". Not edited by hand.")
    print(f"constexpr unsigned unicode_shift = {SHIFT};")
    for name, names in (("categories", categories), ("bidirectional_classes", bidirectional), ("widths", WIDTHS)):
        print(f"constexpr const char* unicode_{name}[] = {{" + ", ".join(f'"{n}"' for n in names) + "};")
    print("constexpr UnicodeRecord unicode_records[] = {")
    for record in records:
        print("  {" + ",".join(map(str, record)) + "},")
    print("};")
    emit("unicode_first", "std::uint16_t", first)
    emit("unicode_second", "std::uint16_t", [i for block in blocks for i in block], 32)
    print("constexpr SpecialCase unicode_special_cases[] = {")
    for code, *texts in special:
        print(f"  {{{code}," + ",".join("{" + ",".join(str(ord(c)) for c in t) + "}" for t in texts) + "},")
    print("};")
    print("constexpr SpecialFold unicode_special_folds[] = {")
    for code, text in fold:
        print(f"  {{{code},{{" + ",".join(str(ord(c)) for c in text) + "}},")
    print("};")
    print("constexpr NumericValue unicode_numeric_values[] = {")
    for entry in numeric:
        print("  {" + ",".join(map(str, entry)) + "},")
    print("};")


main()
