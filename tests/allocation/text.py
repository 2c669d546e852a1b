# str, bytes, bytearray, formatting, numbers as text, encodings.
import io
import random

from _sweep import sweep


def strings():
    text = 'Hällo wörld €  ' * 5
    assert text.upper().lower().title().swapcase().casefold()
    assert ' '.join(text.split()).replace('ö', 'oe').partition('oe')
    assert text.encode('utf-16').decode('utf-16') == text.encode().decode() == text
    assert text.center(200, '€').strip('€') and text.zfill(150) and text.expandtabs() and text.splitlines()
    assert text[::-1][3:50] and text.find('€') > 0 and text.translate({ord('l'): 'LL'})
    assert repr(text + '\n\0\ud800') and ascii(text)
    total = ''
    for i in range(40):
        total += chr(i * 100)
    assert len(total) == 40


def formats():
    value = 1234567.891
    assert f'{value:>20,.2f}|{value!r}|{value:e}|{10**30:_x}|{"ab":*^10}|{value=}'
    assert '%-10s|%5.1f|%x|%(a)s' % {'a': 1} if False else '%-10s|%5.1f|%x' % ('a', 2.5, 255)
    assert '{0[a]} {1.real:>5} {2!r:^10}'.format({'a': 1}, 3, 'x')
    assert str((1.5, 2 + 3j, None, {1: [2]}, b'x', range(3), slice(1), frozenset()))


def data():
    array = bytearray(b'abc' * 20)
    array += b'\xff' * 30
    array[3:5] = b'longer than it was'
    del array[::4]
    view = memoryview(array)[2:20]
    assert view.tobytes().hex() and bytes(view[::-1]) and view.tolist()
    view.release()
    assert bytes(array).replace(b'b', b'--').split(b'-') and array.find(b'l') and b'%d' % 3 == b'3'


def numbers():
    big = 3 ** 400 + 7 ** 100
    assert int(str(big)) == big and big // 7 ** 50 * 7 ** 50 + big % 7 ** 50 == big
    assert -big >> 100 & 2 ** 200 | 1 and big.to_bytes(100, 'little') and int.from_bytes(bytes(range(50)), 'big')
    assert pow(big, 10, 10 ** 9 + 7) and float(2 ** 900).hex() and (big * big).bit_length() and divmod(big, -3)
    assert round(10 ** 30 + 5, -2) and complex('1+2j') ** 2 and sum(i / 3 for i in range(20))
    assert random.Random(5).sample(range(100), 5)


def files():
    stream = io.StringIO('a\nb\r\nc')
    assert stream.readlines() and stream.seek(0) == 0
    raw = io.BytesIO()
    text = io.TextIOWrapper(raw, encoding='utf-8', write_through=True)
    print('päper', 1, [2], file=text, sep='-')
    text.seek(0)
    assert text.read()
    text.detach()


sweep(strings, formats, data, numbers, files)
