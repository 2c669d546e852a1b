# assert with and without a message, and its report.
def check(value):
    assert value, f"value was {value!r}"
    assert isinstance(value, int)
    return value


print(check(1))
for value in (0, "text"):
    try:
        check(value)
    except AssertionError as error:
        print(repr(error))
assert (1, 2) == (1,
                  3), "differs"
