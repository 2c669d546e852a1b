// The objects of the module `_io`, by layer: raw files, buffers, text; and what the layers ask of each other. Every
// class can be subclassed in script, so a layer uses the one below by its methods, except where it is exactly of the
// native type: then it calls the functions here.
#pragma once

#include <string_view>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/vm.hpp"

namespace cede::stdlib {

inline constexpr std::int64_t default_buffer_size = 8192;
inline constexpr std::uint32_t io_type_flags = TypeFlag::BaseType | TypeFlag::Instantiable | TypeFlag::HasAttributes |
                                               TypeFlag::HasWeakReferences | TypeFlag::HasFinalizer;

extern const NativeType iobase_type, raw_iobase_type, buffered_iobase_type, text_iobase_type, file_io_type, bytes_io_type,
    bytes_io_buffer_type, string_io_type, buffered_reader_type, buffered_writer_type, buffered_random_type, buffered_pair_type,
    text_wrapper_type;
extern const Layout iobase_layout;
extern const Slots iobase_slots;

// ---- base.cpp
RaisedMark raise_unsupported(VM& vm, std::string_view text);   // io.UnsupportedOperation
RaisedMark raise_closed(VM& vm, std::string_view text = "I/O operation on closed file.");
Result<bool> io_is_closed(VM& vm, Ref file);                   // bool(file.closed)
Status io_check_closed(VM& vm, Ref file);
enum class IOAbility { Read, Write, Seek };
Status io_check_able(VM& vm, Ref file, IOAbility ability);     // UnsupportedOperation "File or stream is not readable."
// An optional size: None and Unbound are `otherwise`; else __index__, or TypeError "argument should be integer or None, ...".
Result<std::int64_t> io_size_argument(VM& vm, Ref value, std::int64_t otherwise = -1);
Owned io_readline(VM& vm, Ref self, std::int64_t limit);        // by peek and read
Owned io_iter(VM& vm, Ref self);
Owned io_cannot_pickle(VM& vm, Ref self, const Arguments& arguments);
// close() of a layer calls flush and then closes the layer below: the error of the first is the context of the second's.
// `failure` is the exception of the first step, or Unbound; `status` that of the second.
Status chain_failures(VM& vm, Value failure, Status status);

// ---- file_io.cpp
struct FileIO : Object {
  static const Layout* layout();
  static constexpr const char* type_name = "_io.FileIO";
  int descriptor = -1;
  bool created = false, readable = false, writable = false, appending = false, closes = true, finalizing = false;
  std::int8_t seekable = -1;   // -1: not known yet
  std::int64_t block_size = default_buffer_size;
};
// Exactly a FileIO, so that its methods are the native ones.
inline bool is_exact_file(VM& vm, Ref raw) { return raw.is_object() && raw.object()->type == &vm.native_type(file_io_type); }
// For the descriptors of the process.
Owned file_io_new(VM& vm, int descriptor, std::string_view mode, bool closes, Ref name);
// Number of bytes; -1: the descriptor does not block and is not ready. The memory must stay where it is.
Result<std::int64_t> file_read(VM& vm, FileIO& file, char* data, std::size_t size);
Result<std::int64_t> file_write(VM& vm, FileIO& file, const char* data, std::size_t size);
Result<std::int64_t> file_seek(VM& vm, FileIO& file, std::int64_t offset, int whence);
Status file_check_open(VM& vm, const FileIO& file);

// ---- buffered*.cpp
struct Buffered : Object {
  static const Layout* layout();
  static constexpr const char* type_name = "_io._Buffered";
  Value raw;                    // Unbound: not initialised or detached
  char* data = nullptr;         // `size` bytes, allocated on first use
  std::int64_t size = default_buffer_size;
  bool ready = false, detached = false, readable = false, writable = false, finalizing = false;
  // Bytes read ahead: [position, end). Bytes to be written: [0, pending). Never both.
  std::int64_t position = 0, end = 0, pending = 0;
  ThreadState* owner = nullptr;  // the thread that is inside; others wait
  std::int64_t ahead() const { return end - position; }
  template<class F> static void fields(Buffered& self, F&& field) { field(self.raw); }
  static void dispose(Heap& heap, Buffered& self) {
    if (self.data) heap.free_raw(self.data, static_cast<std::size_t>(self.size));
  }
};
// One thread at a time inside a buffer. RuntimeError "reentrant call inside <...>" for its own thread.
class BufferedLock {
 public:
  explicit BufferedLock(Buffered& buffer) : buffer_(buffer) {}
  ~BufferedLock() { if (held_) buffer_.owner = nullptr; }
  BufferedLock(const BufferedLock&) = delete;
  Status enter(VM& vm);

 private:
  Buffered& buffer_;
  bool held_ = false;
};
Status buffered_check_ready(VM& vm, const Buffered& self);
// Is `raw` closed, seen without a lookup where it is a FileIO.
Result<bool> buffered_closed(VM& vm, Buffered& self);
Status buffered_check_closed(VM& vm, Buffered& self, std::string_view text);
Status buffered_set_up(VM& vm, Buffered& self, Ref raw, std::int64_t size);
bool buffered_allocate(VM& vm, Buffered& self);
Result<std::int64_t> raw_read(VM& vm, Buffered& self, char* data, std::int64_t size);    // -1: would block
Result<std::int64_t> raw_write(VM& vm, Buffered& self, const char* data, std::int64_t size);
Result<std::int64_t> raw_tell(VM& vm, Buffered& self);
Result<std::int64_t> raw_seek(VM& vm, Buffered& self, std::int64_t offset, int whence);
Status buffered_write_out(VM& vm, Buffered& self);       // lock held: everything pending goes to raw
Status buffered_rewind_raw(VM& vm, Buffered& self);      // lock held: raw is where the reader is; nothing read ahead
Owned buffered_new(VM& vm, Ref raw, bool writes, std::int64_t size);   // a BufferedReader or BufferedWriter, asking raw nothing
// The methods that text wrappers call directly.
Owned buffered_read1(VM& vm, Buffered& self, std::int64_t size);
Owned buffered_read_all(VM& vm, Buffered& self);
Owned buffered_write(VM& vm, Buffered& self, std::string_view bytes, Ref owner);   // the number of bytes
Status buffered_flush(VM& vm, Buffered& self);
extern const std::span<const Method> buffered_read_methods, buffered_write_methods;
Owned buffered_next(VM& vm, Ref self);
Owned buffered_truncate(VM& vm, Buffered& self, Ref position);

// ---- text*.cpp
enum class TextNewline : std::uint8_t { Universal, UniversalUntranslated, Lf, Cr, CrLf };
enum NewlineSeen : std::uint8_t { seen_cr = 1, seen_lf = 2, seen_crlf = 4 };
// newline= of TextIOWrapper and StringIO: None or one of '', '\n', '\r', '\r\n'.
bool parse_newline(Ref newline, TextNewline& out);
// The value of the attribute `newlines`.
Owned newlines_seen(VM& vm, std::uint8_t seen);
// What follows from text that came in: universal newlines. `pending_cr` keeps a '\r' at the end until more is known.
Owned translate_newlines(VM& vm, Str& text, bool translate, bool final, bool& pending_cr, std::uint8_t& seen);
// text.replace('\n', '\r') and the like.
Owned expand_newlines(VM& vm, Str& text, TextNewline newline);
// The end of the first line in text[start:], in bytes, behind its newline; npos: no complete line.
std::size_t find_line_end(std::string_view text, std::size_t start, TextNewline newline);

Owned text_wrapper_new(VM& vm, Ref buffer, Ref encoding, Ref errors, TextNewline newline, bool line_buffering, bool write_through);
// `file` is exactly a TextIOWrapper whose `write` is the native one: text can be handed to text_write.
bool text_write_is_native(VM& vm, Ref file);
Status text_write(VM& vm, Ref file, Str& text);
// The encoding of files that are opened without one.
std::string_view locale_encoding(VM& vm);

// ---- open.cpp
Owned io_open(VM& vm, Ref self, const Arguments& arguments);
// The function object `open`: the one that the module `builtins` has, unless a script put another there.
Owned io_open_function(VM& vm);

}  // namespace cede::stdlib
