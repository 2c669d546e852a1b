# Calendar functions of time: structures, text, and their errors.
import time

print(time.gmtime(0), time.gmtime(-1.5)[:6], time.asctime((2000, 1, 1, 0, 0, 0, 5, 1, 0)))
print(time.strftime("%Y-%m-%d %H:%M:%S %j %a %B", time.gmtime(951782400)))
print(time.mktime((2000, 1, 1, 0, 0, 0, 0, 1, 0)), time.timezone, time.tzname)
print(time.strptime("29 Feb 2020 10:20", "%d %b %Y %H:%M"))
for call in (lambda: time.gmtime("a"), lambda: time.gmtime(1e20), lambda: time.strftime("%Y", (2000, 13) + (1,) * 7),
             lambda: time.strptime("x", "%Y"), lambda: time.strptime("2020x", "%Y"), lambda: time.sleep(-1),
             lambda: time.sleep(float("nan")), lambda: time.struct_time(range(8)), lambda: time.get_clock_info("x")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(time.get_clock_info("monotonic"), time.monotonic_ns() <= time.monotonic_ns())
