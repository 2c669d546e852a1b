# Integer loops: a sieve, collatz steps, bit counting.
import sys

N = int(sys.argv[1]) if len(sys.argv) > 1 else 600000


def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            j = i * i
            while j <= n:
                flags[j] = False
                j += i
        i += 1
    count = 0
    for flag in flags:
        if flag:
            count += 1
    return count


def collatz(limit):
    longest = 0
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > longest:
            longest = steps
    return longest


def bits(limit):
    total = 0
    for i in range(limit):
        n = i
        while n:
            total += n & 1
            n >>= 1
    return total


print("primes", sieve(N), "collatz", collatz(N // 50), "bits", bits(N // 8))
