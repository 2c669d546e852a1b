# The errors of random's methods.
import random


def attempt(function, *arguments, **keywords):
    try:
        return function(*arguments, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


random.seed(1)
print(attempt(random.Random, []), attempt(random.seed, (1, 2)), attempt(random.getrandbits, -1), attempt(random.getrandbits, 1.0))
print(attempt(random.randrange, 0), attempt(random.randrange, 5, 5), attempt(random.randrange, 1, 10, 0), attempt(random.randrange, 10, 1, 2))
print(attempt(random.randrange, 1.5), attempt(random.randrange, 5, None, 2), attempt(random.randint, 6, 1), attempt(random.choice, []))
print(attempt(random.sample, [1], 2), attempt(random.sample, [1], -1), attempt(random.choices, [1], [0]), attempt(random.choices, [1, 2], 3))
print(attempt(random.setstate, (1, 2, 3)), attempt(random.setstate, (3, 1, 2)), attempt(random.setstate, (3, (1,), None)))
print(attempt(random.gammavariate, 0, 1), attempt(random.binomialvariate, -1), attempt(random.binomialvariate, 5, 2), attempt(random.expovariate, 0))
