# What is garbage when the program ends is finalised first, then what the modules still hold.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalised", self.name)


kept = Noisy("kept")
cycle = Noisy("cycle")
cycle.itself = cycle
del cycle
print("end")
