# The functions and methods of socket and what they refuse.
import _socket, socket
print(_socket.error,_socket.timeout,_socket.gaierror,_socket.herror, _socket.gaierror.__mro__, _socket.SocketType)
print(socket.getaddrinfo('127.0.0.1',80,type=socket.SOCK_STREAM)); print(socket.getaddrinfo('::1','http',0,0,0))
print(socket.getaddrinfo(None,0,type=1,flags=socket.AI_PASSIVE))
def t(f,*a,**k):
    try: print(getattr(f,'__name__',f),a,k, '->', f(*a,**k))
    except BaseException as e: print(getattr(f,'__name__',f),a,k, type(e), e, e.args)
s=socket.socket()
print(s.family, s.type, s.proto, s.timeout, s.gettimeout(), repr(s).replace('fd=%d' % s.fileno(), 'fd=N'))
t(s.connect,'x');t(s.connect,('x',));t(s.connect,('127.0.0.1','x'));t(s.connect,('127.0.0.1',99999));t(s.connect,('127.0.0.1',1));t(s.connect_ex,('127.0.0.1',1));t(s.connect,(5,1));t(s.bind,('127.0.0.1',-1));t(s.bind,('',0));t(s.getpeername);t(s.recv,-1);t(s.recv,5);t(s.send,'x');t(s.send,b'x');t(s.settimeout,-1);t(s.settimeout,'x');t(s.settimeout,None);t(s.settimeout,0);print(s.timeout,s.getblocking());t(s.settimeout,1.5);print(s.timeout);t(s.accept);t(s.shutdown,9);t(s.setsockopt,1,2,'x');t(s.setsockopt,1,2);t(s.getsockopt,1,2);t(s.getsockopt,1,2,4);t(s.getsockopt,1,2,-1);t(s.getsockopt,999,2);t(s.setsockopt,1,2,None,4);t(s.setsockopt,1,2,b'\1\0\0\0');t(s.recv_into,b'xx');t(s.recv_into,bytearray(2),5);t(s.recvfrom,-1);t(s.sendto,b'x');t(s.sendto,b'x',5);t(s.listen);t(s.listen,-1);t(s.listen,'x')
s.close();print(s);t(s.recv,1);t(s.fileno);t(s.getsockname);t(s.close);t(s.detach)
t(socket.socket,999);t(socket.socket,2,99);t(socket.socket,2,1,0,999);t(socket.socket,fileno=-5);t(socket.socket,fileno='x');t(socket.socket,fileno=0);t(socket.socket,'x')
t(socket.inet_aton,'1.2.3');t(socket.inet_aton,'x');t(socket.inet_aton,'1.2.3.4');t(socket.inet_ntoa,b'123');t(socket.inet_ntoa,b'1234');t(socket.inet_pton,2,'1.2.3');t(socket.inet_pton,10,'::1');t(socket.inet_pton,99,'x');t(socket.inet_ntop,2,b'12');t(socket.inet_ntop,10,b'1'*16);t(socket.inet_ntop,99,b'');t(socket.htons,1);t(socket.htons,-1);t(socket.htons,70000);t(socket.ntohl,1);t(socket.ntohl,-1);t(socket.htonl,1<<40)
t(socket.getaddrinfo,'127.0.0.1','nosuchservice');t(socket.getaddrinfo,5,1);t(socket.getaddrinfo,'x',1.5);t(socket.gethostbyname,'localhost');t(socket.gethostbyname,'1.2.3.4'); t(socket.getservbyname,'http');t(socket.getservbyname,'zz');t(socket.getservbyport,80);t(socket.getprotobyname,'tcp');t(socket.getnameinfo,('127.0.0.1',80),socket.NI_NUMERICHOST|socket.NI_NUMERICSERV);t(socket.getdefaulttimeout);t(socket.setdefaulttimeout,-1);t(socket.setdefaulttimeout,2.0);
with socket.socket() as q: print(q.timeout)
socket.setdefaulttimeout(None)
t(socket.create_connection,('127.0.0.1',1)); t(socket.create_connection,('127.0.0.1',1),all_errors=True)
t(socket.create_server,('1.1.1.1',1)); t(socket.create_server,('',0),dualstack_ipv6=True)
