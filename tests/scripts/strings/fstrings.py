# f-strings: conversions, nested formats, quotes, debugging form, escapes, several lines.
name, width, value = "cede", 10, 3.14159
print(f"{name!r:>{width}}|{value:.{1 + 1}f}|{value!s:<8}|{{braces}}|{width:#x}")
print(f"{name=} {value=:.2f} {width + 1 = } {name = !s}")
print(f"{'nested ' + f'{name.upper()}'} {"same quotes"} {[n for n in range(3)]} {(lambda x: x * 2)(4)}")
print(f"""{
    name
    + '!'
} line {name
}""")
print(f"\N{BULLET} \x41 {'\n'.join('ab')!r}", rf"\n{name}\d", f"{name:{'>'}{8}}", f"{value:{'0'}>{9}.3}")
print(f"{1,} {*'ab', 'c'} {None} {True:5} {b'x'!a} {'é'!a}")


class Spec:
    def __format__(self, spec):
        return f"<{spec}>"


print(f"{Spec():%Y-%m-%d} {Spec():{width}:{name}} {Spec():a{{b}}}" if False else f"{Spec():%Y-%m-%d} {Spec():x{width}y}")
for source in ('f"{}"', 'f"{a b}"', 'f"{a"', 'f"}"', 'f"{a!x}"', 'f"{a!}"', "f'{a:{b:{c:{d}}}}'", 'f"{*}"', 'f"{lambda x: 1}"'):
    try:
        eval(source, dict(a=1, b=2, c=3, d=4))
        print("fine")
    except SyntaxError as error:
        print(source, "->", error.msg)
