// The raising functions of VM. An exception that is raised gets the one being handled as its context.
#include "runtime/core/vm.hpp"
#include "runtime/types/exceptions.hpp"

namespace cede {

namespace {
// What the innermost handler that handles something is handling, or Unbound.
Ref handled_exception(const ThreadState& thread) {
  for (const HandledException* h = thread.handled; h; h = h->previous)
    if (h->exception.is_object()) return h->exception;
  return Unbound;
}
}  // namespace

// `exception` must not come to stand in its own chain of contexts: where it would, the chain is cut before
// it.
void exception_set_context(BaseException& exception, Ref handled) {
  if (!is_exception(handled) || handled.object() == &exception) return;
  BaseException* slow = &cast<BaseException>(handled);
  bool step = false;
  for (BaseException* at = slow; is_exception(at->context);) {
    BaseException* next = &cast<BaseException>(at->context);
    if (next == &exception) {
      at->context.reset();
      break;
    }
    at = next;
    if (at == slow) break;  // a cycle that was there before
    if (step) slow = &cast<BaseException>(slow->context);
    step = !step;
  }
  exception.context = Value(handled);
}

RaisedMark VM::raise_value(Value exception) {
  if (exception.is_raised()) return raised;  // making it failed, and raised that
  if (is_exception(exception)) exception_set_context(cast<BaseException>(exception), handled_exception(*thread));
  thread->exception = std::move(exception);
  return raised;
}

RaisedMark VM::raise_text(TypeId exception, std::string_view text) {
  return raise_value(exception_new(*this, exception, text));
}

RaisedMark VM::raise_with(TypeId exception, Ref argument) {
  const Value held{argument};
  return raise_value(exception_new(*this, exception, argument));
}

RaisedMark VM::raise_memory_error() {
  const UnlimitedMemory unlimited(heap);
  Value exception;
  // Failing to make it must not raise it again.
  if (!making_memory_error_) {
    making_memory_error_ = true;
    exception = exception_new(*this, TypeId::MemoryError, Unbound);
    making_memory_error_ = false;
  }
  if (!exception.is_object()) {
    // The one made beforehand. It goes on holding what its traceback holds until it is used again.
    exception = memory_error_;
    if (exception.is_object() && exception.object()->count == 2) {
      BaseException& e = cast<BaseException>(exception);
      e.traceback.reset();
      e.context.reset();
      e.cause.reset();
      e.suppress_context = false;
    }
  }
  return raise_value(std::move(exception));
}

RaisedMark VM::raise_recursion_error(std::string_view where) {
  return raise_text(TypeId::RecursionError, "maximum recursion depth exceeded" + std::string(where));
}

RaisedMark VM::raise_os_error(int error_number, Ref filename, Ref filename2) {
  return raise_value(os_error_new(*this, error_number, filename, filename2));
}

RaisedMark VM::raise_key_error(Ref key) { return raise_with(TypeId::KeyError, key); }

RaisedMark VM::raise_stop_iteration(Ref value) {
  return raise_with(TypeId::StopIteration, value.is_none() ? Unbound : value);
}

bool VM::error_is(TypeId exception) const {
  const Type* wanted = type_if_made(exception);
  const Ref current = thread->exception;
  return wanted && current.is_object() && is_subtype(*current.object()->type, *wanted);
}

Value VM::take_error() { return std::move(thread->exception); }

void VM::set_error(Value exception) { thread->exception = std::move(exception); }

}  // namespace cede
