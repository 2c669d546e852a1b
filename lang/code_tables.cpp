// Packed tables: how positions and constants are written, and read where speed does not matter.
#include "lang/code_tables.hpp"

#include <algorithm>

#include "lang/code.hpp"
#include "lang/unit_parts.hpp"

namespace cede::lang {

namespace {
constexpr unsigned char has_position = 0x80;
constexpr std::size_t longest_run = 0x7F;

std::int64_t difference(std::uint32_t a, std::uint32_t b) { return std::int64_t{a} - std::int64_t{b}; }
std::uint32_t moved(std::uint32_t from, const unsigned char*& at) {
  return static_cast<std::uint32_t>(std::int64_t{from} + unfold_sign(read_varint(at)));
}
}  // namespace

std::size_t PositionTable::read_run(const unsigned char*& at, std::uint32_t& line, CodePosition& position) {
  const unsigned char head = *at++;
  if (head & has_position) {
    position.line = line = moved(line, at);
    position.end_line = moved(line, at);
    position.column = static_cast<std::uint32_t>(read_varint(at));
    position.end_column = moved(position.column, at);
  } else {
    position = {};
  }
  return head & longest_run;
}

CodePosition PositionTable::operator[](std::size_t index) const {
  CodePosition position;
  std::uint32_t line = 0;
  std::size_t end = 0;
  for (const unsigned char* at = bytes_; at != bytes_ + byte_count_;) {
    end += read_run(at, line, position);
    if (index < end) return position;
  }
  return {};
}

std::uint32_t PositionTable::line_at_or_before(std::size_t index) const {
  CodePosition position;
  std::uint32_t line = 0, found = 0;
  std::size_t first = 0;
  for (const unsigned char* at = bytes_; at != bytes_ + byte_count_ && first <= index;) {
    first += read_run(at, line, position);
    if (position.line) found = position.line;
  }
  return found;
}

void PositionWriter::add(const CodePosition& position, std::size_t count) {
  if (count_ && position != position_) flush();
  position_ = position;
  count_ += count;
}

void PositionWriter::flush() {
  while (count_) {
    const std::size_t run = std::min(count_, longest_run);
    const bool placed = position_.line != 0;
    bytes_ += static_cast<char>(run | (placed ? has_position : 0u));
    if (placed) {
      append_varint(bytes_, fold_sign(difference(position_.line, line_)));
      append_varint(bytes_, fold_sign(difference(position_.end_line, position_.line)));
      append_varint(bytes_, position_.column);
      append_varint(bytes_, fold_sign(difference(position_.end_column, position_.column)));
      line_ = position_.line;
    }
    count_ -= run;
  }
}

std::string PositionWriter::finish() {
  flush();
  line_ = 0;
  return std::exchange(bytes_, {});
}

// ---- constants

namespace {

using Children = std::vector<std::shared_ptr<const CodeUnit>>;

void append_tag(std::string& out, ConstantTag tag) { out += static_cast<char>(tag); }
void append_text(std::string& out, ConstantTag tag, std::string_view text) {
  append_tag(out, tag);
  append_varint(out, text.size());
  out += text;
}
void append_number(std::string& out, double value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof bytes);
}
void append_items(std::string& out, ConstantTag tag, const std::vector<ConstantValue>& items, Children& children) {
  append_tag(out, tag);
  append_varint(out, items.size());
  for (const ConstantValue& item : items) pack_constant(out, item, children);
}

struct Packer {
  std::string& out;
  Children& children;
  void operator()(ConstantNone) const { append_tag(out, ConstantTag::None); }
  void operator()(bool b) const { append_tag(out, b ? ConstantTag::True : ConstantTag::False); }
  void operator()(ConstantEllipsis) const { append_tag(out, ConstantTag::Ellipsis); }
  void operator()(std::int64_t n) const {
    append_tag(out, ConstantTag::Int);
    append_varint(out, fold_sign(n));
  }
  void operator()(const ConstantBigInt& n) const {
    append_tag(out, ConstantTag::BigInt);
    out += static_cast<char>(n.base);
    append_varint(out, n.digits.size());
    out += n.digits;
  }
  void operator()(double d) const {
    append_tag(out, ConstantTag::Float);
    append_number(out, d);
  }
  void operator()(const ConstantComplex& z) const {
    append_tag(out, ConstantTag::Complex);
    append_number(out, z.real);
    append_number(out, z.imaginary);
  }
  void operator()(const ConstantStr& s) const { append_text(out, ConstantTag::Str, s.text); }
  void operator()(const ConstantBytes& b) const { append_text(out, ConstantTag::Bytes, b.bytes); }
  void operator()(const ConstantTuple& t) const { append_items(out, ConstantTag::Tuple, t.items, children); }
  void operator()(const ConstantFrozenSet& s) const { append_items(out, ConstantTag::FrozenSet, s.items, children); }
  void operator()(const std::shared_ptr<const CodeUnit>& unit) const {
    append_tag(out, ConstantTag::Code);
    append_varint(out, children.size());
    children.push_back(unit);
  }
};

struct Unpacker {
  const CodeUnit& unit;
  ConstantReader& reader;
  std::vector<ConstantValue> items(std::uint32_t count) const {
    std::vector<ConstantValue> found;
    for (std::uint32_t i = 0; i < count; ++i) found.push_back(reader.read(*this));
    return found;
  }
  ConstantValue operator()(ConstantNone none) const { return none; }
  ConstantValue operator()(bool b) const { return b; }
  ConstantValue operator()(ConstantEllipsis ellipsis) const { return ellipsis; }
  ConstantValue operator()(std::int64_t n) const { return n; }
  ConstantValue operator()(PackedBigInt n) const { return ConstantBigInt{std::string(n.digits), n.base}; }
  ConstantValue operator()(double d) const { return d; }
  ConstantValue operator()(ConstantComplex z) const { return z; }
  ConstantValue operator()(PackedStr s) const { return ConstantStr{std::string(s.text)}; }
  ConstantValue operator()(PackedBytes b) const { return ConstantBytes{std::string(b.bytes)}; }
  ConstantValue operator()(PackedTuple t) const { return ConstantTuple{items(t.count)}; }
  ConstantValue operator()(PackedFrozenSet s) const { return ConstantFrozenSet{items(s.count)}; }
  ConstantValue operator()(PackedCode code) const { return unit.child(code.child); }
};

}  // namespace

void pack_constant(std::string& out, const ConstantValue& value, Children& children) {
  std::visit(Packer{out, children}, static_cast<const ConstantValue::variant&>(value));
}

std::vector<ConstantValue> unpack_constants(const CodeUnit& unit) {
  ConstantReader reader = unit.constants.reader();
  return Unpacker{unit, reader}.items(static_cast<std::uint32_t>(unit.constants.size()));
}

}  // namespace cede::lang
