# int / int is correctly rounded, whatever the size of the operands.
def attempt(a, b):
    try:
        return a / b
    except ArithmeticError as error:
        return f"{type(error).__name__}: {error}"


print(1 / 3, -1 / 3, 0 / -5, 10**400 / 10**399, (2**53 + 1) / 1, (2**54 + 3) / 2)
print(1 / 2**1074, 1 / 2**1075, 3 / 2**1075, -1 / 10**400, (2**1024 - 2**971) / 1)
print(attempt(2**1024, 1), attempt(10**400, 3), attempt(5, 0))
print((10**30 + 1) / (10**29 - 1), 123456789012345678901234567890 / 987654321098765432109876543210)
