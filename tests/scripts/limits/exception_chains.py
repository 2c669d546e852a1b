# Exceptions chained thirty thousand long, and groups nested a hundred thousand deep.
import gc
import io
import traceback

LENGTH = 30_000


def attempt(name, function):
    try:
        print(name, function())
    except (RecursionError, KeyError) as error:
        print(name, type(error).__name__, error)


def chain(attribute):
    error = ValueError(0)
    for number in range(LENGTH):
        following = ValueError(number)
        setattr(following, attribute, error)
        error = following
    return error


def handle():
    try:
        raise error
    except ValueError as caught:
        raise KeyError('from') from caught


def in_handler():
    try:
        raise KeyError('in')
    except KeyError:
        try:
            raise error
        except ValueError as caught:
            return caught.__context__


for attribute in ('__cause__', '__context__'):
    error = chain(attribute)
    attempt(attribute, lambda: len(traceback.format_exception(error)))
    attempt('print', lambda: traceback.print_exception(error, file=io.StringIO()))
    attempt('raise from', handle)
    attempt('context', lambda: repr(in_handler()))
    del error
    gc.collect()

group = ValueError(1)
for _ in range(100_000):
    group = ExceptionGroup('group', [group])
attempt('group', lambda: len(traceback.format_exception(group)))
attempt('repr', lambda: repr(group))
attempt('str', lambda: str(group))
attempt('split', lambda: group.split(KeyError))
attempt('subgroup', lambda: group.subgroup(ValueError))
del group
gc.collect()
print('end')
