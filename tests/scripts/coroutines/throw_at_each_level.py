# coroutine.throw reaches the innermost; each level may catch it.
class Cede:
    def __await__(self):
        return (yield "ceded")


async def level(depth, catcher):
    try:
        if depth == 0:
            return await Cede()
        return await level(depth - 1, catcher)
    except ValueError as error:
        print("level", depth, "sees", error)
        if depth == catcher:
            return f"caught at {depth}"
        raise
    finally:
        print("level", depth, "finally")


for catcher in (0, 1, 2, 9):
    coroutine = level(2, catcher)
    print(coroutine.send(None))
    try:
        coroutine.throw(ValueError("thrown"))
    except StopIteration as stop:
        print("returned", stop.value)
    except ValueError as error:
        print("escaped", error, error.__context__)
