# __eq__ methods run inside remove_done_callback may change the list of callbacks.
import asyncio


class Evil:
    def __init__(self, action):
        self.action = action

    def __eq__(self, other):
        action, self.action = self.action, int
        action()
        return False


class Broken:
    def __eq__(self, other):
        raise RuntimeError("from __eq__")


def build(action, count=6):
    future = loop.create_future()
    future.add_done_callback(str)
    for _ in range(count):
        future.add_done_callback(Evil(lambda: action(future)))
    return future


loop = asyncio.new_event_loop()
future = build(lambda future: future.remove_done_callback(str))
print(future.remove_done_callback(None), len(future._callbacks))
future = build(lambda future: future.set_result(1) if not future.done() else None)
print(future.remove_done_callback(None), future)
future = build(lambda future: future.add_done_callback(int), 3)
print(future.remove_done_callback(None), len(future._callbacks))
future = loop.create_future()
for callback in (str, Broken(), int):
    future.add_done_callback(callback)
try:
    future.remove_done_callback(print)
except RuntimeError as error:
    print(error, len(future._callbacks))
loop.close()
