// What a program's tasks are doing, as text and as JSON: on SIGQUIT (Ctrl-\), and when it is deadlocked
// (deadlock.hpp).
#pragma once

#include <string>
#include <string_view>

#include "runtime/async/await_graph.hpp"

namespace cede {

// Lines of UTF-8, the last one ended. Locks and queues are named by type and address, as in their
// representations.
std::string await_graph_text(const AwaitGraph& graph);
// An object with "reason", "loops", "tasks", "primitives" and "cycles"; what refers to another entry is its
// index.
std::string await_graph_json(const AwaitGraph& graph, std::string_view reason);

// Writes the graph to the isolate's AsyncState::dump_file as JSON, replacing the file at once, or as text to
// stderr. Errors go to stderr. Runs no script code.
void dump_tasks(VM& vm);
// From now on SIGQUIT, as long as no script has a handler of its own for it, dumps the tasks, and the program
// goes on. The signals of the process must have been granted to the isolate.
void dump_tasks_on_quit(VM& vm);
// To stderr, past sys.stderr.
void write_to_stderr(VM& vm, std::string_view text);
// Replaces the file with `text`; 0 or -errno.
int replace_file(VM& vm, const std::string& path, std::string_view text);

}  // namespace cede
