// Laying out a compiled unit: all its tables in one block, in the order of their alignment.
#include "lang/unit_parts.hpp"

#include <cstring>

#include "lang/code_image.hpp"
#include "lang/varint.hpp"

namespace cede::lang {

namespace {

struct CompiledUnit : CodeUnit {
  std::unique_ptr<std::uint32_t[]> block;
  std::vector<std::shared_ptr<const CodeUnit>> owned_children;
};

struct RenamedUnit : CodeUnit {
  std::shared_ptr<const CodeUnit> original;
  std::string texts[3];
};

// Hands out the block piece by piece.
class Cutter {
 public:
  explicit Cutter(std::uint32_t* block) : at_(reinterpret_cast<unsigned char*>(block)) {}
  template<class T> std::span<const T> copy(const std::vector<T>& items) {
    auto* start = reinterpret_cast<T*>(at_);
    if (!items.empty()) std::memcpy(at_, items.data(), items.size() * sizeof(T));
    at_ += items.size() * sizeof(T);
    return {start, items.size()};
  }
  std::span<const unsigned char> copy(std::string_view bytes) {
    const unsigned char* start = at_;
    if (!bytes.empty()) std::memcpy(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
    return {start, bytes.size()};
  }

 private:
  unsigned char* at_;
};

template<class T> std::size_t bytes_of(const std::vector<T>& items) { return items.size() * sizeof(T); }

}  // namespace

std::uint32_t UnitParts::add_text(std::string_view text) {
  const auto offset = static_cast<std::uint32_t>(texts.size());
  append_varint(texts, text.size());
  texts += text;
  return offset;
}

std::shared_ptr<const CodeUnit> UnitParts::seal() && {
  const std::size_t words = bytes_of(local_names) + bytes_of(cell_names) + bytes_of(free_names) + bytes_of(names) +
                            bytes_of(hidden_locals) + bytes_of(caches) + bytes_of(exceptions) + bytes_of(live_ranges);
  const std::size_t rest = bytes_of(instructions) + bytes_of(cell_parameters) + texts.size() + constants.size() + positions.size();
  auto unit = std::make_shared<CompiledUnit>();
  static_cast<CodeUnit&>(*unit) = std::move(head);
  unit->block = std::make_unique_for_overwrite<std::uint32_t[]>((words + rest + 3) / 4);
  unit->owned_children = std::move(children);
  unit->children = unit->owned_children;

  Cutter cut(unit->block.get());
  const auto locals = cut.copy(local_names), cells = cut.copy(cell_names), frees = cut.copy(free_names), all = cut.copy(names);
  unit->hidden_locals = cut.copy(hidden_locals);
  unit->caches = cut.copy(caches);
  unit->exceptions = cut.copy(exceptions);
  unit->live_ranges = cut.copy(live_ranges);
  unit->instructions = cut.copy(instructions);
  unit->cell_parameters = cut.copy(cell_parameters);
  const unsigned char* pool = cut.copy(texts).data();
  unit->constants = {cut.copy(constants), constant_count};
  unit->positions = {cut.copy(positions).data(), static_cast<std::uint32_t>(positions.size())};
  unit->local_names = {pool, locals};
  unit->cell_names = {pool, cells};
  unit->free_names = {pool, frees};
  unit->names = {pool, all};
  unit->name = TextList::text_at(pool, name);
  unit->qualified_name = TextList::text_at(pool, qualified_name);
  unit->filename = TextList::text_at(pool, filename);
  return unit;
}

std::shared_ptr<const CodeUnit> CodeUnit::child(std::uint32_t index) const {
  return image ? load_unit(image, image_children[index]) : children[index];
}

std::shared_ptr<const CodeUnit> renamed(std::shared_ptr<const CodeUnit> unit, std::string name, std::string qualified_name,
                                        std::string filename, std::uint32_t first_line, std::uint32_t flags) {
  auto copy = std::make_shared<RenamedUnit>();
  static_cast<CodeUnit&>(*copy) = *unit;
  copy->original = std::move(unit);
  copy->texts[0] = std::move(name);
  copy->texts[1] = std::move(qualified_name);
  copy->texts[2] = std::move(filename);
  copy->name = copy->texts[0];
  copy->qualified_name = copy->texts[1];
  copy->filename = copy->texts[2];
  copy->first_line = first_line;
  copy->flags = flags;
  return copy;
}

}  // namespace cede::lang
