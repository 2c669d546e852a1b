from .circular_name_b import name

other = 1
