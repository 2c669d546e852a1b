# Comparisons of float and int are exact; equal numbers have equal hashes.
big = 2**53
inf, nan = float("inf"), float("nan")
print(big + 1 == float(big), big + 1 > float(big), big == float(big), big - 1 < float(big), -big - 1 < float(-big))
print(10**400 > 1e308, 10**400 < inf, -(10**400) > -inf, 10**400 == inf, 10**22 == 1e22, 10**23 == 1e23, 10**23 < 1e23)
print([nan < 1, nan == nan, nan != nan, nan > 10**400, 1 < nan], nan in [nan], [nan] == [nan])
for number in (0, 1, -1, 2**61 - 1, 2**61, 10**22, -(2**100), 0.5, 1e300, inf, -inf):
    print(number, hash(number), number == float(number), hash(float(number)) == hash(number))
print(hash(1 + 0j) == hash(1), hash(-2), hash(True), {1: "a", 1.0: "b", True: "c", 1 + 0j: "d"})
