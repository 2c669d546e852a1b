# Generators that hold one another as arguments and never ran die one after the other.
def generator(value):
    yield value


value = None
for _ in range(300_000):
    value = generator(value)
del value
print('freed')
