// select() and poll objects, both on the host's poll.
#include "stdlib/select/select.hpp"

#include <limits.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cmath>

#include "runtime/host/host.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/vm/isolate_lock.hpp"
#include "stdlib/time/time.hpp"

namespace cede::stdlib {

namespace {

constexpr int select_limit = 1024;  // FD_SETSIZE

// Waits with the isolate unlocked, again after signals, up to `timeout` nanoseconds (< 0: for ever).
Result<int> poll_all(VM& vm, std::vector<::pollfd>& watched, std::int64_t timeout) {
  const std::int64_t deadline = timeout > 0 ? vm.host.monotonic_time() + timeout : 0;
  for (;;) {
    int ready;
    {
      const Unlocked unlocked(vm);
      ready = vm.host.wait_for_several(watched.data(), watched.size(), timeout);
    }
    if (ready >= 0) return ready;
    if (ready != -EINTR) return vm.raise_os_error(-ready);
    CEDE_CHECK(vm.check_interrupts());
    if (timeout > 0) timeout = std::max<std::int64_t>(deadline - vm.host.monotonic_time(), 0);
  }
}

// ---- select

struct Watched {
  Value object;
  int descriptor;
};

// The objects of one of select()'s sequences, each asked for its descriptor.
Status read_set(VM& vm, Ref sequence, std::vector<Watched>& set) {
  const Value iterator = get_iterator(vm, sequence);
  if (iterator.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "arguments 1-3 must be sequences");
  }
  CEDE_TRY(const Value items, list_from(vm, iterator));
  for (std::size_t i = 0; i < cast<List>(items).size(); ++i) {
    Value item{cast<List>(items)[i]};
    CEDE_TRY(const int descriptor, file_descriptor(vm, item));
    if (descriptor >= select_limit) return vm.raise(TypeId::ValueError, "filedescriptor out of range in select()");
    set.push_back({std::move(item), descriptor});
  }
  return Ok;
}

Result<std::int64_t> select_timeout(VM& vm, Ref timeout) {
  if (timeout.is_none() || timeout.is_unbound()) return std::int64_t{-1};
  const auto nanoseconds = nanoseconds_of(vm, timeout);
  if (nanoseconds.is_raised()) {
    if (!vm.error_is(TypeId::TypeError)) return raised;
    vm.clear_error();
    return vm.raise(TypeId::TypeError, "timeout must be a float or None");
  }
  if (*nanoseconds < 0) return vm.raise(TypeId::ValueError, "timeout must be non-negative");
  return *nanoseconds;
}

Owned ready_list(VM& vm, const std::vector<Watched>& set, const std::vector<::pollfd>& polled, std::size_t first, short mask) {
  CEDE_TRY(Value list, list_with_capacity(vm, 0));
  for (std::size_t i = 0; i < set.size(); ++i)
    if (polled[first + i].revents & mask) CEDE_CHECK(list_append(vm, cast<List>(list), set[i].object));
  return list.take();
}

Owned select_select(VM& vm, Ref, const Arguments& arguments) {
  CEDE_CHECK(check_no_keywords(vm, arguments, "select.select"));
  CEDE_CHECK(check_argument_count(vm, arguments, "select", 3, 4));
  CEDE_TRY(const std::int64_t timeout, select_timeout(vm, arguments.positional > 3 ? arguments[3] : None));
  // What a condition of select() is among poll's.
  constexpr short asked[] = {POLLIN, POLLOUT, POLLPRI};
  constexpr short answers[] = {POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI};
  std::vector<Watched> sets[3];
  std::vector<::pollfd> polled;
  for (int i = 0; i < 3; ++i) {
    CEDE_CHECK(read_set(vm, arguments[static_cast<std::size_t>(i)], sets[i]));
    for (const Watched& watched : sets[i]) polled.push_back({watched.descriptor, asked[i], 0});
  }
  CEDE_TRY(const int ready, poll_all(vm, polled, timeout));
  (void)ready;
  for (const ::pollfd& at : polled)
    if (at.revents & POLLNVAL) return vm.raise_os_error(EBADF);
  Value lists[3];
  std::size_t first = 0;
  for (int i = 0; i < 3; ++i) {
    lists[i] = ready_list(vm, sets[i], polled, first, answers[i]);
    if (lists[i].is_raised()) return raised;
    first += sets[i].size();
  }
  return tuple_of(vm, {lists[0], lists[1], lists[2]});
}

// ---- poll objects

struct Poll : Object {
  Buffer<::pollfd> watched;   // in the order of their registration
  bool polling;
  static void dispose(Heap& heap, Poll& self) { self.watched.free(heap); }
};
constinit const Layout poll_layout = layout_for<Poll>();

::pollfd* find(Poll& self, int descriptor) {
  for (::pollfd& at : self.watched)
    if (at.fd == descriptor) return &at;
  return nullptr;
}

Result<unsigned short> event_mask(VM& vm, Ref given, short otherwise) {
  if (given.is_unbound()) return static_cast<unsigned short>(otherwise);
  CEDE_TRY(const Value number, index(vm, given));
  const auto mask = int_to_int64(number);
  if (mask && *mask < 0) return vm.raise(TypeId::ValueError, "value must be positive");
  if (!mask || *mask > USHRT_MAX) return vm.raise(TypeId::OverflowError, "Python int too large for C unsigned short");
  return static_cast<unsigned short>(*mask);
}

Status poll_register(VM& vm, Poll& self, Ref file, Ref events) {
  CEDE_TRY(const int descriptor, file_descriptor(vm, file));
  CEDE_TRY(const unsigned short mask, event_mask(vm, events, POLLIN | POLLPRI | POLLOUT));
  if (::pollfd* known = find(self, descriptor)) {
    known->events = static_cast<short>(mask);
    return Ok;
  }
  if (!self.watched.push(vm.heap, {descriptor, static_cast<short>(mask), 0})) return vm.raise_memory_error();
  return Ok;
}
Status poll_modify(VM& vm, Poll& self, Ref file, Ref events) {
  CEDE_TRY(const int descriptor, file_descriptor(vm, file));
  CEDE_TRY(const unsigned short mask, event_mask(vm, events, 0));
  ::pollfd* known = find(self, descriptor);
  if (!known) return vm.raise_os_error(ENOENT);
  known->events = static_cast<short>(mask);
  return Ok;
}
Status poll_unregister(VM& vm, Poll& self, Ref file) {
  CEDE_TRY(const int descriptor, file_descriptor(vm, file));
  ::pollfd* known = find(self, descriptor);
  if (!known) return vm.raise_key_error(Ref::small(descriptor));
  std::copy(known + 1, self.watched.end(), known);
  self.watched.set_size(self.watched.size() - 1);
  return Ok;
}

// Milliseconds, whole or not; None and negative ones: for ever.
Result<std::int64_t> poll_timeout(VM& vm, Ref timeout) {
  if (timeout.is_none()) return std::int64_t{-1};
  double milliseconds;
  if (is_float(timeout)) {
    milliseconds = float_value(timeout);
    if (std::isnan(milliseconds)) return vm.raise(TypeId::ValueError, "Invalid value NaN (not a number)");
  } else {
    const auto whole = index_int64(vm, timeout);
    if (whole.is_raised()) {
      if (!vm.error_is(TypeId::TypeError)) return raised;
      vm.clear_error();
      return vm.raise(TypeId::TypeError, "timeout must be an integer or None");
    }
    milliseconds = static_cast<double>(*whole);
  }
  if (milliseconds < 0) return std::int64_t{-1};
  if (milliseconds > INT_MAX) return vm.raise(TypeId::OverflowError, "timeout is too large");
  return static_cast<std::int64_t>(std::ceil(milliseconds * 1e6));
}

Owned poll_poll(VM& vm, Poll& self, Ref timeout) {
  CEDE_TRY(const std::int64_t nanoseconds, poll_timeout(vm, timeout));
  if (self.polling) return vm.raise(TypeId::RuntimeError, "concurrent poll() invocation");
  const Value held{Ref(self)};
  std::vector<::pollfd> polled(self.watched.begin(), self.watched.end());
  self.polling = true;
  const auto ready = poll_all(vm, polled, nanoseconds);
  self.polling = false;
  if (ready.is_raised()) return raised;
  CEDE_TRY(Value list, list_with_capacity(vm, static_cast<std::size_t>(*ready)));
  for (const ::pollfd& at : polled) {
    if (!at.revents) continue;
    CEDE_TRY(const Value pair, tuple_of(vm, {Ref::small(at.fd), Ref::small(at.revents & 0xFFFF)}));
    CEDE_CHECK(list_append(vm, cast<List>(list), pair));
  }
  return list.take();
}

constexpr Method poll_methods[] = {
    method<"register($self, fd, eventmask=7, /)", poll_register>,
    method<"modify($self, fd, eventmask, /)", poll_modify>,
    method<"unregister($self, fd, /)", poll_unregister>,
    method<"poll($self, timeout=None, /)", poll_poll>,
};
const NativeType poll_type{
    .name = "select.poll",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &poll_layout,
    .slots = &object_slots,
    .flags = std::uint32_t(TypeFlag::NoCycles),
    .methods = poll_methods,
};

Owned select_poll(VM& vm) {
  Poll* made = make_object<Poll>(vm, vm.native_type(poll_type), 0);
  if (!made) return raised;
  return Value::adopt(made);
}

constexpr Method functions[] = {
    raw_method<"select($module, rlist, wlist, xlist, timeout=None, /)", select_select>,
    method<"poll($module, /)", select_poll>,
};

struct Constant {
  const char* name;
  std::int64_t value;
};
constexpr Constant constants[] = {
    {"POLLIN", POLLIN}, {"POLLPRI", POLLPRI}, {"POLLOUT", POLLOUT}, {"POLLERR", POLLERR}, {"POLLHUP", POLLHUP},
    {"POLLNVAL", POLLNVAL}, {"POLLRDNORM", 0x40}, {"POLLRDBAND", 0x80}, {"POLLWRNORM", 0x100}, {"POLLWRBAND", 0x200},
    {"POLLMSG", 0x400}, {"POLLRDHUP", 0x2000}, {"PIPE_BUF", PIPE_BUF},
    {"EPOLL_CLOEXEC", EPOLL_CLOEXEC}, {"EPOLLIN", EPOLLIN}, {"EPOLLOUT", EPOLLOUT}, {"EPOLLPRI", EPOLLPRI},
    {"EPOLLERR", EPOLLERR}, {"EPOLLHUP", EPOLLHUP}, {"EPOLLET", std::int64_t{1} << 31},
    {"EPOLLONESHOT", std::int64_t{1} << 30}, {"EPOLLEXCLUSIVE", std::int64_t{1} << 28}, {"EPOLLRDHUP", EPOLLRDHUP},
    {"EPOLLRDNORM", EPOLLRDNORM}, {"EPOLLRDBAND", EPOLLRDBAND}, {"EPOLLWRNORM", EPOLLWRNORM},
    {"EPOLLWRBAND", EPOLLWRBAND}, {"EPOLLMSG", EPOLLMSG},
};

Status fill(VM& vm, Module& module) {
  for (const Constant& constant : constants) CEDE_CHECK(module_set(vm, module, constant.name, Ref::small(constant.value)));
  CEDE_CHECK(module_add_type(vm, module, epoll_type));
  return module_set(vm, module, "error", vm.type(TypeId::OSError));
}

}  // namespace

Result<int> file_descriptor(VM& vm, Ref file) {
  Value number{file};
  if (!is_int(file)) {
    CEDE_TRY(const Value fileno, find_attribute(vm, file, *vm.names.fileno));
    if (fileno.is_unbound()) return vm.raise(TypeId::TypeError, "argument must be an int, or have a fileno() method.");
    CEDE_TRY(number, call(vm, fileno));
    if (!is_int(number)) return vm.raise(TypeId::TypeError, "fileno() returned a non-integer");
  }
  const auto descriptor = int_to_int64(number);
  if (!descriptor || *descriptor > INT_MAX || *descriptor < INT_MIN)
    return vm.raise(TypeId::OverflowError, "Python int too large to convert to C int");
  if (*descriptor < 0)
    return vm.raise(TypeId::ValueError, "file descriptor cannot be a negative integer ({})", *descriptor);
  return static_cast<int>(*descriptor);
}

extern const NativeModule select_module;
const NativeModule select_module{
    .name = "select",
    .functions = functions,
    .fill = fill,
    .doc = "This module supports asynchronous I/O on multiple file descriptors.\n\n"
           "*** IMPORTANT NOTICE ***\n"
           "On Windows, only sockets are supported; on Unix, all file descriptors.",
};

}  // namespace cede::stdlib
