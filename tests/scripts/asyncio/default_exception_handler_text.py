# The default handler logs once, at error level, with the exception and the sorted keys of the context.
import asyncio
import logging


class Handler(logging.Handler):
    def emit(self, record):
        info = record.exc_info
        print(record.name, record.levelname, repr(record.getMessage()), info and (info[0], info[1], info[2] is None))


logging.getLogger("asyncio").addHandler(Handler())
logging.getLogger("asyncio").propagate = False
loop = asyncio.new_event_loop()
loop.default_exception_handler({})
loop.default_exception_handler({"message": ""})
loop.default_exception_handler({"message": "text", "zebra": 1, "apple": "two", "middle": [3]})
loop.default_exception_handler({"message": "with", "exception": ValueError(3), "future": None})
try:
    1 / 0
except ZeroDivisionError as error:
    loop.default_exception_handler({"message": "raised", "exception": error})
    loop.call_exception_handler({"exception": error, "protocol": "p", "transport": "t"})
loop.call_soon(lambda: 1 / 0)
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()
