# round, floor and friends: half to even, exact at every number of digits.
import math


def attempt(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for number in (0.5, 1.5, 2.5, -2.5, 2.675, 1e16, 123.456, 5e-324, 1.7976931348623157e308, float("inf"), float("nan")):
    print(number, [attempt(round, number, digits) for digits in (None, 0, 1, 2, -1, -2, 323, 400, -308, -400)])
    print([attempt(function, number) for function in (math.floor, math.ceil, math.trunc, int)], number.is_integer())
for number in (15, 25, -15, 149, 150, 250, 10**25 + 5 * 10**9):
    print(number, [round(number, digits) for digits in (None, 0, 5, -1, -2, -10, -40)])
print(attempt(round, 1.5, "x"), attempt(round, 1.5, 1.0), attempt(round, "x"), round(True), attempt(round, 1.5, 2**70))
