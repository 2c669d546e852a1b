print("b begins")
from . import circular_a

done = "b done, a has done: " + str(hasattr(circular_a, "done"))
