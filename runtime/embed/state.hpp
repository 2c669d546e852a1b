// What stands behind an embed::Isolate. Every public call goes through `State::enter`, which lets one thread
// in, readies the isolate for it, and turns what the script raised into an Error.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include "lang/code.hpp"
#include "runtime/core/native.hpp"
#include "runtime/embed/cede.hpp"
#include "runtime/embed/isolate.hpp"
#include "runtime/embed/isolate_host.hpp"

namespace cede::embed::detail {

// Shared by an isolate, its Objects and its KillSwitches.
struct Link {
  std::mutex mutex;
  State* state = nullptr;  // null once the isolate has gone
  std::atomic<bool> killed{false};
  // What the handles refer to, by index: owned words. Only touched by who is inside the isolate.
  std::vector<Bits> objects;
  std::vector<std::uint32_t> unused;   // indices; room for all
  std::vector<std::uint32_t> dropped;  // under the mutex: indices whose handle has died; room for all
};

struct Handle {
  Handle(std::shared_ptr<Link> its_link, std::uint32_t its_index)
      : link(std::move(its_link)), index(its_index) {}
  Handle(const Handle&) = delete;
  ~Handle();
  std::shared_ptr<Link> link;
  std::uint32_t index;
};

struct ProgramData {
  std::shared_ptr<const lang::CodeUnit> unit;
  std::vector<Program::Warning> warnings;
};

// A host function: the Method that the script's function object refers to, and what it calls.
struct HostDefinition : Method {
  State* state = nullptr;
  std::string text;  // of the signature, which the views below look into
  cede::detail::ParsedSignature parsed;
  cede::Signature described;
  std::vector<cede::Value> defaults;  // by parameter; Unbound: none
  HostFunction function;
  std::uint64_t as_objects = 0;
};

struct State {
  explicit State(Isolate& owner) : self(owner), link(std::make_shared<Link>()) { link->state = this; }

  Isolate& self;
  std::shared_ptr<Link> link;
  std::unique_ptr<Host> own_host;  // null: the host is the caller's
  std::unique_ptr<IsolateHost> host;
  std::vector<std::unique_ptr<HostDefinition>> definitions;
  std::unique_ptr<cede::Isolate> isolate;  // null: closed
  std::size_t value_limit = 0;
  bool foreign_object = false;  // the current exception is the host's mistake

  std::mutex inside_mutex;
  std::thread::id inside;                       // the host's thread that is inside; none: nobody
  std::vector<std::thread::id> script_threads;  // threads of the script that are inside host functions

  VM& vm() { return isolate->vm(); }

  // ---- entering
  // Calls body(VM&, T& out) -> Status. The result is `out`, or the error that the body raised or that stands
  // against the call.
  template<class T, class F> Result<T> enter(F&& body);
  // The same for body(VM&) -> Status.
  template<class F> Result<void> enter_void(F&& body);

  // Ends the script's world, as Isolate::close says, and everything of the isolate. False: output was not
  // flushed.
  bool close();

  // ---- errors (errors.cpp)
  Error take_error();  // of the VM's current exception, which is cleared
  RaisedMark raise(const Error& error);
  static Error misuse(std::string text);

  // ---- values (values.cpp). All raise; those that make host data throw no bad_alloc but raise MemoryError.
  Status copy_out(Ref object, Value& out);
  Status keep(Ref object, Object& out);
  Status keep_as_value(Ref object, Value& out);
  Owned to_script(const Value& value);
  Owned container_to_script(const Value& value);
  Owned resolve(const Object& object);  // what it refers to
  void release_dropped();
  void release_all_objects();
  Owned call(Ref callable, const Arguments& arguments);
  Owned find(std::string_view dotted_name);
  Owned attribute(const Object& object, std::string_view name);
  Owned module(std::string_view name);  // imported or made; a Module

  // ---- host functions (host_function.cpp)
  static Owned call_host_function(VM& vm, const Method& method, Ref self, const cede::Arguments& arguments);
};

// The presence of a thread of the host, or of one of the script's inside a host function, in an isolate.
class Entry {
 public:
  explicit Entry(State& state);
  ~Entry();
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;

  std::optional<Error> refusal;
  // What was written goes to the sinks, if this is no call from inside another.
  Status flush();
  // The host has no memory left. The script's frames are in no order any more: the isolate is killed.
  Error out_of_memory();

 private:
  State& state_;
  bool outermost_ = false;
  bool counted_ = false;   // among the threads of the host
};

template<class T, class F> Result<T> State::enter(F&& body) {
  Entry entry(*this);
  if (entry.refusal) return *std::move(entry.refusal);
  try {
    T out{};
    if (!body(vm(), out).is_raised() && !entry.flush().is_raised()) return out;
    return take_error();
  } catch (const std::bad_alloc&) {
    return entry.out_of_memory();
  }
}

template<class F> Result<void> State::enter_void(F&& body) {
  const Result<std::monostate> done =
      enter<std::monostate>([&](VM& vm, std::monostate&) { return body(vm); });
  return done ? Result<void>() : Result<void>(done.error());
}

}  // namespace cede::embed::detail
