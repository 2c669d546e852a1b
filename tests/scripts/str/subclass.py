# Subclasses of str and bytes: attributes, which operations keep the subclass, which special methods are asked.
class Text(str):
    def __new__(cls, value, extra):
        self = super().__new__(cls, value)
        self.extra = extra
        return self

    def __str__(self):
        return "str of " + self.extra

    def __repr__(self):
        return "Text!"

    def __format__(self, specification):
        return f"<{specification}>"

    def __len__(self):
        return 99


text = Text("中é" * 200, "x")
text.more = [1]
print(len(text), str.__len__(text), text[201], text.extra, text.__dict__, hash(text) == hash("中é" * 200), text == "中é" * 200)
text = Text("hello", "y")
print(str(text), repr(text), f"{text} {text:a} {text!s} {text!r}", "%s %r" % (text, text), "{} {:b}".format(text, text))
results = [text[:], text + "", text * 1, text.strip(), text.upper(), text.replace("q", ""), "".join([text]), text.split()[0], text.center(1), text.format()]
print([type(result).__name__ for result in results], text.partition("q"), text.encode(), type(str(text)).__name__)


class Slotted(str):
    __slots__ = ("a",)


slotted = Slotted("é" * 100)
slotted.a = 1
print(slotted.a, slotted[50], len(slotted))


class Data(bytes):
    def __bytes__(self):
        return b"from __bytes__"


data = Data(b"abc")
data.tag = 1
print(bytes(data), data, data.tag, type(data[:]).__name__, type(data + b"").__name__, Data.fromhex("6162"), type(Data.fromhex("61")).__name__)
print(b"%s" % data, b"".join([data]), type(b"".join([data])).__name__, Data(3), Data("é", "utf-8"), Data([1, 2]))
