# Outside a loop: what get_running_loop, get_event_loop and those who need them say.
import asyncio
import threading


def attempt(call, *args):
    try:
        print("gave", call(*args))
    except RuntimeError as error:
        print(type(error).__name__, error)


def all_of_them():
    asyncio.set_event_loop(None)
    attempt(asyncio.get_running_loop)
    attempt(asyncio.get_event_loop)
    attempt(asyncio.Future)
    attempt(asyncio.current_task)
    attempt(asyncio.all_tasks)
    attempt(asyncio.gather)
    attempt(asyncio.timeout, 1)
    print(asyncio._get_running_loop())


all_of_them()
thread = threading.Thread(target=all_of_them, name="the other thread")
thread.start()
thread.join()
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
print(asyncio.get_event_loop() is loop)
attempt(asyncio.get_running_loop)
try:
    asyncio.set_event_loop(3)
except TypeError as error:
    print(error)
loop.close()
