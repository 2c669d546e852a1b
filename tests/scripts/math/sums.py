# fsum, prod, sumprod, dist and hypot: accurate sums, and their errors.
import math

inf, nan = float("inf"), float("nan")


def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(math.fsum([0.1] * 10), sum([0.1] * 10), math.fsum([1e100, 1.0, -1e100, 1e-50]), attempt(math.fsum, [inf, -inf]), attempt(math.fsum, [1e308] * 2))
print(math.prod([1, 2, 3]), math.prod([]), math.prod([1.5, 2], start=2), math.prod(["a", 2]), attempt(math.prod, 5), math.prod([2**62, 2**62]))
print(math.sumprod([1, 2], [3, 4]), math.sumprod([0.1] * 10, [0.1] * 10), math.sumprod([10**20], [10**20]), math.sumprod([True, 2.5], [2, 3]))
print(attempt(math.sumprod, [1], [1, 2]), attempt(math.sumprod, ["a"], [2]), math.sumprod([1e308, 1e308], [10, -10]))
print(math.hypot(), math.hypot(3), math.hypot(3, 4), math.hypot(1, 1, 1), math.hypot(inf, nan), math.hypot(1e308, 1e308), math.hypot(1e-320, 1e-320))
print(math.dist([1, 2], [3, 5]), attempt(math.dist, (1,), (1, 2)), attempt(math.dist, [1], ["a"]), math.dist([inf], [nan]))
