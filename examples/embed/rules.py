# The rules of a little shop: a script that the program rules.cpp runs. `stock` and `log` are the program's functions,
# `currency` is its setting.
import asyncio

PRICES = {"apple": 0.5, "melon": 3.0}


class OutOfStock(Exception):
    pass


def price(item, count=1, *, member=False):
    if stock(item) < count:
        raise OutOfStock(f"only {stock(item)} of {item} left")
    total = PRICES[item] * count
    if count >= 10:
        total *= 0.9
    return round(total * (0.95 if member else 1), 2)


async def pack(item):
    log(f"packing {item}")
    await asyncio.sleep(0)
    log(f"packed {item}")
    return item


async def pack_all(items):
    return await asyncio.gather(*map(pack, items))


def deliver(items):
    return {"items": asyncio.run(pack_all(items)), "currency": currency}


def count_the_stars():
    stars = 0
    while True:
        stars += 1
