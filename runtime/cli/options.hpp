// The command line of `cede`, CPython's options as far as they have a meaning here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cede::cli {

enum class Run : std::uint8_t { Script, Command, Module, Input, DumpAst, DumpCode };

struct Options {
  std::string program;                  // argv[0]
  Run run = Run::Input;
  std::string target;                   // path, command or module name
  std::vector<std::string> arguments;   // sys.argv, argv[0] included
  std::vector<std::string> original;    // sys.orig_argv
  std::vector<std::string> warnings;    // -W
  std::vector<std::string> implementation;  // -X
  std::vector<std::string> search_path;     // PYTHONPATH
  bool unbuffered = false, interactive = false, quiet = false, ignore_environment = false, isolated = false;
  bool development_mode = false, safe_path = false, virtual_time = false;
  int optimize = 0, verbose = 0;
  std::optional<std::size_t> memory_limit;
  bool report_deadlocks = true;
  std::string dump_tasks;               // file for what SIGQUIT asks for; empty: stderr
};

// What the program does with a command line that ends it at once: text for stdout or stderr, and the status.
struct Reply {
  std::string text;
  int status = 0;
};

// Reads the command line and, unless it says not to, the environment. A Reply: nothing is to be run.
std::optional<Reply> parse_options(int count, char** words, Options& options);

}  // namespace cede::cli
