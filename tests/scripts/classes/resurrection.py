# An object that its __del__ brings back to life is not finalised twice.
import gc

saved = []


class Phoenix:
    def __del__(self):
        print("del")
        saved.append(self)


Phoenix()
print(len(saved))
saved.clear()
print("gone")


class Cycle:
    def __init__(self, name):
        self.name, self.me = name, self

    def __del__(self):
        print("cycle", self.name)
        if self.name == "b":
            saved.append(self)


Cycle("a")
Cycle("b")
print("collected", gc.collect() > 0)
print([c.name for c in saved])
saved.clear()
gc.collect()
print("end")
