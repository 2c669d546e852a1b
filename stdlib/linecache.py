# linecache: lines of source files, kept.
__all__ = ['getline', 'clearcache', 'checkcache', 'lazycache']

cache = {}   # name: (size, time of change or None, lines, full name)


def clearcache():
    """Forgets all files."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """A line with its newline; '' if there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ''


def getlines(filename, module_globals=None):
    """All lines of a file; [] if it cannot be read."""
    entry = cache.get(filename)
    if entry is not None and len(entry) != 1:
        return entry[2]
    return updatecache(filename, module_globals)


def checkcache(filename=None):
    """Forgets files that have changed."""
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name)
        if entry is None or len(entry) == 1 or entry[1] is None:
            continue
        if _file_lines(entry[3]) != entry[2]:
            cache.pop(name, None)


def updatecache(filename, module_globals=None):
    """Reads a file again."""
    lazy = cache.pop(filename, None)
    if not filename or filename.startswith('<') and filename.endswith('>') and not (lazy or module_globals):
        return _file_lines(filename) or []
    lines = _file_lines(filename)
    if lines is None:
        source = None
        if lazy is not None and len(lazy) == 1:
            source = lazy[0]()
        elif module_globals and lazycache(filename, module_globals):
            source = cache.pop(filename)[0]()
        if source is None:
            return []
        lines = source.splitlines(True)
        if lines and not lines[-1].endswith('\n'):
            lines[-1] += '\n'
        cache[filename] = len(source), None, lines, filename
        return lines
    cache[filename] = sum(map(len, lines)), 0.0, lines, filename
    return lines


def lazycache(filename, module_globals):
    """Notes how a module's loader gives the source, to be asked when a line is wanted."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith('<') and filename.endswith('>'):
        return False
    if module_globals and '__name__' in module_globals:
        name = module_globals['__name__']
        spec = module_globals.get('__spec__')
        loader = getattr(spec, 'loader', None) or module_globals.get('__loader__')
        get_source = getattr(loader, 'get_source', None)
        if name and get_source:
            def get_lines():
                try:
                    return get_source(getattr(spec, 'name', name))
                except (ImportError, OSError):
                    return None
            cache[filename] = (get_lines,)
            return True
    return False
