// _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase: what every file inherits, written on the few methods that a
// subclass defines.
#include "runtime/core/attribute_rules.hpp"
#include "runtime/core/special_method.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytearray.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/sequence.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/io/io.hpp"

namespace cede::stdlib {

extern constinit const Layout iobase_layout = layout_for<Object>();

namespace {

Owned iobase_construct(VM& vm, Type& type, const Arguments&) {
  Object* made = make_instance<Object>(vm, type);
  if (!made) return raised;
  return Value::adopt(made);
}
// A subclass may have an __init__ of its own, whose arguments come by here too.
Status iobase_init(VM& vm, Ref self, const Arguments& arguments) {
  Type& type = type_of(vm, self);
  if (!arguments.positional && !(arguments.keywords && arguments.keywords->size)) return Ok;
  return type.has(TypeFlag::Heap) ? object_init(vm, self, arguments)
                                  : vm.raise(TypeId::TypeError, "{}() takes no arguments", short_name(type));
}

// An object that is thrown away is closed first, if it can say that it is open.
void iobase_finalize(VM& vm, Ref self) {
  Value pending = vm.take_error();
  const auto closed = io_is_closed(vm, self);
  if (closed.is_raised()) {
    vm.clear_error();
  } else if (!*closed) {
    if (set_attribute(vm, self, vm.intern("_finalizing"), True).is_raised()) vm.clear_error();
    if (Value(call_method(vm, self, *vm.names.close)).is_raised()) vm.report_unraisable(self);
  }
  if (!pending.is_unbound()) vm.set_error(std::move(pending));
}

Owned iobase_next(VM& vm, Ref self) {
  CEDE_TRY(Value line, call_method(vm, self, *vm.names.readline));
  CEDE_TRY(const std::int64_t size, length(vm, line));
  return size ? line.take() : Owned(Finished.bits);
}

// ---- methods

Owned iobase_seek(VM& vm, Ref, const Arguments&) { return raise_unsupported(vm, "seek"); }
Owned iobase_tell(VM& vm, Ref self) {
  return call_method(vm, self, vm.intern("seek"), Ref::small(0), Ref::small(1));
}
Owned iobase_truncate(VM& vm, Ref, const Arguments&) { return raise_unsupported(vm, "truncate"); }
Owned iobase_fileno(VM& vm, Ref) { return raise_unsupported(vm, "fileno"); }

Str& closed_flag(VM& vm) { return vm.intern("__IOBase_closed"); }
Result<bool> closed_by_flag(VM& vm, Ref self) { return has_attribute(vm, self, closed_flag(vm)); }

Status iobase_flush(VM& vm, Ref self) {
  CEDE_TRY(const bool closed, closed_by_flag(vm, self));
  if (closed) return raise_closed(vm);
  return Ok;
}

Status iobase_close(VM& vm, Ref self) {
  CEDE_TRY(const bool closed, closed_by_flag(vm, self));
  if (closed) return Ok;
  const Value flushed = call_method(vm, self, *vm.names.flush);
  Value failure = flushed.is_raised() ? vm.take_error() : Value();
  return chain_failures(vm, std::move(failure), set_attribute(vm, self, closed_flag(vm), True));
}

bool iobase_false(VM&, Ref) { return false; }

Owned check_closed_method(VM& vm, Ref self, const Arguments&) {
  CEDE_CHECK(io_check_closed(vm, self));
  return Owned::share(None);
}
template<IOAbility ability> Owned check_able_method(VM& vm, Ref self, const Arguments&) {
  CEDE_CHECK(io_check_able(vm, self, ability));
  return Owned::share(True);
}

Owned iobase_isatty(VM& vm, Ref self) {
  CEDE_CHECK(io_check_closed(vm, self));
  return Owned::share(False);
}
Owned iobase_enter(VM& vm, Ref self) {
  CEDE_CHECK(io_check_closed(vm, self));
  return Owned::share(self);
}
Owned iobase_exit(VM& vm, Ref self, Rest) { return call_method(vm, self, *vm.names.close); }

Owned iobase_readline(VM& vm, Ref self, Ref size) {
  CEDE_TRY(const std::int64_t limit, io_size_argument(vm, size));
  return io_readline(vm, self, limit);
}

Owned iobase_readlines(VM& vm, Ref self, Ref hint) {
  CEDE_TRY(const std::int64_t limit, io_size_argument(vm, hint));
  if (limit <= 0) return list_from(vm, self);
  CEDE_TRY(Value lines, list_new(vm));
  CEDE_TRY(const Value iterator, get_iterator(vm, self));
  for (std::int64_t total = 0;;) {
    CEDE_TRY(const Value line, next(vm, iterator));
    if (line.is_finished()) return lines.take();
    CEDE_CHECK(list_append(vm, cast<List>(lines), line));
    CEDE_TRY(const std::int64_t size, length(vm, line));
    if (size > limit - total) return lines.take();
    total += size;
  }
}

Status iobase_writelines(VM& vm, Ref self, Ref lines) {
  CEDE_CHECK(io_check_closed(vm, self));
  return for_each(vm, lines, [&](Ref line) -> Status {
    CEDE_TRY(const Value written, call_method(vm, self, *vm.names.write, line));
    return Ok;
  });
}

Owned iobase_closed(VM& vm, Ref self) {
  CEDE_TRY(const bool closed, closed_by_flag(vm, self));
  return Owned(Ref::boolean(closed).bits);
}

constexpr Method iobase_methods[] = {
    raw_method<"seek(self, offset, whence=0, /)", iobase_seek>,
    method<"tell(self, /)", iobase_tell>,
    raw_method<"truncate(self, size=None, /)", iobase_truncate>,
    method<"flush(self, /)", iobase_flush>,
    method<"close(self, /)", iobase_close>,
    method<"seekable(self, /)", iobase_false>,
    method<"readable(self, /)", iobase_false>,
    method<"writable(self, /)", iobase_false>,
    raw_method<"_checkClosed(self, msg=None, /)", check_closed_method>,
    raw_method<"_checkSeekable(self, msg=None, /)", check_able_method<IOAbility::Seek>>,
    raw_method<"_checkReadable(self, msg=None, /)", check_able_method<IOAbility::Read>>,
    raw_method<"_checkWritable(self, msg=None, /)", check_able_method<IOAbility::Write>>,
    method<"fileno(self, /)", iobase_fileno>,
    method<"isatty(self, /)", iobase_isatty>,
    method<"__enter__(self, /)", iobase_enter>,
    method<"__exit__(self, /, *args)", iobase_exit>,
    method<"readline(self, size=-1, /)", iobase_readline>,
    method<"readlines(self, hint=-1, /)", iobase_readlines>,
    method<"writelines(self, lines, /)", iobase_writelines>,
};
constexpr Property iobase_properties[] = {instance_dict_property, property<"closed", iobase_closed>};

// ---- _RawIOBase

Owned raw_read_method(VM& vm, Ref self, Ref size) {
  CEDE_TRY(const std::int64_t n, io_size_argument(vm, size));
  if (n < 0) return call_method(vm, self, vm.intern("readall"));
  CEDE_TRY(const Value room, bytearray_from(vm, ""));
  CEDE_CHECK(bytearray_resize(vm, cast<ByteArray>(room), static_cast<std::size_t>(n)));
  std::memset(cast<ByteArray>(room).data(), 0, static_cast<std::size_t>(n));
  CEDE_TRY(Value got, call_method(vm, self, vm.intern("readinto"), room));
  if (got.is_none()) return got.take();
  CEDE_TRY(const std::int64_t count, index_int64(vm, got));
  const std::string_view bytes = cast<ByteArray>(room).view();
  if (count < 0 || static_cast<std::size_t>(count) > bytes.size())
    return vm.raise(TypeId::ValueError, "readinto returned {} outside buffer size {}", count, bytes.size());
  return bytes_from(vm, bytes.substr(0, static_cast<std::size_t>(count)));
}

Owned raw_readall(VM& vm, Ref self) {
  StringBuilder all(vm);
  bool any = false;
  for (;;) {
    CEDE_TRY(Value data, call_method(vm, self, *vm.names.read, Ref::small(default_buffer_size)));
    if (data.is_none()) {
      if (!any) return data.take();
      break;
    }
    if (!is<Bytes>(data)) return vm.raise(TypeId::TypeError, "read() should return bytes");
    if (cast<Bytes>(data).size == 0) break;
    any = true;
    CEDE_CHECK(all.append(cast<Bytes>(data).view()));
    CEDE_CHECK(vm.check_interrupts());
  }
  return bytes_from(vm, all.view());
}

Owned raise_not_implemented(VM& vm, Ref, const Arguments&) { return vm.raise_value(exception_new(vm, TypeId::NotImplementedError, Unbound)); }

constexpr Method raw_methods[] = {
    method<"read(self, size=-1, /)", raw_read_method>,
    method<"readall(self, /)", raw_readall>,
    raw_method<"readinto(self, buffer, /)", raise_not_implemented>,
    raw_method<"write(self, b, /)", raise_not_implemented>,
};

// ---- _BufferedIOBase

template<FixedString name> Owned unsupported(VM& vm, Ref, const Arguments&) { return raise_unsupported(vm, name.view()); }

Owned read_into(VM& vm, Ref self, Ref target, Str& reader) {
  BufferView view;
  CEDE_CHECK(view.acquire(vm, target, BufferAccess::Write));
  CEDE_TRY(const Value data, call_method(vm, self, reader, Ref::small(static_cast<std::int64_t>(view.size()))));
  if (!is<Bytes>(data)) return vm.raise(TypeId::TypeError, "read() should return bytes");
  const std::string_view bytes = cast<Bytes>(data).view();
  if (bytes.size() > view.size())
    return vm.raise(TypeId::ValueError, "read() returned too much data: {} bytes requested, {} returned", view.size(), bytes.size());
  if (!bytes.empty()) std::memcpy(view.data(), bytes.data(), bytes.size());
  return Owned(Ref::small(static_cast<std::int64_t>(bytes.size())).bits);
}
Owned buffered_base_readinto(VM& vm, Ref self, Ref buffer) { return read_into(vm, self, buffer, *vm.names.read); }
Owned buffered_base_readinto1(VM& vm, Ref self, Ref buffer) { return read_into(vm, self, buffer, vm.intern("read1")); }

constexpr Method buffered_base_methods[] = {
    raw_method<"detach(self, /)", unsupported<"detach">>,
    raw_method<"read(self, size=-1, /)", unsupported<"read">>,
    raw_method<"read1(self, size=-1, /)", unsupported<"read1">>,
    method<"readinto(self, buffer, /)", buffered_base_readinto>,
    method<"readinto1(self, buffer, /)", buffered_base_readinto1>,
    raw_method<"write(self, b, /)", unsupported<"write">>,
};

// ---- _TextIOBase

constexpr Method text_base_methods[] = {
    raw_method<"detach(self, /)", unsupported<"detach">>,
    raw_method<"read(self, size=-1, /)", unsupported<"read">>,
    raw_method<"readline(self, size=-1, /)", unsupported<"readline">>,
    raw_method<"write(self, s, /)", unsupported<"write">>,
};
Owned text_base_none(VM&, Ref) { return Owned::share(None); }
constexpr Property text_base_properties[] = {property<"encoding", text_base_none>, property<"newlines", text_base_none>,
                                             property<"errors", text_base_none>};

}  // namespace

extern constinit const Slots iobase_slots = inherit(object_slots, [](Slots& s) {
  s.construct = iobase_construct;
  s.init = iobase_init;
  s.iter = io_iter;
  s.next = iobase_next;
  s.finalize = iobase_finalize;
});

const NativeType iobase_type{.name = "_io._IOBase", .id = TypeId::Dynamic, .base = nullptr, .layout = &iobase_layout,
                             .slots = &iobase_slots, .flags = io_type_flags, .methods = iobase_methods,
                             .properties = iobase_properties, .doc = "The abstract base class for all I/O classes."};
const NativeType raw_iobase_type{.name = "_io._RawIOBase", .id = TypeId::Dynamic, .base = &iobase_type, .layout = &iobase_layout,
                                 .slots = &iobase_slots, .flags = io_type_flags, .methods = raw_methods,
                                 .doc = "Base class for raw binary I/O."};
const NativeType buffered_iobase_type{.name = "_io._BufferedIOBase", .id = TypeId::Dynamic, .base = &iobase_type,
                                      .layout = &iobase_layout, .slots = &iobase_slots, .flags = io_type_flags,
                                      .methods = buffered_base_methods, .doc = "Base class for buffered IO objects."};
const NativeType text_iobase_type{.name = "_io._TextIOBase", .id = TypeId::Dynamic, .base = &iobase_type, .layout = &iobase_layout,
                                  .slots = &iobase_slots, .flags = io_type_flags, .methods = text_base_methods,
                                  .properties = text_base_properties, .doc = "Base class for text I/O."};

// ---- shared helpers

RaisedMark raise_unsupported(VM& vm, std::string_view text) {
  CEDE_TRY(const Value module, import_native(vm, "_io"));
  CEDE_TRY(const Value type, get_attribute(vm, module, "UnsupportedOperation"));
  CEDE_TRY(const Value message, str_from_utf8(vm, text));
  CEDE_TRY(Value exception, call(vm, type, message));
  return vm.raise_value(std::move(exception));
}
RaisedMark raise_closed(VM& vm, std::string_view text) { return vm.raise_text(TypeId::ValueError, text); }

Result<bool> io_is_closed(VM& vm, Ref file) {
  CEDE_TRY(const Value closed, get_attribute(vm, file, "closed"));
  return is_truthy(vm, closed);
}
Status io_check_closed(VM& vm, Ref file) {
  CEDE_TRY(const bool closed, io_is_closed(vm, file));
  if (closed) return raise_closed(vm);
  return Ok;
}

Status io_check_able(VM& vm, Ref file, IOAbility ability) {
  static constexpr const char* questions[] = {"readable", "writable", "seekable"};
  const char* question = questions[static_cast<int>(ability)];
  CEDE_TRY(const Value answer, call_method(vm, file, vm.intern(question)));
  if (answer.ref().is_true()) return Ok;
  return raise_unsupported(vm, fmt::format("File or stream is not {}.", question));
}

Result<std::int64_t> io_size_argument(VM& vm, Ref value, std::int64_t otherwise) {
  if (value.is_none() || value.is_unbound()) return otherwise;
  if (value.is_small()) return value.small();
  if (!has_index(vm, value))
    return vm.raise(TypeId::TypeError, "argument should be integer or None, not '{}'", display_name(type_of(vm, value)));
  return size_argument(vm, value);
}

Owned io_iter(VM& vm, Ref self) {
  CEDE_CHECK(io_check_closed(vm, self));
  return Owned::share(self);
}

Owned io_cannot_pickle(VM& vm, Ref self, const Arguments&) {
  return vm.raise(TypeId::TypeError, "cannot pickle '{}' instances", display_name(type_of(vm, self)));
}

Status chain_failures(VM& vm, Value failure, Status status) {
  if (failure.is_unbound()) return status;
  if (!status.is_raised()) {
    vm.set_error(std::move(failure));
    return raised;
  }
  Value second = vm.take_error();
  if (is_exception(second) && is_exception(failure) && second.ref() != failure.ref() &&
      cast<BaseException>(second).context.is_unbound())
    cast<BaseException>(second).context = std::move(failure);
  vm.set_error(std::move(second));
  return raised;
}

// How many bytes to read next: what peek shows up to a newline, or one.
static Result<std::int64_t> readahead(VM& vm, Ref peek, std::int64_t limit, std::size_t so_far) {
  std::int64_t count = 1;
  if (!peek.is_unbound()) {
    CEDE_TRY(const Value seen, call(vm, peek, Ref::small(1)));
    if (!is<Bytes>(seen))
      return vm.raise(TypeId::OSError, "peek() should have returned a bytes object, not '{}'", display_name(type_of(vm, seen)));
    const std::string_view bytes = cast<Bytes>(seen).view();
    if (!bytes.empty()) {
      const std::size_t newline = bytes.find('\n');
      count = static_cast<std::int64_t>(newline == bytes.npos ? bytes.size() : newline + 1);
    }
  }
  return limit >= 0 ? std::min(count, limit - static_cast<std::int64_t>(so_far)) : count;
}

Owned io_readline(VM& vm, Ref self, std::int64_t limit) {
  CEDE_TRY(const Value peek, find_attribute(vm, self, "peek"));
  StringBuilder line(vm);
  while (limit < 0 || line.size() < static_cast<std::size_t>(limit)) {
    CEDE_TRY(const std::int64_t count, readahead(vm, peek, limit, line.size()));
    CEDE_TRY(const Value data, call_method(vm, self, *vm.names.read, Ref::small(count)));
    if (!is<Bytes>(data))
      return vm.raise(TypeId::OSError, "read() should have returned a bytes object, not '{}'", display_name(type_of(vm, data)));
    const std::string_view bytes = cast<Bytes>(data).view();
    if (bytes.empty()) break;
    CEDE_CHECK(line.append(bytes));
    if (bytes.back() == '\n') break;
    CEDE_CHECK(vm.check_interrupts());
  }
  return bytes_from(vm, line.view());
}

}  // namespace cede::stdlib
