# traceback: stack entries and reports of exceptions as text. What has no limits and changes comes from native code.
import sys

import linecache

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only', 'format_list', 'format_stack',
           'format_tb', 'print_exc', 'format_exc', 'print_exception', 'print_last', 'print_stack', 'print_tb',
           'clear_frames', 'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb', 'print_list']

_RECURSIVE_CUTOFF = 3
_cause_message = '\nThe above exception was the direct cause of the following exception:\n\n'
_context_message = '\nDuring handling of the above exception, another exception occurred:\n\n'


class _Sentinel:
    def __repr__(self):
        return '<implicit>'


_sentinel = _Sentinel()


def _write(lines, file):
    if file is None:
        file = sys.stderr
    for line in lines:
        print(line, file=file, end='')


# ---- functions

def print_list(extracted_list, file=None):
    """Writes the entries of a list as format_list() gives them."""
    _write(StackSummary.from_list(extracted_list).format(), file)


def format_list(extracted_list):
    """The texts of FrameSummaries or (filename, lineno, name, line) tuples."""
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    """Writes the entries of a traceback."""
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    """The texts of the entries of a traceback."""
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    """The entries of a traceback as a StackSummary."""
    return StackSummary._extract(_walk_positions(tb), limit=limit)


def _parse_value_tb(exc, value, tb):
    if (value is _sentinel) != (tb is _sentinel):
        raise ValueError('Both or neither of value and tb must be given')
    if value is tb is _sentinel:
        if exc is not None:
            if isinstance(exc, BaseException):
                return exc, exc.__traceback__
            raise TypeError(f'Exception expected for value, {type(exc).__name__} found')
        return None, None
    return value, tb


def print_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, file=None, chain=True, **kwargs):
    """Writes the report of an exception."""
    _write(format_exception(exc, value, tb, limit, chain), file)


def format_exception(exc, /, value=_sentinel, tb=_sentinel, limit=None, chain=True, **kwargs):
    """The report of an exception, as a list of texts."""
    value, tb = _parse_value_tb(exc, value, tb)
    return list(TracebackException(type(value), value, tb, limit=limit, compact=True).format(chain=chain))


def format_exception_only(exc, /, value=_sentinel, *, show_group=False, **kwargs):
    """The end of the report: type and message."""
    if value is _sentinel:
        value = exc
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only(show_group=show_group))


def print_exc(limit=None, file=None, chain=True):
    """Writes the report of the exception that is being handled."""
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    """The report of the exception that is being handled."""
    return ''.join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    """Writes the report of the last exception that nobody caught."""
    if not hasattr(sys, 'last_exc') and not hasattr(sys, 'last_type'):
        raise ValueError('no last exception')
    if hasattr(sys, 'last_exc'):
        print_exception(sys.last_exc, limit=limit, file=file, chain=chain)
    else:
        print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_stack(f=None, limit=None, file=None):
    """Writes the stack of the caller, or of a frame."""
    print_list(extract_stack(sys._getframe().f_back if f is None else f, limit=limit), file=file)


def format_stack(f=None, limit=None):
    """The texts of the stack of the caller, or of a frame."""
    return format_list(extract_stack(sys._getframe().f_back if f is None else f, limit=limit))


def extract_stack(f=None, limit=None):
    """The stack of the caller, or of a frame, outermost first, as a StackSummary."""
    stack = StackSummary.extract(walk_stack(sys._getframe().f_back if f is None else f), limit=limit)
    stack.reverse()
    return stack


def clear_frames(tb):
    """Clears the local variables in the frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:   # still running
            pass
        tb = tb.tb_next


def walk_stack(f):
    """Gives (frame, line), innermost first."""
    if f is None:
        f = sys._getframe().f_back.f_back.f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Gives (frame, line), outermost first."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _walk_positions(tb):
    while tb is not None:
        positions = _positions(tb.tb_frame.f_code, tb.tb_lasti)
        yield tb.tb_frame, (positions if positions[0] is not None else (tb.tb_lineno, *positions[1:]))
        tb = tb.tb_next


def _positions(code, index):
    if index < 0:
        return None, None, None, None
    index //= 2
    for number, positions in enumerate(code.co_positions()):
        if number == index:
            return positions
    return None, None, None, None


# ---- entries

class FrameSummary:
    """An entry of a stack."""
    __slots__ = ('filename', 'lineno', 'end_lineno', 'colno', 'end_colno', 'name', '_lines', '_lines_dedented', 'locals',
                 '_code')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, end_lineno=None, colno=None,
                 end_colno=None, **kwargs):
        self.filename = filename
        self.lineno = lineno
        self.end_lineno = lineno if end_lineno is None else end_lineno
        self.colno = colno
        self.end_colno = end_colno
        self.name = name
        self._code = kwargs.get('_code')
        self._lines = line
        self._lines_dedented = None
        if lookup_line:
            self.line
        self.locals = {key: _safe(value, 'local', repr) for key, value in locals.items()} if locals else None

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return (self.filename, self.lineno, self.name, self.locals) == (
                other.filename, other.lineno, other.name, other.locals)
        if isinstance(other, tuple):
            return (self.filename, self.lineno, self.name, self.line) == other
        return NotImplemented

    def __getitem__(self, pos):
        return (self.filename, self.lineno, self.name, self.line)[pos]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'

    def __len__(self):
        return 4

    def _all_lines(self):
        if self._lines is None and self.lineno is not None and self.end_lineno is not None:
            self._lines = '\n'.join(linecache.getline(self.filename, number).rstrip()
                                    for number in range(self.lineno, self.end_lineno + 1))
        return self._lines

    @property
    def _original_lines(self):
        return self._all_lines()

    @property
    def line(self):
        """The first line, without its indentation."""
        lines = self._all_lines()
        return None if lines is None else lines.partition('\n')[0].strip()


def _safe(value, what, func=str):
    try:
        return func(value)
    except Exception:
        return f'<{what} {func.__name__}() failed>'


class StackSummary(list):
    """A list of FrameSummaries."""

    @classmethod
    def extract(klass, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        """From pairs (frame, line)."""
        return klass._extract(((frame, (lineno, None, None, None)) for frame, lineno in frame_gen), limit=limit,
                              lookup_lines=lookup_lines, capture_locals=capture_locals)

    @classmethod
    def _extract(klass, frames, *, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            frames = list(_first(frames, limit) if limit >= 0 else frames)
            if limit < 0:
                frames = frames[limit:]
        result = klass()
        for frame, (line, end_line, column, end_column) in frames:
            code = frame.f_code
            result.append(FrameSummary(code.co_filename, line, code.co_name, lookup_line=False,
                                       locals=frame.f_locals if capture_locals else None, end_lineno=end_line,
                                       colno=column, end_colno=end_column))
        if lookup_lines:
            for name in {summary.filename for summary in result}:
                linecache.checkcache(name)
            for summary in result:
                summary.line
        return result

    @classmethod
    def from_list(klass, a_list):
        """From FrameSummaries or (filename, lineno, name, line) tuples."""
        result = StackSummary()
        for entry in a_list:
            if not isinstance(entry, FrameSummary):
                filename, lineno, name, line = entry
                entry = FrameSummary(filename, lineno, name, line=line)
            result.append(entry)
        return result

    def format_frame_summary(self, summary, **kwargs):
        """The text of an entry."""
        filename = '<stdin>' if summary.filename.startswith('<stdin>-') else summary.filename
        text = f'  File "{filename}", line {summary.lineno}, in {summary.name}\n'
        lines = summary._all_lines()
        if lines and lines.strip():
            if summary.colno is None:
                text += f'    {summary.line}\n'
            else:
                text += _segment(lines.split('\n'), summary.colno, summary.end_colno)
        if summary.locals:
            for name, value in sorted(summary.locals.items()):
                text += f'    {name} = {value}\n'
        return text

    def format(self, **kwargs):
        """The texts of all entries; many equal ones after each other are counted."""
        result = []
        last = None
        count = 0

        def repeated():
            if count > _RECURSIVE_CUTOFF:
                more = count - _RECURSIVE_CUTOFF
                result.append(f"  [Previous line repeated {more} more time{'s' if more > 1 else ''}]\n")

        for summary in self:
            text = self.format_frame_summary(summary)
            if text is None:
                continue
            this = summary.filename, summary.lineno, summary.name
            if last != this or None in this:
                repeated()
                last = this
                count = 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        repeated()
        return result


def _first(iterable, count):
    iterator = iter(iterable)
    for _ in range(count):
        try:
            yield next(iterator)
        except StopIteration:
            return


# ---- exceptions

class _Printer:
    # Lines of nested groups are indented behind a margin.
    def __init__(self):
        self.depth = 0
        self.need_close = False

    def indent(self):
        return ' ' * (2 * self.depth)

    def emit(self, texts, margin='|'):
        prefix = self.indent() + margin + ' ' if self.depth else ''
        for text in [texts] if isinstance(texts, str) else texts:
            yield ''.join(prefix + line for line in text.splitlines(True)) if prefix else text


class TracebackException:
    """What is needed to report an exception, without holding it."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, save_exc_type=True, _seen=None):
        seen = set() if _seen is None else _seen
        seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._extract(_walk_positions(exc_traceback), limit=limit, lookup_lines=lookup_lines,
                                           capture_locals=capture_locals)
        self._exc_type = exc_type if save_exc_type else None
        self.exc_type_qualname = self.exc_type_module = None
        if exc_type is not None:
            self.exc_type_qualname = exc_type.__qualname__
            self.exc_type_module = exc_type.__module__
        self._has_traceback = exc_traceback is not None
        self._str = _safe(exc_value, 'exception')
        self.__notes__ = getattr(exc_value, '__notes__', None)
        if exc_value is None:
            self._only = 'NoneType: None\n'
        else:
            self._only = _exception_only(exc_value, exc_traceback)
        if isinstance(exc_value, SyntaxError):
            self.filename = exc_value.filename
            self.lineno = None if exc_value.lineno is None else str(exc_value.lineno)
            self.end_lineno = None if exc_value.end_lineno is None else str(exc_value.end_lineno)
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.end_offset = exc_value.end_offset
            self.msg = exc_value.msg
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False

        self.__cause__ = self.__context__ = self.exceptions = None
        if _seen is not None:
            return   # whoever makes this one goes on

        def make(error):
            return TracebackException(
                type(error), error, error.__traceback__, limit=limit, lookup_lines=lookup_lines,
                capture_locals=capture_locals, compact=compact, max_group_width=max_group_width,
                max_group_depth=max_group_depth, _seen=seen)

        def unless_seen(error):
            return None if error is None or id(error) in seen else make(error)

        # What hangs on what, one after the other: the chain may be long.
        waiting = [] if exc_value is None else [(self, exc_value)]
        while waiting:
            entry, error = waiting.pop()
            entry.__cause__ = unless_seen(error.__cause__)
            if not compact or entry.__cause__ is None and not error.__suppress_context__:
                entry.__context__ = unless_seen(error.__context__)
            if entry.__cause__ is not None:
                waiting.append((entry.__cause__, error.__cause__))
            if entry.__context__ is not None:
                waiting.append((entry.__context__, error.__context__))
            if isinstance(error, BaseExceptionGroup):
                entry.exceptions = [make(member) for member in error.exceptions]
                waiting.extend(zip(entry.exceptions, error.exceptions))

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        """Of an exception object."""
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    @property
    def exc_type(self):
        """The exception's class."""
        return self._exc_type

    @property
    def exc_type_str(self):
        """The name of the exception's class."""
        if self._exc_type is None:
            return None
        module = self.exc_type_module
        return self.exc_type_qualname if module in ('__main__', 'builtins') else f'{module}.{self.exc_type_qualname}'

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self, *, show_group=False, _depth=0, **kwargs):
        """The end of the report: type, message and notes."""
        indent = 3 * _depth * ' '
        # A message of several lines is one text; the lines of a syntax error and of notes are texts of their own.
        first = f'{self.exc_type_str}: {self._str}\n'
        lines = [first] if self._only.startswith(first) else []
        for line in lines + self._only.removeprefix(''.join(lines)).splitlines(True):
            yield ''.join(indent + part for part in line.splitlines(True)) if indent else line
        if self.exceptions and show_group:
            for error in self.exceptions:
                yield from error.format_exception_only(show_group=show_group, _depth=_depth + 1)

    def format(self, *, chain=True, _printer=None, **kwargs):
        """The report as texts that end in newlines."""
        printer = _Printer() if _printer is None else _printer
        links = []
        error = self
        while error is not None:
            message = following = None
            if chain:
                if error.__cause__ is not None:
                    message, following = _cause_message, error.__cause__
                elif error.__context__ is not None and not error.__suppress_context__:
                    message, following = _context_message, error.__context__
            links.append((message, error))
            error = following
        for message, error in reversed(links):
            if message is not None:
                yield from printer.emit(message)
            if error.exceptions is None:
                if error._has_traceback:
                    yield from printer.emit('Traceback (most recent call last):\n')
                    yield from printer.emit(error.stack.format())
                yield from printer.emit(error._only_lines())
            else:
                yield from error._format_group(printer, chain)

    def _only_lines(self):
        # As few pieces as the original gives: the header and, for notes, one each.
        return self._only.splitlines(True)

    def _format_group(self, printer, chain):
        if printer.depth > self.max_group_depth:
            yield from printer.emit(f'... (max_group_depth is {self.max_group_depth})\n')
            return
        top = printer.depth == 0
        if top:
            printer.depth += 1
        if self._has_traceback:
            yield from printer.emit('Exception Group Traceback (most recent call last):\n', '+' if top else '|')
            yield from printer.emit(self.stack.format())
        yield from printer.emit(self._only_lines())
        count = len(self.exceptions)
        shown = count if count <= self.max_group_width else self.max_group_width + 1
        printer.need_close = False
        for i in range(shown):
            last = i == shown - 1
            if last:
                printer.need_close = True
            cut = i >= self.max_group_width
            title = '...' if cut else f'{i + 1}'
            yield f"{printer.indent()}{'+-' if i == 0 else '  '}+---------------- {title} ----------------\n"
            printer.depth += 1
            if cut:
                more = count - self.max_group_width
                yield from printer.emit(f"and {more} more exception{'s' if more > 1 else ''}\n")
            else:
                yield from self.exceptions[i].format(chain=chain, _printer=printer)
            if last and printer.need_close:
                yield printer.indent() + '+------------------------------------\n'
                printer.need_close = False
            printer.depth -= 1
        if top:
            printer.depth = 0

    def print(self, *, file=None, chain=True, **kwargs):
        """Writes the report."""
        _write(self.format(chain=chain), file)
