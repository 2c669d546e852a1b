# add_note, __notes__ and their place in the report.
import traceback

error = ValueError("with notes")
print(hasattr(error, "__notes__"))
error.add_note("first")
error.add_note("second\nthird line")
print(error.__notes__)
try:
    error.add_note(3)
except TypeError as wrong:
    print(wrong)
traceback.print_exception(error)
error.__notes__ = "not a list"
traceback.print_exception(error)
error.__notes__ = [1, "mixed", None]
traceback.print_exception(error)
