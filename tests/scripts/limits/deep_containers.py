# Containers nested three hundred thousand deep: what walks them recursively is a RecursionError; making, copying and freeing is not.
import copy
import gc

DEPTH = 300_000


def attempt(name, function):
    try:
        function()
        print(name, 'done')
    except RecursionError as error:
        print(name, error)


def nested(wrap):
    value = None
    for _ in range(DEPTH):
        value = wrap(value)
    return value


for name, wrap in (('list', lambda x: [x]), ('tuple', lambda x: (x,)), ('dict', lambda x: {1: x}),
                   ('frozenset', lambda x: frozenset([x]))):
    value, same = nested(wrap), nested(wrap)
    attempt(name + ' repr', lambda: repr(value))
    attempt(name + ' %s', lambda: '%s' % (value,))
    attempt(name + ' format', lambda: f'{value}')
    attempt(name + ' ==', lambda: value == same)
    attempt(name + ' in', lambda: value in [same])
    attempt(name + ' copy', lambda: copy.copy(value))
    attempt(name + ' deepcopy', lambda: copy.deepcopy(value))
    cycle = [value]
    cycle.append(cycle)
    del value, cycle
    gc.collect()
    del same
    print(name, 'freed')
