# Objects that count how many of them live: what holds one and is gone for good lets it go.
import gc


class Token:
    alive = 0
    def __init__(self): Token.alive += 1
    def __del__(self): Token.alive -= 1


class Order:
    """A number that tells the order in which others were given to it."""
    def __init__(self): self.sum, self.count = 0, 0
    def add(self, number):
        self.sum = (self.sum * 31 + number + 1) % 1_000_003
        self.count += 1
    def __repr__(self): return f"{self.count} in order {self.sum}"


def left():
    gc.collect()
    return f"{Token.alive} left"
