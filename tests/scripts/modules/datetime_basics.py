# datetime: strftime, timedelta, differences and comparisons.
from datetime import datetime, timedelta

d = datetime(2024, 2, 28, 23, 59, 30)
print(d, repr(d), d.strftime("%Y-%m-%d %H:%M:%S %A %j"), d + timedelta(seconds=90), d - datetime(2024, 1, 1))
t = timedelta(days=1, hours=2, milliseconds=5)
print(t, repr(t), t.total_seconds(), t * 2, -t, t / 2, t > timedelta(0), t.days, t.seconds, t.microseconds)
print(isinstance(datetime.now(), datetime), datetime.now() <= datetime.now())
