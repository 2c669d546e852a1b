# Floor division and remainder: signs, large operands, errors.
def attempt(function, *arguments):
    try:
        return function(*arguments)
    except ArithmeticError as error:
        return f"{type(error).__name__}: {error}"


big = 10**40 + 7
for a in (0, 7, -7, big, -big, 2**62, -(2**62), True):
    for b in (1, -1, 3, -3, 10**20, -(10**20), big, 0):
        print(a, b, attempt(lambda: a // b), attempt(lambda: a % b), attempt(divmod, a, b))
