# The order in which the parts of comprehensions and displays are evaluated.
def say(value):
    print(value, end=" ")
    return value


{say("k1"): say("v1"), say("k2"): say("v2")}
print()
{say(f"k{i}"): say(f"v{i}") for i in say(range(2)) if say(True)}
print()
[say(i) for i in range(2) for _ in say("xy")]
print()
say(1) + say(2) * say(3) ** say(2)
print()
(say(1) if say(0) else say(2)), say(1) < say(2) < say(0) < say(9)
print()
d = {}
d[say("key")] = say("value")
print()
say(print)(say("a"), *[say("b")], c=say("c")) if False else None
print()
a = [0, 0, 0]
a[say(0)], a[say(1)] = say(5), say(6)
print(a)
i = 0
i, a[i] = 2, 9
print(a)
x = y = z = say([])
print(x is y is z)
