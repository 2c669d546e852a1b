# Runs pieces of work again and again until they meet no MemoryError: with CEDE_FAIL_ALLOCATION=1,1 each round fails at
# the allocation after the one at which the last failed.


def until_it_works(function, *arguments):
    while True:
        try:
            return function(*arguments)
        except MemoryError:
            pass


def sweep(*pieces):
    for work in pieces:
        clean = 0
        while clean < 3:
            try:
                work()
                clean += 1
            except MemoryError:
                clean = 0
        until_it_works(print, work.__name__, 'done')
