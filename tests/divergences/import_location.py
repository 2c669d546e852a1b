# Where a library module lies: nowhere, as it is part of the binary; CPython names the file.
try:
    from asyncio import no_such_name
except ImportError as error:
    print(error)
    print(error.path)
