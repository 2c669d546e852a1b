import time

time.sleep(0.05)
import needs_this
name = "needs_other"
