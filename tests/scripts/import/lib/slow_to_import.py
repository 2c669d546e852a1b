import time

log = ["begins"]
time.sleep(0.05)
log.append("ends")
