# Newline translation of text files: universal, untranslated and fixed newlines, reading and writing.
import io

data = b"one\r\ntwo\rthree\nfour"
for newline in (None, "", "\n", "\r", "\r\n"):
    text = io.TextIOWrapper(io.BytesIO(data), encoding="ascii", newline=newline)
    print(repr(newline), text.readlines(), text.newlines)
for newline in (None, "", "\n", "\r", "\r\n"):
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding="ascii", newline=newline)
    print(text.write("a\nb\r\n"))
    text.flush()
    print(repr(newline), raw.getvalue())
for newline in (None, "", "\n", "\r\n"):
    text = io.StringIO("a\r\nb\nc", newline=newline)
    print(repr(newline), text.getvalue().encode(), list(text), text.newlines)
