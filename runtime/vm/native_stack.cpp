// The bounds of the calling thread's native stack, as the thread library knows them.
#include "runtime/vm/native_stack.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>

namespace cede {

namespace {
// What native code may use below the limit: signal frames, libraries, the raising of RecursionError itself.
constexpr std::uintptr_t stack_reserve = std::uintptr_t{256} << 10;

#if defined(__GLIBC__)
extern "C" void* __libc_stack_end;

// Of the main thread, whose stack the kernel lets grow down to the limit. The thread library reads a file to find the
// same, in case the room below is taken; up to this size it never is.
constexpr rlim_t always_free = rlim_t{64} << 20;

std::uintptr_t main_stack_lowest() {
  ::rlimit limit;
  if (::gettid() != ::getpid() || ::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur > always_free) return 0;
  return reinterpret_cast<std::uintptr_t>(__libc_stack_end) - limit.rlim_cur;
}
#else
std::uintptr_t main_stack_lowest() { return 0; }
#endif

std::uintptr_t find_limit() {
  if (const std::uintptr_t main = main_stack_lowest()) return main + stack_reserve;
  pthread_attr_t attributes;
  void* lowest = nullptr;
  std::size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
  }
  if (!lowest) {
    constexpr std::uintptr_t assumed = std::uintptr_t{1} << 20;
    return reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) - assumed;
  }
  return reinterpret_cast<std::uintptr_t>(lowest) + stack_reserve;
}

}  // namespace

std::uintptr_t native_stack_limit() {
  // Where a thread's stack lies never changes, and asking takes a read of /proc.
  thread_local const std::uintptr_t limit = find_limit();
  return limit;
}

}  // namespace cede
