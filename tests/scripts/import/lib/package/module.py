from . import submodule
from .submodule import exported as again
from ..plain import data
from .. import plain
