# A deep recursion's report is shortened: [Previous line repeated n more times].
import sys

sys.setrecursionlimit(100)


def f(n):
    return f(n + 1)


def ping(n):
    return pong(n)


def pong(n):
    return ping(n + 1)


try:
    ping(0)
except RecursionError as error:
    print(error)
f(0)
