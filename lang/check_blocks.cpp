// Nested blocks: their limit, and what jumps out of them run into.
#include "lang/check_state.hpp"

namespace cede::lang::checking {
namespace {

// CPython's.
constexpr std::size_t maximum_blocks = 21;
// Repeated warnings multiply in nested `finally` bodies; nobody reads that many.
constexpr std::size_t maximum_warnings = 1u << 16;

}  // namespace

void Checker::push_block(BlockKind kind, const ast::Node& at, const ast::Try* statement) {
  if (blocks_.size() - units_.back().first_block >= maximum_blocks)
    error(at, "too many statically nested blocks");
  blocks_.push_back({kind, statement});
}

bool Checker::unwind(const ast::Node& at, bool to_loop) {
  artificial_ = false;
  for (std::size_t i = blocks_.size(); i > units_.back().first_block; --i) {
    const Block top = blocks_[i - 1];
    if (top.kind == BlockKind::GroupHandlers) {
      SyntaxError e = compile_error(source_, at.start, at.end,
                                    "'break', 'continue' and 'return' cannot appear in an except* block");
      if (artificial_) {  // CPython's "no location"
        e.line = e.end_line = -1;
        e.column = e.end_column = 0;
        e.text.reset();
      }
      throw e;
    }
    if (to_loop && top.kind == BlockKind::Loop) return true;
    if (top.kind == BlockKind::FinallyTry) {
      const auto from = blocks_.begin() + static_cast<std::ptrdiff_t>(i - 1);
      const std::vector<Block> inner(from, blocks_.end());
      blocks_.erase(from, blocks_.end());
      finally_body(*top.statement);
      blocks_.insert(blocks_.end(), inner.begin(), inner.end());
    }
    if (top.kind == BlockKind::FinallyTry || top.kind == BlockKind::With) artificial_ = true;
  }
  return false;
}

void Checker::jump_out(const ast::Statement& node) {
  if (unwind(node, true)) return;
  error(node, node.kind == ast::Kind::Break ? "'break' outside loop" : "'continue' not properly in loop");
}

void Checker::finally_body(const ast::Try& node) {
  if (const auto known = finally_bodies_.find(&node); known != finally_bodies_.end())
    return repeat(known->second);
  const bool artificial = artificial_;
  const std::size_t first = warnings_.size();
  block(node.finalbody);
  finally_bodies_[&node] = {first, warnings_.size()};
  artificial_ = artificial;
}

void Checker::repeat(WarningRange range) {
  if (warnings_.size() + (range.last - range.first) > maximum_warnings) return;
  for (std::size_t i = range.first; i < range.last; ++i) warnings_.push_back(Warning(warnings_[i]));
}

}  // namespace cede::lang::checking
