# Many small objects: a binary tree built and walked, a queue simulation.
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 12


class Node:
    __slots__ = ("key", "left", "right")

    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None


def insert(root, key):
    while True:
        if key < root.key:
            if root.left is None:
                root.left = Node(key)
                return
            root = root.left
        else:
            if root.right is None:
                root.right = Node(key)
                return
            root = root.right


class Customer:
    def __init__(self, number, arrives):
        self.number = number
        self.arrives = arrives
        self.served = None


def simulate(n):
    waiting, clock, seed = [], 0, 12345
    for i in range(n):
        seed = (seed * 1103515245 + 12345) % 2147483648
        waiting.append(Customer(i, clock + seed % 7))
        clock += 1
    total = 0
    for customer in waiting:
        customer.served = max(customer.arrives, total)
        total = customer.served + 2
    return total


total = 0
for _ in range(ROUNDS):
    root, seed = Node(500000), 1
    for _ in range(6000):
        seed = (seed * 16807) % 2147483647
        insert(root, seed % 1000000)
    depth, level = 0, [root]
    while level:
        depth += 1
        level = [n for node in level for n in (node.left, node.right) if n is not None]
    total += depth + simulate(8000)
print("total", total)
