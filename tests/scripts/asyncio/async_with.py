# async with: entry and exit order, exceptions suppressed and passed on.
import asyncio


class Manager:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    async def __aenter__(self):
        await asyncio.sleep(0)
        print("enter", self.name)
        return self.name.upper()

    async def __aexit__(self, kind, value, traceback):
        await asyncio.sleep(0)
        print("exit", self.name, kind and kind.__name__, value)
        return self.suppress


async def main():
    async with Manager("a") as a, Manager("b") as b:
        print("body", a, b)
    async with Manager("outer", suppress=True):
        async with Manager("inner"):
            raise ValueError("through the inner")
    try:
        async with Manager("returns"):
            return
    finally:
        print("finally")


asyncio.run(main())
