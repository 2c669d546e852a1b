import _signal
from _signal import *

try:
    from enum import IntEnum as _IntEnum
except ImportError:
    class _Members(type):
        def __iter__(cls):
            return iter(cls._value2member_map_.values())

        def __len__(cls):
            return len(cls._value2member_map_)

        def __getitem__(cls, name):
            return cls.__members__[name]

        def __call__(cls, value):
            try:
                return cls._value2member_map_[value]
            except KeyError:
                raise ValueError(f'{value!r} is not a valid {cls.__qualname__}') from None

    class _Member(int, metaclass=_Members):
        def __repr__(self):
            return f'<{type(self).__name__}.{self.name}: {int(self)}>'

        __str__ = int.__repr__

    def _IntEnum(class_name, members, *, module):
        """What enum.IntEnum makes of them, as far as these classes need it."""
        made = _Members(class_name, (_Member,), {'__module__': module, '__members__': {}, '_value2member_map_': {}})
        for name, value in members:
            member = made._value2member_map_.get(value)
            if member is None:
                member = made._value2member_map_[value] = int.__new__(made, value)
                member.name, member.value = name, value
            made.__members__[name] = member
            setattr(made, name, member)
        return made


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
