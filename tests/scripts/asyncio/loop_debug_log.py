# With logging at debug level: what a loop logs when it is made and closed.
import asyncio
import logging
import selectors
import sys


class Selector(selectors.SelectSelector):
    pass


async def main():
    logging.debug("inside")


logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
asyncio.run(main())
asyncio.run(main(), debug=True)
loop = asyncio.SelectorEventLoop(Selector())
loop.close()
logging.getLogger("asyncio").setLevel(logging.WARNING)
asyncio.run(main())
