"""Shallow and deep copies. A class has its say through __copy__, __deepcopy__, __replace__ or the reduction protocol.

In a deep copy, `memo` maps the id of each object copied so far to its copy, so that what was shared stays shared and
cycles end; memo[id(memo)] keeps the originals alive, whose ids would otherwise be used again.
"""

import types
from _weakref import ref
from copyreg import dispatch_table

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error

# What is its own copy, shallow and deep.
_atomic = {type(None), int, float, bool, complex, bytes, str, types.EllipsisType, types.NotImplementedType,
           types.CodeType, type, range, types.BuiltinFunctionType, types.FunctionType, ref, property}
_shallow_atomic = _atomic | {tuple, frozenset, slice}
_shallow_by_method = {list: list.copy, dict: dict.copy, set: set.copy, bytearray: bytearray.copy}


def _reduced(x, cls, what):
    """The reduction of an object: a str (it is its own copy) or a tuple."""
    reductor = dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(x, "__reduce_ex__", None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, "__reduce__", None)
    if reductor:
        return reductor()
    raise Error(f"un{what}copyable object of type {cls}")


def copy(x):
    cls = type(x)
    if cls in _shallow_atomic or issubclass(cls, type):
        return x
    by_method = _shallow_by_method.get(cls)
    if by_method is not None:
        return by_method(x)
    own = getattr(cls, "__copy__", None)
    if own is not None:
        return own(x)
    reduction = _reduced(x, cls, "(shallow)")
    if isinstance(reduction, str):
        return x
    return _reconstruct(x, None, *reduction)


def deepcopy(x, memo=None, _nil=[]):
    cls = type(x)
    if cls in _atomic:
        return x
    if memo is None:
        memo = {}
    key = id(x)
    known = memo.get(key, _nil)
    if known is not _nil:
        return known
    made = _deep_copied(x, cls, memo)
    if made is not x:
        memo[key] = made
        _keep_alive(x, memo)
    return made


def _deep_copied(x, cls, memo):
    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        return copier(x, memo)
    if issubclass(cls, type):
        return x
    own = getattr(x, "__deepcopy__", None)
    if own is not None:
        return own(memo)
    reduction = _reduced(x, cls, "(deep)")
    if isinstance(reduction, str):
        return x
    return _reconstruct(x, memo, *reduction)


def _deepcopy_list(x, memo):
    made = []
    memo[id(x)] = made
    for item in x:
        made.append(deepcopy(item, memo))
    return made


def _deepcopy_dict(x, memo):
    made = {}
    memo[id(x)] = made
    for key, value in x.items():
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _deepcopy_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    if id(x) in memo:  # an item led back to the tuple, which was copied there
        return memo[id(x)]
    return tuple(items) if any(a is not b for a, b in zip(items, x)) else x


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch = {list: _deepcopy_list, dict: _deepcopy_dict, tuple: _deepcopy_tuple,
                      types.MethodType: _deepcopy_method}


def _keep_alive(x, memo):
    memo.setdefault(id(memo), []).append(x)


def _reconstruct(x, memo, func, args, state=None, listiter=None, dictiter=None, *, deepcopy=deepcopy):
    deep = memo is not None
    if deep and args:
        args = (deepcopy(arg, memo) for arg in args)
    made = func(*args)
    if deep:
        memo[id(x)] = made
    if state is not None:
        _set_state(made, deepcopy(state, memo) if deep else state)
    if listiter is not None:
        for item in listiter:
            made.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for key, value in dictiter:
            if deep:
                key, value = deepcopy(key, memo), deepcopy(value, memo)
            made[key] = value
    return made


def _set_state(made, state):
    if hasattr(made, "__setstate__"):
        made.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state is not None:
        made.__dict__.update(state)
    if slots is not None:
        for name, value in slots.items():
            setattr(made, name, value)


def replace(obj, /, **changes):
    cls = obj.__class__
    own = getattr(cls, "__replace__", None)
    if own is None:
        raise TypeError(f"replace() does not support {cls.__name__} objects")
    return own(obj, **changes)
