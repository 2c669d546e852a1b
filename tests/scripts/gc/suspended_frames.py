# A generator in a cycle is collected although its frame object was looked at.
import gc
import weakref


class Local:
    pass


def make():
    holder = []

    def numbers():
        local = Local()
        holder.append(weakref.ref(local))
        holder.append(generator)
        yield 1

    generator = numbers()
    next(generator)
    return holder[0], generator.gi_frame


local, frame = make()
del frame
gc.collect()
print(local() is None)
