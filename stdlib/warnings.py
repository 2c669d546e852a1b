# warnings: messages about doubtful code, shown once per place unless filters say otherwise.
import sys

__all__ = ['warn', 'warn_explicit', 'showwarning', 'formatwarning', 'filterwarnings', 'simplefilter', 'resetwarnings',
           'catch_warnings', 'deprecated']

_defaultaction = 'default'
_onceregistry = onceregistry = {}
_filters_version = 1
filters = [
    ('default', None, DeprecationWarning, '__main__', 0),
    ('ignore', None, DeprecationWarning, None, 0),
    ('ignore', None, PendingDeprecationWarning, None, 0),
    ('ignore', None, ImportWarning, None, 0),
    ('ignore', None, ResourceWarning, None, 0),
]
defaultaction = _defaultaction


class WarningMessage:
    """A warning as it is shown or recorded."""
    _WARNING_DETAILS = ('message', 'category', 'filename', 'lineno', 'file', 'line', 'source')

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (f'{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, '
                f'lineno : {self.lineno}, line : {self.line!r}}}')


# ---- showing

def showwarning(message, category, filename, lineno, file=None, line=None):
    """Writes a warning to a file, or stderr."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning."""
    return _formatwarnmsg_impl(WarningMessage(message, category, filename, lineno, None, line))


def _showwarnmsg_impl(msg):
    file = msg.file
    if file is None:
        file = sys.stderr
        if file is None:
            return
    try:
        file.write(_formatwarnmsg(msg))
    except OSError:
        pass


def _formatwarnmsg_impl(msg):
    category = msg.category.__name__
    text = f'{msg.filename}:{msg.lineno}: {category}: {msg.message}\n'
    line = msg.line
    if line is None:
        try:
            import linecache
            line = linecache.getline(msg.filename, msg.lineno)
        except Exception:   # at the end of the program
            line = None
    if line:
        text += f'  {line.strip()}\n'
    if msg.source is not None and not sys.is_finalizing():
        text += f'{category}: Enable tracemalloc to get the object allocation traceback\n'
    return text


_showwarning_orig = showwarning
_formatwarning_orig = formatwarning


def _showwarnmsg(msg):
    # By way of what a program has put in the place of showwarning().
    if showwarning is not _showwarning_orig:
        if not callable(showwarning):
            raise TypeError('warnings.showwarning() must be set to a function or method')
        showwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)
        return
    _showwarnmsg_impl(msg)


def _formatwarnmsg(msg):
    if formatwarning is not _formatwarning_orig:
        return formatwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.line)
    return _formatwarnmsg_impl(msg)


# ---- filters

_actions = ('error', 'ignore', 'always', 'default', 'module', 'once')


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Adds a filter at the front: message and module are regular expressions."""
    if action not in _actions:
        raise ValueError(f'invalid action: {action!r}')
    if not isinstance(message, str):
        raise TypeError('message must be a string')
    if not isinstance(category, type) or not issubclass(category, Warning):
        raise TypeError('category must be a Warning subclass')
    if not isinstance(module, str):
        raise TypeError('module must be a string')
    if not isinstance(lineno, int):
        raise TypeError('lineno must be an int')
    if lineno < 0:
        raise ValueError('lineno must be an int >= 0')
    message_pattern = module_pattern = None
    if message or module:
        import re
        if message:
            message_pattern = re.compile(message, re.I)
        if module:
            module_pattern = re.compile(module)
    _add_filter(action, message_pattern, category, module_pattern, lineno, append=append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Adds a filter for all modules and messages at the front."""
    if action not in _actions:
        raise ValueError(f'invalid action: {action!r}')
    if not isinstance(lineno, int):
        raise TypeError('lineno must be an int')
    if lineno < 0:
        raise ValueError('lineno must be an int >= 0')
    _add_filter(action, None, category, None, lineno, append=append)


def _add_filter(*item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        try:
            filters.remove(item)
        except ValueError:
            pass
        filters.insert(0, item)
    _filters_mutated()


def _filters_mutated():
    global _filters_version
    _filters_version += 1


def resetwarnings():
    """Drops all filters."""
    filters[:] = []
    _filters_mutated()


class _OptionError(Exception):
    pass


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as error:
            print('Invalid -W option ignored:', error, file=sys.stderr)


def _setoption(arg):
    parts = arg.split(':')
    if len(parts) > 5:
        raise _OptionError(f'too many fields (max 5): {arg!r}')
    action, message, category, module, lineno = (part.strip() for part in (parts + [''] * 5)[:5])
    action = _getaction(action)
    category = _getcategory(category)
    if message or module:
        import re
        message = re.escape(message) if message else message
        module = re.escape(module) + r'\Z' if module else module
    if lineno:
        try:
            number = int(lineno)
            if number < 0:
                raise ValueError
        except (ValueError, OverflowError):
            raise _OptionError(f'invalid lineno {lineno!r}') from None
    else:
        number = 0
    filterwarnings(action, message, category, module, number)


def _getaction(action):
    if not action:
        return 'default'
    if action == 'all':
        return 'always'
    for known in _actions:
        if known.startswith(action):
            return known
    raise _OptionError(f'invalid action: {action!r}')


def _getcategory(category):
    if not category:
        return Warning
    module, _, name = category.rpartition('.')
    module = module or 'builtins'
    try:
        found = __import__(module, None, None, [name])
    except ImportError:
        raise _OptionError(f'invalid module name: {module!r}') from None
    try:
        cls = getattr(found, name)
    except AttributeError:
        raise _OptionError(f'unknown warning category: {category!r}') from None
    if not issubclass(cls, Warning):
        raise _OptionError(f'invalid warning category: {category!r}')
    return cls


# ---- issuing: what the native functions warn() and warn_explicit() do

def _is_internal_filename(filename):
    return 'importlib' in filename and '_bootstrap' in filename


def _next_external_frame(frame, prefixes):
    frame = frame.f_back
    while frame is not None and (_is_internal_filename(frame.f_code.co_filename)
                                 or frame.f_code.co_filename.startswith(prefixes)):
        frame = frame.f_back
    return frame


def _where(stacklevel, prefixes):
    # The frame, counted from the caller of warn(), or None above the outermost one.
    try:
        if stacklevel <= 1 or _is_internal_filename(sys._getframe(2).f_code.co_filename):
            return sys._getframe(stacklevel + 1)
        frame = sys._getframe(2)
    except ValueError:
        return None
    for _ in range(stacklevel - 1):
        frame = _next_external_frame(frame, prefixes)
        if frame is None:
            return None
    return frame


def _warn(message, category, stacklevel, source, skip_file_prefixes):
    # Issues a warning about the caller's caller's ... line; stacklevel 1: the line of the caller of warn().
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    if skip_file_prefixes:
        stacklevel = max(2, stacklevel)
    frame = _where(stacklevel, skip_file_prefixes)
    if frame is None:
        names, filename, lineno = sys.__dict__, '<sys>', 0
    else:
        names, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    registry = names.setdefault('__warningregistry__', {})
    _warn_explicit(message, category, filename, lineno, names.get('__name__', '<string>'), registry, source=source)


def _warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    # Issues a warning about a given line; the registry is the module's memory of what was shown.
    if module is None:
        module = filename or '<unknown>'
        if module[-3:].lower() == '.py':
            module = module[:-3]
    if registry is None:
        registry = {}
    if registry.get('version', 0) != _filters_version:
        registry.clear()
        registry['version'] = _filters_version
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    action = _action(text, category, module, lineno)
    if action == 'ignore':
        return
    if action == 'error':
        raise message
    if action == 'once':
        registry[key] = 1
        oncekey = (text, category)
        if onceregistry.get(oncekey):
            return
        onceregistry[oncekey] = 1
    elif action == 'module':
        registry[key] = 1
        altkey = (text, category, 0)
        if registry.get(altkey):
            return
        registry[altkey] = 1
    elif action == 'default':
        registry[key] = 1
    elif action != 'always' and action != 'all':
        raise RuntimeError(f'Unrecognized action ({action!r}) in warnings.filters:\n {action}')
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


def _matches(pattern, text):
    if pattern is None:
        return True
    return pattern == text if isinstance(pattern, str) else pattern.match(text) is not None


def _action(text, category, module, lineno):
    for action, message, wanted, where, line in filters:
        if (_matches(message, text) and issubclass(category, wanted) and _matches(where, module)
                and (line == 0 or line == lineno)):
            return action
    return defaultaction


class catch_warnings:
    """with catch_warnings(): filters and showing are put back at the end. record: gives the list of the warnings."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._module = sys.modules['warnings'] if module is None else module
        self._entered = False
        self._filter = None if action is None else (action, category, lineno, append)

    def __repr__(self):
        args = []
        if self._record:
            args.append('record=True')
        if self._module is not sys.modules['warnings']:
            args.append('module=' + repr(self._module))
        return f"{type(self).__name__}({', '.join(args)})"

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f'Cannot enter {self!r} twice')
        self._entered = True
        module = self._module
        self._filters = module.filters
        module.filters = self._filters[:]
        module._filters_mutated()
        self._showwarning = module.showwarning
        self._showwarnmsg_impl = module._showwarnmsg_impl
        log = None
        if self._record:
            log = []
            module._showwarnmsg_impl = log.append
            module.showwarning = module._showwarning_orig
        if self._filter is not None:
            simplefilter(*self._filter)
        return log

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f'Cannot exit {self!r} without entering first')
        module = self._module
        module.filters = self._filters
        module._filters_mutated()
        module.showwarning = self._showwarning
        module._showwarnmsg_impl = self._showwarnmsg_impl


class deprecated:
    """Decorates what should not be used any more: uses give a warning."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        import functools
        message, category, stacklevel = self.message, self.category, self.stacklevel
        if category is None:
            arg.__deprecated__ = message
            return arg
        if not isinstance(arg, type):
            if not callable(arg):
                raise TypeError('@deprecated decorator with non-None category must be applied to a class or callable, '
                                f'not {arg!r}')

            @functools.wraps(arg)
            def wrapper(*args, **kwargs):
                warn(message, category=category, stacklevel=stacklevel + 1)
                return arg(*args, **kwargs)

            import inspect
            if inspect.iscoroutinefunction(arg):
                wrapper = inspect.markcoroutinefunction(wrapper)
            arg.__deprecated__ = wrapper.__deprecated__ = message
            return wrapper

        original_new = arg.__new__

        @functools.wraps(original_new)
        def __new__(cls, /, *args, **kwargs):
            if cls is arg:
                warn(message, category=category, stacklevel=stacklevel + 1)
            if original_new is not object.__new__:
                return original_new(cls, *args, **kwargs)
            if cls.__init__ is object.__init__ and (args or kwargs):
                raise TypeError(f'{cls.__name__}() takes no arguments')
            return original_new(cls)

        arg.__new__ = staticmethod(__new__)
        original_init_subclass = arg.__init_subclass__

        def __init_subclass__(*args, **kwargs):
            warn(message, category=category, stacklevel=stacklevel + 1)
            bound = getattr(original_init_subclass, '__func__', None)
            return bound(*args, **kwargs) if bound else original_init_subclass(*args[1:], **kwargs)

        arg.__init_subclass__ = classmethod(__init_subclass__)
        arg.__deprecated__ = __new__.__deprecated__ = __init_subclass__.__deprecated__ = message
        return arg


_DEPRECATED_MSG = '{name!r} is deprecated and slated for removal in Python {remove}'


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=sys.version_info):
    shown = f'{remove[0]}.{remove[1]}'
    if _version[:2] > remove or (_version[:2] == remove and _version[3] != 'alpha'):
        raise RuntimeError(f'{name!r} was slated for removal after Python {shown} alpha')
    warn(message.format(name=name, remove=shown), DeprecationWarning, stacklevel=3)


def _warn_unawaited_coroutine(coro):
    text = f"coroutine '{coro.__qualname__}' was never awaited"
    if coro.cr_origin is not None:
        import linecache
        import traceback
        origin = [(file, line, name, linecache.getline(file, line)) for file, line, name in reversed(coro.cr_origin)]
        text += '\nCoroutine created at (most recent call last)\n' + ''.join(traceback.format_list(origin))
    warn(text.rstrip('\n'), category=RuntimeWarning, stacklevel=2, source=coro)


_processoptions(getattr(sys, 'warnoptions', ()))
