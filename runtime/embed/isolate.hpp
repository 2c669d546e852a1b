// A ready isolate: host, virtual machine, the modules builtins, sys and __main__. What the command line and the public
// embedding API stand on.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"
#include "runtime/host/host.hpp"
#include "runtime/vm/native_stack.hpp"

namespace cede {

struct IsolateOptions {
  VMOptions vm;
  std::span<const NativeModule* const> modules;   // what scripts can import; the first are builtins and sys
  std::vector<std::string> arguments;             // sys.argv
  std::vector<std::string> original_arguments;    // sys.orig_argv
  std::vector<std::string> search_path;           // sys.path
  std::vector<std::string> warning_options;       // sys.warnoptions
  std::vector<std::string> implementation_options;  // -X: sys._xoptions
  std::string executable;
};

// Flushes a stream of the module sys, "stdout" or "stderr". What fails is reported as unraisable; false then.
bool flush_stream(VM& vm, Str& name);

class Isolate {
 public:
  // The isolate belongs to the calling thread. Null if its first objects cannot be made; `error` then says why.
  static std::unique_ptr<Isolate> make(Host& host, const IsolateOptions& options, std::string& error);

  Isolate(const Isolate&) = delete;
  Isolate& operator=(const Isolate&) = delete;
  // Ends the script's world first, if `finish` has not. No other thread of the isolate may be left (end_threads).
  ~Isolate();

  // The end of a program: non-daemon threads are waited for, atexit functions run, output is flushed, modules are emptied
  // and what is left is finalised. Other threads stop where they are. False: sys.stdout could not be flushed.
  // If the process ends right after, what dies without anybody seeing it is left to that.
  enum class Then : std::uint8_t { GoOn, EndProcess };
  bool finish(Then then = Then::GoOn);

  VM& vm() { return vm_; }
  // `finish` has come to the end of the modules: there is no __main__ any more.
  bool has_ended() const { return main_.is_unbound(); }
  // __main__ and its namespace.
  Module& main_module() { return cast<Module>(main_); }
  Dict& main_namespace() { return cast<Dict>(main_module().dictionary); }

 private:
  Isolate(Host& host, const IsolateOptions& options);
  Status set_up(const IsolateOptions& options);
  bool ends_unseen();

  VM vm_;
  Value main_;
};

}  // namespace cede
