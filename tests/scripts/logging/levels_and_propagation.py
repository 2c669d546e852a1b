# Loggers: levels, inheritance, propagation, filters, disabled ones.
import logging


class Handler(logging.Handler):
    def __init__(self, name, level=0):
        super().__init__(level)
        self.label = name

    def emit(self, record):
        print(self.label, record.name, record.levelname, record.getMessage())


root, parent, child = logging.getLogger(), logging.getLogger("parent"), logging.getLogger("parent.child")
root.addHandler(Handler("root"))
parent.addHandler(Handler("parent", logging.ERROR))
print(root.level, parent.getEffectiveLevel(), child.parent is parent, parent.parent is root)
for logger in (root, parent, child):
    logger.debug("debug")
    logger.warning("warning %s %d", "text", 3)
    logger.error("error %(key)s", {"key": "value"})
parent.setLevel("DEBUG")
child.debug("now debug")
child.propagate = False
child.warning("nowhere but the last resort")
child.propagate = True
parent.addFilter(lambda record: "drop" not in record.getMessage())
parent.warning("drop this")
child.warning("drop not: filters of a parent do not apply")
logging.disable(logging.WARNING)
parent.warning("disabled")
parent.critical("not disabled")
logging.disable(logging.NOTSET)
print(parent.isEnabledFor(10), root.isEnabledFor(10), logging.getLevelName(30), logging.getLevelName("ERROR"), logging.getLevelName(35))
logging.addLevelName(35, "NOTICE")
parent.log(35, "own level")
for wrong in ("NO SUCH", None, 1.5):
    try:
        parent.setLevel(wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(parent, child.getChild("more").name, logging.getLogger("parent") is parent, root.name)
