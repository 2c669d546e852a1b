// The second pass: the grammar instantiated with the control in which the error rules exist.
#include "lang/grammar/diagnose.hpp"

#include "lang/grammar/actions_errors.hpp"

namespace cede::lang::grammar {
namespace {

template<class Rule> bool matches(TokenInput& in, Builder& b) {
  return diagnosing<Rule>::template match<apply_mode::action, rewind_mode::required, act, diagnosing>(in, b);
}

}  // namespace

void diagnose(TokenInput& in, Builder& b) {
  switch (b.options.mode) {
    case Mode::Exec: static_cast<void>(matches<file_input>(in, b)); return;
    case Mode::Eval: static_cast<void>(matches<eval_input>(in, b)); return;
    case Mode::Single: static_cast<void>(matches<single_input>(in, b)); return;
  }
}

}  // namespace cede::lang::grammar
