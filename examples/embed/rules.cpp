// A program that leaves its rules to a script: copy it and begin from here. With Cede installed it builds by
//   c++ -std=c++20 rules.cpp $(pkg-config --cflags --libs cede) -o rules && ./rules rules.py
#include <cede.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <thread>

namespace script = cede::embed;

namespace {

std::string read_file(const char* path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// What a script may ask the program for.
script::Result<void> offer_functions(script::Isolate& isolate, const std::map<std::string, int>& stock) {
  // Parameters and results are converted; a Result<T> may be an exception for the script instead.
  auto offered = isolate.define("stock(item)", [&stock](const std::string& item) -> script::Result<int> {
    const auto found = stock.find(item);
    if (found == stock.end()) return script::Error("LookupError", "we never had any " + item);
    return found->second;
  });
  if (!offered) return offered;
  return isolate.define("log(text)", [](std::string_view text) { std::cout << "  log: " << text << "\n"; });
}

void show(std::string_view what, const script::Result<script::Value>& result) {
  std::cout << what << ": ";
  if (!result) {
    std::cout << "failed, " << result.error().type << ": " << result.error().message << " (line " << result.error().line << ")\n";
  } else if (const double* number = result->get_if<double>()) {
    std::cout << *number << "\n";
  } else {
    std::cout << "a value of type " << result->type_name() << "\n";
  }
}

int report(const script::Error& error) {
  std::cerr << (error.traceback.empty() ? error.message + "\n" : error.traceback);
  return 1;
}

}  // namespace

int main(int count, char** words) {
  const char* path = count > 1 ? words[1] : "rules.py";

  // A program is compiled once and may run in any number of isolates, on any threads.
  const auto program = script::Program::compile(read_file(path), path);
  if (!program) return report(program.error());

  script::Options options;
  options.memory_limit = 64 << 20;
  options.output = [](std::string_view text) { std::cout << "  script: " << text; };
  const auto made = script::Isolate::make(options);
  if (!made) return report(made.error());
  script::Isolate& isolate = **made;

  const std::map<std::string, int> stock = {{"apple", 100}, {"melon", 2}};
  if (const auto offered = offer_functions(isolate, stock); !offered) return report(offered.error());
  if (const auto set = isolate.set("currency", "EUR"); !set) return report(set.error());
  if (const auto ran = isolate.run(*program); !ran) return report(ran.error());

  show("three apples", isolate.call("price", {"apple", 3}));
  show("ten apples for a member", isolate.call("price", script::Arguments{"apple", 10}.keyword("member", true)));
  show("three melons", isolate.call("price", {"melon", 3}));
  show("one pear", isolate.call("price", {"pear"}));

  const auto delivered = isolate.call("deliver", {std::vector<std::string>{"apple", "melon"}});
  if (!delivered) return report(delivered.error());
  std::cout << "delivered in " << *delivered->get_if<script::Dict>()->find("currency")->get_if<std::string>() << "\n";

  // A script that does not end is stopped from outside.
  std::thread watchdog([kill = isolate.kill_switch()] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    kill.kill();
  });
  const auto stars = isolate.call("count_the_stars");
  watchdog.join();
  std::cout << "counting the stars: " << (stars ? "done" : stars.error().message) << "\n";
}
