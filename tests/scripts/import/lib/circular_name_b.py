from .circular_name_a import other

name = 1
