// The part of the prompt that is written in the language: what to do with lines, results and errors, and the
// event loop that statements run in once asyncio is there. It runs in a namespace of its own, as the file
// <prompt>.
#include "runtime/cli/repl_script.hpp"

namespace cede::cli {

const char* const repl_script = R"python(
import builtins
import sys

CO_COROUTINE = 0x80
loop = None
context = None


def strip(error):
    """Takes the frames of the prompt and of the loop under it off a traceback."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_frame.f_code.co_filename.startswith(("<prompt>", "<frozen ")):
        traceback = traceback.tb_next
    error.__traceback__ = traceback


def report(error):
    sys.last_exc = sys.last_value = error
    sys.last_type = type(error)
    sys.last_traceback = error.__traceback__
    sys.stdout.flush()
    sys.excepthook(type(error), error, error.__traceback__)


def interrupted():
    sys.stdout.flush()
    sys.stderr.write("\nKeyboardInterrupt\n")
    sys.stderr.flush()


def idle():
    """Tasks go on until there is something to read."""
    if loop is None:
        return
    loop.add_reader(0, loop.stop)
    try:
        loop.run_forever()
    finally:
        loop.remove_reader(0)


def start_loop():
    global loop, context
    import asyncio
    import contextvars

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    context = contextvars.copy_context()


async def step(code, namespace):
    result = eval(code, namespace)
    if code.co_flags & CO_COROUTINE:
        await result


def run(code, namespace):
    if loop is None and (code.co_flags & CO_COROUTINE or "asyncio" in sys.modules):
        start_loop()
    if loop is None:
        exec(code, namespace)
        return
    task = loop.create_task(step(code, namespace), context=context)
    try:
        loop.run_until_complete(task)
    except KeyboardInterrupt:
        if not task.done():
            task.cancel()
            try:
                loop.run_until_complete(task)
            except BaseException:
                pass
        raise


def read_statement(read_line, compile_input):
    """The code of the next statement; None: nothing was typed. EOFError at the end."""
    text = ""
    while True:
        prompt = getattr(sys, "ps2", "... ") if text else getattr(sys, "ps1", ">>> ")
        sys.stdout.flush()
        line = read_line(str(prompt))
        if line is None and not text:
            raise EOFError
        if not text and (not line.strip() or line.lstrip().startswith("#")):
            return None
        text += line or ""
        if line is None:
            return compile_input(text, True)
        # A block ends with an empty line: the last line end is not part of the text. What only that line end would
        # make whole, or what can go on after it, waits for more.
        try:
            return compile_input(text.removesuffix("\n"), False)
        except SyntaxError:
            try:
                compile_input(text, False)
                continue
            except SyntaxError as error:
                if type(error).__name__ == "_IncompleteInputError":
                    continue
        return compile_input(text, True)


def interact(namespace, read_line, compile_input):
    sys.ps1 = getattr(sys, "ps1", ">>> ")
    sys.ps2 = getattr(sys, "ps2", "... ")
    while True:
        try:
            try:
                code = read_statement(read_line, compile_input)
            except (SyntaxError, OverflowError, ValueError, RecursionError) as error:
                error.__traceback__ = None
                report(error)
                continue
            if code is None:
                continue
            run(code, namespace)
        except EOFError as error:
            strip(error)
            if error.__traceback__ is None:
                break
            report(error)
        except KeyboardInterrupt as error:
            interrupted()
        except SystemExit:
            raise
        except BaseException as error:
            strip(error)
            report(error)
    sys.stderr.write("\n")
    sys.stderr.flush()


def close():
    global loop
    if loop is None:
        return
    import asyncio

    running, loop = loop, None
    tasks = asyncio.all_tasks(running)
    for task in tasks:
        task.cancel()
    if tasks:
        running.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
    running.run_until_complete(running.shutdown_asyncgens())
    running.close()


def complete(word, namespace):
    """The names and attributes that begin like `word`."""
    *path, last = word.split(".")
    if not path:
        import keyword

        names = set(keyword.kwlist) | set(namespace) | set(dir(builtins))
        return [name for name in names if name.startswith(last)]
    owner = namespace.get(path[0], getattr(builtins, path[0], None))
    for name in path[1:]:
        owner = getattr(owner, name)
    prefix = ".".join(path) + "."
    return [
        prefix + name for name in dir(owner) if name.startswith(last) and (last or not name.startswith("_"))
    ]
)python";

}  // namespace cede::cli
