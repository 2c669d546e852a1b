# Context: a mapping of variables; run, copy, entering twice; tokens and reset.
import contextvars

first = contextvars.ContextVar("first")
second = contextvars.ContextVar("second", default="default")


def attempt(call, *args):
    try:
        print("gave", call(*args))
    except (LookupError, ValueError, RuntimeError, TypeError) as error:
        print(type(error).__name__, str(error).partition(" at 0x")[0])


attempt(first.get)
print(first.get("given"), second.get(), second.get("given"))
token = first.set(1)
print(token.var is first, token.old_value is contextvars.Token.MISSING, first.name)
again = first.set(2)
print(again.old_value, first.get())
first.reset(again)
print(first.get())
attempt(first.reset, again)
attempt(second.reset, token)
context = contextvars.copy_context()
print(len(context), first in context, second in context, context[first], context.get(second, "no"), list(context) == [first])
attempt(lambda: context[second])
attempt(lambda: "text" in context)
print(context.run(first.set, 10).old_value, context[first], first.get())
attempt(context.run, context.run, print)
attempt(context.run, first.reset, token)
twin = context.copy()
twin.run(second.set, "in the twin")
print(len(context), len(twin), twin == context, context == context.copy(), dict(twin.items())[second], list(context.values()))
empty = contextvars.Context()
print(len(empty), empty.run(second.get))
attempt(empty.run, first.get)
attempt(contextvars.ContextVar, 3)
attempt(context.run)
first.reset(token)
attempt(first.get)
print(contextvars.ContextVar[int], hash(first) == hash(first))
