# A file that is dropped unclosed warns and is closed; what close() raises then is only reported.
import io, warnings

class Failing(io.RawIOBase):
    def close(self):
        raise ValueError("no")

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    file = open("/dev/null", "w")
    file.write("x")
    raw = file.buffer.raw
    del file
    for warning in caught:
        print(warning.category.__name__, warning.message)
print(raw.closed)
Failing()
print("end")
