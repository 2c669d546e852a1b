# input: lines of standard input, prompts, the end of the file.
# stdin: first line\nsecond\nlast without newline
print(repr(input()))
print(repr(input("prompt> ")))
print(repr(input()))
try:
    input("more> ")
except EOFError as error:
    print()
    print(error)
