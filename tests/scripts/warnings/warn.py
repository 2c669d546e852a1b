# warnings.warn: the text on stderr, once per place, filters, catch_warnings.
import warnings


def old():
    warnings.warn("old is deprecated", DeprecationWarning, stacklevel=2)


old()
for _ in range(3):
    warnings.warn("only once")
warnings.warn(UserWarning("an instance"))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("recorded", RuntimeWarning)
print([(str(w.message), w.category.__name__, w.lineno) for w in caught])
warnings.simplefilter("error")
try:
    warnings.warn("as an error", FutureWarning)
except FutureWarning as error:
    print(repr(error))
warnings.simplefilter("ignore")
warnings.warn("not seen")
warnings.filterwarnings("error", category=UserWarning)
try:
    warnings.warn("special text")
except UserWarning as error:
    print(error)
for wrong in ((3,), ("x", int), ("x", None, "y")):
    try:
        warnings.warn(*wrong)
    except TypeError as error:
        print(error)
