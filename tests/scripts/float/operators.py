# The operators of float: floor division, remainder, powers, mixed operands, errors.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


inf = float("inf")
values = (0.0, -0.0, 1.5, -2.5, 1e300, inf, -inf, 3, -(10**20))
for a in values:
    for b in values:
        print(a, b, attempt(lambda: a / b), attempt(lambda: a // b), attempt(lambda: a % b), attempt(lambda: divmod(a, b)))
for a in (0.0, -0.0, 2.0, -2.0, 0.5, -8.0, inf, -inf, 1.0, -1.0):
    print(a, [attempt(lambda: a**b) for b in (0, 3, -3, 0.5, -2.5, inf, -inf, 2000)])
print(10**30 + 1.5, attempt(lambda: 10**400 * 1.0), attempt(lambda: 1.5 + "a"), attempt(lambda: 1.5 << 1), attempt(lambda: pow(2.0, 3, 4)))
