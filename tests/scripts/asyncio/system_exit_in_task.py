# SystemExit in a task ends the program with its status.
import asyncio
import sys


async def leaves():
    print("leaving")
    sys.exit(5)


async def main():
    task = asyncio.create_task(leaves())
    try:
        await task
    finally:
        print("main's finally")


asyncio.run(main())
