# compile, exec, eval, syntax errors.
from _sweep import sweep

SOURCE = '''
import sys as system
from collections import deque
class A(object, metaclass=type):
    """doc"""
    x: int = 5
    def method(self, a, /, b=1, *c, d, **e) -> str:
        global g
        g = lambda: [i async for i in a] if False else (yield)
        with open(a) as f, f:
            try:
                for i, (j, *k) in enumerate(f"{a!r:>{b}} {c}"):
                    while i := j: continue
                    else: break
            except* (ValueError, TypeError) as error:
                raise error from None
            finally:
                del a.b[c:d, ...]
        return {1: 2, **e}, {*c}, [x for x in c if x for y in x]
def f[T: int](x: T) -> T:
    match x:
        case {"a": [1, *_], **rest}: assert x, "message"
        case _ if x: return not x or -x ** 2 @ 3 // 4
    x += 1; x = y = 10 ** 50 + 2.5 + 3j
type Alias[K] = dict[K, int]
'''.replace('lambda: [i async for i in a] if False else (yield)', 'lambda: (yield)')


def compiled():
    code = compile(SOURCE, 'source.py', 'exec')
    assert code.co_names


def executed():
    namespace = {}
    exec('def f(x):\n    return [x, *map(str, range(x))]\nresult = f(3)\nclass C: y = result', namespace)
    assert namespace['result'] == [3, '0', '1', '2'] and eval('C.y[0] + 1', namespace) == 4


def errors():
    for source in ('x = (1,\ny = 2', 'def f(:', 'for x in y:\nz', "f'{a b}'", 'x = 1 +', 'return 1', '"abc', 'a b c', '\tif x:\n  y'):
        try:
            compile(source, 'wrong.py', 'exec')
        except SyntaxError as error:
            assert str(error)


sweep(compiled, executed, errors)
