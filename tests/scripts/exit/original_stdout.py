# What was written to the first sys.stdout comes out although another stream has taken its place.
import io
import sys

first = sys.stdout
sys.stdout = io.StringIO()
print("not shown")
first.write("shown\n")
