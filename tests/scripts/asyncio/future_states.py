# The states of a Future and the errors of asking too early or setting twice.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    print(future.done(), future.cancelled())
    for method in (future.result, future.exception):
        try:
            method()
        except asyncio.InvalidStateError as error:
            print(error)
    future.set_result([1, 2])
    print(future.done(), future.result(), future.exception())
    for action in (lambda: future.set_result(1), lambda: future.set_exception(ValueError())):
        try:
            action()
        except asyncio.InvalidStateError as error:
            print(str(error))
    failed = loop.create_future()
    failed.set_exception(ValueError("as an instance"))
    print(repr(failed.exception()))
    failed = loop.create_future()
    failed.set_exception(KeyError)
    print(repr(failed.exception()))
    try:
        loop.create_future().set_exception(StopIteration())
    except TypeError as error:
        print(error)
    gone = loop.create_future()
    print(gone.cancel("why"), gone.cancel(), gone.cancelled())
    try:
        gone.result()
    except asyncio.CancelledError as error:
        print(repr(error))


asyncio.run(main())
