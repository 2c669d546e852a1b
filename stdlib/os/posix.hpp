// What the files of the module `posix` share.
#pragma once

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "stdlib/os/path_argument.hpp"

namespace cede::stdlib {

extern const std::span<const Method> posix_file_functions, posix_descriptor_functions;
const NativeType& stat_result_type();
const NativeType& terminal_size_type();

// A path argument of an os function, whose name and parameter messages show.
struct OsPath : PathArgument {
  int descriptor = -1;     // it was an open descriptor
  bool absent = false;     // None was allowed and given
  enum Allowed { Paths = 0, Descriptors = 1, Nothing = 2 };
  // TypeError "stat: path should be string, bytes, os.PathLike or integer, not x"; ValueError "stat: embedded null
  // character in path".
  Status read(VM& vm, Ref argument, const char* function, const char* parameter = "path", int allowed = Paths);
  // What host functions that take no descriptors can open instead.
  std::string host_path() const {
    return descriptor >= 0 ? "/proc/self/fd/" + std::to_string(descriptor) : absent ? "." : text;
  }
  // The exception for a failed call: with the path, if there is one.
  RaisedMark raise(VM& vm, int error) const;
};
// dir_fd= is None, or NotImplementedError.
Status check_no_folder_descriptor(VM& vm, Ref dir_fd);
Owned stat_result_new(VM& vm, const struct ::stat& status);

}  // namespace cede::stdlib
