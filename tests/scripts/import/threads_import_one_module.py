# Threads that import a module while another one runs its body wait until that is over; circles do not wait for ever.
import os
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "lib"))


def run(*functions):
    results = [None] * len(functions)

    def call(index):
        try:
            results[index] = functions[index]()
        except Exception as error:
            results[index] = repr(error)
    threads = [threading.Thread(target=call, args=(index,)) for index in range(len(functions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def slow():
    from slow_to_import import log
    return list(log)


def fails():
    import fails_once
    return fails_once.__name__


print(run(*[slow] * 4))
print(sorted(run(*[fails] * 3)))
print(run(lambda: __import__("needs_other").name, lambda: __import__("needs_this").name))
