# Functions with more registers than a 16-bit operand can name: plain, coroutine and generator.
src = "async def f(n):\n" + "\n".join(f"    v{i} = n + {i}" for i in range(40000)) + "\n    import asyncio\n    for k in range(3):\n        await asyncio.sleep(0)\n        v39999 += k\n    try:\n        v1.foo\n    except AttributeError as e:\n        print(e)\n    return v39999 + v0\n"
src += "def g(n):\n" + "\n".join(f"    w{i} = n + {i}" for i in range(40000)) + "\n    yield w39999\n    x = yield w2\n    yield x\n    return w3\n"
exec(src)
import asyncio
async def main():
    print(await asyncio.gather(f(1), f(2)))
    print(await f(5))
asyncio.run(main())
def h():
    r = yield from g(7)
    print('r', r)
it = h()
print(next(it), next(it), it.send('s'))
for q in it: print(q)
for q in g(8): print(q)
namespace = {}
exec("def plain(n):\n" + "\n".join(f"    v{i} = n + {i % 100} + -1" for i in range(33000)) + "\n    return v32999 + v0\n", namespace)
print(namespace["plain"](3))
