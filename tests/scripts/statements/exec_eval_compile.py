# exec, eval and compile: modes, namespaces, syntax errors with their place.
space = {"x": 2}
exec("y = x * 21\ndef f(): return y + x", space)
print(space["y"], space["f"](), eval("x + y", space), "__builtins__" in space)
code = compile("a + 1", "name", "eval")
print(eval(code, {"a": 1}), code.co_filename, type(code))
exec(compile("print('single'); 5 + 5", "s", "single"))
for source in ("x =", "1 +", "def f(:", "if x\n  pass", "  indented", "a b", "(1", "'abc", "f(a=1, 2)", "return 1", "break", "x = = 1", "for", "1 = x", "f() = 1", "del f()", "lambda: (yield)", "await x", "import", "class", "a.1", "0777", "None = 1", "*a", "print 1", "else:", "async def f(): yield from x", "{1:2, 3}", "x: int: str"):
    try:
        compile(source, "file.py", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset)
for action in (lambda: eval("x = 1"), lambda: eval(5), lambda: exec("x", 5), lambda: compile("x", "f", "wrong")):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, error)
