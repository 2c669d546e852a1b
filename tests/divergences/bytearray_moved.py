# `x in bytearray` where x's __index__ makes the array grow: the answer is that of the array as it is then. CPython looks
# at the memory where the bytes were before.
data = bytearray(b"abc")


class Index:
    def __index__(self):
        data.extend(bytes(1000))
        return 98


print(Index() in data)
