// The text of uncaught exceptions, as CPython 3.13's traceback module lays it out: stack entries with caret lines,
// chains of causes and contexts, exception groups as trees, notes, syntax errors, suggestions.
#include <algorithm>
#include <deque>
#include <set>
#include <unordered_set>

#include "runtime/core/protocols.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/carets.hpp"
#include "runtime/vm/source_lines.hpp"
#include "runtime/core/suggestions.hpp"
#include "runtime/vm/traceback.hpp"

namespace cede {

namespace {

constexpr int repeat_cutoff = 3, maximum_group_width = 15, maximum_group_depth = 10;

// str() or repr() of a value; what fails becomes a placeholder.
std::string safe_text(VM& vm, Ref value, std::string_view what, bool use_repr = false) {
  Value text = use_repr ? Value(repr(vm, value)) : Value(str(vm, value));
  if (!text.is_raised()) return std::string(cast<Str>(text).view());
  vm.clear_error();
  return fmt::format("<{} {}() failed>", what, use_repr ? "repr" : "str");
}

std::string indent(std::string_view text, std::string_view margin) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end == text.npos ? text.size() : end + 1);
    out.append(margin).append(line);
    text.remove_prefix(line.size());
  }
  return out;
}

// ---- stack entries

struct Entry {
  std::string filename, name;
  std::uint32_t line = 0;
  std::string text;
};

Entry make_entry(VM& vm, const Traceback& traceback) {
  const FrameObject& frame = cast<FrameObject>(traceback.frame);
  const Code& code = frame_code(frame);
  Entry entry;
  entry.filename = cast<Str>(code.filename).view();
  entry.name = code.unit->name;
  const lang::CodePosition position =
      traceback.instruction == Traceback::not_started ? lang::CodePosition{} : code.unit->positions[traceback.instruction];
  entry.line = position.line ? position.line : static_cast<std::uint32_t>(std::max(traceback_line(traceback), 0));
  std::string shown_file = entry.filename.starts_with("<stdin>-") ? "<stdin>" : entry.filename;
  entry.text = fmt::format("  File \"{}\", line {}, in {}\n", shown_file, entry.line, entry.name);
  SourceSegment segment;
  segment.first_line = entry.line;
  const std::uint32_t last = std::max(position.end_line, entry.line);
  for (std::uint32_t line = entry.line; line <= last && entry.line; ++line)
    segment.lines.push_back(source_line(vm, &code, entry.filename, line));
  segment.has_columns = position.line != 0;
  segment.start_column = position.column;
  segment.end_column = position.end_column;
  entry.text += segment_text(segment);
  return entry;
}

std::string stack_text(VM& vm, Ref traceback) {
  std::string out;
  std::string last_file, last_name;
  std::uint32_t last_line = 0;
  int count = 0;
  const auto repeated = [&] {
    if (count <= repeat_cutoff) return;
    const int more = count - repeat_cutoff;
    out += fmt::format("  [Previous line repeated {} more time{}]\n", more, more > 1 ? "s" : "");
  };
  for (Ref at = traceback; is_exact(at, TypeId::Traceback); at = cast<Traceback>(at).next) {
    Entry entry = make_entry(vm, cast<Traceback>(at));
    if (entry.filename != last_file || entry.line != last_line || entry.name != last_name) {
      repeated();
      last_file = entry.filename;
      last_line = entry.line;
      last_name = entry.name;
      count = 0;
    }
    if (++count <= repeat_cutoff) out += entry.text;
  }
  repeated();
  return out;
}

// ---- the last line

std::string type_text(VM& vm, Ref exception) {
  Type& type = type_of(vm, exception);
  std::string name(cast<Str>(type.qualified_name).view());
  Value module = find_attribute(vm, Ref(type), *vm.names.__module__);
  if (module.is_raised()) {
    vm.clear_error();
    return "<unknown>." + name;
  }
  if (!is<Str>(module)) return "<unknown>." + name;
  const std::string_view text = cast<Str>(module).view();
  return text == "__main__" || text == "builtins" ? name : std::string(text) + "." + name;
}

void add_names(VM& vm, Ref iterable, std::vector<std::string>& names) {
  Value list = list_from(vm, iterable);
  if (list.is_raised()) return vm.clear_error();
  for (std::size_t i = 0; i < cast<List>(list).size(); ++i)
    if (const Ref name = cast<List>(list)[i]; is<Str>(name)) names.emplace_back(cast<Str>(name).view());
}

std::string suggest(const std::vector<std::string>& names, std::string_view wrong) {
  std::vector<std::string_view> views(names.begin(), names.end());
  return std::string(closest_name(wrong, views));
}

const FrameObject* innermost_frame(Ref traceback) {
  if (!is_exact(traceback, TypeId::Traceback)) return nullptr;
  while (is_exact(cast<Traceback>(traceback).next, TypeId::Traceback)) traceback = cast<Traceback>(traceback).next;
  return &cast<FrameObject>(cast<Traceback>(traceback).frame);
}

Value frame_local(VM& vm, const FrameObject& frame, std::string_view name) {
  Value locals = get_attribute(vm, Ref(frame), "f_locals");
  Value found = locals.is_raised() ? Value(raised) : Value(get_item(vm, locals, Ref(vm.intern(name))));
  if (!found.is_raised()) return found;
  vm.clear_error();
  return Value();
}

std::vector<std::string> names_of(VM& vm, Ref object, bool hide_private) {
  std::vector<std::string> names, all;
  Value directory = call_special(vm, object, *vm.names.__dir__, Arguments{});
  if (directory.is_raised()) {
    vm.clear_error();
    return names;
  }
  if (directory.is_unbound()) return names;
  add_names(vm, directory, all);
  std::sort(all.begin(), all.end());
  for (std::string& name : all)
    if (!hide_private || !name.starts_with("_")) names.push_back(std::move(name));
  return names;
}

std::string attribute_suggestion(VM& vm, Ref exception, Ref traceback, std::string_view wrong) {
  const Value object = cast<AttributeErrorObject>(exception).obj;
  bool hide = !wrong.starts_with("_");
  if (hide)
    if (const FrameObject* frame = innermost_frame(traceback)) {
      const Value self = frame_local(vm, *frame, "self");
      if (!self.is_unbound() && self.ref() == object.ref()) hide = false;
    }
  return suggest(names_of(vm, object.is_unbound() ? None : Ref(object), hide), wrong);
}

std::string name_suggestion(VM& vm, Ref traceback, std::string_view wrong) {
  const FrameObject* frame = innermost_frame(traceback);
  if (!frame) return {};
  std::vector<std::string> names;
  Value locals = get_attribute(vm, Ref(*frame), "f_locals");
  if (locals.is_raised()) vm.clear_error();
  else add_names(vm, locals, names);
  const Function& function = cast<Function>(frame->function);
  add_names(vm, Ref(*function.globals), names);
  add_names(vm, Ref(*function.builtins), names);
  const Value self = frame_local(vm, *frame, "self");
  if (!self.is_unbound()) {
    const Result<bool> has = has_attribute(vm, self, vm.intern(wrong));
    if (has.is_raised()) vm.clear_error();
    else if (*has) return fmt::format("self.{}", wrong);
  }
  return suggest(names, wrong);
}

bool is_standard_module(VM& vm, std::string_view name) {
  Value names = find_attribute(vm, vm.sys_module, "stdlib_module_names");
  if (names.is_raised() || names.is_unbound()) {
    vm.clear_error();
    return false;
  }
  const Result<bool> found = contains(vm, names, Ref(vm.intern(name)));
  if (found.is_raised()) vm.clear_error();
  return !found.is_raised() && *found;
}

// What is added to the text of an error about a wrong name.
std::string hints(VM& vm, Ref exception, Ref traceback) {
  if (is<ImportErrorObject>(exception)) {
    const auto& error = cast<ImportErrorObject>(exception);
    if (!is<Str>(error.name_from) || !is<Str>(error.name)) return {};
    const std::string_view wrong = cast<Str>(error.name_from).view();
    Value module = dict_get(vm, cast<Dict>(vm.modules), error.name);
    if (module.is_raised() || module.is_unbound()) {
      vm.clear_error();
      return {};
    }
    const std::string better = suggest(names_of(vm, module, !wrong.starts_with("_")), wrong);
    return better.empty() ? "" : fmt::format(". Did you mean: '{}'?", better);
  }
  const bool attribute = is<AttributeErrorObject>(exception);
  if (!attribute && !is<NameErrorObject>(exception)) return {};
  const Value name = attribute ? cast<AttributeErrorObject>(exception).name : cast<NameErrorObject>(exception).name;
  if (!is<Str>(name)) return {};
  const std::string wrong(cast<Str>(name).view());
  const std::string better =
      attribute ? attribute_suggestion(vm, exception, traceback, wrong) : name_suggestion(vm, traceback, wrong);
  std::string text = better.empty() ? "" : fmt::format(". Did you mean: '{}'?", better);
  if (!attribute && is_standard_module(vm, wrong))
    text += fmt::format("{} you forget to import '{}'?", better.empty() ? ". Did" : " Or did", wrong);
  return text;
}

std::string notes_text(VM& vm, Ref exception) {
  Value notes = find_attribute(vm, exception, *vm.names.__notes__);
  if (notes.is_raised()) {
    Value error = vm.take_error();
    return fmt::format("Ignored error getting __notes__: {}\n", safe_text(vm, error, "__notes__", true));
  }
  if (notes.is_unbound() || notes.is_none()) return {};
  if (!is<List>(notes) && !is<Tuple>(notes)) return safe_text(vm, notes, "__notes__", true) + "\n";
  std::string out;
  Value list = list_from(vm, notes);
  if (list.is_raised()) {
    vm.clear_error();
    return {};
  }
  for (std::size_t i = 0; i < cast<List>(list).size(); ++i) {
    Value note(cast<List>(list)[i]);
    out += safe_text(vm, note, "note") + "\n";
  }
  return out;
}

// The exception itself: type and message, or the syntax error with its line, then the notes.
std::string exception_only(VM& vm, Ref exception, Ref traceback) {
  const std::string type = type_text(vm, exception);
  std::string out;
  if (is<SyntaxErrorObject>(exception)) {
    out = syntax_error_text(vm, cast<SyntaxErrorObject>(exception), type);
  } else {
    std::string text = safe_text(vm, exception, "exception");
    text += hints(vm, exception, traceback);
    out = text.empty() ? type + "\n" : type + ": " + text + "\n";
  }
  return out + notes_text(vm, exception);
}

// ---- chains and groups

class Report {
 public:
  explicit Report(VM& vm) : vm_(vm) {}

  void report(Ref exception) { chain(plan(exception)); }
  std::string take() { return std::move(out_); }

 private:
  // An exception and what hangs on it. Each is shown as somebody's cause or context only once.
  struct Node {
    Value exception;
    Node* cause = nullptr;
    Node* context = nullptr;
    std::vector<Node*> members;
  };

  Node& make(Ref exception) {
    seen_.insert(exception.object());
    nodes_.push_back({});
    nodes_.back().exception = Value(exception);
    return nodes_.back();
  }
  Node* make_unless_seen(Ref exception) {
    return is_exception(exception) && !seen_.contains(exception.object()) ? &make(exception) : nullptr;
  }
  Node& plan(Ref exception) {
    Node& first = make(exception);
    std::vector<Node*> waiting{&first};
    while (!waiting.empty()) {
      Node& node = *waiting.back();
      waiting.pop_back();
      const BaseException& error = cast<BaseException>(node.exception);
      node.cause = make_unless_seen(error.cause);
      if (!node.cause && !error.suppress_context) node.context = make_unless_seen(error.context);
      if (Node* next = node.cause ? node.cause : node.context) waiting.push_back(next);
      if (const auto* group = as<ExceptionGroupObject>(node.exception))
        for (Bits member : cast<Tuple>(group->exceptions)) node.members.push_back(&make(Ref(member)));
      waiting.insert(waiting.end(), node.members.begin(), node.members.end());
    }
    return first;
  }

  // With the exceptions that led to it before it.
  void chain(const Node& last) {
    std::vector<const Node*> links;
    for (const Node* at = &last; at; at = at->cause ? at->cause : at->context) links.push_back(at);
    for (std::size_t i = links.size(); i-- > 0;) {
      if (links[i]->cause) emit("\nThe above exception was the direct cause of the following exception:\n\n");
      else if (links[i]->context) emit("\nDuring handling of the above exception, another exception occurred:\n\n");
      one(*links[i]);
    }
  }

  void emit(std::string_view text, char margin = '|') {
    if (depth_ == 0) {
      out_ += text;
      return;
    }
    out_ += indent(text, std::string(static_cast<std::size_t>(2 * depth_), ' ') + margin + ' ');
  }

  void one(const Node& node) {
    const Value exception = node.exception;
    if (is<ExceptionGroupObject>(exception)) return group_tree(node);
    Value traceback = cast<BaseException>(exception).traceback;
    if (is_exact(traceback, TypeId::Traceback)) {
      emit("Traceback (most recent call last):\n");
      emit(stack_text(vm_, traceback));
    }
    emit(exception_only(vm_, exception, traceback));
  }

  void group_tree(const Node& node) {
    if (depth_ > maximum_group_depth) {
      emit(fmt::format("... (max_group_depth is {})\n", maximum_group_depth));
      return;
    }
    const bool top = depth_ == 0;
    if (top) ++depth_;
    Value traceback = cast<BaseException>(node.exception).traceback;
    if (is_exact(traceback, TypeId::Traceback)) {
      emit("Exception Group Traceback (most recent call last):\n", top ? '+' : '|');
      emit(stack_text(vm_, traceback));
    }
    emit(exception_only(vm_, node.exception, traceback));
    const std::size_t count = node.members.size();
    const std::size_t shown = std::min<std::size_t>(count, maximum_group_width + (count > maximum_group_width));
    need_close_ = false;
    for (std::size_t i = 0; i < shown; ++i) {
      const bool last = i + 1 == shown;
      if (last) need_close_ = true;
      const bool truncated = i >= maximum_group_width;
      const std::string title = truncated ? "..." : std::to_string(i + 1);
      out_ += std::string(static_cast<std::size_t>(2 * depth_), ' ') + (i == 0 ? "+-" : "  ") +
              fmt::format("+---------------- {} ----------------\n", title);
      ++depth_;
      if (truncated) {
        const std::size_t more = count - maximum_group_width;
        emit(fmt::format("and {} more exception{}\n", more, more > 1 ? "s" : ""));
      } else {
        chain(*node.members[i]);
      }
      if (last && need_close_) {
        out_ += std::string(static_cast<std::size_t>(2 * depth_), ' ') + "+------------------------------------\n";
        need_close_ = false;
      }
      --depth_;
    }
    if (top) --depth_;
  }

  VM& vm_;
  std::string out_;
  std::deque<Node> nodes_;
  std::unordered_set<const Object*> seen_;
  int depth_ = 0;
  bool need_close_ = false;
};

}  // namespace

std::string format_traceback(VM& vm, Ref traceback) {
  return "Traceback (most recent call last):\n" + stack_text(vm, traceback);
}

std::string format_exception_only(VM& vm, Ref exception, Ref traceback) {
  Value held(exception), held_traceback(traceback);
  return exception_only(vm, held, held_traceback);
}

std::string format_exception_report(VM& vm, Ref exception) {
  Value held(exception);
  Report report(vm);
  report.report(held);
  return report.take();
}

}  // namespace cede
