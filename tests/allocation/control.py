# Functions, closures, exceptions, context managers, generators, match, tracebacks.
import contextlib
import io
import traceback

from _sweep import sweep


def functions():
    def collect(a, b=2, *rest, c, d=[4], **more):
        return a, b, rest, c, d, more

    def counter():
        count = 0

        def step(by=1):
            nonlocal count
            count += by
            return count
        return step

    step = counter()
    assert [step(), step(5)] == [1, 6]
    assert collect(1, *[2, 3], c=1, **{'e': 5})[-1] == {'e': 5}
    assert (lambda *a, **k: (a, k))(1, x=2) == ((1,), {'x': 2})
    assert collect.__defaults__ == (2,) and collect.__kwdefaults__ == {'d': [4]}
    try:
        collect()
    except TypeError as error:
        assert 'required' in str(error)


def exceptions():
    def deep(n):
        if n == 0:
            raise ValueError('bottom', n)
        try:
            deep(n - 1)
        except ValueError as error:
            error.add_note(f'note {n}')
            raise KeyError(n) from error

    try:
        deep(0)
    except ValueError as error:
        assert traceback.format_exception(error)
    try:
        deep(2)
    except KeyError as error:
        assert error.__cause__.__notes__ and traceback.format_exc()
    try:
        raise ExceptionGroup('group', [ValueError(1), ExceptionGroup('inner', [TypeError(2), OSError(3)])])
    except* TypeError as group:
        assert group.exceptions
    except* (ValueError, OSError) as group:
        assert repr(group)
    try:
        undefined_name
    except NameError as error:
        assert error.name == 'undefined_name'


def managers():
    @contextlib.contextmanager
    def manager(value):
        try:
            yield [value]
        finally:
            closed.append(value)

    closed = []
    with manager(1) as one, manager(2) as two, contextlib.suppress(ZeroDivisionError):
        one += two
        1 / 0
    with contextlib.ExitStack() as stack:
        for i in range(3):
            stack.enter_context(manager(i))
    assert closed == [2, 1, 2, 1, 0]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        print('captured')
    assert out.getvalue() == 'captured\n'


def generators():
    def inner():
        try:
            got = yield 1
            yield got
        finally:
            yield 3

    def outer():
        result = yield from inner()
        return result

    generator = outer()
    assert next(generator) == 1 and generator.send([5]) == [5] and next(generator) == 3
    try:
        next(generator)
    except StopIteration as stop:
        assert stop.value is None
    other = outer()
    next(other)
    try:
        other.throw(ValueError('in'))
    except ValueError:
        pass
    assert sum(x * y for x in range(5) for y in range(5) if x != y)
    lazy = (f'{i}' for i in range(10))
    assert ''.join(lazy) == '0123456789'


def patterns():
    def which(value):
        match value:
            case {'kind': str(kind), **rest}:
                return kind, rest
            case [1, *rest] | (2, *rest):
                return rest
            case complex(real=0, imag=i):
                return i
            case _:
                return None
    assert which({'kind': 'a', 'b': 1}) == ('a', {'b': 1}) and which([1, 2, 3]) == [2, 3] and which(2j) == 2


sweep(functions, exceptions, managers, generators, patterns)
