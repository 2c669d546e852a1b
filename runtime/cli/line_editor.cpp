// The line editor. libedit is not linked: loading it takes longer than most scripts run.
#include "runtime/cli/line_editor.hpp"

#include <dlfcn.h>
#include <histedit.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>

#include "runtime/core/protocols.hpp"
#include "runtime/host/host.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/isolate_lock.hpp"

namespace cede::cli {

namespace {

// The functions of libedit that are used here.
struct Library {
  decltype(&::el_init) init;
  decltype(&::el_end) end;
  decltype(&::el_set) set;
  decltype(&::el_get) get;
  decltype(&::el_gets) gets;
  decltype(&::el_line) line;
  decltype(&::el_insertstr) insert;
  decltype(&::history_init) history_init;
  decltype(&::history_end) history_end;
  decltype(&::history) history;

  bool load() {
    void* handle = dlopen("libedit.so.2", RTLD_NOW);
    if (!handle) return false;
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(handle, name));
      return function != nullptr;
    };
    return find(init, "el_init") && find(end, "el_end") && find(set, "el_set") && find(get, "el_get") &&
           find(gets, "el_gets") && find(line, "el_line") && find(insert, "el_insertstr") &&
           find(history_init, "history_init") && find(history_end, "history_end") && find(history, "history");
  }
};

std::string history_path() {
  if (const char* path = std::getenv("PYTHON_HISTORY")) return path;
  const char* home = std::getenv("HOME");
  return home ? std::string(home) + "/.cede_history" : std::string();
}

bool is_word_byte(char c) {
  return c == '_' || c == '.' || (c & 0x80) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

}  // namespace

struct LineEditor::Terminal {
  Library library{};
  VM& vm;
  const Callbacks& callbacks;
  ::EditLine* editor = nullptr;
  ::History* past = nullptr;
  std::string prompt;
  bool failed = false;  // an exception is set

  Terminal(VM& the_vm, const Callbacks& the_callbacks) : vm(the_vm), callbacks(the_callbacks) {}
  ~Terminal() {
    if (!editor) return;
    HistEvent event;
    const std::string path = history_path();
    if (!path.empty()) library.history(past, &event, H_SAVE, path.c_str());
    library.history_end(past);
    library.end(editor);
  }

  bool open() {
    if (!library.load()) return false;
    std::setlocale(LC_CTYPE, "");
    editor = library.init("cede", stdin, stdout, stderr);
    past = library.history_init();
    if (!editor || !past) return false;
    HistEvent event;
    library.history(past, &event, H_SETSIZE, 1000);
    const std::string path = history_path();
    if (!path.empty()) library.history(past, &event, H_LOAD, path.c_str());
    library.set(editor, EL_CLIENTDATA, this);
    library.set(editor, EL_EDITOR, "emacs");
    library.set(editor, EL_SIGNAL, 0);
    library.set(editor, EL_HIST, library.history, past);
    library.set(editor, EL_PROMPT, &show_prompt);
    library.set(editor, EL_GETCFN, &get_character);
    library.set(editor, EL_ADDFN, "complete-name", "Complete the name", &complete_name);
    library.set(editor, EL_BIND, "^I", "complete-name", nullptr);
    library.set(editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    return true;
  }

  static Terminal& of(::EditLine* editor) {
    // EL_CLIENTDATA is read with el_get, which only the library itself has.
    void* data = nullptr;
    current_get()(editor, EL_CLIENTDATA, &data);
    return *static_cast<Terminal*>(data);
  }
  static decltype(&::el_get) current_get() {
    static const auto get =
        reinterpret_cast<decltype(&::el_get)>(dlsym(dlopen("libedit.so.2", RTLD_NOW), "el_get"));
    return get;
  }
  static char* show_prompt(::EditLine* editor) { return of(editor).prompt.data(); }

  // One byte of input: 1, 0 at the end, -1 with an exception set.
  int read_byte(char& byte) {
    for (;;) {
      if (callbacks.idle && callbacks.idle().is_raised()) return -1;
      std::int64_t got;
      {
        Unlocked unlocked(vm);
        got = vm.host.read(0, &byte, 1);
      }
      if (got >= 0) return static_cast<int>(got);
      if (got != -EINTR) {
        (void)vm.raise_os_error(static_cast<int>(-got));
        return -1;
      }
      if (vm.check_interrupts().is_raised()) return -1;
    }
  }
  static int get_character(::EditLine* editor, wchar_t* out) {
    Terminal& self = of(editor);
    char bytes[4];
    std::size_t size = 1;
    for (std::size_t i = 0; i < size; ++i) {
      const int got = self.read_byte(bytes[i]);
      self.failed = got < 0;
      if (got <= 0) return got;
      if (i == 0) {
        const auto lead = static_cast<unsigned char>(bytes[0]);
        size = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
      }
    }
    const char* at = bytes;
    *out = static_cast<wchar_t>(utf8_take(at));
    return 1;
  }

  static unsigned char complete_name(::EditLine* editor, int) {
    Terminal& self = of(editor);
    const ::LineInfo* line = self.library.line(editor);
    const char* start = line->cursor;
    while (start > line->buffer && is_word_byte(start[-1])) --start;
    const std::string word(start, line->cursor);
    if (word.empty()) {
      self.library.insert(editor, "    ");
      return CC_REFRESH;
    }
    std::vector<std::string> names = self.callbacks.complete(word);
    if (names.empty()) return CC_ERROR;
    std::sort(names.begin(), names.end());
    const std::string &first = names.front(), &last = names.back();
    std::size_t common = 0;
    while (common < first.size() && common < last.size() && first[common] == last[common]) ++common;
    if (common > word.size()) {
      self.library.insert(editor, first.substr(word.size(), common - word.size()).c_str());
      return CC_REFRESH;
    }
    if (names.size() == 1) return CC_NORM;
    std::fputs("\n", stdout);
    for (const std::string& name : names) std::fprintf(stdout, "%s  ", name.c_str());
    std::fputs("\n", stdout);
    return CC_REDISPLAY;
  }

  Owned read_line() {
    int count = 0;
    failed = false;
    const char* text = library.gets(editor, &count);
    if (failed) return raised;
    if (!text || count <= 0) return Owned(Finished.bits);
    if (*text != '\n') {
      HistEvent event;
      library.history(past, &event, H_ENTER, text);
    }
    return str_from_external(vm, {text, static_cast<std::size_t>(count)});
  }
};

LineEditor::LineEditor(VM& vm, Callbacks callbacks) : vm_(vm), callbacks_(std::move(callbacks)) {
  if (vm.host.is_terminal(0) != 1 || vm.host.is_terminal(1) != 1) return;
  terminal_ = std::make_unique<Terminal>(vm, callbacks_);
  if (!terminal_->open()) terminal_.reset();
}

LineEditor::~LineEditor() = default;

// Through sys.stdin, so that input() sees what follows the line.
Owned LineEditor::read_plainly(const std::string& prompt) {
  vm_.host.write(2, prompt.data(), prompt.size());
  if (callbacks_.idle && callbacks_.idle().is_raised()) return raised;
  CEDE_TRY(const Value in, get_attribute(vm_, vm_.sys_module, *vm_.names.stdin));
  CEDE_TRY(Value line, call_method(vm_, in, *vm_.names.readline));
  return is<Str>(line) && cast<Str>(line).length ? line.take() : Owned(Finished.bits);
}

Owned LineEditor::read_line(const std::string& prompt) {
  if (!terminal_) return read_plainly(prompt);
  terminal_->prompt = prompt;
  return terminal_->read_line();
}

}  // namespace cede::cli
