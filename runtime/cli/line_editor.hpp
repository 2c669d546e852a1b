// Reading of lines at the prompt: with editing, history and completion on a terminal (libedit, loaded when it
// is first needed), plainly otherwise.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/core/vm.hpp"

namespace cede::cli {

class LineEditor {
 public:
  // What the editor asks of the interpreter. They may run script code.
  struct Callbacks {
    std::function<Status()> idle;  // called before each wait for a key
    std::function<std::vector<std::string>(const std::string&)>
        complete;  // names that begin like the word given
  };

  LineEditor(VM& vm, Callbacks callbacks);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;

  // A line with its end, or Finished at the end of input, as a Str. Raised: Ctrl-C, or what `idle` raised.
  Owned read_line(const std::string& prompt);

 private:
  struct Terminal;
  Owned read_plainly(const std::string& prompt);

  VM& vm_;
  Callbacks callbacks_;
  std::unique_ptr<Terminal> terminal_;  // null: stdin is no terminal, or there is no libedit
};

}  // namespace cede::cli
