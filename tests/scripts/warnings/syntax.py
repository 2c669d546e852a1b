# Syntax warnings of the compiler: invalid escapes, `is` with a literal, a call of a tuple.
x = 3
y = "\d"
if x is 3:
    print("same")
assert (x, "always true")
print(len([1, 2][0:1]))
try:
    [1](2)
except TypeError as error:
    print(error)
