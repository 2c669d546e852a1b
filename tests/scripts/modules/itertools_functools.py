# itertools, functools, operator, heapq, bisect, copy on one page.
import bisect
import copy
import functools
import heapq
import itertools
import operator

print(list(itertools.chain("ab", [1])), list(itertools.accumulate([1, 2, 3])), list(itertools.product("ab", [1, 2])), list(itertools.permutations("abc", 2))[:3])
print([(k, list(g)) for k, g in itertools.groupby("aabbb")], list(itertools.islice(itertools.cycle("xy"), 5)), list(itertools.zip_longest("ab", "c", fillvalue="-")))
print(list(itertools.combinations("abc", 2)), list(itertools.dropwhile(lambda x: x < 3, range(6))), list(itertools.starmap(pow, [(2, 3)])), list(itertools.batched("abcde", 2)))
a, b = itertools.tee([1, 2, 3])
print(next(a), list(b), list(a), list(itertools.pairwise("abc")), list(itertools.repeat(1, 2)), list(itertools.compress("abc", [1, 0, 1])))
add = functools.partial(operator.add, 5)
print(add(3), functools.reduce(operator.mul, [1, 2, 3, 4]), add.func is operator.add, add.args, operator.itemgetter(1, 0)("ab"), operator.attrgetter("real")(5), operator.methodcaller("upper")("x"))
heap = [5, 1, 4]
heapq.heapify(heap)
heapq.heappush(heap, 0)
print(heapq.heappop(heap), heap, heapq.nlargest(2, [3, 9, 1]), bisect.bisect([1, 3, 5], 3), bisect.bisect_left([1, 3, 5], 3))
nested = [[1], {"k": [2]}]
shallow, deep = copy.copy(nested), copy.deepcopy(nested)
nested[0].append(9)
print(shallow, deep)
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda x, y: y - x)), functools.cached_property.__name__)
