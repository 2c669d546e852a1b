# finally on every path: return, break, continue, exception, nested, and return in finally.
def path(kind):
    for i in range(2):
        try:
            if kind == "return":
                return "returned"
            if kind == "break":
                break
            if kind == "continue":
                continue
            if kind == "raise":
                raise ValueError(i)
        except ValueError as error:
            print("except", error)
        else:
            print("else")
        finally:
            print("finally", kind, i)
    else:
        print("loop else")
    return "end"


for kind in ("return", "break", "continue", "raise", "nothing"):
    print(path(kind))


def overrides():
    try:
        raise KeyError("lost")
    finally:
        return "finally wins"


def replaced():
    try:
        return print("evaluated first")
    finally:
        print("then finally")


def nested():
    try:
        try:
            raise ValueError("a")
        finally:
            raise TypeError("b")
    except TypeError as error:
        return repr(error), repr(error.__context__)


print(overrides(), replaced(), nested())
