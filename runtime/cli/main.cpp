// The program `cede`.
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

#include <fmt/format.h>

#include "lang/ast_dump.hpp"
#include "lang/compile_source.hpp"
#include "runtime/async/async_state.hpp"
#include "runtime/cli/options.hpp"
#include "runtime/cli/run.hpp"
#include "runtime/cli/signals.hpp"
#include "runtime/core/hash.hpp"
#include "runtime/host/virtual_clock_host.hpp"
#include "stdlib/modules.hpp"
#include "stdlib/sys/streams.hpp"

namespace cede::cli {

namespace {

// The key of str hashes: PYTHONHASHSEED, or random. False: the variable makes no sense.
bool choose_hash_key(Host& host, const Options& options, VMOptions& vm) {
  const char* seed = options.ignore_environment ? nullptr : std::getenv("PYTHONHASHSEED");
  if (!seed || !*seed || std::string_view(seed) == "random") {
    vm.hash_randomization = true;
    return host.entropy(std::as_writable_bytes(std::span(vm.hash_key))) >= 0;
  }
  char* end;
  const unsigned long number = std::strtoul(seed, &end, 10);
  if (*end || number > 4294967295UL || *seed == '-') {
    std::fputs("Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range "
               "[0; 4294967295]\nPython runtime state: preinitialized\n\n", stderr);
    return false;
  }
  const HashKey key = hash_key_from_seed(static_cast<std::uint32_t>(number));
  vm.hash_key[0] = key.k0;
  vm.hash_key[1] = key.k1;
  vm.hash_randomization = number != 0;
  return true;
}

bool read_whole(const std::string& path, std::string& text) {
  std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (!file) return false;
  char buffer[16384];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, file));) text.append(buffer, got);
  if (file != stdin) std::fclose(file);
  return true;
}

// --dump-ast and --dump-code.
int dump(const Options& options) {
  std::string text;
  if (!read_whole(options.target, text)) {
    std::fputs(fmt::format("{}: can't open file '{}'\n", options.program, options.target).c_str(), stderr);
    return 2;
  }
  try {
    if (options.run == Run::DumpAst) {
      lang::Arena arena;
      const lang::SourceFile source = lang::SourceFile::decode(text, options.target, lang::Origin::File, arena);
      std::puts(lang::dump(lang::parse(source, arena)).c_str());
      return 0;
    }
    std::vector<lang::RecordedWarning> warnings;
    lang::CompileOptions compile;
    compile.optimize = static_cast<std::uint8_t>(options.optimize);
    const auto unit = lang::compile_source(text, options.target, lang::Origin::File, {}, compile, warnings);
    std::fputs(lang::disassemble(*unit).c_str(), stdout);
    return 0;
  } catch (const lang::SyntaxError& error) {
    std::fputs(fmt::format("{}:{}: {}: {}\n", options.target, error.line, lang::name_of(error.type), error.message).c_str(),
               stderr);
  } catch (const std::bad_alloc&) {
    std::fputs("MemoryError\n", stderr);
  }
  return 1;
}

std::string absolute_program(const std::string& program) {
  char buffer[4096];
  const ssize_t size = readlink("/proc/self/exe", buffer, sizeof buffer);
  return size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : program;
}

// As it is seen from where the program starts.
std::string absolute_path(Host& host, const std::string& path) {
  return path.starts_with('/') ? path : host.current_directory() + "/" + path;
}

// Test build: CEDE_FAIL_ALLOCATION=N[,PERIOD] makes the N-th allocation after the start fail, and others after it
// (Heap::fail_allocation_at); CEDE_FAIL_ALLOCATION=0 tells at the end how many there were.
class AllocationTest {
 public:
  explicit AllocationTest(Heap& heap) : heap_(heap) {
    const char* wanted = allocation_checks ? std::getenv("CEDE_FAIL_ALLOCATION") : nullptr;
    if (!wanted) return;
    char* end;
    const std::uint64_t first = std::strtoull(wanted, &end, 10);
    counting_ = first == 0;
    heap.fail_allocation_at(counting_ ? UINT64_MAX : first, *end == ',' ? std::strtoull(end + 1, nullptr, 10) : 0);
  }
  void report() {
    if (counting_) fmt::print(stderr, "cede: {} allocations\n", UINT64_MAX - heap_.allocations_until_failure());
  }

 private:
  Heap& heap_;
  bool counting_ = false;
};

int run(const Options& options) {
  std::unique_ptr<Host> system = make_system_host(), host;
  if (options.virtual_time) {
    host = std::make_unique<VirtualClockHost>(*system, system->monotonic_time(), system->real_time());
    host->thread_begins();
  } else {
    host = std::move(system);
  }
  IsolateOptions isolate_options;
  if (!choose_hash_key(*host, options, isolate_options.vm)) return 1;
  isolate_options.vm.optimize = static_cast<std::uint8_t>(options.optimize);
  isolate_options.vm.development_mode = options.development_mode;
  isolate_options.vm.inspect = options.interactive;
  isolate_options.vm.ignore_environment = options.ignore_environment;
  isolate_options.vm.quiet = options.quiet;
  isolate_options.vm.isolated = options.isolated;
  isolate_options.vm.safe_path = options.safe_path;
  if (options.memory_limit) isolate_options.vm.memory_limit = *options.memory_limit;
  isolate_options.modules = stdlib::standard_modules();
  isolate_options.arguments = options.arguments;
  isolate_options.original_arguments = options.original;
  isolate_options.search_path = options.search_path;
  isolate_options.warning_options = options.warnings;
  isolate_options.implementation_options = options.implementation;
  isolate_options.executable = absolute_program(options.program);
  std::string error;
  std::unique_ptr<Isolate> isolate = Isolate::make(*host, isolate_options, error);
  if (!isolate) {
    std::fputs(fmt::format("{}: cannot start: {}\n", options.program, error).c_str(), stderr);
    return 1;
  }
  if (stdlib::open_standard_streams(isolate->vm()).is_raised()) return 1;
  if (options.unbuffered && stdlib::make_streams_unbuffered(isolate->vm()).is_raised()) return 1;
  install_signal_handlers(isolate->vm());
  if (!options.report_deadlocks) async_state(isolate->vm()).report_deadlocks = false;
  if (!options.dump_tasks.empty()) async_state(isolate->vm()).dump_file = absolute_path(*host, options.dump_tasks);
  AllocationTest allocation_test(isolate->vm().heap);
  const Outcome outcome = run_program(*isolate, options);
  allocation_test.report();
  remove_signal_handlers();
  // What is left, and what daemon threads still hold, goes with the process. Test builds look at what the heap still has.
  if (!allocation_checks || isolate->vm().main_thread().next) {
    (void)isolate.release();
    (void)host.release();
    (void)system.release();
  }
  if (outcome.interrupted) die_of_interrupt();
  return outcome.status;
}

}  // namespace

}  // namespace cede::cli

int main(int count, char** words) {
  using namespace cede::cli;
  Options options;
  if (const auto reply = parse_options(count, words, options)) {
    std::fputs(reply->text.c_str(), reply->status ? stderr : stdout);
    return reply->status;
  }
  if (options.run == Run::DumpAst || options.run == Run::DumpCode) return dump(options);
  return run(options);
}
