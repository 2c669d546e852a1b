# Exhausted iterators stay exhausted, whatever happens to what they iterated; hints, states and reductions.
numbers = [1, 2]
iterator = iter(numbers)
print(list(iterator), numbers.append(3), list(iterator), iterator.__length_hint__(), iterator.__reduce__())
iterator = reversed(numbers)
numbers.append(4)
print(iterator.__length_hint__(), list(iterator), list(iterator), iterator.__reduce__())
iterator = reversed(numbers)
numbers.clear()
print(iterator.__length_hint__(), list(iterator))
for source in ([1, 2, 3], (1, 2, 3), range(3), "abc"):
    iterator = iter(source)
    iterator.__setstate__(2)
    print(iterator.__reduce__()[1:], list(iterator), iterator.__reduce__()[1:])
    iterator.__setstate__(0)
    print(list(iterator))


class Squares:
    def __getitem__(self, index):
        if index == 4:
            raise StopIteration
        return index * index

    def __len__(self):
        return 4


iterator = iter(Squares())
print(next(iterator), iterator.__length_hint__(), list(iterator), list(reversed(Squares())), 9 in Squares())
calls = iter([1, 2, 0, 3])
iterator = iter(calls.__next__, 0)
print(list(iterator), list(iterator), list(calls))
pairs = zip([1, 2, 3], it := iter([4, 5]))
print(list(pairs), list(pairs))
for lengths in ((1, 2), (2, 1), (1, 1, 2), (2, 2, 1), (0, 1), (1,)):
    try:
        print(list(zip(*(range(n) for n in lengths), strict=True)))
    except ValueError as error:
        print(error)
rows = zip("ab", "cd")
first, second = next(rows), next(rows)
print(first, second, list(enumerate("ab", 2**62 - 1)), list(map(lambda *a: a, [1, 2], [3])))
