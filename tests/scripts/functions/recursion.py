# Recursion limits: clean errors, the limit itself, and recovery.
import sys

print(sys.getrecursionlimit())


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError as error:
        return n


print(900 < depth() <= 1000)
sys.setrecursionlimit(200)
print(100 < depth() <= 200)
for wrong in (0, -5, "x"):
    try:
        sys.setrecursionlimit(wrong)
    except (ValueError, TypeError, RecursionError) as error:
        print(type(error).__name__, error)


class R:
    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __getattr__(self, name):
        return self.other


for action in (lambda: repr(R()), lambda: R() == R(), lambda: R().x):
    try:
        action()
    except RecursionError as error:
        print(error)
a = []
a.append(a)
print(a, {"self": a})
b = [a]
a[0] = b
try:
    a == b[0]
    [a] == [b]
except RecursionError as error:
    print(error)
