# At the end of run: tasks are cancelled and awaited, failures reported; then generators, the executor, the loop are closed.
import asyncio


class Loop(asyncio.SelectorEventLoop):
    async def shutdown_asyncgens(self):
        print("shutdown_asyncgens", len(asyncio.all_tasks()))
        await super().shutdown_asyncgens()

    async def shutdown_default_executor(self, timeout=None):
        print("shutdown_default_executor", timeout)
        await super().shutdown_default_executor(timeout)

    def close(self):
        print("close", self)
        super().close()


def handler(loop, context):
    print(context["message"], repr(context["exception"]), context["task"].get_name(), sorted(context))


async def stubborn():
    try:
        await asyncio.sleep(3600)
    finally:
        raise ValueError("while cancelled")


async def quiet():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await asyncio.sleep(0.01)
        print("quiet has cleaned up")


async def main(kept):
    asyncio.get_running_loop().set_exception_handler(handler)
    kept.append(asyncio.create_task(stubborn(), name="stubborn"))
    kept.append(asyncio.create_task(quiet(), name="quiet"))
    await asyncio.sleep(0)
    print("main ends")
    return "result"


print(asyncio.run(main([]), loop_factory=Loop))
