# sys.stdout can be sys.stderr: text that waits in the first stdout is not lost.
import sys

sys.stdout = sys.stderr
print("to stderr")
sys.__stdout__.write("to stdout\n")
