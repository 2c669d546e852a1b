# Formatters: the styles, exceptions, stacks, defaults, LoggerAdapter and extra.
import io
import logging

stream = io.StringIO()
handler = logging.StreamHandler(stream)
logger = logging.getLogger("formats")
logger.addHandler(handler)
logger.propagate = False
logger.setLevel(logging.DEBUG)


def shown(formatter, call):
    handler.setFormatter(formatter)
    call()
    print(repr(stream.getvalue().replace(__file__, "FILE")))
    stream.seek(0)
    stream.truncate()


def fails():
    try:
        raise ValueError("failed")
    except ValueError:
        logger.exception("caught %s", "it")


shown(logging.Formatter("%(levelname)-8s|%(name)s|%(message)s|%(lineno)d|%(funcName)s|%(threadName)s"), lambda: logger.info("text"))
shown(logging.Formatter("{levelname:>8}|{message}", style="{"), lambda: logger.warning("brace"))
shown(logging.Formatter("$levelname ${message}", style="$"), lambda: logger.warning("dollar"))
shown(logging.Formatter("%(message)s %(extra)s"), lambda: logger.info("with", extra={"extra": "more"}))
shown(logging.Formatter("%(message)s %(extra)s", defaults={"extra": "default"}), lambda: logger.info("without"))
shown(None, fails)
shown(None, lambda: logger.error("no exception", exc_info=True))
shown(None, lambda: logger.error("given", exc_info=KeyError("key")))
adapter = logging.LoggerAdapter(logger, {"user": "somebody"})
shown(logging.Formatter("%(user)s %(message)s"), lambda: adapter.warning("adapted %d", 3))
shown(None, lambda: logger.warning("percent %s"))
shown(None, lambda: logger.warning({"a": 1}))
for wrong in (("{message", "{"), ("%(message)s", "!"), ("plain", "%")):
    try:
        logging.Formatter(wrong[0], style=wrong[1])
    except ValueError as error:
        print(error)
for extra in ({"message": 1}, {"name": 2}):
    try:
        logger.info("overwrites", extra=extra)
    except KeyError as error:
        print(error)
