# __del__: at once when the last reference goes, in the order in which fields and locals go.
class Noisy:
    def __init__(self, name, *kept):
        self.name, self.kept = name, kept

    def __del__(self):
        print("del", self.name)


def function():
    a, b = Noisy("a"), Noisy("b")
    print("in function")


function()
x = Noisy("x", Noisy("x.1"), Noisy("x.2"))
x = None
items = [Noisy(n) for n in range(3)]
items.pop(0)
print("popped")
items[0] = Noisy("replacement")
print("replaced")
items.clear()
print("cleared")
d = {"k": Noisy("value")}
d["k"] = 1
Noisy("temporary")
print("chain:")
n = None
for i in range(3):
    n = Noisy(i, n)
del n
