# A suspended generator that is left at the end runs its finally clause.
def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


left = numbers()
print(next(left))
