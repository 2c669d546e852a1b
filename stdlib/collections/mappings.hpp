// collections.defaultdict and collections.OrderedDict: dicts with more behind them.
#pragma once

#include "runtime/types/dict.hpp"

namespace cede {
extern const NativeType dict_type, dict_keys_type, dict_values_type, dict_items_type;
}

namespace cede::stdlib {

struct DefaultDict : Dict {
  static const Layout* layout();
  static constexpr const char* type_name = "collections.defaultdict";
  Value default_factory;
  template<class F> static void fields(DefaultDict& self, F&& field) { field(self.default_factory); }
  static void dispose(Heap&, DefaultDict&) {}  // the table is the dict's own
};
extern const NativeType defaultdict_type;

// The order is a doubly linked list of nodes beside the dict's table. A node is found by the very word of the
// key that the dict holds, through a table of its own, so that no script code runs and the dict may move its
// entries as it likes.
struct OrderedDict : Dict {
  static const Layout* layout();
  static constexpr const char* type_name = "collections.OrderedDict";
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Node {
    Bits key;           // owned; Unbound: the node is free and `next` links the free ones
    std::int64_t hash;  // of the key
    std::uint32_t previous, next;
  };

  Buffer<Node> nodes;
  Buffer<std::uint32_t> places;  // open-addressed by key word: node + 1, or 0; a power of two
  std::uint32_t first = none, last = none, free_node = none, count = 0;
  std::uint64_t state = 0;  // counts changes of the order: iterators notice

  template<class F> static void fields(OrderedDict& self, F&& field) {
    for (std::size_t i = 0; i < self.nodes.size(); ++i) field(&self.nodes[i].key, 1);
  }
  static void dispose(Heap& heap, OrderedDict& self) {
    self.nodes.free(heap);
    self.places.free(heap);
  }
};
extern const NativeType ordered_dict_type, odict_keys_type, odict_values_type, odict_items_type,
    odict_iterator_type;

// ordered_dict.cpp: the dict and its order together, without __setitem__ and the like of subclasses. May run
// __eq__ of keys, but none of them `hash`.
Status ordered_set(VM& vm, OrderedDict& dict, Ref key, std::int64_t hash, Ref value);
Owned ordered_pop(VM& vm, OrderedDict& dict, Ref key, std::int64_t hash);  // Unbound: absent
void ordered_clear(VM& vm, OrderedDict& dict);
// Runs no script code.
std::uint32_t ordered_find(const OrderedDict& dict, Ref stored_key);  // none: absent
void ordered_move(OrderedDict& dict, std::uint32_t node, bool to_last);

// views and iterators (ordered_dict_views.cpp)
enum class OrderedPart : std::uint8_t { Keys, Values, Items };
Owned ordered_iterator_new(VM& vm, OrderedDict& dict, OrderedPart part, bool reverse);

}  // namespace cede::stdlib
