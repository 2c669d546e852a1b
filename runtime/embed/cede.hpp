// Cede's C++ interface: run Python scripts, asyncio included, inside a C++20 program.
//
//   auto made = cede::embed::Isolate::make({.memory_limit = 64 << 20});
//   if (!made) return report(made.error());
//   cede::embed::Isolate& isolate = **made;
//   (void)isolate.define("ask(question)", [](std::string_view question) { return answer_to(question); });
//   if (auto ran = isolate.run(source, "rules.py"); !ran) std::cerr << ran.error().traceback;
//   auto price = isolate.call("price", {"apple", 3});     // a Result<Value>
//
// An *isolate* is a whole interpreter: heap, modules, event loop. Isolates share nothing but compiled
// programs, and a process may have thousands of them.
//
// ERRORS are values. No function throws, and no C++ exception passes through a script: one that leaves a host
// function or an output sink is caught there. Whatever a script raises comes back as an Error. A Result must
// not be dereferenced without a value.
//
// THREADS. A Program, an Error without `exception` and a Value without Objects are plain data. An isolate is
// bound to no thread, but only one thread of the host may be inside it at a time: a call from a second one is
// refused at once with an Error of kind Misuse, never queued. From inside a host function the isolate may be
// called again, on the thread that runs the function. KillSwitches and the copying and destruction of Objects
// are allowed on any thread at any time. Threads that a script starts run while the host is inside a call
// that waits, and between calls.
//
// OWNERSHIP. What goes in is copied, what comes out is the caller's. An Object keeps something of the
// script's world alive; it may outlive its isolate, but is good for nothing then. Sinks and host functions
// live as long as the isolate.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#define CEDE_API __attribute__((visibility("default")))

namespace cede {

class Host;  // what an isolate sees of the outside world (runtime/host/host.hpp; not installed yet)

namespace embed {

class Isolate;
class Value;
namespace detail {
struct State;
struct Handle;
struct Link;
struct ProgramData;
}  // namespace detail

// The version of the library, as "0.1.0".
CEDE_API std::string_view version();

// ---- values

// A reference to something in an isolate that has no copy here: an instance, a function, a module, ... Empty
// by default. Only the isolate that it came from accepts it.
class CEDE_API Object {
 public:
  Object() = default;
  explicit operator bool() const { return handle_ != nullptr; }
  // The same reference (two references to one object may differ).
  friend bool operator==(const Object& a, const Object& b) { return a.handle_ == b.handle_; }

 private:
  friend struct detail::State;
  std::shared_ptr<detail::Handle> handle_;
};

// An int that does not fit in 64 bits, as Python's hex() writes it: "-0x1ffffffffffffffff".
struct BigInt {
  std::string hexadecimal;
  friend bool operator==(const BigInt&, const BigInt&) = default;
};
struct Bytes {
  std::string data;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};
struct List {
  std::vector<Value> items;
  CEDE_API friend bool operator==(const List& a, const List& b);
};
struct Tuple {
  std::vector<Value> items;
  CEDE_API friend bool operator==(const Tuple& a, const Tuple& b);
};
// In the order of insertion. Made by hand, a key may occur twice; the later one counts.
struct Dict {
  std::vector<std::pair<Value, Value>> items;
  // The value of a str key; null if there is none.
  CEDE_API const Value* find(std::string_view key) const;
  CEDE_API friend bool operator==(const Dict& a, const Dict& b);
};

// A copy of what a script holds. None, bool, int, float, str, bytes, list, tuple and dict become data, if of
// exactly these types; anything else is an Object, and so is a container nested in more than 200 others or in
// itself. Text is UTF-8; lone surrogates come out as CPython's "surrogatepass" encodes them, and bytes going
// in that are no UTF-8 become surrogates as "surrogateescape" has it.
class CEDE_API Value {
 public:
  enum class Kind : std::uint8_t { None, Bool, Int, BigInt, Float, Str, Bytes, List, Tuple, Dict, Object };

  Value() = default;  // None
  Value(std::nullptr_t) {}
  template<std::same_as<bool> B> Value(B truth) : data_(truth) {}
  template<std::integral I>
  requires(!std::same_as<I, bool>) Value(I number) {
    if constexpr (std::is_unsigned_v<I> && sizeof(I) >= sizeof(std::int64_t)) {
      set_unsigned(number);
    } else {
      data_ = static_cast<std::int64_t>(number);
    }
  }
  template<std::floating_point F> Value(F number) : data_(static_cast<double>(number)) {}
  Value(std::string text) : data_(std::move(text)) {}
  Value(std::string_view text) : data_(std::string(text)) {}
  Value(const char* text) : data_(std::string(text)) {}
  Value(embed::BigInt number) : data_(std::move(number)) {}
  Value(embed::Bytes bytes) : data_(std::move(bytes)) {}
  Value(embed::List items) : data_(std::move(items)) {}
  Value(embed::Tuple items) : data_(std::move(items)) {}
  Value(embed::Dict items) : data_(std::move(items)) {}
  Value(embed::Object object) : data_(std::move(object)) {}
  template<class T>
  Value(std::vector<T> items) : data_(embed::List{std::vector<Value>(items.begin(), items.end())}) {}
  template<class T> Value(std::optional<T> value) {
    if (value) *this = Value(*std::move(value));
  }

  Kind kind() const { return static_cast<Kind>(data_.index()); }
  bool is_none() const { return kind() == Kind::None; }
  // The data if of that kind, else null: bool, std::int64_t, BigInt, double, std::string, Bytes, List, Tuple,
  // Dict, Object.
  template<class T> const T* get_if() const { return std::get_if<T>(&data_); }
  template<class T> T* get_if() { return std::get_if<T>(&data_); }
  // "int", "str", ...: the name of the Python type; "object" for an Object.
  std::string_view type_name() const;

  // Equal data of the same kind; 1, 1.0 and true differ.
  CEDE_API friend bool operator==(const Value& a, const Value& b);

 private:
  void set_unsigned(std::uint64_t number);
  std::variant<std::monostate, bool, std::int64_t, embed::BigInt, double, std::string, embed::Bytes,
               embed::List, embed::Tuple, embed::Dict, embed::Object>
      data_;
};

// ---- errors

struct CEDE_API Error {
  enum class Kind : std::uint8_t {
    Exception,  // a script raised it, or its source does not compile
    Exit,       // SystemExit: the script wants to end with `exit_status`
    Killed,     // the isolate was killed, and runs nothing any more
    Misuse,     // the host called wrongly: from a second thread, with a foreign Object, ...
    Deadlock,   // the script waited when nothing could ever wake it (Options::report_deadlocks)
  };

  Error() = default;
  // What a host function returns to raise an exception: a builtin type, or "module.Type" of an imported
  // module. A type that is not found, or is no exception, becomes RuntimeError("Type: message").
  Error(std::string exception_type, std::string text)
      : type(std::move(exception_type)), message(std::move(text)) {}

  Kind kind = Kind::Exception;
  std::string type;     // "ZeroDivisionError", "app.Refused"
  std::string message;  // str(exception)
  std::string
      traceback;  // the report as CPython prints it, ending in a newline; empty if no script was involved. Of a
                  // Deadlock: the tasks, where they stand, what they wait for and who holds that
  // Where: the place that a SyntaxError complains about (column from 1, 0: not known), or the innermost line
  // of script that the exception passed. Empty and 0 if there is none.
  std::string file;
  int line = 0, column = 0;
  int exit_status = 0;  // of an Exit
  Object exception;  // the exception itself, which keeps alive what its frames held; empty if no script saw
                     // the error
};

// A T or an Error.
template<class T> class [[nodiscard]] Result {
 public:
  template<class U>
  requires std::convertible_to<U&&, T> &&(!std::same_as<std::remove_cvref_t<U>, Error>)Result(U&& value)
      : data_(std::in_place_index<0>, std::forward<U>(value)) {}
  Result(Error error) : data_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return data_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& operator*() & { return *std::get_if<0>(&data_); }
  const T& operator*() const& { return *std::get_if<0>(&data_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&data_)); }
  T* operator->() { return std::get_if<0>(&data_); }
  const T* operator->() const { return std::get_if<0>(&data_); }
  T value_or(T otherwise) const { return has_value() ? **this : std::move(otherwise); }
  Error& error() { return *std::get_if<1>(&data_); }
  const Error& error() const { return *std::get_if<1>(&data_); }

 private:
  std::variant<T, Error> data_;
};

template<> class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  bool has_value() const { return !error_; }
  explicit operator bool() const { return has_value(); }
  Error& error() { return *error_; }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

// ---- programs

// A compiled program: immutable, to be run in any number of isolates, on any threads, at the same time.
// Copies share it.
class CEDE_API Program {
 public:
  // What the compiler warns of ("invalid escape sequence ..."). Running a Program issues them not: the host
  // decides.
  struct Warning {
    int line;
    std::string category;  // "SyntaxWarning", "DeprecationWarning"
    std::string message;
  };

  Program() = default;  // does nothing
  // `source` is a module: UTF-8, or bytes that declare their encoding. `file` is what tracebacks call it; the
  // source is kept for them. `optimize` 1 leaves out asserts, 2 docstrings too. The error is a SyntaxError or
  // one of its kin, a RecursionError for nesting without end, or a MemoryError.
  static Result<Program> compile(std::string_view source, std::string_view file = "<string>",
                                 int optimize = 0);
  std::span<const Warning> warnings() const;

 private:
  friend class Isolate;
  std::shared_ptr<const detail::ProgramData> data_;
};

// ---- host functions

// One call of a host function.
class CEDE_API Call {
 public:
  Isolate& isolate() const;
  std::size_t size() const { return arguments_.size(); }
  // The arguments by the position of their parameter in the signature; a missing one is its default, `*rest`
  // is a Tuple and `**rest` a Dict.
  Value& operator[](std::size_t parameter) { return arguments_[parameter]; }
  const Value& operator[](std::size_t parameter) const { return arguments_[parameter]; }
  // TypeError "f() argument 'x' must be int, not str".
  Error wrong_type(std::size_t parameter, std::string_view expected) const;
  Error out_of_range(std::size_t parameter, std::string_view expected) const;

 private:
  friend struct detail::State;
  Call(detail::State& state, const void* definition) : state_(state), definition_(definition) {}
  detail::State& state_;
  const void* definition_;
  std::vector<Value> arguments_;
};
using HostFunction = std::function<Result<Value>(Call& call)>;

// Positional arguments, and keyword ones: call("f", Arguments{1, 2}.keyword("scale", 3)).
class Arguments {
 public:
  Arguments() = default;
  Arguments(std::initializer_list<Value> positional) : positional_(positional) {}
  explicit Arguments(std::vector<Value> positional) : positional_(std::move(positional)) {}
  Arguments& keyword(std::string name, Value value) & {
    keywords_.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Arguments&& keyword(std::string name, Value value) && {
    return std::move(keyword(std::move(name), std::move(value)));
  }
  const std::vector<Value>& positional() const { return positional_; }
  const std::vector<std::pair<std::string, Value>>& keywords() const { return keywords_; }

 private:
  std::vector<Value> positional_;
  std::vector<std::pair<std::string, Value>> keywords_;
};

// How the types of a C++ function's parameters take a Value: bool, integers, floating point (which takes int
// too), std::string, std::string_view (valid during the call), Bytes, List, Tuple, Dict, Value, std::optional
// (None: nothing), std::vector (of a list or tuple), and Object, which takes anything and copies nothing.
enum class Converted : std::uint8_t { Yes, WrongType, OutOfRange };
template<class T> struct Convert;

// ---- isolates

// Receives what a script writes, in pieces, when buffers are flushed: at the latest when the host's call
// returns. Must not call the isolate.
using Sink = std::function<void(std::string_view text)>;

struct Options {
  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
  std::size_t memory_limit = no_limit;   // bytes for all that the script makes; over it MemoryError is raised
  std::uint32_t recursion_limit = 1000;  // sys.getrecursionlimit() at the start
  std::size_t value_limit =
      64u << 20;     // bytes of one Value that is copied out; over it the call fails with MemoryError
  int optimize = 0;  // for source that the isolate compiles, as Program::compile
  std::optional<std::uint32_t> hash_seed;  // hashes of str, as PYTHONHASHSEED; none: at random
  std::vector<std::string> arguments;      // sys.argv; empty: [""]
  std::vector<std::string>
      search_path;            // sys.path: folders of .py modules. The standard modules are always there
  // An event loop in run_until_complete() or asyncio.run() that waits with unfinished tasks, when nothing is
  // ready, no timer is set, no descriptor is watched and no other script thread lives, waits for ever. The
  // isolate is then stopped as by a kill, and the call ends with an Error of kind Deadlock. If false, it waits
  // until it is killed: for a `host` that wakes loops in ways of its own.
  bool report_deadlocks = true;
  Sink output, error_output;  // sys.stdout and sys.stderr; empty: those of the process
  Host* host = nullptr;       // borrowed, must outlive the isolate; null: the operating system
};

// Stops an isolate from any other thread; survives it. Copies are the same switch.
class CEDE_API KillSwitch {
 public:
  KillSwitch() = default;
  // For good, and at once: a script cannot catch it and runs no `finally`, no finaliser. Also ends waits: an
  // idle event loop, sleeps, locks, reads. The call that the host is inside of ends with an Error of kind
  // Killed, and so does each later one. Not ended are a running host function, the resolution of a host name,
  // and a write to a full pipe.
  void kill() const;

 private:
  friend class Isolate;
  std::shared_ptr<detail::Link> link_;
};

class CEDE_API Isolate {
 public:
  // Made on the calling thread. Fails if the memory limit is too small for the isolate itself.
  static Result<std::unique_ptr<Isolate>> make(const Options& options = {});
  Isolate(const Isolate&) = delete;
  Isolate& operator=(const Isolate&) = delete;
  // As `close`. No thread may be inside, not even the calling one, in a host function or a sink.
  ~Isolate();

  // Runs a module's code in the namespace of __main__, which stays as it is left: several programs may follow
  // each other.
  Result<void> run(const Program& program);
  Result<void> run(std::string_view source, std::string_view file = "<string>");
  // The value of an expression, in the namespace of __main__.
  Result<Value> evaluate(std::string_view expression, std::string_view file = "<string>");

  // Calls a function of __main__ or a builtin; with dots an attribute of one: "config.load". A coroutine
  // function gives its coroutine as an Object; asyncio.run is what runs it.
  Result<Value> call(std::string_view function, const Arguments& arguments = {});
  Result<Value> call(const Object& callable, const Arguments& arguments = {});
  Result<Value> call_method(const Object& object, std::string_view method, const Arguments& arguments = {});

  // Names of __main__, or of another module: one that is imported, or is made then and there for scripts to
  // import. `get` finds builtins too, and attributes with dots.
  Result<Value> get(std::string_view name);
  Result<void> set(std::string_view name, const Value& value, std::string_view module = "__main__");

  // Without a copy: whatever it is, the result is an Object.
  Result<Object> object(std::string_view name);
  Result<Object> import(std::string_view module);
  Result<Object> keep(const Value& value);
  // Operations on Objects: the copy where there is one (see Value), attributes, str(), repr(), the name of
  // the type.
  Result<Value> value_of(const Object& object);
  Result<Value> get_attribute(const Object& object, std::string_view name);
  Result<Object> get_attribute_object(const Object& object, std::string_view name);
  Result<void> set_attribute(const Object& object, std::string_view name, const Value& value);
  Result<std::string> str(const Object& object);
  Result<std::string> repr(const Object& object);
  Result<std::string> type_name(const Object& object);

  // A function that scripts call, in __main__ or the module of that name (as `set`). The signature is written
  // as in Python, "connect(host, port=80, /, *, timeout=None)", at most 24 parameters; defaults are evaluated
  // now. Callable:
  //   Result<Value>(Call&)        the general form
  //   R(A...), R(Isolate&, A...)  parameters by Convert, one for each of the signature; R is void, anything
  //   that makes a
  //                               Value, or a Result of one of these
  // It runs on the script's thread, with the isolate held: other threads of the script wait. An Error that it
  // returns is raised there (the same exception again, if the Error came from this isolate).
  template<class F>
  Result<void> define(std::string_view signature, F&& function, std::string_view module = "__main__");
  Result<void> define_function(std::string_view signature, HostFunction function,
                               std::string_view module = "__main__");

  KillSwitch kill_switch() const;
  void kill() const { kill_switch().kill(); }
  bool killed() const;

  // Bytes in use, and the limit on them.
  std::size_t memory_used() const;
  std::size_t memory_limit() const;

  // Ends the script's world as the end of a program does: waits for its non-daemon threads, runs atexit
  // functions and finalisers, flushes output. Nothing of it for a killed isolate. Every later call but the
  // destructor is a Misuse. The error is the first one of flushing.
  Result<void> close();

 private:
  Isolate();
  // `parameters`: how many the callable has, negative: not known. `as_objects`: bit i says that parameter i
  // is not copied.
  Result<void> define_checked(std::string_view signature, HostFunction function, std::string_view module,
                              int parameters, std::uint64_t as_objects);
  std::unique_ptr<detail::State> state_;
};

}  // namespace embed
}  // namespace cede

#include "cede_convert.hpp"
