// The parts of the module `_thread`: locks (lock.cpp), thread-local objects (local.cpp), handles of threads and the
// running of threads (threads.cpp), the module's functions (module.cpp).
#pragma once

#include <atomic>

#include "runtime/core/native.hpp"
#include "runtime/types/struct_sequence.hpp"

namespace cede::stdlib {

// A thread that a script has started. Made by the starting thread, deleted by itself.
struct ScriptThread : ThreadState {
  using ThreadState::ThreadState;
  Value function, arguments, keywords;   // keywords: Dict or Unbound
  Value handle;                          // ThreadHandle
  bool daemon = true;
};

extern const Layout thread_handle_layout;
struct ThreadHandle : Object {
  static const Layout* layout() { return &thread_handle_layout; }
  static constexpr const char* type_name = "_ThreadHandle";
  enum class State : std::uint8_t { NotStarted, Running, Done };
  State state;
  std::atomic<std::uint32_t> done;       // 1: the thread has ended
  std::uint64_t ident;
};

extern const NativeType lock_type, rlock_type, local_type, thread_handle_type;
extern const StructType except_hook_args_type;

// Starts a thread that calls `function`. Raises RuntimeError if the system has no more.
Status thread_start(VM& vm, Ref function, Ref arguments, Ref keywords, ThreadHandle& handle, bool daemon);
// Blocks until the thread has ended; deadline as of wait_on. Ok at a timeout too.
Status thread_join(VM& vm, ThreadHandle& handle, std::int64_t deadline);
// Waits for every thread that is no daemon.
Status threads_shutdown(VM& vm);
void thread_set_done(VM& vm, ThreadHandle& handle);
// Drops what the thread-local objects hold for `thread`, which is the running one.
void thread_locals_clear(VM& vm, ThreadState& thread);

// timeout= of acquire: nanoseconds, -1 for ever. And as a deadline.
Result<std::int64_t> lock_timeout(VM& vm, bool blocking, Ref timeout);
std::int64_t deadline_after(VM& vm, std::int64_t nanoseconds);

}  // namespace cede::stdlib
