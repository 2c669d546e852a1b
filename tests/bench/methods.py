# Calls of methods, attributes, inheritance.
import sys

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 700000


class Shape:
    def __init__(self, width, height):
        self.width = width
        self.height = height

    def area(self):
        return self.width * self.height

    def grow(self, by):
        self.width += by
        self.height += by
        return self


class Square(Shape):
    def __init__(self, side):
        super().__init__(side, side)

    def area(self):
        return super().area() + 1


shapes = [Shape(1, 2), Square(3), Shape(4, 5)]
total = 0
for i in range(ROUNDS):
    shape = shapes[i % 3]
    total += shape.grow(1).area()
print("total", total)
