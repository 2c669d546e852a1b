# Encoding and decoding: utf-8, utf-16, utf-32, latin-1, ascii with every error handler.
def attempt(function, *arguments):
    try:
        return ascii(function(*arguments))
    except UnicodeError as error:
        return f"{type(error).__name__} {error.encoding} {error.start} {error.end} {error.reason} {type(error.object).__name__}: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


handlers = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape", "surrogatepass", "unknown"]
for encoding in ("utf-8", "UTF_16", "utf-16-be", "u32", "utf-32-le", "latin1", "US-ASCII", "utf-8-sig"):
    print(encoding, attempt("aé中😀".encode, encoding), attempt("".encode, encoding))
    for handler in handlers:
        print("  ", handler, attempt("xé中Ƣ\ud800\udc80\udc81😀\x80".encode, encoding, handler), attempt("\udcffa\ud912".encode, encoding, handler))
broken = [b"a\xff\xe4\xb8z", b"\xc0\x80\xed\xa0\x80", b"\xf0\x9f\x98", b"\xff\xfea\x00\x00\xd8", b"\x00\xdc\x00\xd8a\x00", b"abc", b"\x00\x00\x11\x00\x00\xd8\x00\x00", b"\xef\xbb\xbf\x80"]
for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32-le", "ascii", "utf-8-sig"):
    for handler in handlers:
        print(encoding, handler, [attempt(data.decode, encoding, handler) for data in broken])
print(attempt("a".encode, "none such"), attempt(b"a".decode, "none such"), attempt("a".encode, "hex"), attempt(b"a".decode, "rot13"))
print(attempt("a".encode, 1), attempt("a".encode, "ascii", 1), attempt(bytearray(b"\xff").decode), attempt(b"".decode, "none such"))
