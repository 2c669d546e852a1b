import _signal
from _signal import *

from enum import IntEnum as _IntEnum


def _members(wanted):
    return {name: value for name, value in vars(_signal).items() if wanted(name)}


def _named_integers(class_name, wanted):
    """The constants of _signal with these names as an IntEnum of this module."""
    source = sorted(_members(wanted).items(), key=lambda member: (member[1], member[0]))
    made = _IntEnum(class_name, source, module=__name__)
    made.__reduce_ex__ = lambda self, protocol: self.name
    globals().update(made.__members__)
    return made


Signals = _named_integers('Signals', lambda name: name.isupper() and name.startswith('SIG') and not name.startswith('SIG_'))
Handlers = _named_integers('Handlers', lambda name: name in ('SIG_DFL', 'SIG_IGN'))
Sigmasks = _named_integers('Sigmasks', lambda name: name in ('SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'))


def _int_to_enum(value, enum_klass):
    """Convert a possible numeric value to an IntEnum member.
    If it's not a known member, return the value itself.
    """
    if not isinstance(value, int):
        return value
    try:
        return enum_klass(value)
    except ValueError:
        return value


def _enum_to_int(value):
    """Convert an IntEnum member to a numeric value.
    If it's not an IntEnum member return the value itself.
    """
    try:
        return int(value)
    except (ValueError, TypeError):
        return value


def _signal_set(numbers):
    return {_int_to_enum(number, Signals) for number in numbers}


def _wraps(wrapped):
    def set_doc(wrapper):
        wrapper.__doc__ = wrapped.__doc__
        return wrapper
    return set_doc


@_wraps(_signal.signal)
def signal(signalnum, handler):
    handler = _signal.signal(_enum_to_int(signalnum), _enum_to_int(handler))
    return _int_to_enum(handler, Handlers)


@_wraps(_signal.getsignal)
def getsignal(signalnum):
    handler = _signal.getsignal(signalnum)
    return _int_to_enum(handler, Handlers)


@_wraps(_signal.pthread_sigmask)
def pthread_sigmask(how, mask):
    return _signal_set(_signal.pthread_sigmask(how, mask))


@_wraps(_signal.sigpending)
def sigpending():
    return _signal_set(_signal.sigpending())


@_wraps(_signal.sigwait)
def sigwait(sigset):
    return _int_to_enum(_signal.sigwait(sigset), Signals)


@_wraps(_signal.valid_signals)
def valid_signals():
    return _signal_set(_signal.valid_signals())


del _wraps
