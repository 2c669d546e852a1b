# The shortest text of a float that reads back as the same number.
for text in ("0.1", "-0.0", "1e16", "9999999999999998.0", "1e-4", "9.999e-5", "123456789012345680.0", "5e-324",
             "1.7976931348623157e308", "2.2250738585072014e-308", "1e22", "1e23", "inf", "-inf", "nan", "3.0", "1_0.5",
             " 2.50 ", "\u0661.\u0665", ".5", "5.", "1e400", "1e-400", "9007199254740993"):
    number = float(text)
    print(text, number, repr(number), number == float(repr(number)))
for text in ("", " ", "1__0", "_1", "1_", "1._5", "1e", "0x1", "infi", "- 1", "1\0", b"x", "\ud800"):
    try:
        print(float(text))
    except ValueError as error:
        print(error)
