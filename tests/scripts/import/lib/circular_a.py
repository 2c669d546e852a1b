print("a begins")
from . import circular_b as b

done = "a done"
