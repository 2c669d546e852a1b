# The exact integer functions of math.
import math


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for n in (0, 1, 5, 20, 21, 30, 100):
    print(n, math.factorial(n), math.comb(n, n // 2), math.perm(n, n // 3), math.isqrt(n))
print(hash(math.factorial(2000)), hash(math.comb(5000, 1234)), math.comb(10**20, 3), math.perm(10**20, 2), math.isqrt(10**41))
print(math.gcd(), math.gcd(-12, 18), math.gcd(10**50, 6**70, 15**30), math.lcm(), math.lcm(4, -6), math.lcm(0, 5), math.lcm(*range(1, 40)))
for function, arguments in ((math.factorial, (-1,)), (math.factorial, (5.0,)), (math.factorial, (10**20,)), (math.comb, (-1, 2)), (math.comb, (5, -1)),
                            (math.comb, (10**20, 10**19)), (math.perm, (5, -1)), (math.perm, (5, 6)), (math.gcd, (1.0,)), (math.isqrt, (-1,))):
    print(function.__name__, arguments, attempt(function, *arguments))
