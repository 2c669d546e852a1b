# A thread lived while the loop began to wait, and has ended since without doing anything for it.
import asyncio
import threading


def work(gate):
    gate.wait(0.2)


async def main():
    threading.Thread(target=work, args=(threading.Event(),)).start()
    await asyncio.Event().wait()


asyncio.run(main())
