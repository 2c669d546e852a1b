# Equal integers and floats in the everyday range are the same object.
a, b = 100000, int("100000")
x, y = 1.5, float("1.5")
print(a is b, id(a) == id(b), x is y, id(x) == id(y))
