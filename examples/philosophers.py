# Dining philosophers: forks are locks; taking the lower-numbered fork first keeps them from starving.
import asyncio


async def philosopher(name, left, right, meals, log):
    first, second = sorted((left, right), key=lambda fork: fork[0])
    for _ in range(meals):
        async with first[1]:
            await asyncio.sleep(0)
            async with second[1]:
                log.append(name)
                await asyncio.sleep(0)


async def main():
    names = ["Hypatia", "Laozi", "Hume", "Arendt", "Spinoza"]
    forks = [(number, asyncio.Lock()) for number in range(len(names))]
    log = []
    await asyncio.gather(*(philosopher(name, forks[i], forks[(i + 1) % 5], 3, log) for i, name in enumerate(names)))
    for name in names:
        print(f"{name:8} ate {log.count(name)} times")
    print("first to eat:", ", ".join(log[:5]))


asyncio.run(main())
