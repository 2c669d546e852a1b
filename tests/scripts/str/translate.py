# translate and maketrans.
def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Table:
    def __getitem__(self, key):
        if key == 98:
            raise LookupError
        if key == 99:
            raise KeyError(key)
        return key + 1


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


print(str.maketrans("ab", "cd"), str.maketrans("ab", "cd", "ef"), str.maketrans({"a": "x", 98: None, "é": 5}), "".maketrans("", ""))
print("abcéabc".translate({97: "XY", 98: None, 233: 65, 99: "中"}), "abc".translate({}), "".translate(5), "abcde".translate(Table()))
print("ab".translate(Missing({97: "Q"})), "abc".translate(str.maketrans("abc", "中é😀")), "abc".translate(["x"] * 98))
print(attempt("a".translate, 1), attempt("a".translate, {97: 2**30}), attempt("a".translate, {97: -1}), attempt("a".translate, {97: 1.5}))
for arguments in ((1,), ("a", "bc"), ("a", 1), (1, "a"), ({"ab": 1},), ({1.5: 1},), ("ab", "cd", 1), (), ("a", "b", "c", "d")):
    print(attempt(str.maketrans, *arguments))
