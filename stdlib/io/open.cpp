// open(), and the module `_io`.
#include "runtime/host/host.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/import.hpp"
#include "stdlib/io/io.hpp"
#include "stdlib/modules.hpp"
#include "stdlib/os/path_argument.hpp"

namespace cede::stdlib {

namespace {

struct OpenMode {
  bool creating = false, reading = false, writing = false, appending = false, updating = false, text = false, binary = false;
  std::string raw;   // for FileIO

  // False: a character is unknown or comes twice.
  bool parse(std::string_view mode) {
    for (std::size_t i = 0; i < mode.size(); ++i) {
      const char c = mode[i];
      if (mode.find(c, i + 1) != mode.npos) return false;
      switch (c) {
        case 'x': creating = true; break;
        case 'r': reading = true; break;
        case 'w': writing = true; break;
        case 'a': appending = true; break;
        case '+': updating = true; break;
        case 't': text = true; break;
        case 'b': binary = true; break;
        default: return false;
      }
    }
    for (const auto& [flag, letter] : {std::pair{creating, 'x'}, {reading, 'r'}, {writing, 'w'}, {appending, 'a'}, {updating, '+'}})
      if (flag) raw += letter;
    return true;
  }
  int kinds() const { return creating + reading + writing + appending; }
};

Status check_mode(VM& vm, const OpenMode& mode, Ref encoding, Ref errors, Ref newline) {
  if (mode.text && mode.binary) return vm.raise(TypeId::ValueError, "can't have text and binary mode at once");
  if (mode.kinds() > 1) return vm.raise(TypeId::ValueError, "must have exactly one of create/read/write/append mode");
  if (!mode.binary) return Ok;
  if (!encoding.is_none()) return vm.raise(TypeId::ValueError, "binary mode doesn't take an encoding argument");
  if (!errors.is_none()) return vm.raise(TypeId::ValueError, "binary mode doesn't take an errors argument");
  if (!newline.is_none()) return vm.raise(TypeId::ValueError, "binary mode doesn't take a newline argument");
  return Ok;
}

Status check_text(VM& vm, Ref value, const char* name) {
  if (value.is_none()) return Ok;
  if (!is<Str>(value))
    return vm.raise(TypeId::TypeError, "open() argument '{}' must be str or None, not {}", name, type_name(value, vm));
  if (cast<Str>(value).view().find('\0') != std::string_view::npos) return vm.raise(TypeId::ValueError, "embedded null character");
  return Ok;
}

Owned open_raw(VM& vm, Ref file, const std::string& mode, bool closefd, Ref opener) {
  CEDE_TRY(const Value mode_text, str_from_ascii(vm, mode));
  const Bits words[] = {file.bits, mode_text.bits(), Ref::boolean(closefd).bits, opener.bits};
  return call(vm, vm.native_type(file_io_type), Arguments{words, 4, nullptr});
}

Owned layers(VM& vm, Ref raw_file, const OpenMode& mode, std::string_view mode_text, std::int64_t buffering, Ref encoding, Ref errors,
             Ref newline) {
  FileIO& raw = cast<FileIO>(raw_file);
  const bool terminal = vm.host.is_terminal(raw.descriptor) == 1;
  bool line_buffering = false;
  if (buffering < 0 && terminal) {
    buffering = -1;
    line_buffering = true;
  } else if (buffering == 1) {
    buffering = -1;
    line_buffering = true;
  }
  if (buffering < 0) buffering = raw.block_size;
  if (buffering == 0) {
    if (!mode.binary) return vm.raise(TypeId::ValueError, "can't have unbuffered text I/O");
    return Owned::share(raw_file);
  }
  const NativeType& kind = mode.updating ? buffered_random_type
                           : mode.creating || mode.writing || mode.appending ? buffered_writer_type
                                                                             : buffered_reader_type;
  CEDE_TRY(Value buffer, call(vm, vm.native_type(kind), raw_file, Ref::small(buffering)));
  if (mode.binary) return buffer.take();
  TextNewline parsed;
  Value text = parse_newline(newline, parsed)
                   ? Value(text_wrapper_new(vm, buffer, encoding, errors, parsed, line_buffering, false))
                   : Value(vm.raise(TypeId::ValueError, "illegal newline value: {}", cast<Str>(newline).view()));
  if (!text.is_raised()) {
    CEDE_TRY(const Value shown, str_from_utf8(vm, mode_text));
    if (set_attribute(vm, text, *vm.names.mode, shown).is_raised()) text = Value(raised);
  }
  if (!text.is_raised()) return text.take();
  Value failure = vm.take_error();
  const Value closed = call_method(vm, buffer, *vm.names.close);
  CEDE_CHECK(chain_failures(vm, std::move(failure), closed.is_raised() ? Status(raised) : Ok));
  return raised;
}

Owned open_body(VM& vm, Ref, Ref file, Ref mode_argument, Ref buffering_argument, Ref encoding, Ref errors, Ref newline, bool closefd,
                Ref opener) {
  if (!mode_argument.is_unbound() && !is<Str>(mode_argument))
    return vm.raise(TypeId::TypeError, "open() argument 'mode' must be str, not {}", type_name(mode_argument, vm));
  const std::string mode_text(mode_argument.is_unbound() ? "r" : cast<Str>(mode_argument).view());
  if (mode_text.find('\0') != mode_text.npos) return vm.raise(TypeId::ValueError, "embedded null character");
  std::int64_t buffering = -1;
  if (!buffering_argument.is_unbound()) {
    CEDE_TRY(buffering, index_int64(vm, buffering_argument));
    if (buffering > INT32_MAX) return vm.raise(TypeId::OverflowError, "signed integer is greater than maximum");
  }
  CEDE_CHECK(check_text(vm, encoding, "encoding"));
  CEDE_CHECK(check_text(vm, errors, "errors"));
  CEDE_CHECK(check_text(vm, newline, "newline"));
  Value path{file};
  if (!is_int(file)) {
    CEDE_TRY(path, os_fspath(vm, file));
  }
  OpenMode mode;
  if (!mode.parse(mode_text)) return vm.raise(TypeId::ValueError, "invalid mode: '{}'", mode_text);
  CEDE_CHECK(check_mode(vm, mode, encoding, errors, newline));
  if (mode.binary && buffering == 1)
    CEDE_CHECK(warn(vm, TypeId::RuntimeWarning,
                    "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used", 1));
  CEDE_TRY(const Value raw, open_raw(vm, path, mode.raw, closefd, opener));
  Value made = layers(vm, raw, mode, mode_text, buffering, encoding, errors, newline);
  if (!made.is_raised()) return made.take();
  Value failure = vm.take_error();
  const Value closed = call_method(vm, raw, *vm.names.close);
  CEDE_CHECK(chain_failures(vm, std::move(failure), closed.is_raised() ? Status(raised) : Ok));
  return raised;
}

Owned io_open_code(VM& vm, Ref path) {
  if (!is<Str>(path)) return vm.raise(TypeId::TypeError, "open_code() argument 'path' must be str, not {}", type_name(path, vm));
  CEDE_TRY(const Value mode, str_from_ascii(vm, "rb"));
  const Bits words[] = {path.bits, mode.bits()};
  return io_open(vm, Unbound, Arguments{words, 2, nullptr});
}

Owned io_text_encoding(VM& vm, Ref encoding, int) {
  if (!encoding.is_none()) return Owned::share(encoding);
  return str_from_ascii(vm, "locale");
}

constexpr Method functions[] = {
    method<"open_code(path)", io_open_code>,
    method<"text_encoding(encoding, stacklevel=2, /)", io_text_encoding>,
};

// class UnsupportedOperation(OSError, ValueError), which the module `io` calls its own.
Owned make_unsupported(VM& vm) {
  CEDE_TRY(const Value name, str_from_ascii(vm, "UnsupportedOperation"));
  CEDE_TRY(const Value bases, tuple_of(vm, {Ref(vm.type(TypeId::OSError)), Ref(vm.type(TypeId::ValueError))}));
  CEDE_TRY(const Value names, dict_new(vm));
  CEDE_TRY(const Value module, str_from_ascii(vm, "io"));
  CEDE_CHECK(dict_set_str(vm, cast<Dict>(names), *vm.names.__module__, module));
  return call(vm, vm.type(TypeId::Type), name, bases, names);
}

Status fill(VM& vm, Module& module) {
  CEDE_TRY(const Value open, io_open_function(vm));
  CEDE_CHECK(module_set(vm, module, "open", open));
  CEDE_TRY(const Value unsupported, make_unsupported(vm));
  CEDE_CHECK(module_set(vm, module, "UnsupportedOperation", unsupported));
  CEDE_CHECK(module_set(vm, module, "BlockingIOError", Ref(vm.type(TypeId::BlockingIOError))));
  CEDE_CHECK(module_set(vm, module, "DEFAULT_BUFFER_SIZE", Ref::small(default_buffer_size)));
  for (const NativeType* type :
       {&iobase_type, &raw_iobase_type, &buffered_iobase_type, &text_iobase_type, &file_io_type, &bytes_io_type, &bytes_io_buffer_type,
        &string_io_type, &buffered_reader_type, &buffered_writer_type, &buffered_random_type, &buffered_pair_type, &text_wrapper_type})
    CEDE_CHECK(module_add_type(vm, module, *type));
  return Ok;
}

constexpr const Method* open_method =
    &raw_method<"open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", io_open>;

}  // namespace

Owned io_open_function(VM& vm) {
  CEDE_TRY(Value existing, dict_get_str(vm, cast<Dict>(vm.builtins), vm.intern("open")));
  if (is<NativeFunction>(existing) && cast<NativeFunction>(existing).method == open_method) return existing.take();
  CEDE_TRY(const Value module, str_from_ascii(vm, "_io"));
  return native_function_new(vm, *open_method, Unbound, module);
}

Owned io_open(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"open(file, mode='r', buffering=<unrepresentable>, encoding=None, errors=None, newline=None, closefd=True, "
                   "opener=None)", open_body>(vm, self, arguments);
}

const NativeModule io_native_module{
    .name = "_io",
    .functions = functions,
    .fill = fill,
    .doc = "The native part of the module io.",
};

}  // namespace cede::stdlib
