# SystemExit with a string goes to stderr, status 1; the finally runs.
import sys

try:
    sys.exit("a message on the way out")
finally:
    print("finally")
