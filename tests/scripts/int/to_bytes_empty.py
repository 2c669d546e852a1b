# Conversion to no bytes at all: 0 fits, and so does -1 where the sign is asked for.
for number in (0, 1, -1, -2, 255):
    for signed in (False, True):
        try:
            print(number, signed, number.to_bytes(0, 'big', signed=signed))
        except OverflowError as error:
            print(number, signed, error)
print(int.to_bytes(0, 0, 'little'), (0).to_bytes(), int.from_bytes(b'', 'big', signed=True))
