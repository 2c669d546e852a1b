// ast_dump FILE...: for each file, its syntax tree as `ast.dump(..., include_attributes=True)` writes it, or
// the error as `Type|message|line|offset|end_line|end_offset`, on one line. Options: --time (parse only, no
// output, total speed),
// --errors (a line for each file: "ok" or its error), --mode=exec|eval|single,
// --text (as compile() of a str), --file (as a script), --lines (adds the error's source line),
// --allow-incomplete-input, --do-not-imply-dedent, --repeat=N.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "lang/ast_dump.hpp"
#include "lang/parse.hpp"

namespace {

using namespace cede::lang;

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string escape_lines(const std::string& text) {
  std::string out;
  for (const char c : text)
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  return out;
}

std::string describe(const SyntaxError& e, bool lines) {
  std::string out(name_of(e.type));
  out += '|';
  out += escape_lines(e.message);
  for (const int n : {e.line, e.column, e.end_line, e.end_column}) (out += '|') += std::to_string(n);
  if (lines) (out += '|') += e.text ? escape_lines(*e.text) : "None";
  return out;
}

struct Settings {
  bool time = false, errors = false, lines = false;
  int repeat = 1;
  Origin origin = Origin::Bytes;
  ParseOptions options;
};

std::string run(const std::string& bytes, const char* path, const Settings& settings, Arena& arena) {
  try {
    const SourceFile source = SourceFile::decode(bytes, path, settings.origin, arena);
    const ast::Module& module = parse(source, arena, settings.options);
    if (settings.time || settings.errors) return "ok";
    return dump(module);
  } catch (const SyntaxError& e) {
    return describe(e, settings.lines);
  }
}

bool set_option(const char* argument, Settings& settings) {
  const std::string text = argument;
  if (text == "--time")
    settings.time = true;
  else if (text == "--errors")
    settings.errors = true;
  else if (text == "--mode=exec")
    settings.options.mode = Mode::Exec;
  else if (text == "--mode=eval")
    settings.options.mode = Mode::Eval;
  else if (text == "--mode=single")
    settings.options.mode = Mode::Single;
  else if (text == "--lines")
    settings.lines = true;
  else if (text == "--file")
    settings.origin = Origin::File;
  else if (text == "--text")
    settings.origin = Origin::Text;
  else if (text == "--allow-incomplete-input")
    settings.options.allow_incomplete_input = true;
  else if (text == "--do-not-imply-dedent")
    settings.options.do_not_imply_dedent = true;
  else if (text.starts_with("--repeat="))
    settings.repeat = std::stoi(text.substr(9));
  else
    return false;
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  Settings settings;
  std::vector<const char*> paths;
  for (int i = 1; i < count; ++i)
    if (!set_option(arguments[i], settings)) paths.push_back(arguments[i]);

  std::vector<std::string> texts;
  std::size_t size = 0;
  for (const char* path : paths) size += texts.emplace_back(read_file(path)).size();
  Arena arena;
  const auto begin = std::chrono::steady_clock::now();
  for (int round = 0; round < settings.repeat; ++round)
    for (std::size_t i = 0; i < paths.size(); ++i) {
      arena.reset();
      const std::string result = run(texts[i], paths[i], settings, arena);
      if (!settings.time) std::puts(result.c_str());
    }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  if (settings.time)
    std::printf("%.1f MB/s (%zu bytes, %.1f ms)\n",
                static_cast<double>(size) * settings.repeat / taken.count() / 1e6, size,
                taken.count() * 1e3 / settings.repeat);
  return 0;
}
