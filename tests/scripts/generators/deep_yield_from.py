# A chain of yield from too deep for the recursion limit raises RecursionError.
def chain(depth):
    if depth:
        yield from chain(depth - 1)
    else:
        yield "bottom"


print(list(chain(400)))
try:
    list(chain(5000))
except RecursionError as error:
    print(error)
