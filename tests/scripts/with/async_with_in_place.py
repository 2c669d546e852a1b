# async with over plain coroutine functions and others: order, errors at each place, cancellation at each step.
import asyncio, traceback, sys
log = []
class Plain:
    def __init__(self, name, swallow=False, fail=None): self.name, self.swallow, self.fail = name, swallow, fail
    async def __aenter__(self):
        log.append(('enter', self.name))
        if self.fail == 'enter': raise ValueError('in enter')
        return self
    async def __aexit__(self, *a):
        log.append(('exit', self.name, a[0] and a[0].__name__, len(a)))
        if self.fail == 'exit': raise KeyError('in exit')
        return self.swallow
class Slow(Plain):
    async def __aenter__(self):
        await asyncio.sleep(0)
        return await super().__aenter__()
    async def __aexit__(self, t, v, tb):
        await asyncio.sleep(0)
        r = await super().__aexit__(t, v, tb)
        await asyncio.sleep(0)
        return r
class Native:
    def __aenter__(self):
        f = asyncio.get_running_loop().create_future(); f.set_result('native'); return f
    def __aexit__(self, *a):
        f = asyncio.get_running_loop().create_future(); f.set_result(False); return f
class Stat:
    @staticmethod
    async def __aenter__(): return 'static'
    @classmethod
    async def __aexit__(cls, *a): return cls.__name__
class Deco:
    def __init__(self): self.__aexit__ = None
    async def __aenter__(self): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name
    async def __aexit__(self, *a): log.append((sys._getframe().f_back.f_code.co_name, sys._getframe().f_back.f_lineno)); return None
async def body(m, error=None):
    async with m as v:
        log.append(('body', getattr(v, 'name', v)))
        if error: raise error
    return 'end'
async def several():
    async with Plain('a') as a, Slow('b') as b, Plain('c', True) as c:
        for i in range(3):
            async with Slow(i) as s:
                if i == 1: continue
                if i == 2: break
        raise RuntimeError('x')
    return a.name + b.name + c.name
async def ret():
    async with Slow('r'):
        async with Plain('q'):
            return 7
async def run(c):
    try: return repr(await c)
    except BaseException as e:
        tb = traceback.format_exception(e)
        return [(f.lineno, f.name, f.line) for f in traceback.extract_tb(e.__traceback__) if f.filename == __file__] + [repr(e)]
async def main():
    for cls in (Plain, Slow):
        for kw in ({}, {'swallow': True}, {'fail': 'enter'}, {'fail': 'exit'}):
            for err in (None, OSError('e'), asyncio.CancelledError()):
                print(cls.__name__, kw, err, await run(body(cls('n', **kw), err)), log); log.clear()
    for m in (Native(), Stat(), Deco()): print(await run(body(m)), log); log.clear()
    print(await run(several()), log); log.clear()
    print(await run(ret()), log); log.clear()
    # interleaving and cancellation at each step
    async def worker(n):
        async with Slow(n), Plain(n): await asyncio.sleep(0); log.append(n)
    await asyncio.gather(*[worker(i) for i in range(3)]); print(log); log.clear()
    for k in range(1, 8):
        t = asyncio.create_task(worker('k'))
        for _ in range(k): await asyncio.sleep(0)
        t.cancel('c%d' % k)
        print(k, await run(t), log); log.clear()
    c = worker('hand')
    steps = 0
    try:
        while True:
            y = c.send(None); steps += 1
            print(steps, c.cr_await is not None, c.cr_frame.f_lineno - c.cr_code.co_firstlineno)
    except StopIteration: print('done', steps)
    class NoExit:
        async def __aenter__(self): pass
    print(await run(body(NoExit()))); print(await run(body(3)))
    def deep(n):
        async def f():
            async with Plain('d') as p:
                if n: await deep(n - 1)
        return f()
    await deep(20); print(len(log)); log.clear()
    try:
        await deep(2000)
    except RecursionError as e: print('RecursionError', str(e)[:40])
asyncio.run(main())
