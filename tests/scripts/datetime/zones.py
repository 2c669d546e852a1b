# A time zone with summer time written in the language: offsets, folds, conversion, and equality across zones.
from datetime import datetime, timedelta, timezone, tzinfo

class Zone(tzinfo):
    def _summer(self, moment):
        return 4 <= moment.month < 10

    def utcoffset(self, moment):
        return timedelta(hours=2 if self._summer(moment) else 1)

    def dst(self, moment):
        return timedelta(hours=1 if self._summer(moment) else 0)

    def tzname(self, moment):
        return "SUM" if self._summer(moment) else "WIN"

zone = Zone()
for month in (1, 7):
    moment = datetime(2021, month, 1, 12, tzinfo=zone)
    print(moment.isoformat(), moment.tzname(), moment.dst(), moment.astimezone(timezone.utc), moment.timetuple().tm_isdst)
    print(datetime(2021, month, 1, 12, tzinfo=timezone.utc).astimezone(zone).isoformat())
print(datetime(2021, 1, 1, tzinfo=zone) == datetime(2020, 12, 31, 23, tzinfo=timezone.utc))

class Wrong(tzinfo):
    def utcoffset(self, moment):
        return 5

for call in (lambda: datetime(2021, 1, 1, tzinfo=Wrong()).utcoffset(), lambda: datetime(2021, 1, 1, tzinfo=tzinfo()).tzname(),
             lambda: datetime(2021, 1, 1, tzinfo=5)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
