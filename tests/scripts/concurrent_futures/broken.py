# A worker's initializer that fails breaks the pool.
import concurrent.futures as cf, concurrent.futures.thread
import logging
logging.getLogger('concurrent.futures').addHandler(logging.NullHandler())
logging.getLogger('concurrent.futures').propagate = False
def fails(): raise OSError('no')
pool = cf.ThreadPoolExecutor(1, initializer=fails)
f = pool.submit(len, '')
try: f.result()
except cf.BrokenExecutor as error: print(type(error), error)
try: pool.submit(len, '')
except cf.thread.BrokenThreadPool as error: print(error)
pool.shutdown()
