# repr, ascii and the escapes of text and bytes.
texts = ["", "a'b", 'a"b', "a'\"b", "\\\n\r\t\0\x1f\x7f", "\x80\xa0\xad\xe9", "\u0378\u200b\ue000\u2028中", "😀\U000e0001\U0010ffff\ud800\udfff"]
for text in texts:
    print(ascii(repr(text)), ascii(text), ascii(str([text])))
for data in (b"", b"a'b", b'a"b', b"a'\"b", b"\\\n\r\t\0\x1f\x7f\x80\xff", bytes(range(32, 127))):
    print(repr(data), repr(bytearray(data)), str(data))
print(sum(len(repr(chr(code))) for code in range(0x11000)), sum(len(ascii(chr(code))) for code in range(0, 0x110000, 97)))
