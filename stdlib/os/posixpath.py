"""Common operations on Posix pathnames.

Instead of importing this module directly, import os and refer to
this module as os.path.  The "os.path" name is an alias for this
module on Posix systems; on other systems (e.g. Windows),
os.path provides the same operations in a manner specific to that
platform, and is an alias to another module (e.g. ntpath).

Some of this can actually be useful on non-Posix systems too, e.g.
for manipulation of the pathname component of URLs.
"""

import os

__all__ = ["normcase", "isabs", "join", "splitdrive", "splitroot", "split", "splitext", "basename", "dirname",
           "commonprefix", "getsize", "getmtime", "getatime", "getctime", "islink", "exists", "lexists", "isdir",
           "isfile", "ismount", "expanduser", "expandvars", "normpath", "abspath", "samefile", "sameopenfile",
           "samestat", "curdir", "pardir", "sep", "pathsep", "defpath", "altsep", "extsep", "devnull", "realpath",
           "supports_unicode_filenames", "relpath", "commonpath", "isjunction", "isdevdrive"]

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False

# The kinds of files in st_mode.
_KIND, _FOLDER, _FILE, _LINK = 0o170000, 0o040000, 0o100000, 0o120000


def _is_bytes(path):
    return isinstance(path, bytes)


def _check_kinds(function, paths):
    """Raises the error of a function whose paths are neither all str nor all bytes."""
    text = binary = False
    for path in paths:
        if isinstance(path, str):
            text = True
        elif isinstance(path, bytes):
            binary = True
        else:
            raise TypeError(f"{function}() argument must be str, bytes, or os.PathLike object, not "
                            f"{type(path).__name__!r}") from None
    if text and binary:
        raise TypeError("Can't mix strings and bytes in path components") from None


def normcase(s):
    """Normalize case of pathname.  Has no effect under Posix"""
    return os.fspath(s)


def isabs(s):
    """Test whether a path is absolute"""
    s = os.fspath(s)
    return s.startswith(b"/" if _is_bytes(s) else "/")


def join(a, *p):
    """Join two or more pathname components, inserting '/' as needed.
    If any component is an absolute path, all previous path components
    will be discarded.  An empty last part will result in a path that
    ends with a separator."""
    a = os.fspath(a)
    slash = b"/" if _is_bytes(a) else "/"
    path = a
    try:
        for part in p:
            part = os.fspath(part)
            if part.startswith(slash) or not path:
                path = part
            elif path.endswith(slash):
                path += part
            else:
                path += slash + part
    except (TypeError, AttributeError, BytesWarning):
        _check_kinds("join", (a, *p))
        raise
    return path


def split(p):
    """Split a pathname.  Returns tuple "(head, tail)" where "tail" is
    everything after the final slash.  Either part may be empty."""
    p = os.fspath(p)
    slash = b"/" if _is_bytes(p) else "/"
    end = p.rfind(slash) + 1
    head = p[:end]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, p[end:]


def splitext(p):
    """Split the extension from a pathname.

    Extension is everything from the last dot to the end, ignoring
    leading dots.  Returns "(root, ext)"; ext may be empty."""
    p = os.fspath(p)
    slash, dot = (b"/", b".") if _is_bytes(p) else ("/", ".")
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at <= start or not p[start:at].strip(dot):
        return p, p[:0]
    return p[:at], p[at:]


def splitdrive(p):
    """Split a pathname into drive and path.
    On Posix, drive is always empty."""
    p = os.fspath(p)
    return p[:0], p


def splitroot(p):
    """Split a pathname into drive, root and tail.

    The tail contains anything after the root."""
    p = os.fspath(p)
    slash = b"/" if _is_bytes(p) else "/"
    count = len(p) - len(p.lstrip(slash))
    if count > 2:
        count = 1   # exactly two slashes may mean something else; more of them are one
    return p[:0], p[:count], p[count:]


def basename(p):
    """Returns the final component of a pathname"""
    p = os.fspath(p)
    return p[p.rfind(b"/" if _is_bytes(p) else "/") + 1:]


def dirname(p):
    """Returns the directory component of a pathname"""
    return split(p)[0]


def isjunction(path):
    """Test whether a path is a junction
    Junctions are not supported on the current platform"""
    os.fspath(path)
    return False


def isdevdrive(path):
    """Determines whether the specified path is on a Windows Dev Drive.
    Dev Drives are not supported on the current platform"""
    os.fspath(path)
    return False


def exists(path):
    """Test whether a path exists.  Returns False for broken symbolic links"""
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def lexists(path):
    """Test whether a path exists.  Returns True for broken symbolic links"""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def _kind(stat, path):
    try:
        return stat(path).st_mode & _KIND
    except (OSError, ValueError):
        return 0


def isfile(path):
    """Test whether a path is a regular file"""
    return _kind(os.stat, path) == _FILE


def isdir(s):
    """Return true if the pathname refers to an existing directory."""
    return _kind(os.stat, s) == _FOLDER


def islink(path):
    """Test whether a path is a symbolic link"""
    try:
        return os.lstat(path).st_mode & _KIND == _LINK
    except (OSError, ValueError, AttributeError):
        return False


def getsize(filename):
    """Return the size of a file, reported by os.stat()."""
    return os.stat(filename).st_size


def getmtime(filename):
    """Return the last modification time of a file, reported by os.stat()."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """Return the last access time of a file, reported by os.stat()."""
    return os.stat(filename).st_atime


def getctime(filename):
    """Return the metadata change time of a file, reported by os.stat()."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    "Given a list of pathnames, returns the longest common leading component"
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    low, high = min(m), max(m)
    for at, part in enumerate(low):
        if part != high[at]:
            return low[:at]
    return low


def samestat(s1, s2):
    """Test whether two stat buffers reference the same file"""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Test whether two pathnames reference the same actual file or directory

    This is determined by the device number and i-node number and
    raises an exception if an os.stat() call on either pathname fails.
    """
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Test whether two open file objects reference the same file"""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def ismount(path):
    """Test whether a path is a mount point"""
    try:
        own = os.lstat(path)
    except (OSError, ValueError):
        return False
    if own.st_mode & _KIND == _LINK:
        return False
    path = os.fspath(path)
    parent = realpath(join(path, b".." if _is_bytes(path) else ".."))
    try:
        above = os.lstat(parent)
    except OSError:
        return False
    return own.st_dev != above.st_dev or own.st_ino == above.st_ino


def expanduser(path):
    """Expand ~ and ~user constructions.  If user or $HOME is unknown,
    do nothing."""
    path = os.fspath(path)
    binary = _is_bytes(path)
    tilde, slash = (b"~", b"/") if binary else ("~", "/")
    if not path.startswith(tilde):
        return path
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    if end == 1:
        home = os.environ["HOME"] if "HOME" in os.environ else os._home_directory("")
    else:
        home = os._home_directory(os.fsdecode(path[1:end]))
    if home is None:
        return path
    if binary:
        home = os.fsencode(home)
    return home.rstrip(slash) + path[end:] or slash


def expandvars(path):
    """Expand shell variables of form $var and ${var}.  Unknown variables
    are left unchanged."""
    path = os.fspath(path)
    binary = _is_bytes(path)
    dollar, opening, closing = (b"$", b"{", b"}") if binary else ("$", "{", "}")
    if dollar not in path:
        return path
    variables = os.environb if binary else os.environ
    at = 0
    while True:
        at = path.find(dollar, at)
        if at < 0:
            return path
        start = at + 1
        if path[start:start + 1] == opening:
            stop = path.find(closing, start)
            if stop < 0:
                at = start
                continue
            name, end = path[start + 1:stop], stop + 1
        else:
            end = start
            while end < len(path) and _is_name_part(path[end:end + 1]):
                end += 1
            name = path[start:end]
        if not name or name not in variables:
            at = end if name else start
            continue
        tail = path[end:]
        path = path[:at] + variables[name]
        at = len(path)
        path += tail


def _is_name_part(character):
    return character.isascii() and (character.isalnum() or character in (b"_", "_"))


def normpath(path):
    """Normalize path, eliminating double slashes, etc."""
    path = os.fspath(path)
    slash, dot, dots = (b"/", b".", b"..") if _is_bytes(path) else ("/", ".", "..")
    if not path:
        return dot
    _, root, tail = splitroot(path)
    parts = []
    for part in tail.split(slash):
        if not part or part == dot:
            continue
        if part != dots or (not root and not parts) or (parts and parts[-1] == dots):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + slash.join(parts) or dot


def abspath(path):
    """Return an absolute path."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if _is_bytes(path) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """Return the canonical path of the specified filename, eliminating any
symbolic links encountered in the path."""
    filename = os.fspath(filename)
    slash, dot, dots = (b"/", b".", b"..") if _is_bytes(filename) else ("/", ".", "..")
    path = slash if filename.startswith(slash) else (os.getcwdb() if _is_bytes(filename) else os.getcwd())
    # What is still to be walked, the next part last; None stands before the link that led to what follows.
    rest = filename.split(slash)[::-1]
    followed = {}
    while rest:
        name = rest.pop()
        if name is None:
            followed[rest.pop()] = path
            continue
        if not name or name == dot:
            continue
        if name == dots:
            path = path[:path.rindex(slash)] or slash
            continue
        new = path + name if path == slash else path + slash + name
        try:
            if os.lstat(new).st_mode & _KIND != _LINK:
                path = new
                continue
            if new in followed:
                path = followed[new]
                if path is not None:
                    continue
                # A link that leads to itself.
                if strict:
                    os.stat(new)
                path = new
                continue
            target = os.readlink(new)
        except OSError:
            if strict:
                raise
            path = new
            continue
        followed[new] = None
        if target.startswith(slash):
            path = slash
        rest.append(new)
        rest.append(None)
        rest.extend(target.split(slash)[::-1])
    return path


def relpath(path, start=None):
    """Return a relative version of a path"""
    path = os.fspath(path)
    if not path:
        raise ValueError("no path specified")
    slash, dot, dots = (b"/", b".", b"..") if _is_bytes(path) else ("/", ".", "..")
    start = dot if start is None else os.fspath(start)
    try:
        here = [part for part in abspath(start).split(slash) if part]
        there = [part for part in abspath(path).split(slash) if part]
        same = len(commonprefix([here, there]))
        parts = [dots] * (len(here) - same) + there[same:]
        return slash.join(parts) if parts else dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        _check_kinds("relpath", (path, start))
        raise


def commonpath(paths):
    """Given a sequence of path names, returns the longest common sub-path."""
    paths = tuple(map(os.fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash, dot = (b"/", b".") if _is_bytes(paths[0]) else ("/", ".")
    try:
        kinds = {path.startswith(slash) for path in paths}
        if len(kinds) > 1:
            raise ValueError("Can't mix absolute and relative paths") from None
        absolute = kinds.pop()
        split_paths = [[part for part in path.split(slash) if part and part != dot] for path in paths]
        low, high = min(split_paths), max(split_paths)
        common = low
        for at, part in enumerate(low):
            if part != high[at]:
                common = low[:at]
                break
        return (slash if absolute else slash[:0]) + slash.join(common)
    except (TypeError, AttributeError):
        _check_kinds("commonpath", paths)
        raise
