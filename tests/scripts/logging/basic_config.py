# basicConfig: done once, force, streams, files, and errors inside handlers.
import io
import logging
import os
import sys

first, second = io.StringIO(), io.StringIO()
logging.basicConfig(stream=first, level=logging.INFO, format="%(levelname)s:%(message)s")
logging.basicConfig(stream=second, level=logging.DEBUG)
logging.debug("too low")
logging.info("info")
print(repr(first.getvalue()), repr(second.getvalue()), logging.getLogger().level)
logging.basicConfig(stream=second, level="DEBUG", format="{message}!", style="{", force=True)
logging.debug("forced")
print(repr(second.getvalue()))
path = f"/tmp/cede_basic_config_{os.getpid()}.log"
logging.basicConfig(filename=path, filemode="w", force=True, format="%(name)s %(message)s", encoding="utf-8")
logging.getLogger("file").warning("written é")
logging.shutdown()
with open(path, encoding="utf-8") as file:
    print(repr(file.read()))
os.remove(path)
for wrong in ({"stream": first, "filename": "x"}, {"handlers": [], "stream": first}, {"what": 1}, {"style": "?"}):
    try:
        logging.basicConfig(force=True, **wrong)
    except ValueError as error:
        print(error)
logging.basicConfig(handlers=[logging.StreamHandler(sys.stdout), logging.NullHandler()], force=True)
logging.warning("to stdout")
logging.getLogger().handlers[0].setStream(first)
print(len(logging.getLogger().handlers), logging.getLogger().handlers[1])
logging.lastResort = None
logging.getLogger().handlers.clear()
logging.getLogger("silent").error("no handler")
