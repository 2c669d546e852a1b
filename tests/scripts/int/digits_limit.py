# Conversions between int and decimal text stop at 4300 digits; powers of two as bases have no limit.
import sys


def attempt(function):
    try:
        return function()
    except ValueError as error:
        return error


print(len(str(10**4299)), attempt(lambda: str(10**4300)))
print(int("9" * 4300) == 10**4300 - 1, attempt(lambda: int("1" * 4301)), attempt(lambda: int("0" * 5000)))
print(len(hex(10**5000)), int("f" * 5000, 16) == 16**5000 - 1, attempt(lambda: f"{10**5000:d}"), len(f"{10**5000:x}"))
sys.set_int_max_str_digits(0)
text = "123456789" * 20000
number = int(text)
print(str(number) == text, str(-number) == "-" + text, number % 97)
