# Complex arithmetic, powers and errors.
def attempt(function):
    try:
        return function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


z, w = 1 + 2j, 3 - 4j
print(z + w, z - 1, 1 - z, z * w, z / w, 2 / z, -z, +z, abs(w), z == w, z == 1 + 2j, (1 + 0j) == 1, bool(0j), z.conjugate())
print([z**n for n in (0, 1, 2, -3, 0.5, 1 + 1j, 100)], [attempt(lambda: 0j**n) for n in (0, 2, -1, 1j)])
print(attempt(lambda: z / 0), attempt(lambda: z // 1), attempt(lambda: z % 1), attempt(lambda: z < w), attempt(lambda: pow(z, 2, 3)))
print(attempt(lambda: (1e200 + 1j) ** 2), attempt(lambda: abs(complex(1.5e308, 1.5e308))), attempt(lambda: int(z)), attempt(lambda: z + "a"))
print(repr(-1j), repr(complex(0, -0.0)), repr(complex(-0.0, 0)), complex(float("nan"), float("inf")), 1e16 + 1e-5j, hash(z), hash(-1j))
