# A loop that dies without close() warns, and is closed.
import asyncio
import gc
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    loop = asyncio.new_event_loop()
    del loop
    gc.collect()
    loop = asyncio.new_event_loop()
    loop.close()
    del loop
    gc.collect()
for warning in caught:
    print(warning.category.__name__, warning.message)
