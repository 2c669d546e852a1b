# The report of an uncaught exception group: a tree.
def fail(kind, *args):
    raise kind(*args)


def collect(*calls):
    errors = []
    for kind, *args in calls:
        try:
            fail(kind, *args)
        except Exception as error:
            errors.append(error)
    return errors


inner = ExceptionGroup("inner group", collect((TypeError, "t"), (KeyError, "k")))
try:
    raise inner
except ExceptionGroup as group:
    kept = group
errors = collect((ValueError, "v"))
errors[0].add_note("a note\nof two lines")
raise ExceptionGroup("the whole", [*errors, kept, OSError(2, "No such file")])
