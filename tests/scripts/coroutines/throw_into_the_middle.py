# Throwing into the middle of a suspended chain by hand, at a depth of 50.
class Cede:
    def __await__(self):
        yield "ceded"


chain = []


async def level(depth):
    try:
        if depth == 0:
            while True:
                await Cede()
        below = level(depth - 1)
        chain.append(below)
        await below
    finally:
        if depth in (0, 10, 20, 21, 50):
            print("finally of", depth)


root = level(50)
chain.append(root)
print(root.send(None), len(chain))
middle = chain[30]
try:
    middle.throw(ValueError("in the middle"))
except ValueError as error:
    print("out of the middle:", error)
try:
    root.send(None)
except RuntimeError as error:
    print("root:", error)
