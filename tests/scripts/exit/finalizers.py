# Objects that the modules still hold when the program ends are finalised, also those in cycles.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("finalised", self.name)


plain = Noisy("plain")
cycle = Noisy("cycle")
cycle.itself = cycle
print("end")
