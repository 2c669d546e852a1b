// VM: one isolate. Everything a script can reach hangs on it; nothing is global. ThreadState: one script thread of it.
// A function that takes VM& may run script code, unless its comment says that it does not.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "runtime/core/heap.hpp"
#include "runtime/core/type.hpp"
#include "runtime/core/value.hpp"

namespace cede {

class VM;
class Host;           // runtime/host/host.hpp
struct Activation;    // runtime/vm/activation.hpp
struct RegisterSegment;
struct Generator;
struct NativeModule;  // native.hpp
struct Loop;          // runtime/async
struct AsyncState;    // runtime/async
class WeakTable;     // weak.hpp
struct Module;
struct CompilerState; // runtime/vm
struct IsolateLock;   // runtime/vm

// What `except` handlers are handling (sys.exception()), a chain from the innermost outwards. Each suspended
// coroutine keeps its own item; a running one's is linked to its resumer's.
struct HandledException {
  Value exception;              // None or Unbound: nothing at this level
  HandledException* previous;
};

struct ThreadState {
  explicit ThreadState(VM& owner) : vm(owner) {}

  VM& vm;
  Value exception;              // set by `raise`, while a function returns `raised`; else Unbound
  HandledException base_handled{};
  HandledException* handled = &base_handled;
  Activation* activation = nullptr;        // innermost
  RegisterSegment* segment = nullptr;      // of the register stack
  Generator* chain = nullptr;              // root of the innermost running chain of generators (vm/generator.hpp)
  std::uintptr_t stack_limit = 0;          // native stack: lower addresses are refused (set at each entry)
  std::uint32_t recursion_depth = 0;       // script-level calls, against VM::recursion_limit
  std::uint64_t id = 0;                    // threading.get_ident()
  Value context;                           // current contextvars.Context, Unbound until used
  struct LazyContext* lazy_context = nullptr;  // stands for the context where that is Unbound (types/context.hpp)
  Value running_loop;                      // asyncio's running loop, or Unbound
  Value asyncgen_firstiter, asyncgen_finalizer;  // sys.set_asyncgen_hooks; Unbound: none
  std::int32_t coroutine_origin_depth = 0;
  Value trace_function;                    // reserved for sys.settrace
  // Beside Finished: the value of the StopIteration that a script's __next__ raised, for `yield from` and `await`, which
  // reset it before they ask. Unbound: None.
  Value stop_value;
  bool is_main = false;
  std::uint64_t native_id = 0;             // threading.get_native_id()
  std::vector<const Object*> repr_stack;   // objects whose repr is being made, for "[...]" (protocols.hpp: ReprGuard)
  std::vector<Object*> locals;             // the thread-local objects that hold something of this thread; borrowed
  ThreadState* next = nullptr;             // all threads of the isolate
};

// Reasons to leave the fast path at the next interrupt check. Set from any thread or signal handler.
enum class Interrupt : std::uint32_t {
  Signal = 1,          // a signal handler of a script, or Ctrl-C, waits to be run
  Kill = 2,            // the host stops the isolate for good
  ThreadSwitch = 4,    // another script thread wants the lock
  Collect = 8,         // the collector is due
  PendingCalls = 16,   // queued releases of values from other threads; loop wake-ups
  Fuel = 32,
};

struct Names {
#define NAME(identifier) Str* identifier;
#define NAME_AS(identifier, text) Str* identifier;
#include "runtime/core/names.def"
};

struct VMOptions {
  std::size_t memory_limit = Heap::no_limit;
  std::uint64_t hash_key[2] = {0, 0};     // SipHash key; zeros: PYTHONHASHSEED=0
  bool hash_randomization = false;
  std::uint8_t optimize = 0;              // -O, -OO
  bool development_mode = false;          // -X dev
  // What sys.flags says of how the program was started; nothing here heeds them.
  bool inspect = false, ignore_environment = false, quiet = false, isolated = false, safe_path = false;
};

class VM {
 public:
  VM(Host& host, const VMOptions& options);
  ~VM();
  VM(const VM&) = delete;
  VM& operator=(const VM&) = delete;

  Heap heap{*this};
  ThreadState* thread = nullptr;   // changes only inside release and acquire of the isolate lock
  Names names{};
  VMOptions options;
  Host& host;
  std::atomic<std::uint32_t> interrupts{0};
  std::uint32_t recursion_limit = 1000;
  std::uint32_t int_max_str_digits = 4300;

  // Builtin types are made on first use.
  Type& type(TypeId id) {
    Type* t = types_[static_cast<std::size_t>(id)];
    return t ? *t : make_builtin_type(id);
  }
  // Of any NativeType, made on first use.
  Type& native_type(const NativeType& native) {
    const NativeTypeEntry& entry = recent_native_types_[recent_index(native)];
    return entry.native == &native ? *entry.type : find_native_type(native);
  }
  Type* type_if_made(TypeId id) const { return types_[static_cast<std::size_t>(id)]; }

  // Interned strings live until the isolate does: for names that come from native code.
  Str& intern(std::string_view text);            // borrowed by the table; the caller retains it if it keeps it
  Str& intern(Str& str);                         // the interned one that equals it
  // The same for names that scripts make: the table gives them up when nobody else has them any more. Raises MemoryError
  // (if a string has to be made).
  Value intern_transient(std::string_view text);
  Value intern_transient(Str& str);
  Str* find_interned(const Str& str);            // null: none equals it

  // Strings, tuples and the like that exist once.
  Value empty_tuple, empty_str, empty_bytes;
  Value single_characters[256];
  Value modules;            // sys.modules: Dict
  Value builtins;           // the dictionary of the builtins module: Dict
  Value sys_module;         // Module
  std::vector<const NativeModule*> native_modules;   // what the host lets scripts import
  std::unique_ptr<WeakTable> weak;
  std::shared_ptr<IsolateLock> isolate_lock;         // null while there is one thread (vm/isolate_lock.hpp)
  AsyncState* async = nullptr;                       // made by runtime/async on first use
  CompilerState* compiler = nullptr;
  void (*destroy_async)(VM&) = nullptr;
  void (*destroy_compiler)(VM&) = nullptr;
  void (*type_changed)(VM&, Type&) = nullptr;        // a type with `watchers` or a base of it was changed; set by runtime/async
  // super() without arguments: the class and first argument of the innermost script function, or the RuntimeError; set by
  // runtime/vm.
  Status (*implicit_super)(VM&, Value& class_, Value& self) = nullptr;
  // Marks, or unmarks, the frames that run, for the time of a traversal (FramesMarked); set by runtime/vm.
  void (*mark_running_frames)(VM&, bool running) = nullptr;
  Owned (*current_globals)(VM&) = nullptr;           // the innermost script frame's globals, or Unbound; set by runtime/vm

  // ---- raising. All return `raised`; the exception is set in the thread state, its __context__ from `handled`.
  template<class... A>
  RaisedMark raise(TypeId exception, fmt::format_string<A...> text, A&&... arguments) {
    return raise_text(exception, fmt::vformat(text, fmt::make_format_args(arguments...)));
  }
  RaisedMark raise_text(TypeId exception, std::string_view text);
  RaisedMark raise_value(Value exception);               // an exception instance
  RaisedMark raise_with(TypeId exception, Ref argument); // type(argument)
  RaisedMark raise_memory_error();
  RaisedMark raise_recursion_error(std::string_view where = "");  // "maximum recursion depth exceeded" + where
  RaisedMark raise_os_error(int error_number, Ref filename = Unbound, Ref filename2 = Unbound);
  RaisedMark raise_key_error(Ref key);
  RaisedMark raise_stop_iteration(Ref value);            // value None or Unbound: no argument
  bool error_is(TypeId exception) const;                 // the current exception is an instance
  Value take_error();                                    // clears it; ~PyErr_GetRaisedException
  void set_error(Value exception);                       // sets it as is, no context; ~PyErr_SetRaisedException
  void clear_error() { thread->exception.reset(); }
  bool has_error() const { return !thread->exception.is_unbound(); }
  // Reports the current exception through sys.unraisablehook: "Exception ignored in: <object>", and clears it.
  void report_unraisable(Ref object, std::string_view message = "");
  // Does it: calls sys.unraisablehook. Set by the sys module; without it, the type and text of the exception are written
  // to the process's stderr.
  void (*unraisable_hook)(VM&, Ref exception, Ref object, std::string_view message) = nullptr;

  // ---- finalisers and interrupts
  // Runs the finalisers and callbacks that wait. Keeps the pending exception. May run script code.
  void drain_pending() { if (heap.has_pending()) drain_pending_slow(); }
  // For native loops over script-sized data: handles signals, kill, thread switches. Raised: unwind.
  Status check_interrupts() {
    return interrupts.load(std::memory_order_relaxed) ? handle_interrupts() : Ok;
  }
  Status handle_interrupts();
  // The same for where no script code may run: raises only what is certain, the host's kill, and KeyboardInterrupt for a
  // Ctrl-C that no handler of a script's takes. All else waits for the next check. Runs no script code.
  Status check_stop() {
    return interrupts.load(std::memory_order_relaxed) && stop_handler ? stop_handler(*this) : Ok;
  }
  // The end of the script's world, in CPython's order: modules are emptied, what is left is collected, finalisers run.
  // Called after atexit; the destructor calls it otherwise.
  void finalize_modules();
  bool modules_finalized = false;
  bool stopped = false;     // killed by the host, or being torn down: no script code or finaliser runs any more
  void request(Interrupt reason) { interrupts.fetch_or(std::uint32_t(reason), std::memory_order_relaxed); }
  Status (*interrupt_handler)(VM&, std::uint32_t reasons) = nullptr;   // set by runtime/vm
  Status (*stop_handler)(VM&) = nullptr;                               // likewise

  std::uint32_t next_type_version() { return type_version_ == UINT32_MAX ? 0 : ++type_version_; }
  std::uint32_t next_keys_version() { return keys_version_ == UINT32_MAX ? 0 : ++keys_version_; }

  // Method cache of type_lookup. Entries are valid for a type's current version only.
  struct MethodCacheEntry { std::uint32_t version; const Str* name; Bits value; };
  static constexpr std::size_t method_cache_size = 1024;
  std::unique_ptr<MethodCacheEntry[]> method_cache;

  // Modules whose code is being run by import, for the messages of circular imports. Borrowed.
  std::vector<const Object*> initialising_modules;

  ThreadState& main_thread() { return *main_thread_; }
  Value signal_handlers;    // List by number of a script's handlers, Unbound until `signal` is imported
  Value plain_interrupt_handler;  // the one of them that raises KeyboardInterrupt

 private:
  friend class Interner;
  Type& make_builtin_type(TypeId id);  // type.cpp
  void drain_pending_slow();
  void make_core();
  void tear_down();
  void run_pending(Heap::PendingNode& node);
  Type* types_[static_cast<std::size_t>(TypeId::count)] = {};
  std::vector<std::pair<const NativeType*, Type*>> dynamic_types_;
  struct NativeTypeEntry { const NativeType* native = nullptr; Type* type = nullptr; };
  NativeTypeEntry recent_native_types_[32];   // by address
  static std::size_t recent_index(const NativeType& native) { return reinterpret_cast<std::uintptr_t>(&native) / 128 % 32; }
  Type& find_native_type(const NativeType& native);
  std::uint32_t type_version_ = 0, keys_version_ = 0;
  struct InternTable;
  std::unique_ptr<InternTable> interned_;
  Value memory_error_;      // made beforehand, raised when nothing can be allocated
  bool making_memory_error_ = false;
  std::unique_ptr<ThreadState> main_thread_;
};

inline Type& type_of(VM& vm, Ref value) {
  return value.is_object() ? *value.object()->type : type_of_immediate(vm, value);
}

// Does something to `count` items in pieces, piece(from, to), and looks between them whether to stop (VM::check_stop).
// Raised: those behind the last piece are not done. Runs no script code if `piece` does not.
inline constexpr std::size_t items_at_once = std::size_t{1} << 16, bytes_at_once = std::size_t{1} << 20;
template<class Piece> Status in_pieces(VM& vm, std::size_t count, std::size_t at_once, Piece&& piece) {
  for (std::size_t from = 0; from < count;) {
    const std::size_t to = count - from > at_once ? from + at_once : count;
    piece(from, to);
    from = to;
    if (from < count) CEDE_CHECK(vm.check_stop());
  }
  return Ok;
}

// The builtin types, by TypeId; defined in types/registry.cpp.
extern const NativeType* const builtin_native_types[static_cast<std::size_t>(TypeId::count)];

// A new object of C++ type T: the fields after the header are value-initialised. Null after raising MemoryError.
template<class T>
T* make_object(VM& vm, Type& type, std::uint32_t flags = Container) {
  // A type whose instances have attributes or __slots__ words after the native part is made by allocate_instance.
  const bool extended = type.instance_size > sizeof(T);
  Object* object = extended ? allocate_instance(vm, type, sizeof(T)) : vm.heap.allocate_object(&type, sizeof(T), flags);
  if (!object) {
    if (!extended) (void)vm.raise_memory_error();
    return nullptr;
  }
  static_assert(std::is_standard_layout_v<Object>);
  const Object header = *object;
  T* made = ::new (static_cast<void*>(object)) T();
  static_cast<Object&>(*made) = header;
  return made;
}
template<class T>
T* make_object(VM& vm, TypeId id, std::uint32_t flags = Container) { return make_object<T>(vm, vm.type(id), flags); }

// The same for types that scripts may subclass or whose instances have attributes: room for __slots__ and Attributes too.
template<class T>
T* make_instance(VM& vm, Type& type) {
  Object* object = allocate_instance(vm, type, sizeof(T));
  if (!object) return nullptr;
  const Object header = *object;
  T* made = ::new (static_cast<void*>(object)) T();
  static_cast<Object&>(*made) = header;
  return made;
}

// The interned string that equals `given`, kept alive meanwhile.
//   const InternedName name(vm, given); if (name.failed()) return raised;
class InternedName {
 public:
  InternedName(VM& vm, Str& given) : name_(&given) {
    if (given.is_interned()) [[likely]] return;
    owner_ = vm.intern_transient(given);
    name_ = owner_.is_raised() ? nullptr : static_cast<Str*>(owner_.object());
  }
  InternedName(const InternedName&) = delete;
  bool failed() const { return !name_; }
  Str& operator*() const { return *name_; }

 private:
  Str* name_;
  Value owner_;
};

// Must live while objects are looked at by Heap::visit_object: what a running frame holds is not shown. No script code may
// run meanwhile.
class FramesMarked {
 public:
  explicit FramesMarked(VM& vm) : vm_(vm) { if (vm.mark_running_frames) vm.mark_running_frames(vm, true); }
  ~FramesMarked() { if (vm_.mark_running_frames) vm_.mark_running_frames(vm_, false); }
  FramesMarked(const FramesMarked&) = delete;

 private:
  VM& vm_;
};

// Guards native recursion (repr of nested containers, comparison, native calls into script): measures the real stack.
// The protocol functions that dispatch on a type all have one; so must recursion that goes through none of them.
//   NativeDepthGuard guard(vm); if (guard.exceeded(" while getting the repr of an object")) return raised;
class NativeDepthGuard {
 public:
  explicit NativeDepthGuard(VM& vm) : vm_(vm) {}
  NativeDepthGuard(const NativeDepthGuard&) = delete;
  bool exceeded(std::string_view where = "") {
    if (reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) > vm_.thread->stack_limit) [[likely]] return false;
    (void)vm_.raise_recursion_error(where);
    return true;
  }

 private:
  VM& vm_;
};

}  // namespace cede
