# Common methods of str, on ASCII and on other text.
for s in ("Hello World", "ßtraße ÉCOLE", "", "日本 語"):
    print([s.upper(), s.lower(), s.title(), s.swapcase(), s.capitalize(), s.casefold(), s.split(), s.partition(" "), s.rpartition("o")])
    print([s.find("o"), s.rfind("o"), s.count("o"), s.replace("o", "0", 1), s.center(15, "*"), s.zfill(13), s[::-1], len(s), s.encode()])
    print([s.isalpha(), s.isdigit(), s.isalnum(), s.isspace(), s.isupper(), s.istitle(), s.isidentifier(), s.isascii(), s.startswith(("H", "日"))])
print("a,b,,c".split(","), "a,b,,c".rsplit(",", 1), " x \t y ".split(), " x ".strip(), "xxyxx".strip("x"), "x=1".removeprefix("x="), "a.py".removesuffix(".py"))
print("l1\nl2\r\nl3\u2028l4".splitlines(), "l1\nl2\n".splitlines(True), "-".join("abc"), "a\tb".expandtabs(4), "abc".translate({97: "A", 98: None}))
print("%r" % "tab\t quote' \" back\\ \x00 \x7f é \ud800 \U0001f600", ascii("é\U0001f600"), ord("é"), chr(0x1F600))
print("abc" < "abd", "a" * 3, "b" in "abc", "" in "", max("hello"), sorted("hello"), "abc"[1], "abc"[-2:], "é".encode("latin-1"), str(b"x", "ascii"))
for action in (lambda: "a".index("z"), lambda: "a"[5], lambda: "a" + 1, lambda: "a".join([1]), lambda: "".split(""), lambda: "é".encode("ascii"), lambda: chr(-1), lambda: ord("ab"), lambda: "a" < 1, lambda: 1 in "a"):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
