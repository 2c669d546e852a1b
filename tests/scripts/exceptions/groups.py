# ExceptionGroup: nesting, split, subgroup, derive and messages.
group = ExceptionGroup("outer", [ValueError(1), ExceptionGroup("inner", [TypeError(2), KeyError(3)]), OSError(4)])
print(repr(group), group, group.message, len(group.exceptions))
match, rest = group.split(TypeError)
print(repr(match))
print(repr(rest))
print(repr(group.subgroup((ValueError, KeyError))), group.subgroup(IndexError))
print(repr(group.subgroup(lambda e: isinstance(e, OSError))))
print(type(BaseExceptionGroup("b", [ValueError()])), type(BaseExceptionGroup("b", [KeyboardInterrupt()])))
for wrong in (("m", []), ("m", [3]), (3, [ValueError()]), ("m", ValueError()), ("m", [KeyboardInterrupt()])):
    try:
        ExceptionGroup(*wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Mine(ExceptionGroup):
    def derive(self, exceptions):
        return Mine(self.message + "!", exceptions)


print(repr(Mine("m", [ValueError(1), TypeError(2)]).split(ValueError)))
