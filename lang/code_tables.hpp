// The tables of a code unit that are kept packed: names, source positions, constants. They are views of bytes that the
// unit keeps alive or that lie in the program itself (code_image.hpp), and hold offsets rather than pointers.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

#include "lang/varint.hpp"

namespace cede::lang {

// Names: offsets into `texts`, where each stands after its length.
class TextList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::string_view;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = std::string_view;
    Iterator() = default;
    Iterator(const TextList* list, std::size_t at) : list_(list), at_(at) {}
    std::string_view operator*() const { return (*list_)[at_]; }
    Iterator& operator++() { return ++at_, *this; }
    Iterator operator++(int) { return {list_, at_++}; }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }
    difference_type operator-(const Iterator& other) const {
      return static_cast<difference_type>(at_) - static_cast<difference_type>(other.at_);
    }

   private:
    const TextList* list_ = nullptr;
    std::size_t at_ = 0;
  };

  TextList() = default;
  TextList(const unsigned char* texts, std::span<const std::uint32_t> offsets) : texts_(texts), offsets_(offsets) {}
  std::size_t size() const { return offsets_.size(); }
  bool empty() const { return offsets_.empty(); }
  std::string_view operator[](std::size_t i) const { return text_at(texts_, offsets_[i]); }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

  static std::string_view text_at(const unsigned char* texts, std::uint32_t offset) {
    const unsigned char* at = texts + offset;
    const std::uint64_t size = read_varint(at);
    return {reinterpret_cast<const char*>(at), size};
  }

 private:
  const unsigned char* texts_ = nullptr;
  std::span<const std::uint32_t> offsets_;
};

struct CodePosition {
  std::uint32_t line = 0, end_line = 0;      // from 1; 0: none
  std::uint32_t column = 0, end_column = 0;  // in bytes, from 0
  bool operator==(const CodePosition&) const = default;
};

// Where the instructions come from, as runs: a byte with the run's length, its top bit set if there is a position, then
// the position's differences. Finding one takes time in proportion to its index.
class PositionTable {
 public:
  PositionTable() = default;
  PositionTable(const unsigned char* bytes, std::uint32_t byte_count) : bytes_(bytes), byte_count_(byte_count) {}
  std::span<const unsigned char> bytes() const { return {bytes_, byte_count_}; }

  // Of the instruction at `index`; none if there are not so many.
  CodePosition operator[](std::size_t index) const;
  // The line of the instruction at `index`, or of the nearest one before that has a line; 0 if there is none.
  std::uint32_t line_at_or_before(std::size_t index) const;
  // Calls f(first instruction, count, position) for each run; neighbours may have the same position.
  template<class F> void each_run(F&& f) const {
    CodePosition position;
    std::uint32_t line = 0;
    std::size_t first = 0;
    for (const unsigned char* at = bytes_; at != bytes_ + byte_count_;) {
      const std::size_t count = read_run(at, line, position);
      f(first, count, position);
      first += count;
    }
  }

 private:
  static std::size_t read_run(const unsigned char*& at, std::uint32_t& line, CodePosition& position);

  const unsigned char* bytes_ = nullptr;
  std::uint32_t byte_count_ = 0;
};

// Makes the bytes of a PositionTable.
class PositionWriter {
 public:
  void add(const CodePosition& position, std::size_t count = 1);
  std::string finish();  // the table; the writer is empty again

 private:
  void flush();

  std::string bytes_;
  CodePosition position_;
  std::size_t count_ = 0;
  std::uint32_t line_ = 0;
};

struct ConstantNone {};
struct ConstantEllipsis {};
struct ConstantComplex { double real, imaginary; };
// As a ConstantReader gives them. The items of a tuple or set follow: as many reads.
struct PackedBigInt { std::string_view digits; std::uint8_t base; };
struct PackedStr { std::string_view text; };  // generalised UTF-8
struct PackedBytes { std::string_view bytes; };
struct PackedTuple { std::uint32_t count; };
struct PackedFrozenSet { std::uint32_t count; };
struct PackedCode { std::uint32_t child; };   // for CodeUnit::child

enum class ConstantTag : unsigned char { None, False, True, Ellipsis, Int, BigInt, Float, Complex, Str, Bytes, Tuple, FrozenSet, Code };

// Reads constants one after the other.
class ConstantReader {
 public:
  explicit ConstantReader(const unsigned char* at) : at_(at) {}

  // Calls visit(value) with the next constant: ConstantNone, bool, ConstantEllipsis, std::int64_t, double,
  // ConstantComplex or one of the Packed types.
  template<class Visitor> decltype(auto) read(Visitor&& visit) {
    switch (static_cast<ConstantTag>(*at_++)) {
      case ConstantTag::False: return visit(false);
      case ConstantTag::True: return visit(true);
      case ConstantTag::Ellipsis: return visit(ConstantEllipsis{});
      case ConstantTag::Int: return visit(unfold_sign(read_varint(at_)));
      case ConstantTag::BigInt: {
        const std::uint8_t base = *at_++;
        return visit(PackedBigInt{text(), base});
      }
      case ConstantTag::Float: return visit(number());
      case ConstantTag::Complex: {
        const double real = number();
        return visit(ConstantComplex{real, number()});
      }
      case ConstantTag::Str: return visit(PackedStr{text()});
      case ConstantTag::Bytes: return visit(PackedBytes{text()});
      case ConstantTag::Tuple: return visit(PackedTuple{static_cast<std::uint32_t>(read_varint(at_))});
      case ConstantTag::FrozenSet: return visit(PackedFrozenSet{static_cast<std::uint32_t>(read_varint(at_))});
      case ConstantTag::Code: return visit(PackedCode{static_cast<std::uint32_t>(read_varint(at_))});
      default: return visit(ConstantNone{});
    }
  }

 private:
  std::string_view text() {
    const std::uint64_t size = read_varint(at_);
    const std::string_view found(reinterpret_cast<const char*>(at_), size);
    at_ += size;
    return found;
  }
  double number() {
    double value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  const unsigned char* at_;
};

class ConstantList {
 public:
  ConstantList() = default;
  ConstantList(std::span<const unsigned char> bytes, std::uint32_t count) : bytes_(bytes), count_(count) {}
  std::size_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  std::span<const unsigned char> bytes() const { return bytes_; }
  ConstantReader reader() const { return ConstantReader(bytes_.data()); }

 private:
  std::span<const unsigned char> bytes_;
  std::uint32_t count_ = 0;
};

}  // namespace cede::lang
