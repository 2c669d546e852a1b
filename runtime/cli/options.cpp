// Reading of the command line. Short options may be joined (-Ou); -c, -m, -W and -X take the rest of the word or the next.
#include "runtime/cli/options.hpp"

#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

namespace cede::cli {

namespace {

constexpr const char* version_text = "Python 3.13.0\n";
constexpr const char* long_version_text = "Python 3.13.0 (Cede 0.1.0)\n";

std::string usage(const std::string& program) {
  return fmt::format("usage: {} [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
}

std::string help(const std::string& program) {
  return usage(program) +
         "Options:\n"
         "-c cmd : program passed in as string (terminates option list)\n"
         "-E     : ignore PYTHON* environment variables (such as PYTHONHASHSEED)\n"
         "-h     : print this help message and exit (also -? or --help)\n"
         "-i     : inspect interactively after running script\n"
         "-I     : isolate from the environment (implies -E and -P)\n"
         "-m mod : run library module as a script (terminates option list)\n"
         "-O     : remove assert and __debug__-dependent statements\n"
         "-OO    : do -O changes and also discard docstrings\n"
         "-P     : don't prepend a potentially unsafe path to sys.path\n"
         "-q     : don't print version and copyright messages on interactive startup\n"
         "-u     : force the stdout and stderr streams to be unbuffered\n"
         "-V     : print the language version and exit (also --version); -VV says more\n"
         "-W arg : warning control; arg is action:message:category:module:lineno\n"
         "-X opt : set implementation-specific option (dev, int_max_str_digits=n)\n"
         "--dump-ast file    : print the syntax tree and exit\n"
         "--dump-code file   : print the compiled instructions and exit\n"
         "--dump-tasks FILE  : at SIGQUIT (Ctrl-\\) write all tasks to FILE as JSON, not to stderr as text\n"
         "--no-deadlock-report : wait for ever where nothing can run again, instead of a report and exit status 13\n"
         "--max-memory SIZE  : raise MemoryError above so many bytes (suffixes K, M, G)\n"
         "--virtual-time     : when all wait, the clock jumps to the next deadline: sleeping takes no time\n"
         "file   : program read from script file\n"
         "-      : program read from stdin\n"
         "arg ...: arguments passed to program in sys.argv[1:]\n";
}

std::optional<std::size_t> parse_size(std::string_view text) {
  std::size_t scale = 1;
  if (text.ends_with('B')) text.remove_suffix(1);
  if (!text.empty()) {
    const char suffix = text.back();
    if (suffix == 'K' || suffix == 'k') scale = std::size_t{1} << 10;
    if (suffix == 'M' || suffix == 'm') scale = std::size_t{1} << 20;
    if (suffix == 'G' || suffix == 'g') scale = std::size_t{1} << 30;
    if (scale > 1) text.remove_suffix(1);
  }
  std::size_t size = 0;
  for (const char c : text)
    if (c < '0' || c > '9' || __builtin_mul_overflow(size, std::size_t{10}, &size) ||
        __builtin_add_overflow(size, static_cast<std::size_t>(c - '0'), &size))
      return std::nullopt;
  if (text.empty() || __builtin_mul_overflow(size, scale, &size)) return std::nullopt;
  return size;
}

class Parser {
 public:
  Parser(int count, char** words, Options& options) : words_(words, words + count), options_(options) {}

  std::optional<Reply> run() {
    options_.program = words_.empty() ? "cede" : words_[0];
    options_.original = words_;
    while (at_ < words_.size()) {
      const std::string& word = words_[at_];
      if (word == "-" || word.empty() || word[0] != '-') break;
      ++at_;
      if (word == "--") break;
      const auto reply = word[1] == '-' ? long_option(word) : short_options(word);
      if (reply) return reply;
      if (done_) return std::nullopt;
    }
    program_file();
    return std::nullopt;
  }

 private:
  void program_file() {
    if (at_ == words_.size()) {
      options_.arguments = {""};
      return;
    }
    options_.arguments.assign(words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end());
    options_.target = words_[at_];
    options_.run = options_.target == "-" ? Run::Input : Run::Script;
  }
  void finish(Run run, std::string target, std::string first) {
    options_.run = run;
    options_.target = std::move(target);
    options_.arguments = {std::move(first)};
    options_.arguments.insert(options_.arguments.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_), words_.end());
    done_ = true;
  }
  Reply wrong(const std::string& text) const {
    return {text + usage(options_.program) + "Try `cede -h' for more information.\n", 2};
  }

  // The value of one follows behind "=" or as the next word.
  std::optional<Reply> long_option(const std::string& given) {
    const std::size_t equals = given.find('=');
    const std::string word = given.substr(0, equals);
    const bool takes_value =
        word == "--dump-ast" || word == "--dump-code" || word == "--dump-tasks" || word == "--max-memory";
    if (equals != given.npos && !takes_value) return wrong(fmt::format("unknown option {}\n", given));
    if (word == "--version") return Reply{version_text, 0};
    if (word == "--help") return Reply{help(options_.program), 0};
    if (word == "--virtual-time") {
      options_.virtual_time = true;
      return std::nullopt;
    }
    if (word == "--no-deadlock-report") {
      options_.report_deadlocks = false;
      return std::nullopt;
    }
    if (!takes_value) return wrong(fmt::format("unknown option {}\n", word));
    if (equals == given.npos && at_ == words_.size())
      return wrong(fmt::format("Argument expected for the {} option\n", word));
    const std::string value = equals == given.npos ? words_[at_++] : given.substr(equals + 1);
    if (word == "--dump-tasks") {
      options_.dump_tasks = value;
      return std::nullopt;
    }
    if (word == "--max-memory") {
      options_.memory_limit = parse_size(value);
      if (!options_.memory_limit) return wrong(fmt::format("--max-memory: not a size: {}\n", value));
      return std::nullopt;
    }
    finish(word == "--dump-ast" ? Run::DumpAst : Run::DumpCode, value, value);
    return std::nullopt;
  }

  // The argument of -c, -m, -W, -X: the rest of the word, or the next one.
  std::optional<std::string> value_of(const std::string& word, std::size_t i) {
    if (i + 1 < word.size()) return word.substr(i + 1);
    if (at_ == words_.size()) return std::nullopt;
    return words_[at_++];
  }

  std::optional<Reply> short_options(const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const char option = word[i];
      if (std::strchr("cmWX", option)) {
        const auto value = value_of(word, i);
        if (!value) return wrong(fmt::format("Argument expected for the -{} option\n", option));
        if (option == 'c') finish(Run::Command, *value, "-c");
        else if (option == 'm') finish(Run::Module, *value, "-m");
        else if (option == 'W') options_.warnings.push_back(*value);
        else options_.implementation.push_back(*value);
        return std::nullopt;
      }
      switch (option) {
        case 'u': options_.unbuffered = true; break;
        case 'i': options_.interactive = true; break;
        case 'q': options_.quiet = true; break;
        case 'E': options_.ignore_environment = true; break;
        case 'I': options_.ignore_environment = options_.isolated = options_.safe_path = true; break;
        case 'P': options_.safe_path = true; break;
        case 'O': ++options_.optimize; break;
        case 'v': ++options_.verbose; break;
        case 'B': case 's': case 'S': case 'b': case 'd': case 'x': case 'R': break;  // nothing to change here
        case 'V': return Reply{word.find('V', i + 1) != word.npos ? long_version_text : version_text, 0};
        case 'h': case '?': return Reply{help(options_.program), 0};
        default: return wrong(fmt::format("Unknown option: -{}\n", option));
      }
    }
    return std::nullopt;
  }

  std::vector<std::string> words_;
  Options& options_;
  std::size_t at_ = 1;
  bool done_ = false;
};

const char* environment(const Options& options, const char* name) {
  if (options.ignore_environment) return nullptr;
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return parts;
}

void read_environment(Options& options) {
  if (environment(options, "PYTHONUNBUFFERED")) options.unbuffered = true;
  if (environment(options, "PYTHONINSPECT")) options.interactive = true;
  if (environment(options, "PYTHONSAFEPATH")) options.safe_path = true;
  if (environment(options, "PYTHONDEVMODE")) options.development_mode = true;
  if (const char* level = environment(options, "PYTHONOPTIMIZE"); level && options.optimize == 0)
    options.optimize = std::max(1, std::atoi(level));
  if (const char* paths = environment(options, "PYTHONPATH")) options.search_path = split(paths, ':');
  if (const char* filters = environment(options, "PYTHONWARNINGS")) {
    std::vector<std::string> all = split(filters, ',');
    all.insert(all.end(), options.warnings.begin(), options.warnings.end());
    options.warnings = std::move(all);
  }
}

}  // namespace

std::optional<Reply> parse_options(int count, char** words, Options& options) {
  if (auto reply = Parser(count, words, options).run()) return reply;
  read_environment(options);
  for (const std::string& option : options.implementation)
    if (option == "dev") options.development_mode = true;
  options.optimize = std::min(options.optimize, 2);
  // Development mode shows every warning, before other filters.
  if (options.development_mode) options.warnings.insert(options.warnings.begin(), "default");
  return std::nullopt;
}

}  // namespace cede::cli
