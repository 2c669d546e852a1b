// The methods of sockets that may block: connecting, accepting, sending and receiving.
#pragma once

#include "stdlib/socket/socket.hpp"

namespace cede::stdlib {

Owned socket_accept(VM& vm, Socket& self);
Status socket_connect(VM& vm, Socket& self, Ref address);
Owned socket_connect_ex(VM& vm, Socket& self, Ref address);
Owned socket_recv(VM& vm, Ref self, const Arguments& arguments);
Result<std::int64_t> socket_recv_into(VM& vm, Socket& self, Ref buffer, std::int64_t nbytes, int flags);
Owned socket_recvfrom(VM& vm, Ref self, const Arguments& arguments);
Owned socket_recvfrom_into(VM& vm, Socket& self, Ref buffer, std::int64_t nbytes, int flags);
Owned socket_send(VM& vm, Ref self, const Arguments& arguments);
Owned socket_sendall(VM& vm, Ref self, const Arguments& arguments);
Owned socket_sendto(VM& vm, Ref self, const Arguments& arguments);

}  // namespace cede::stdlib
