"""Strptime-related classes and functions: what time.strptime and datetime.datetime.strptime do.

A format is turned into a list of matchers. A matcher gives the lengths of what it could take at a place, the preferred
one first; the first combination that takes the whole format wins.
"""

import time
from datetime import date as datetime_date, timedelta as datetime_timedelta, timezone as datetime_timezone

__all__ = []

_DIGIT = None   # any decimal digit
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december"]

# The numbers: alternatives, each a sequence of what its characters may be.
_NUMBERS = {
    "d": [("3", "01"), ("12", _DIGIT), ("0", "123456789"), ("123456789",), (" ", "123456789")],
    "f": [("0123456789",) * n for n in range(6, 0, -1)],
    "G": [(_DIGIT,) * 4],
    "H": [("2", "0123"), ("01", _DIGIT), (_DIGIT,)],
    "I": [("1", "012"), ("0", "123456789"), ("123456789",)],
    "j": [("3", "6", "0123456"), ("3", "012345", _DIGIT), ("12", _DIGIT, _DIGIT), ("0", "123456789", _DIGIT),
          ("0", "0", "123456789"), ("123456789", _DIGIT), ("0", "123456789"), ("123456789",)],
    "m": [("1", "012"), ("0", "123456789"), ("123456789",)],
    "M": [("012345", _DIGIT), (_DIGIT,)],
    "S": [("6", "01"), ("012345", _DIGIT), (_DIGIT,)],
    "U": [("5", "0123"), ("01234", _DIGIT), (_DIGIT,)],
    "u": [("1234567",)],
    "V": [("5", "0123"), ("0", "123456789"), ("1234", _DIGIT), (_DIGIT,)],
    "w": [("0123456",)],
    "y": [(_DIGIT,) * 2],
    "Y": [(_DIGIT,) * 4],
}
_NUMBERS["W"] = _NUMBERS["U"]

# Directives that stand for others.
_COMPOUND = {"c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S"}


def _fits(text, at, kinds):
    if at + len(kinds) > len(text):
        return False
    for offset, kind in enumerate(kinds):
        character = text[at + offset]
        if not (character.isdecimal() if kind is _DIGIT else character in kind):
            return False
    return True


def _number(alternatives):
    def lengths(text, at):
        for kinds in alternatives:
            if _fits(text, at, kinds):
                yield len(kinds)
    return lengths


def _words(names):
    names = sorted((name for name in names), key=len, reverse=True)

    def lengths(text, at):
        for name in names:
            if text[at:at + len(name)].lower() == name:
                yield len(name)
    return lengths


def _offset(text, at):
    """+hhmm, +hh:mm, with seconds and a fraction of them if there are any; or Z."""
    if _fits(text, at, ("+-", _DIGIT, _DIGIT)):
        for minutes in (at + 4, at + 3) if text[at + 3:at + 4] == ":" else (at + 3,):
            if not _fits(text, minutes, ("012345", _DIGIT)):
                continue
            end = minutes + 2
            for seconds in (end + 1, end) if text[end:end + 1] == ":" else (end,):
                if not _fits(text, seconds, ("012345", _DIGIT)):
                    continue
                fraction = seconds + 2
                if text[fraction:fraction + 1] == ".":
                    for count in range(6, 0, -1):
                        if _fits(text, fraction + 1, (_DIGIT,) * count):
                            yield fraction + 1 + count - at
                yield fraction - at
            yield end - at
    elif text[at:at + 1] == "Z":
        yield 1


def _spaces(text, at):
    end = at
    while end < len(text) and text[end].isspace():
        end += 1
    for stop in range(end, at, -1):
        yield stop - at


def _literal(character):
    character = character.lower()

    def lengths(text, at):
        if text[at:at + 1].lower() == character:
            yield 1
    return lengths


def _time_zones():
    plain = frozenset({"utc", "gmt", time.tzname[0].lower()})
    summer = frozenset({time.tzname[1].lower()}) if time.daylight else frozenset()
    return plain, summer


def _matchers(format, whole_format):
    """The pairs (directive or None, matcher) that a format consists of."""
    found = []
    at = 0
    while at < len(format):
        character = format[at]
        at += 1
        if character.isspace():
            while at < len(format) and format[at].isspace():
                at += 1
            found.append((None, _spaces))
        elif character != "%":
            found.append((None, _literal(character)))
        else:
            if at == len(format):
                raise ValueError("stray %% in format '%s'" % whole_format)
            kind = format[at]
            at += 1
            if kind in _NUMBERS:
                found.append((kind, _number(_NUMBERS[kind])))
            elif kind in _COMPOUND:
                found.extend(_matchers(_COMPOUND[kind], whole_format))
            elif kind == "A":
                found.append((kind, _words(_WEEKDAYS)))
            elif kind == "a":
                found.append((kind, _words([name[:3] for name in _WEEKDAYS])))
            elif kind == "B":
                found.append((kind, _words(_MONTHS)))
            elif kind == "b":
                found.append((kind, _words([name[:3] for name in _MONTHS])))
            elif kind == "p":
                found.append((kind, _words(["am", "pm"])))
            elif kind == "z":
                found.append((kind, _offset))
            elif kind == "Z":
                plain, summer = _time_zones()
                found.append((kind, _words([*plain, *summer])))
            elif kind == "%":
                found.append((None, _literal("%")))
            else:
                raise ValueError("'%s' is a bad directive in format '%s'"
                                 % ("%" if kind.isspace() else kind, whole_format))
    return found


def _match(matchers, text):
    """The texts of the directives, and where the match ends; None if there is none."""
    # For each matcher reached: the lengths it has not tried yet, where it stands, and what it has taken.
    steps = []
    at = 0
    while len(steps) < len(matchers):
        steps.append([matchers[len(steps)][1](text, at), at, 0])
        while steps:
            length = next(steps[-1][0], None)
            if length is not None:
                break
            steps.pop()
        else:
            return None
        steps[-1][2] = length
        at = steps[-1][1] + length
    taken = {kind: text[start:start + length]
             for (kind, _), (_, start, length) in zip(matchers, steps) if kind is not None}
    return taken, at


def _read_offset(text):
    """Seconds and microseconds east of UTC."""
    if text == "Z":
        return 0, 0
    plain = text
    if plain[3] == ":":
        plain = plain[:3] + plain[4:]
        if len(plain) > 5:
            if plain[5] != ":":
                raise ValueError(f"Inconsistent use of : in {text}")
            plain = plain[:5] + plain[6:]
    seconds = int(plain[1:3]) * 3600 + int(plain[3:5]) * 60 + int(plain[5:7] or 0)
    fraction = int((plain[8:] + "000000")[:6])
    return (-seconds, -fraction) if plain.startswith("-") else (seconds, fraction)


def _check_weeks(found, weekday):
    """ISO years, weeks and days of the week go together."""
    needed = "and a weekday directive ('%A', '%a', '%w', or '%u')."
    if "G" in found:
        if "j" in found:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year directive '%G'. "
                             "Use '%Y' instead.")
        if "V" not in found or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive '%V' " + needed)
    elif "V" in found:
        if ("Y" not in found and "y" not in found) or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive '%G' " + needed)
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. "
                         "Use the ISO year '%G' instead.")


def _day_of_year(year, week, weekday, monday_first):
    """The day of the year of a weekday in a week that is counted from the first Monday (or Sunday) on."""
    first = datetime_date(year, 1, 1).weekday()
    if not monday_first:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + (7 - first) % 7 + 7 * (week - 1) + weekday


def _weekday(found):
    if "A" in found:
        return _WEEKDAYS.index(found["A"].lower())
    if "a" in found:
        return [name[:3] for name in _WEEKDAYS].index(found["a"].lower())
    if "w" in found:
        return (int(found["w"]) - 1) % 7
    if "u" in found:
        return int(found["u"]) - 1
    return None


def _hour(found):
    if "I" in found:
        return int(found["I"]) % 12 + (12 if found.get("p", "").lower() == "pm" else 0)
    return int(found.get("H", 0))


def _summer_flag(found):
    if "Z" in found:
        zone = found["Z"].lower()
        for value, names in enumerate(_time_zones()):
            if zone in names:
                ambiguous = time.tzname[0] == time.tzname[1] and time.daylight and zone not in ("utc", "gmt")
                return -1 if ambiguous else value
    return -1


def _strptime(data_string, format="%a %b %d %H:%M:%S %Y"):
    """The fields of struct_time with zone name and offset, microseconds, and microseconds of the offset."""
    for index, argument in enumerate([data_string, format]):
        if not isinstance(argument, str):
            raise TypeError("strptime() argument {} must be str, not {}".format(index, type(argument)))
    matched = _match(_matchers(format, format), data_string)
    if matched is None:
        raise ValueError("time data %r does not match format %r" % (data_string, format))
    found, end = matched
    if end != len(data_string):
        raise ValueError("unconverted data remains: %s" % data_string[end:])
    if "d" in found and not ("Y" in found or "y" in found or "G" in found):
        import warnings
        warnings.warn("""\
Parsing dates involving a day of month without a year specified is ambiguious
and fails to parse leap day. The default behavior will change in Python 3.15
to either always raise an exception or to use a different default year (TBD).
To avoid trouble, add a specific year to the input & format.
See https://github.com/python/cpython/issues/70647.""", DeprecationWarning, stacklevel=3)

    year = None
    if "Y" in found:
        year = int(found["Y"])
    elif "y" in found:
        year = int(found["y"])
        year += 2000 if year <= 68 else 1900
    month = int(found.get("m", 1))
    if "B" in found:
        month = _MONTHS.index(found["B"].lower()) + 1
    elif "b" in found:
        month = [name[:3] for name in _MONTHS].index(found["b"].lower()) + 1
    day = int(found.get("d", 1))
    fraction = int((found.get("f", "0") + "000000")[:6])
    offset, offset_fraction = _read_offset(found["z"]) if "z" in found else (None, 0)
    weekday = _weekday(found)
    julian = int(found["j"]) if "j" in found else None
    _check_weeks(found, weekday)

    leap_day = False
    if year is None:
        leap_day = month == 2 and day == 29
        year = 1904 if leap_day else 1900   # the first leap year that follows
    if julian is None and weekday is not None:
        if "U" in found or "W" in found:
            julian = _day_of_year(year, int(found["W" if "W" in found else "U"]), weekday, "W" in found)
            if julian <= 0:
                year -= 1
                julian += 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365
        elif "G" in found:
            day_found = datetime_date.fromisocalendar(int(found["G"]), int(found["V"]), weekday + 1)
            year, month, day = day_found.year, day_found.month, day_found.day
    first = datetime_date(year, 1, 1).toordinal()
    if julian is None:
        julian = datetime_date(year, month, day).toordinal() - first + 1
    else:
        day_found = datetime_date.fromordinal(julian - 1 + first)
        year, month, day = day_found.year, day_found.month, day_found.day
    if weekday is None:
        weekday = datetime_date(year, month, day).weekday()
    fields = (1900 if leap_day else year, month, day, _hour(found), int(found.get("M", 0)), int(found.get("S", 0)),
              weekday, julian, _summer_flag(found), found.get("Z"), offset)
    return fields, fraction, offset_fraction


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    """Return a time struct based on the input string and the
    format string."""
    fields = _strptime(data_string, format)[0]
    return time.struct_time(fields[:time._STRUCT_TM_ITEMS])


def _strptime_datetime(cls, data_string, format="%a %b %d %H:%M:%S %Y"):
    """Return a class cls instance based on the input string and the
    format string."""
    fields, fraction, offset_fraction = _strptime(data_string, format)
    zone_name, offset = fields[-2:]
    arguments = fields[:6] + (fraction,)
    if offset is not None:
        delta = datetime_timedelta(seconds=offset, microseconds=offset_fraction)
        arguments += (datetime_timezone(delta, zone_name) if zone_name else datetime_timezone(delta),)
    return cls(*arguments)
