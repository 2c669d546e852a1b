# A coroutine dropped while it would await again in finally: "coroutine ignored GeneratorExit".
class Cede:
    def __await__(self):
        yield


async def stubborn():
    try:
        await Cede()
    finally:
        await Cede()
        print("not reached")


coroutine = stubborn()
coroutine.send(None)
del coroutine
print("end")
