// scope_dump [options] FILE...: what `resolve`, `fold` and `check` make of each file, for comparison with
// CPython by compare_scopes.py. Per file: a line "file NAME", then lines of fields separated by tabs:
//   error   type, message, line, column, end line, end column
//   warning line, message
//   scope   depth, kind, name, line, nested, then name:flags:resolution of each symbol as Python's `symtable`
//   has them code    depth, optimized, name, parameter counts, then "locals:", "cells:" and "frees:" with
//   their names
// Options: --symbols, --code and --errors choose the lines (default: all); --time for a speed figure alone;
// --await allows await at top level; --repeat=N.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "lang/check.hpp"
#include "lang/field_visit.hpp"
#include "lang/fold.hpp"
#include "lang/parse.hpp"
#include "lang/scope.hpp"

namespace {

using namespace cede::lang;

struct Settings {
  bool symbols = true, code = true, errors = true, time = false, top_level_await = false;
  int repeat = 1;
};

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  return out;
}

std::string name_of(int number) { return number == SyntaxError::absent ? "None" : std::to_string(number); }

void print_error(const SyntaxError& e) {
  std::printf("error\t%s\t%s\t%s\t%s\t%s\t%s\n", std::string(name_of(e.type)).c_str(),
              one_line(e.message).c_str(), name_of(e.line).c_str(), name_of(e.column).c_str(),
              name_of(e.end_line).c_str(), name_of(e.end_column).c_str());
}

const char* kind_name(ScopeKind kind) {
  switch (kind) {
    case ScopeKind::Module: return "module";
    case ScopeKind::Class: return "class";
    case ScopeKind::TypeParameters: return "type parameters";
    case ScopeKind::TypeAlias: return "type alias";
    case ScopeKind::TypeVariable: return "type variable";
    case ScopeKind::Annotation: return "annotation";
    default: return "function";
  }
}

struct Symbols {
  std::map<std::string, SymbolEntry> entries;

  // CPython merges the symbols of an inlined comprehension into those of the scope around.
  void add(const SymbolTable& names, const Scope& scope, bool inlined, bool optimized) {
    for (const SymbolEntry& entry : scope.symbols) {
      auto [at, fresh] = entries.try_emplace(std::string(names.text(entry.name)), entry);
      if (fresh || !inlined) continue;
      SymbolEntry& known = at->second;
      if (known.flags == 0) known = entry;
      if (!(entry.flags & SymbolEntry::ComprehensionCell)) continue;
      known.flags |= SymbolEntry::ComprehensionCell;
      if (optimized && known.resolution == SymbolEntry::Resolution::Local)
        known.resolution = SymbolEntry::Resolution::Cell;
    }
  }
};

// Finds the inlined comprehensions below a node.
class Finder {
 public:
  void find(const ast::Node& node) {
    if (const auto* c = ast::try_as<ast::Comprehension>(&node); c && c->scope && c->scope->inlined)
      found.push_back(c->scope);
    ast::visit_fields(node, [this](std::string_view, const auto& value) { field(value); });
  }

  std::vector<const Scope*> found;

 private:
  template<class T> void field(T* const& pointer) {
    if constexpr (std::is_base_of_v<ast::Node, T>)
      if (pointer) find(*pointer);
  }
  template<class T> void field(const ast::Sequence<T>& sequence) {
    for (const auto& item : sequence) field(item);
  }
  template<class T> void field(const T&) {}
};

class Dumper {
 public:
  Dumper(const ast::Module& module, const Settings& settings)
      : names_(*module.symbols), settings_(settings) {}

  void scope(const Scope& scope, int depth) {
    if (scope.kind == ScopeKind::Annotation) return;
    if (settings_.symbols) symbols(scope, depth);
    if (settings_.code) code(scope, depth);
    for (const Scope* child : scope.children) this->scope(*child, depth + 1);
  }

  std::map<const Scope*, std::vector<const Scope*>> inlined;  // into a scope

 private:
  void symbols(const Scope& scope, int depth) {
    Symbols merged;
    merged.add(names_, scope, false, scope.optimized);
    for (const Scope* part : inlined[&scope]) merged.add(names_, *part, true, scope.optimized);
    std::printf("scope\t%d\t%s\t%s\t%u\t%d", depth, kind_name(scope.kind), text(scope.name).c_str(),
                scope.line, scope.nested);
    for (const auto& [name, entry] : merged.entries)
      std::printf("\t%s:%u:%u", name.c_str(), entry.flags, static_cast<unsigned>(entry.resolution));
    std::printf("\n");
  }

  void code(const Scope& scope, int depth) {
    std::printf("code\t%d\t%d\t%s\t%u\t%u\t%u\tlocals:", depth, scope.optimized, text(scope.name).c_str(),
                scope.positional, scope.positional_only, scope.keyword_only);
    for (const LocalVariable& v : scope.locals) std::printf("\t%s", text(v.name).c_str());
    std::printf("\tcells:");
    for (const CellVariable& v : scope.cells) std::printf("\t%s", text(v.name).c_str());
    std::printf("\tfrees:");
    for (const FreeVariable& v : scope.frees) std::printf("\t%s", text(v.name).c_str());
    std::printf("\n");
  }

  std::string text(Symbol symbol) const { return std::string(names_.text(symbol)); }

  const SymbolTable& names_;
  const Settings& settings_;
};

void dump(const ast::Module& module, const Settings& settings) {
  Dumper dumper(module, settings);
  Finder finder;
  finder.find(module);
  for (const Scope* part : finder.found) {
    const Scope* host = part->parent;
    while (host->inlined) host = host->parent;
    dumper.inlined[host].push_back(part);
  }
  dumper.scope(*module.scope, 0);
}

void print_warnings(const ast::Module& module, std::size_t first) {
  for (std::size_t i = first; i < module.warnings.size(); ++i)
    std::printf("warning\t%u\t%s\n", module.warnings[i].line,
                std::string(module.warnings[i].message).c_str());
}

void run(const std::string& path, const Settings& settings, Arena& arena) {
  const std::string bytes = read_file(path);
  try {
    const SourceFile source = SourceFile::decode(bytes, path, Origin::Bytes, arena);
    ast::Module& module = parse(source, arena);
    if (settings.errors) fold(module);
    resolve(module, {settings.top_level_await});
    if (settings.errors) {
      const std::size_t before = module.warnings.size();
      try {
        check(module, {settings.top_level_await, true});
      } catch (const SyntaxError& e) {
        if (settings.time) return;
        print_warnings(module, before);
        return print_error(e);
      }
      if (!settings.time) print_warnings(module, before);
    }
    if (!settings.time && (settings.symbols || settings.code)) dump(module, settings);
  } catch (const SyntaxError& e) {
    if (!settings.time) print_error(e);
  }
}

bool set_option(const std::string& option, Settings& settings) {
  const auto only = [&](bool symbols, bool code, bool errors) {
    settings.symbols = symbols, settings.code = code, settings.errors = errors;
    return true;
  };
  if (option == "--symbols") return only(true, false, false);
  if (option == "--code") return only(false, true, true);
  if (option == "--errors") return only(false, false, true);
  if (option == "--time") return settings.time = true;
  if (option == "--await") return settings.top_level_await = true;
  if (!option.starts_with("--repeat=")) return false;
  settings.repeat = std::stoi(option.substr(9));
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  Settings settings;
  std::vector<std::string> paths;
  for (int i = 1; i < count; ++i)
    if (!set_option(arguments[i], settings)) paths.emplace_back(arguments[i]);
  Arena arena;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < settings.repeat; ++i)
    for (const std::string& path : paths) {
      if (!settings.time) std::printf("file %s\n", path.c_str());
      arena.reset();
      run(path, settings, arena);
    }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (settings.time) std::printf("%.3f s\n", seconds.count());
}
