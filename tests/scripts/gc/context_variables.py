# contextvars: tokens, reset, copies, run, iteration and the errors.
import contextvars

v = contextvars.ContextVar("v", default="default")
w = contextvars.ContextVar("w")
print(v.get(), w.get("given"), v.name)
try:
    w.get()
except LookupError as error:
    print(type(error).__name__)
token = v.set("one")
other = v.set("two")
print(v.get(), other.old_value, token.old_value is contextvars.Token.MISSING, token.var is v)
v.reset(other)
print(v.get())
v.reset(token)
print(v.get())
for action in (lambda: v.reset(token), lambda: w.reset(v.set(1)), lambda: v.reset(3)):
    try:
        action()
    except (RuntimeError, ValueError, TypeError) as error:
        print(type(error).__name__, str(error).split(" at 0x")[0].split(" var=")[0].split("<")[0])
context = contextvars.copy_context()


def inside(x):
    v.set(x)
    return v.get(), w.get(None)


print(context.run(inside, "in context"), v.get(), context[v], v in context, len(context) >= 1, context.get(w))
try:
    context.run(context.run, print)
except RuntimeError as error:
    print(str(error).split(":")[0])
print(contextvars.Context().run(lambda: v.get()))
