# for and while: else, break, continue, changing the iterated list, nested loops.
for i in range(3):
    if i == 5:
        break
else:
    print("no break", i)
n = 10
while n:
    n -= 3
    if n < 0:
        print("break at", n)
        break
else:
    print("not printed")
items = [1, 2, 3, 4]
for item in items:
    if item == 2:
        items.remove(item)
    print(item, end=" ")
print(items)
for i in range(3):
    for j in range(3):
        if j == i:
            continue
        if j > 1:
            break
        print(i, j, end="; ")
    else:
        print("else", i, end="; ")
print()
for i in []:
    pass
else:
    print("empty", i)
for x, in [(1,), [2]]:
    print(x)
for items[0] in "ab":
    pass
print(items)
i = 0
while True:
    i += 1
    try:
        if i < 3:
            continue
        break
    finally:
        print("finally", i)
