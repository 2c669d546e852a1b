# _register_task, _enter_task and the others: how a task class of a script's own becomes known.
import asyncio


class Handmade:
    def __init__(self, loop, name):
        self._loop, self.name = loop, name
        asyncio._register_task(self)

    def done(self):
        return self.name == "finished"

    def get_loop(self):
        return self._loop

    def __repr__(self):
        return f"<Handmade {self.name}>"


async def main():
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()
    task, finished = Handmade(loop, "task"), Handmade(loop, "finished")
    print(task in asyncio.all_tasks(), finished in asyncio.all_tasks(), len(asyncio.all_tasks()))
    for call, args in ((asyncio._enter_task, (loop, task)), (asyncio._leave_task, (loop, task))):
        try:
            call(*args)
        except RuntimeError as error:
            print(str(error).partition(" cb=")[0])
    asyncio._leave_task(loop, me)
    print(asyncio.current_task())
    asyncio._enter_task(loop, task)
    print(asyncio.current_task())
    asyncio._leave_task(loop, task)
    asyncio._enter_task(loop, me)
    asyncio._unregister_task(task)
    asyncio._unregister_task(task)
    print(task in asyncio.all_tasks())
    print(asyncio.tasks._swap_current_task(loop, None) is me, asyncio.current_task(), asyncio.tasks._swap_current_task(loop, me))


asyncio.run(main())
