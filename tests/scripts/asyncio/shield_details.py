# shield: gives a done inner back, keeps nothing on it once the outer is cancelled, and passes everything else on.
import asyncio
import gc


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("handler", context["message"], repr(context["exception"])))
    done = loop.create_future()
    done.set_result(1)
    print(asyncio.shield(done) is done)
    inner = loop.create_future()
    outer = asyncio.shield(inner)
    print(outer is inner, len(inner._callbacks), len(outer._callbacks), outer.cancel("message"), inner.cancelled())
    await asyncio.sleep(0)
    print(inner._callbacks, outer._callbacks)
    inner.set_exception(ValueError("nobody looks"))
    del inner
    gc.collect()
    inner = loop.create_future()
    outer = asyncio.shield(inner)
    outer.cancel()
    inner.set_exception(ValueError("before the callback was removed"))
    await asyncio.sleep(0)
    del inner
    gc.collect()
    for end in (lambda f: f.cancel("inner"), lambda f: f.set_result(7), lambda f: f.set_exception(KeyError("key"))):
        inner = loop.create_future()
        outer = asyncio.shield(inner)
        end(inner)
        print(await asyncio.gather(outer, return_exceptions=True), outer.cancelled())
    coroutine = asyncio.sleep(0, "slept")
    print(await asyncio.shield(coroutine))
    outer = asyncio.shield(asyncio.gather(asyncio.sleep(0, "a"), asyncio.sleep(0, "b")))
    print(await outer)


asyncio.run(main())
