# Closures: shared cells, nonlocal, loops, cells left empty, __closure__.
def counter(start):
    value = start

    def step(by=1):
        nonlocal value
        value += by
        return value

    def show():
        return value

    return step, show


step, show = counter(10)
other, _ = counter(0)
print(step(), step(5), show(), other(), show())
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])
print(step.__code__.co_freevars, counter.__code__.co_cellvars, step.__closure__[0].cell_contents)


def deep():
    a = 1

    def middle():
        def inner():
            nonlocal a
            a += 1
            return a
        return inner
    inner = middle()
    return inner(), inner(), a


print(deep())


def empty():
    def inner():
        return later
    cell = inner.__closure__[0]
    try:
        cell.cell_contents
    except ValueError as error:
        print(error)
    later = 1
    return cell.cell_contents


print(empty())
