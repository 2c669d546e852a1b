# Tasks that wait for each other: cancelling one of them is a RecursionError, not an endless loop.
import asyncio

tasks = {}


async def wait_for(name):
    await tasks[name]


async def main():
    tasks['a'] = asyncio.create_task(wait_for('b'))
    tasks['b'] = asyncio.create_task(wait_for('c'))
    tasks['c'] = asyncio.create_task(wait_for('b'))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for name in 'abc':
        try:
            tasks[name].cancel()
        except RecursionError:
            print('RecursionError')


loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda loop, context: print(context['message']))
loop.run_until_complete(main())
