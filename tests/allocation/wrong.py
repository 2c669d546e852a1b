# A syntax error to report.
def f(x):
    return (x,
print(f(1))
