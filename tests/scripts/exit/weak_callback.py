# A weak reference's callback runs when its target goes with the modules, if the reference is still there.
import weakref


class Target:
    pass


def gone(reference):
    print("gone", reference())


target = Target()
reference = weakref.ref(target, gone)
target.keeps = reference
other = Target()
del other
print("end")
