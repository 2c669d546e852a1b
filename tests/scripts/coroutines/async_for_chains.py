# `async for` over async generators, seen and disturbed from outside while the generator waits: awaits, throws, closes.
import asyncio
import sys
import types


@types.coroutine
def pause(value):
    return (yield value)


log = []


async def inner(n):
    try:
        for i in range(n):
            got = await pause(('inner', i))
            yield i, got
    except BaseException as error:
        log.append(('inner', repr(error), sys.exception() is error))
        raise
    finally:
        log.append('inner finally')


async def outer(n):
    async for item in inner(n):
        yield item
        await pause(('outer', item))


async def consume(make, n):
    seen = []
    async for item in make(n):
        seen.append(item)
        if len(seen) == 3:
            break
    else:
        seen.append('else')
    return seen


def drive(coro, *sends):
    for send in sends:
        try:
            log.append(('yielded', coro.send(send)))
        except StopIteration as stop:
            log.append(('returned', stop.value))
        except BaseException as error:
            log.append(('raised', repr(error)))


def show(title):
    print(title)
    for entry in log:
        print('  ', entry)
    log.clear()


def chain(coro):
    names = []
    while coro is not None:
        names.append(type(coro).__name__)
        coro = getattr(coro, 'cr_await', None)
    return names


def tracebacks(error):
    at, names = error.__traceback__, []
    while at:
        names.append((at.tb_frame.f_code.co_name, at.tb_lineno - at.tb_frame.f_code.co_firstlineno))
        at = at.tb_next
    return names


for make in inner, outer:
    coro = consume(make, 2)
    drive(coro, None, 'a', 'b', 'c', 'd')
    show(f'to the end {make.__name__}')
    coro = consume(make, 9)
    drive(coro, None, 1, 2, 3, 4, 5, 6)
    show(f'break {make.__name__}')

for make in inner, outer:
    coro = consume(make, 5)
    drive(coro, None, 'x')
    print(chain(coro), coro.cr_running, coro.cr_await.__class__.__name__)
    drive(coro, 'y')
    try:
        coro.throw(KeyError('thrown'))
    except KeyError as error:
        log.append(tracebacks(error))
    show(f'thrown {make.__name__}')
    coro = consume(make, 5)
    drive(coro, None)
    coro.close()
    show(f'closed {make.__name__}')
    coro = consume(make, 5)
    drive(coro, None, 1)
    del coro
    show(f'dropped {make.__name__}')


async def raises():
    yield 1
    await pause(2)
    raise LookupError('at the second')


async def stops():
    yield 1
    raise StopAsyncIteration('by hand')


async def stops_too():
    yield 1
    raise StopIteration('by hand')


async def over(agen):
    result = []
    try:
        async for x in agen:
            result.append((x, agen.ag_running))
    except BaseException as error:
        return result, repr(error), repr(error.__cause__), tracebacks(error), agen.ag_running
    return result


for make in raises, stops, stops_too:
    drive(over(make()), None, None)
    show(make.__name__)


async def shared(agen):
    async for x in agen:
        log.append(x)


agen = inner(3)
first, second = shared(agen), shared(agen)
drive(first, None)
print(agen.ag_running, type(agen.ag_await).__name__, agen.ag_frame.f_lineno - agen.ag_code.co_firstlineno)
drive(second, None)
for make in agen.__anext__, lambda: agen.asend(1), agen.aclose, lambda: agen.athrow(KeyError):
    try:
        make().send(None)
    except BaseException as error:
        log.append(repr(error))
drive(first, 1, 2, 3)
show('shared')

agen = inner(3)
drive(agen.asend(None), None, 7)
drive(shared(agen), None, 8, 9, 10)
show('begun by hand')


async def comprehension():
    return [x async for x in inner(3) if x[0] != 1], {y: x async for x, y in inner(2)}


drive(comprehension(), None, 1, 2, 3, 4, 5)
show('comprehension')


async def callers():
    async def names():
        frame, found = sys._getframe(), []
        while frame:
            found.append(frame.f_code.co_name)
            frame = frame.f_back
        yield found

    async for found in names():
        return found


print(asyncio.run(callers())[:2])


async def deep(n):
    if n:
        async for x in deep(n - 1):
            yield x
    else:
        yield 'bottom'


async def bottom(n):
    try:
        return [x async for x in deep(n)]
    except RecursionError as error:
        return str(error)


print(asyncio.run(bottom(50)), asyncio.run(bottom(100000)))


async def ticker(n):
    try:
        for i in range(n):
            await asyncio.sleep(0)
            yield i
    finally:
        log.append('ticker finally')
        await asyncio.sleep(0)
        log.append('ticker gone')


async def main():
    task = asyncio.create_task(over(ticker(1000)))
    for _ in range(5):
        await asyncio.sleep(0)
    task.cancel('enough')
    print((await task)[1])
    async with asyncio.timeout(10):
        print(len(await over(ticker(20))))
    try:
        raise ValueError('handled outside')
    except ValueError:
        async for i in ticker(2):
            log.append((i, repr(sys.exception())))
    print(await asyncio.gather(over(ticker(3)), over(ticker(2))))


asyncio.run(main())
show('tasks')
