# Dates, times and differences: arithmetic, comparison, text, and what does not go together.
from datetime import date, datetime, time, timedelta, timezone

d, moment, span = date(2020, 2, 29), datetime(2020, 2, 29, 12, 30, 45, 123456), timedelta(1, 2, 3)
utc = datetime(2020, 1, 1, tzinfo=timezone.utc)
print(repr(d + span), repr(moment - span), moment - datetime(2019, 1, 1), d - date(2020, 1, 1))
print(span * 2, span / 2, span // 7, -span, abs(-span), divmod(span, timedelta(hours=5)), span * 1.1, span / span)
print(repr(utc.astimezone(timezone(timedelta(hours=5, minutes=30)))), utc.timestamp(), utc == utc.astimezone(timezone.max))
print(moment.isoformat(" ", "milliseconds"), d.isocalendar(), moment.strftime("%d.%m.%y %f %%"), f"{utc:%z %Z}")
for text in ("2020-02-29", "20200229T1030", "2020-W09-6T10:30:00.5+02:00", "2020-13-01", "x", "2020-02-29T25"):
    try:
        print(repr(datetime.fromisoformat(text)))
    except ValueError as error:
        print(error)
for call in (lambda: d + 5, lambda: moment - utc, lambda: moment < utc, lambda: date(2000, 2, 30), lambda: time(25),
             lambda: timedelta(days=10**10), lambda: span / 0, lambda: date.max + span, lambda: d < moment,
             lambda: timezone(timedelta(hours=24)), lambda: datetime(2000), lambda: setattr(d, "year", 1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
