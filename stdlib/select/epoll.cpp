// epoll objects.
#include <sys/epoll.h>

#include <algorithm>
#include <cerrno>

#include "runtime/host/host.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "stdlib/select/select.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

namespace {

struct Epoll : Object {
  Host* host;
  int descriptor;   // -1: closed
  static void dispose(Heap&, Epoll& self) {
    if (self.host && self.descriptor >= 0) self.host->close(std::exchange(self.descriptor, -1));
  }
};
constinit const Layout epoll_layout = layout_for<Epoll>();

Owned new_epoll(VM& vm, Type& type, int descriptor) {
  Epoll* made = make_object<Epoll>(vm, type, 0);
  if (!made) return raised;
  made->host = &vm.host;
  made->descriptor = descriptor;
  return Value::adopt(made);
}

Owned epoll_new(VM& vm, Type& type, int sizehint, int flags) {
  if (sizehint < -1 || sizehint == 0) return vm.raise(TypeId::ValueError, "negative sizehint");
  if (flags && flags != EPOLL_CLOEXEC) return vm.raise(TypeId::OSError, "invalid flags");
  const int descriptor = vm.host.event_queue();
  if (descriptor < 0) return vm.raise_os_error(-descriptor);
  const Owned made = new_epoll(vm, type, descriptor);
  if (made.is_raised()) vm.host.close(descriptor);
  return made;
}
Owned epoll_construct(VM& vm, Type& type, const Arguments& arguments) {
  return call_body<"epoll(sizehint=-1, flags=0)", epoll_new>(vm, type, arguments);
}
Owned epoll_fromfd(VM& vm, Type& type, int descriptor) { return new_epoll(vm, type, descriptor); }

Status check_open(VM& vm, const Epoll& self) {
  if (self.descriptor >= 0) return Ok;
  return vm.raise(TypeId::ValueError, "I/O operation on closed epoll object");
}
Status change(VM& vm, Epoll& self, int operation, Ref file, std::uint32_t events) {
  CEDE_CHECK(check_open(vm, self));
  CEDE_TRY(const int descriptor, file_descriptor(vm, file));
  const int error = vm.host.change_event_queue(self.descriptor, operation, descriptor, events);
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}
Result<std::uint32_t> event_mask(VM& vm, Ref given, std::uint32_t otherwise) {
  if (given.is_unbound()) return otherwise;
  CEDE_TRY(const std::int64_t mask, index_int64(vm, given));
  return static_cast<std::uint32_t>(mask);
}
Status epoll_register(VM& vm, Epoll& self, Ref file, Ref events) {
  CEDE_TRY(const std::uint32_t mask, event_mask(vm, events, EPOLLIN | EPOLLPRI | EPOLLOUT));
  return change(vm, self, EPOLL_CTL_ADD, file, mask);
}
Status epoll_modify(VM& vm, Epoll& self, Ref file, Ref events) {
  CEDE_TRY(const std::uint32_t mask, event_mask(vm, events, 0));
  return change(vm, self, EPOLL_CTL_MOD, file, mask);
}
Status epoll_unregister(VM& vm, Epoll& self, Ref file) { return change(vm, self, EPOLL_CTL_DEL, file, 0); }

Owned epoll_poll(VM& vm, Epoll& self, Ref timeout, int maxevents) {
  CEDE_CHECK(check_open(vm, self));
  std::int64_t nanoseconds = -1;
  if (!timeout.is_none()) {
    const auto given = nanoseconds_of(vm, timeout);
    if (given.is_raised()) {
      if (!vm.error_is(TypeId::TypeError)) return raised;
      vm.clear_error();
      return vm.raise(TypeId::TypeError, "timeout must be an integer or None");
    }
    nanoseconds = *given < 0 ? -1 : *given;
  }
  if (maxevents == -1) maxevents = 1023;
  if (maxevents < 1) return vm.raise(TypeId::ValueError, "maxevents must be greater than 0, got {}", maxevents);
  const Value held{Ref(self)};
  const std::int64_t deadline = nanoseconds > 0 ? vm.host.monotonic_time() + nanoseconds : 0;
  std::vector<::epoll_event> events(static_cast<std::size_t>(std::min(maxevents, 4096)));
  int count;
  for (;;) {
    {
      const Unlocked unlocked(vm);
      count = vm.host.wait_event_queue(self.descriptor, events.data(), static_cast<int>(events.size()), nanoseconds);
    }
    if (count != -EINTR) break;
    CEDE_CHECK(vm.check_interrupts());
    if (nanoseconds > 0) nanoseconds = std::max<std::int64_t>(deadline - vm.host.monotonic_time(), 0);
  }
  if (count < 0) return vm.raise_os_error(-count);
  CEDE_TRY(Value list, list_with_capacity(vm, static_cast<std::size_t>(count)));
  for (int i = 0; i < count; ++i) {
    const ::epoll_event& at = events[static_cast<std::size_t>(i)];
    CEDE_TRY(const Value pair, tuple_of(vm, {Ref::small(at.data.fd), Ref::small(at.events)}));
    CEDE_CHECK(list_append(vm, cast<List>(list), pair));
  }
  return list.take();
}

Status epoll_close(VM& vm, Epoll& self) {
  if (self.descriptor < 0) return Ok;
  const int error = vm.host.close(std::exchange(self.descriptor, -1));
  return error < 0 ? Status(vm.raise_os_error(-error)) : Ok;
}
Result<std::int64_t> epoll_fileno(VM& vm, Epoll& self) {
  CEDE_CHECK(check_open(vm, self));
  return std::int64_t{self.descriptor};
}
Owned epoll_enter(VM& vm, Epoll& self) {
  CEDE_CHECK(check_open(vm, self));
  return Owned::share(Ref(self));
}
Status epoll_exit(VM& vm, Epoll& self, Ref, Ref, Ref) { return epoll_close(vm, self); }
bool get_closed(VM&, Epoll& self) { return self.descriptor < 0; }

constexpr Slots epoll_slots = inherit(object_slots, [](Slots& s) { s.construct = epoll_construct; });
constexpr Method epoll_methods[] = {
    method<"fromfd(type, fd, /)", epoll_fromfd>,
    method<"close($self, /)", epoll_close>,
    method<"fileno($self, /)", epoll_fileno>,
    method<"register($self, /, fd, eventmask=7)", epoll_register>,
    method<"modify($self, /, fd, eventmask)", epoll_modify>,
    method<"unregister($self, /, fd)", epoll_unregister>,
    method<"poll($self, /, timeout=None, maxevents=-1)", epoll_poll>,
    method<"__enter__($self, /)", epoll_enter>,
    method<"__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", epoll_exit>,
};
constexpr Property epoll_properties[] = {property<"closed", get_closed>};

}  // namespace

const NativeType epoll_type{
    .name = "select.epoll",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &epoll_layout,
    .slots = &epoll_slots,
    .flags = TypeFlag::Instantiable | TypeFlag::NoCycles,
    .methods = epoll_methods,
    .properties = epoll_properties,
    .doc = "select.epoll(sizehint=-1, flags=0)\n\nReturns an epolling object\n\n"
           "sizehint must be a positive integer or -1 for the default size. The\n"
           "sizehint is used to optimize internal data structures. It doesn't limit\n"
           "the maximum number of monitored events.",
    .signature = "(sizehint=-1, flags=0)",
};

}  // namespace cede::stdlib
