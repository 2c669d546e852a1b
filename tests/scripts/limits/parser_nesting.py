# Source nested deeper, or longer, than the compiler goes: an error that says so, or it compiles.
LONG = 100_000


def show(name, source, mode='eval'):
    try:
        compile(source, name, mode)
        print(name, 'compiled')
    except (SyntaxError, RecursionError, MemoryError) as error:
        print(name, type(error).__name__, error)


for brackets in ('()', '[]', '{}'):
    show('brackets', brackets[0] * LONG + brackets[1] * LONG)
    show('unclosed', brackets[0] * LONG)
for prefix in ('-', 'not ', '~', 'lambda: ', 'x if y else '):
    show(prefix, prefix * LONG + '1')
for suffix in ('.a', '()', '[0]', '**1', '+x', ' and x', '@x'):
    show(suffix, 'x' + suffix * LONG)
show('display', '[' + '1,' * LONG + ']')
show('arguments', 'f(' + 'x,' * LONG + ')')
show('strings', '"a" ' * LONG)
show('if', ''.join(' ' * i + 'if x:\n' for i in range(150)) + ' ' * 150 + 'pass', 'exec')
show('for', ''.join(' ' * i + 'for x in y:\n' for i in range(50)) + ' ' * 50 + 'pass', 'exec')
show('def', ''.join(' ' * i + 'def f():\n' for i in range(99)) + ' ' * 99 + 'pass', 'exec')
show('with', 'with ' + 'x, ' * LONG + 'x: pass', 'exec')
show('elif', 'if x: pass\n' + 'elif y: pass\n' * LONG, 'exec')
show('assignment', 'x = ' * LONG + '1', 'exec')
show('case', 'match x:\n case ' + '[' * 190 + ']' * 190 + ': pass', 'exec')
show('f-strings', 'f"{' * 50 + '1' + '}"' * 50)
show('f-string fields', "f'{a:" + '{b:' * 50 + '}' * 50 + "}'")
