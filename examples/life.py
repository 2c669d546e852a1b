# Conway's Game of Life: a glider walks over a small board.
WIDTH, HEIGHT = 12, 8


def step(alive):
    counts = {}
    for x, y in alive:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    cell = (x + dx) % WIDTH, (y + dy) % HEIGHT
                    counts[cell] = counts.get(cell, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in alive}


def show(alive):
    for y in range(HEIGHT):
        print("".join("#" if (x, y) in alive else "." for x in range(WIDTH)))
    print()


alive = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for generation in range(13):
    if generation % 4 == 0:
        print("generation", generation)
        show(alive)
    alive = step(alive)
