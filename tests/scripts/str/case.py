# Case conversions: special casings, title case, the final sigma.
samples = ["", "hello World", "ÀÉ straße ŉ ΐ", "ΑΣ ΑΣΑ Σ ΑΣ'Α ΑΣ' 1Σ", "ǆ ǅ Ǆ ǆabc", "İIıi", "ﬁ ﬀ ﬃ", "they're bill's", "𐐀𐐨 ⅷⅧ ⓐ", "\ud800aB", "ͅα ᾳ ᾼ"]
for text in samples:
    for result in (text.upper(), text.lower(), text.title(), text.capitalize(), text.swapcase(), text.casefold()):
        print(ascii(result), end=" ")
    print()
    print(text.isupper(), text.islower(), text.istitle())
print("abcdefghij XYZ[`{@" .upper(), "ABCDEFGHIJKLMNOP[`{@z".lower(), "aB".swapcase(), "x".upper(), "X".lower())
total = 0
for code in range(0x3000):
    c = chr(code)
    for result in (c.upper(), c.lower(), c.title(), c.casefold(), c.swapcase()):
        total = (total * 31 + sum(map(ord, result)) + len(result)) % 1000000007
print(total)
