import time

time.sleep(0.05)
import needs_other
name = "needs_this"
