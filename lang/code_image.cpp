// Writing and loading images. ImageWriter::add and UnitReader::read list what a unit consists of, in the order of the bytes.
#include "lang/code_image.hpp"

#include <cstring>
#include <unordered_map>

#include "lang/varint.hpp"

namespace cede::lang {

namespace {

constexpr std::size_t alignment = 4;

enum Bit : unsigned { class_body = 1, module_body = 2 };

class ImageWriter {
 public:
  std::string write(const CodeUnit& unit) {
    out_.resize(sizeof(std::uint32_t));
    const std::uint32_t root = add(unit);
    std::memcpy(out_.data(), &root, sizeof root);
    return std::move(out_);
  }

 private:
  // The inner units come first: their offsets are among the tables.
  std::uint32_t add(const CodeUnit& unit) {
    std::vector<std::uint32_t> children;
    for (std::uint32_t i = 0; i < unit.child_count(); ++i) children.push_back(add(*unit.child(i)));
    const std::vector<std::uint32_t> locals = texts(unit.local_names), cells = texts(unit.cell_names),
                                     frees = texts(unit.free_names), names = texts(unit.names);
    std::string head;
    const auto number = [&](std::uint64_t value) { append_varint(head, value); };
    number(text(unit.name)), number(text(unit.qualified_name)), number(text(unit.filename));
    number(unit.first_line), number(unit.flags);
    number(unit.positional_only), number(unit.positional), number(unit.keyword_only);
    number(unit.local_count), number(unit.cell_count), number(unit.register_count);
    number((unit.is_class_body ? class_body : 0u) | (unit.is_module ? module_body : 0u));
    number(unit.free_names.size()), number(unit.names.size()), number(unit.hidden_locals.size());
    number(unit.caches.size()), number(unit.exceptions.size()), number(unit.live_ranges.size());
    number(children.size()), number(unit.instructions.size()), number(unit.cell_parameters.size());
    number(unit.constants.size()), number(unit.constants.bytes().size()), number(unit.positions.bytes().size());

    align();
    const auto offset = static_cast<std::uint32_t>(out_.size());
    out_ += head;
    align();
    table<std::uint32_t>(locals), table<std::uint32_t>(cells), table<std::uint32_t>(frees), table<std::uint32_t>(names);
    table(unit.hidden_locals), table(unit.caches), table(unit.exceptions), table(unit.live_ranges);
    table<std::uint32_t>(children), table(unit.instructions), table(unit.cell_parameters);
    table(unit.constants.bytes()), table(unit.positions.bytes());
    return offset;
  }

  std::uint32_t text(std::string_view text) {
    const auto [found, added] = known_.try_emplace(std::string(text), static_cast<std::uint32_t>(out_.size()));
    if (added) {
      append_varint(out_, text.size());
      out_ += text;
    }
    return found->second;
  }
  std::vector<std::uint32_t> texts(const TextList& list) {
    std::vector<std::uint32_t> offsets;
    for (const std::string_view item : list) offsets.push_back(text(item));
    return offsets;
  }
  void align() { out_.resize((out_.size() + alignment - 1) / alignment * alignment); }
  template<class T> void table(std::span<const T> items) {
    if (!items.empty()) out_.append(reinterpret_cast<const char*>(items.data()), items.size_bytes());
  }

  std::string out_;
  std::unordered_map<std::string, std::uint32_t> known_;
};

class UnitReader {
 public:
  UnitReader(const unsigned char* image, std::uint32_t offset) : image_(image), at_(image + offset) {}

  void read(CodeUnit& unit) {
    unit.image = image_;
    unit.name = text(), unit.qualified_name = text(), unit.filename = text();
    unit.first_line = number(), unit.flags = number();
    unit.positional_only = number(), unit.positional = number(), unit.keyword_only = number();
    unit.local_count = number(), unit.cell_count = number(), unit.register_count = number();
    const std::uint32_t bits = number();
    unit.is_class_body = bits & class_body, unit.is_module = bits & module_body;
    const std::uint32_t frees = number(), names = number(), hidden = number(), caches = number(), exceptions = number(),
                        live_ranges = number(), children = number(), instructions = number(), cell_parameters = number(),
                        constants = number(), constant_bytes = number(), position_bytes = number();
    at_ = image_ + (static_cast<std::size_t>(at_ - image_) + alignment - 1) / alignment * alignment;
    unit.local_names = {image_, table<std::uint32_t>(unit.local_count)};
    unit.cell_names = {image_, table<std::uint32_t>(unit.cell_count)};
    unit.free_names = {image_, table<std::uint32_t>(frees)};
    unit.names = {image_, table<std::uint32_t>(names)};
    unit.hidden_locals = table<std::uint32_t>(hidden);
    unit.caches = table<Cache>(caches);
    unit.exceptions = table<ExceptionEntry>(exceptions);
    unit.live_ranges = table<LiveRange>(live_ranges);
    unit.image_children = table<std::uint32_t>(children);
    unit.instructions = table<Instruction>(instructions);
    unit.cell_parameters = table<std::uint16_t>(cell_parameters);
    unit.constants = {table<unsigned char>(constant_bytes), constants};
    unit.positions = {table<unsigned char>(position_bytes).data(), position_bytes};
  }

 private:
  std::uint32_t number() { return static_cast<std::uint32_t>(read_varint(at_)); }
  std::string_view text() { return TextList::text_at(image_, number()); }
  template<class T> std::span<const T> table(std::size_t count) {
    const auto* start = reinterpret_cast<const T*>(at_);
    at_ += count * sizeof(T);
    return {start, count};
  }

  const unsigned char* image_;
  const unsigned char* at_;
};

}  // namespace

std::string write_image(const CodeUnit& unit) { return ImageWriter().write(unit); }

std::shared_ptr<const CodeUnit> load_unit(const unsigned char* image, std::uint32_t offset) {
  auto unit = std::make_shared<CodeUnit>();
  UnitReader(image, offset).read(*unit);
  return unit;
}

std::shared_ptr<const CodeUnit> load_image(const void* image) {
  std::uint32_t root;
  std::memcpy(&root, image, sizeof root);
  return load_unit(static_cast<const unsigned char*>(image), root);
}

}  // namespace cede::lang
