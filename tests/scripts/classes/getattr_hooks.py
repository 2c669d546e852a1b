# __getattr__, __getattribute__, __setattr__, __delattr__ and __dir__.
class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)

    def __getattr__(self, name):
        print("getattr", name)
        return getattr(self.target, name)

    def __setattr__(self, name, value):
        print("setattr", name, value)
        setattr(self.target, name, value)

    def __delattr__(self, name):
        print("delattr", name)

    def __dir__(self):
        return ["z", "a"]


class Target:
    x = 1


p = Proxy(Target())
print(p.x, p.target.x)
p.x = 5
del p.x
print(p.x, dir(p), hasattr(p, "nothing"))


class Watched:
    y = 2

    def __getattribute__(self, name):
        print("getattribute", name)
        if name == "magic":
            return 42
        return super().__getattribute__(name)

    def __getattr__(self, name):
        return "fallback " + name


w = Watched()
print(w.y, w.magic, w.nothing, getattr(w, "other", "unused"))
