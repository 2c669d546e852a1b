# A handler that fails is reported by the default one; a default one that fails is logged.
import asyncio
import logging


class Handler(logging.Handler):
    def emit(self, record):
        print(record.levelname, record.getMessage(), "|", record.exc_info and repr(record.exc_info[1]))


class Loop(asyncio.SelectorEventLoop):
    def default_exception_handler(self, context):
        print("default:", context["message"], sorted(context))
        raise ValueError("default fails")


def handler(loop, context):
    raise KeyError("handler fails")


def interrupted(loop, context):
    raise KeyboardInterrupt("out")


logging.getLogger("asyncio").addHandler(Handler())
logging.getLogger("asyncio").propagate = False
for loop in (asyncio.SelectorEventLoop(), Loop()):
    loop.call_exception_handler({"message": "the first"})
    loop.set_exception_handler(handler)
    loop.call_exception_handler({"message": "the second"})
    loop.set_exception_handler(interrupted)
    try:
        loop.call_exception_handler({"message": "the third"})
    except KeyboardInterrupt as error:
        print(repr(error))
    loop.close()
