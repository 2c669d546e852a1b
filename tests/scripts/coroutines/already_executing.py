# A coroutine that resumes itself is already executing.
async def f():
    for action in (lambda: me.send(None), lambda: me.throw(ValueError()), lambda: me.close()):
        try:
            action()
        except ValueError as error:
            print(error)
    print(me.cr_running)


me = f()
try:
    me.send(None)
except StopIteration:
    print("done", me.cr_running)
