import sys
import time

time.sleep(0.05)
sys.attempts = getattr(sys, "attempts", 0) + 1
if sys.attempts == 1:
    raise ValueError("the first attempt")
