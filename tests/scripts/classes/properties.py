# property: getter, setter, deleter, documentation, errors and overriding.
class Celsius:
    def __init__(self):
        self._value = 0

    @property
    def value(self):
        """The degrees."""
        return self._value

    @value.setter
    def value(self, number):
        if number < -273.15:
            raise ValueError("too cold")
        self._value = number

    @value.deleter
    def value(self):
        print("deleted")
        self._value = None

    @property
    def fixed(self):
        return "fixed"


c = Celsius()
c.value = 20
print(c.value, Celsius.value.__doc__, type(Celsius.value))
try:
    c.value = -300
except ValueError as error:
    print(error)
del c.value
for action in (lambda: setattr(c, "fixed", 1), lambda: delattr(c, "fixed")):
    try:
        action()
    except AttributeError as error:
        print(error)


class Kelvin(Celsius):
    @Celsius.value.getter
    def value(self):
        return 273 + self._value


k = Kelvin()
k.value = 10
print(k.value, Kelvin.value.fset is Celsius.value.fset)
