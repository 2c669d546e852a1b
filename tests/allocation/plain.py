# A small program, start to end: failures in its start, its output and its end.
import sys


class Greeter:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return f'hello {self.name}'

    def __del__(self):
        ended.append(self.name)


ended = []
greeters = [Greeter(name) for name in ('a', 'b', 'c')]
print(*greeters, sep=', ')
print(sorted({len(str(each)): each.name for each in greeters}.items()))
sys.stdout.write('end\n')
