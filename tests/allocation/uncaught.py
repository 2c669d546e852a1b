# An uncaught exception with causes, notes, a group and frames to report.
def fail(depth):
    if depth:
        return fail(depth - 1)
    error = ExceptionGroup('several', [ValueError('one'), TypeError('two')])
    error.add_note('a note')
    raise error


try:
    fail(3)
except ExceptionGroup as group:
    raise RuntimeError('outer') from group
