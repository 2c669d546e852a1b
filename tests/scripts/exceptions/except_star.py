# except*: each clause takes its part, the rest goes on, raised ones are joined.
def attempt(exceptions, reraise=False):
    try:
        try:
            raise exceptions
        except* ValueError as group:
            print("values", group.exceptions)
            if reraise:
                raise
        except* (TypeError, KeyError) as group:
            print("types and keys", group.exceptions)
            if reraise:
                raise RuntimeError("new")
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as error:
        print("left:", repr(error))


attempt(ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [KeyError(3), ValueError(4)])]))
attempt(ExceptionGroup("g", [ValueError(1), OSError(5)]))
attempt(ValueError("naked"))
attempt(ExceptionGroup("g", [ValueError(1), TypeError(2)]), reraise=True)
try:
    try:
        raise ValueError(1)
    except* ExceptionGroup:
        pass
except TypeError as error:
    print(error)
