# isinstance, issubclass and except with tuples nested deep.
classes = int
for _ in range(100_000):
    classes = (classes,)
for check in (lambda: isinstance('a', classes), lambda: issubclass(str, classes), lambda: isinstance(1, (int, classes))):
    try:
        print(check())
    except RecursionError as error:
        print(error)
try:
    try:
        raise ValueError
    except classes:
        pass
except TypeError as error:
    print(error)
