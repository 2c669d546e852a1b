# Runs one piece of work, the one named by the argument, again and again until it meets no MemoryError: with
# CEDE_FAIL_ALLOCATION=N,1 each round fails at the allocation after the one at which the last failed. Without an argument
# it tells which pieces there are: what comes before any of them.
import sys


def sweep(*pieces):
    if len(sys.argv) == 1:
        print(*[work.__name__ for work in pieces])
        return
    for work in pieces:
        if work.__name__ == sys.argv[1]:
            break
    clean = rounds = 0
    while clean < 3:
        rounds += 1
        try:
            work()
            clean += 1
        except MemoryError:
            clean = 0
    while clean:
        try:
            print(rounds, 'rounds')
            clean = 0
        except MemoryError:
            pass
