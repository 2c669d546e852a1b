# A task's first step is scheduled; its name counts up and is fixed when it is made; set_name takes the str of anything.
import asyncio


class Name:
    def __str__(self):
        return "the str of it"


async def work():
    print("running", asyncio.current_task().get_name())


async def main():
    first = asyncio.create_task(work())
    number = int(first.get_name().removeprefix("Task-"))
    second, third = asyncio.create_task(work()), asyncio.create_task(work(), name="named")
    print(third.get_name(), int(asyncio.create_task(work()).get_name().removeprefix("Task-")) - number)
    print(int(second.get_name()[5:]) - number)
    for name in ("text", 3, None, (1, 2), Name()):
        second.set_name(name)
        print(repr(second.get_name()))
        print(repr(asyncio.create_task(work(), name=name).get_name()) if name is not None else "")
    print("created")
    await asyncio.sleep(0)
    print(first.done(), first.get_name() == f"Task-{number}")


asyncio.run(main())
