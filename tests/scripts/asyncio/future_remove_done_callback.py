# remove_done_callback removes all equal ones and tells how many.
import asyncio


class Same:
    def __init__(self, name):
        self.name = name

    def __call__(self, future):
        print("called", self.name)

    def __eq__(self, other):
        return isinstance(other, Same)


async def main():
    future = asyncio.get_running_loop().create_future()
    print(future.remove_done_callback(print))
    for callback in (print, Same(1), print, Same(2), Same(3), print):
        future.add_done_callback(callback)
    print(future.remove_done_callback(Same(9)))
    future.add_done_callback(Same("kept"))
    print(future.remove_done_callback(print), future.remove_done_callback(print))
    future.set_result(None)
    print(future.remove_done_callback(Same(0)))
    await asyncio.sleep(0)
    other = asyncio.get_running_loop().create_future()
    for callback in (print, print):
        other.add_done_callback(callback)
    other.cancel()
    print(other.remove_done_callback(print))
    await asyncio.sleep(0)


asyncio.run(main())
