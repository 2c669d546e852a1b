# After the same seed the same sequences come, from every method.
import random

for seed in (0, 1, -1, 2**100, 0.25, "text", b"bytes", bytearray(b"bytes"), "x" * 1000):
    r = random.Random(seed)
    print(r.random(), r.getrandbits(70), r.randrange(1000), r.randint(-5, 5), r.choice("abcdef"), r.sample(range(50), 4), r.randbytes(3))
random.seed(42)
print([random.random() for _ in range(3)], random.uniform(1, 2), random.triangular(1, 5, 2), random.choices("abc", [1, 2, 3], k=5))
print(random.gauss(0, 1), random.gauss(0, 1), random.normalvariate(1, 2), random.lognormvariate(0, 1), random.expovariate(2))
print(random.betavariate(2, 3), random.gammavariate(2, 3), random.gammavariate(0.5, 1), random.paretovariate(2), random.weibullvariate(1, 2))
print(random.vonmisesvariate(1, 2), [random.binomialvariate(n, 0.3) for n in (1, 10, 100, 10000)], random.sample(["a", "b"], 3, counts=[2, 3]))
items = list(range(15))
random.shuffle(items)
state = random.getstate()
first = [random.random() for _ in range(3)]
random.setstate(state)
print(items, first == [random.random() for _ in range(3)], state[0], len(state[1]))
