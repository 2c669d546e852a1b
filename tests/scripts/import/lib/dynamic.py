something = "real"


def __getattr__(name):
    if name in ("other", "computed"):
        return "made up " + name
    raise AttributeError("nothing called " + name)


def __dir__():
    return ["computed", "other"]
