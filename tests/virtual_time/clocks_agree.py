# All clocks move by the same, and the calendar with them.
import asyncio, datetime, sys, time
unit = float(sys.argv[1])
clocks = [time.time, time.monotonic, time.perf_counter, lambda: time.time_ns() / 1e9, lambda: time.monotonic_ns() / 1e9,
          lambda: time.perf_counter_ns() / 1e9, lambda: datetime.datetime.now().timestamp(),
          lambda: datetime.datetime.now(datetime.timezone.utc).timestamp(), time.process_time]
def moved(before): return [round((clock() - b) / unit, 1) for clock, b in zip(clocks, before)]
before = [clock() for clock in clocks]
time.sleep(2 * unit)
print(moved(before))
asyncio.run(asyncio.sleep(1.5 * unit))
print(moved(before))
now = time.time()
seconds = [time.mktime(time.localtime()), time.mktime(time.strptime(time.strftime("%Y-%m-%d %H:%M:%S"), "%Y-%m-%d %H:%M:%S")),
           time.mktime(time.strptime(time.ctime())), datetime.datetime.now().timestamp(),
           datetime.datetime.combine(datetime.date.today(), datetime.datetime.now().time()).timestamp()]
print([abs(second - now) < 1.5 for second in seconds], abs(time.mktime(time.gmtime()) - time.mktime(time.gmtime(now))) < 1.5)
