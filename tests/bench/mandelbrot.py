# Short float loops: points of the Mandelbrot set.
import sys

SIZE = int(sys.argv[1]) if len(sys.argv) > 1 else 160


def inside(cr, ci):
    zr = zi = 0.0
    for _ in range(100):
        rr, ii = zr * zr, zi * zi
        if rr + ii > 4.0:
            return 0
        zi = 2.0 * zr * zi + ci
        zr = rr - ii + cr
    return 1


count = 0
for y in range(SIZE):
    for x in range(SIZE):
        count += inside(x / SIZE * 3.0 - 2.0, y / SIZE * 2.0 - 1.0)
print("inside", count)
