# A file that was not closed is flushed when the program ends.
import os

file = open(os.dup(1), "w", buffering=4096)
file.write("waits in the buffer\n")
