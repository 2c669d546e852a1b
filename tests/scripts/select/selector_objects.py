# Selectors: registering, readiness, modification, errors, closing.
import selectors, socket
for kind in (selectors.DefaultSelector, selectors.PollSelector, selectors.SelectSelector):
    a, b = socket.socketpair()
    with kind() as s:
        print(type(s).__name__)
        key = s.register(a, selectors.EVENT_READ, 'A')
        print(key.data, key.events, key.fileobj is a, len(s.get_map()), s.get_key(a) == key, s.select(0), s.select(-1))
        b.send(b'x'); print([(k.data, m) for k, m in s.select(1)])
        s.modify(a, 3, 'B'); print([(k.data, m) for k, m in s.select()])
        s.modify(a, 3, 'C'); print(s.get_map()[a].data, list(s.get_map()) == [a.fileno()])
        for wrong in (lambda: s.register(a, 1), lambda: s.register(b, 0), lambda: s.register(b, 9), lambda: s.unregister(b),
                      lambda: s.register('x', 1), lambda: s.register(-1, 1), lambda: s.modify(b, 1), lambda: s.get_key(b)):
            try: wrong()
            except (KeyError, ValueError) as error:
                print(type(error).__name__, str(error).replace(str(a.fileno()), 'FD').replace(str(b.fileno()), 'FD'))
        s.unregister(a)
        s.register(b, selectors.EVENT_WRITE); b.close(); print(s.unregister(b).events)
    print(s.get_map()); a.close()
    try: s.get_key(a)
    except RuntimeError as error: print(error)
try: selectors.BaseSelector()
except TypeError as error: print(error)
