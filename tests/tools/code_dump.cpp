// Prints the code units of a file, or what is wrong with it:
//     code_dump [--verify | --time N] FILE...
// --verify prints faults of the code only, --time compiles every file N times and prints the rate.
#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "lang/compile_source.hpp"
#include "lang/verify.hpp"

namespace {

using namespace cede::lang;

std::string read(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<const CodeUnit> compile_file(const std::string& text, const char* path) {
  std::vector<RecordedWarning> warnings;
  return compile_source(text, path, Origin::File, {}, {}, warnings);
}

enum class Action { Dump, Verify, Time };

bool process(const char* path, Action action, int times) {
  const std::string text = read(path);
  try {
    if (action == Action::Time) {
      for (int i = 1; i < times; ++i) compile_file(text, path);
    }
    const auto unit = compile_file(text, path);
    if (action == Action::Dump) std::cout << disassemble(*unit);
    if (action != Action::Verify) return true;
    const std::string fault = verify(*unit);
    if (fault.empty()) return true;
    std::cout << path << ": " << fault << "\n";
  } catch (const SyntaxError& error) {
    std::cout << fmt::format("{}:{}:{}: {}: {}\n", path, error.line, error.column, name_of(error.type),
                             error.message);
  } catch (const std::bad_alloc&) {
    std::cout << path << ": out of memory\n";
  }
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  Action action = Action::Dump;
  int first = 1, times = 1;
  if (argc > 1 && std::strcmp(argv[1], "--verify") == 0) action = Action::Verify, first = 2;
  if (argc > 2 && std::strcmp(argv[1], "--time") == 0)
    action = Action::Time, times = std::atoi(argv[2]), first = 3;
  std::size_t bytes = 0;
  bool good = true;
  const auto start = std::chrono::steady_clock::now();
  for (int i = first; i < argc; ++i) {
    good &= process(argv[i], action, times);
    bytes += read(argv[i]).size() * static_cast<std::size_t>(times);
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  if (action == Action::Time)
    std::cout << fmt::format("{:.1f} MB/s\n", static_cast<double>(bytes) / 1e6 / taken.count());
  return good ? 0 : 1;
}
