# logging: levels, the last-resort handler, basicConfig, formats, exceptions.
import logging
import sys

logging.warning("through the root logger")
log = logging.getLogger("my.log")
log.info("not shown")
print(log.name, log.parent.name, log.getEffectiveLevel(), log.isEnabledFor(logging.DEBUG))
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
log.addHandler(handler)
log.setLevel("DEBUG")
log.propagate = False
log.debug("values %d %s", 5, "x")
log.error("an error")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("with traceback")
log.log(25, "between the levels")
logging.getLogger("other").error("last resort?")
print(logging.getLevelName(40), logging.getLevelName("INFO"), logging.getLogger("my.log") is log)
