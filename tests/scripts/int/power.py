# Powers, with and without a modulus, and their errors.
def attempt(*arguments):
    try:
        return pow(*arguments)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


print(2**200, (-3) ** 41, 0**0, 7**1, (-1) ** (10**30), 1 ** (10**30), 2**-3, 12**40)
print(pow(3, 10**20, 10**9 + 7), pow(-3, 5, -7), pow(2, 10, 1), pow(5, 0, 3), pow(10**30, 10**30, 10**25 + 13))
print(pow(3, -1, 7), pow(3, -5, -7), pow(10**20, -3, 10**21 + 117))
for arguments in ((0, -1), (2, 3, 0), (2, -1, 4), (2, 3, 1.0), (2.0, 3, 5), (2, "x"), (2, 3, "x"), (10**400, -1)):
    print(arguments[1:], attempt(*arguments))
