// collections.OrderedDict: the list of nodes beside the dict.
#include <bit>

#include "runtime/core/protocols.hpp"
#include "stdlib/collections/mappings.hpp"

namespace cede::stdlib {
namespace {

using Node = OrderedDict::Node;
constexpr std::uint32_t none = OrderedDict::none;

std::size_t place_of(const OrderedDict& dict, Bits key) {
  const std::uint64_t mixed = (key ^ key >> 29) * 0x9E3779B97F4A7C15u;
  return static_cast<std::size_t>(mixed >> 20) & (dict.places.size() - 1);
}

void occupy(OrderedDict& dict, std::uint32_t node) {
  const std::size_t mask = dict.places.size() - 1;
  std::size_t at = place_of(dict, dict.nodes[node].key);
  while (dict.places[at]) at = (at + 1) & mask;
  dict.places[at] = node + 1;
}

// Takes a node out of `places`; those behind it that it had displaced move up.
void vacate(OrderedDict& dict, std::uint32_t node) {
  const std::size_t mask = dict.places.size() - 1;
  std::size_t hole = place_of(dict, dict.nodes[node].key);
  while (dict.places[hole] != node + 1) hole = (hole + 1) & mask;
  for (std::size_t at = (hole + 1) & mask; dict.places[at]; at = (at + 1) & mask) {
    const std::size_t home = place_of(dict, dict.nodes[dict.places[at] - 1].key);
    if (((at - home) & mask) < ((at - hole) & mask)) continue;
    dict.places[hole] = dict.places[at];
    hole = at;
  }
  dict.places[hole] = 0;
}

Status reserve_places(VM& vm, OrderedDict& dict) {
  if ((std::size_t{dict.count} + 1) * 2 <= dict.places.size()) return Ok;
  const std::size_t size = std::bit_ceil((std::size_t{dict.count} + 1) * 4);
  Buffer<std::uint32_t> fresh;
  if (!fresh.reserve(vm.heap, size)) return vm.raise_memory_error();
  fresh.set_size(size);
  std::fill(fresh.begin(), fresh.end(), 0u);
  dict.places.free(vm.heap);
  dict.places = fresh;
  for (std::uint32_t i = dict.first; i != none; i = dict.nodes[i].next) occupy(dict, i);
  return Ok;
}

void unlink(OrderedDict& dict, std::uint32_t node) {
  const Node& n = dict.nodes[node];
  (n.previous == none ? dict.first : dict.nodes[n.previous].next) = n.next;
  (n.next == none ? dict.last : dict.nodes[n.next].previous) = n.previous;
}

void link(OrderedDict& dict, std::uint32_t node, bool to_last) {
  Node& n = dict.nodes[node];
  n.previous = to_last ? dict.last : none;
  n.next = to_last ? none : dict.first;
  if (dict.first == none)
    dict.first = dict.last = node;
  else if (to_last)
    dict.last = dict.nodes[dict.last].next = node;
  else
    dict.first = dict.nodes[dict.first].previous = node;
}

Status append(VM& vm, OrderedDict& dict, Ref key, std::int64_t hash) {
  CEDE_CHECK(reserve_places(vm, dict));
  std::uint32_t node = dict.free_node;
  if (node == none) {
    if (!dict.nodes.push(vm.heap, Node{Unbound.bits, 0, none, none})) return vm.raise_memory_error();
    node = static_cast<std::uint32_t>(dict.nodes.size() - 1);
  } else
    dict.free_node = dict.nodes[node].next;
  retain(key);
  dict.nodes[node].key = key.bits;
  dict.nodes[node].hash = hash;
  link(dict, node, true);
  occupy(dict, node);
  ++dict.count;
  ++dict.state;
  return Ok;
}

void remove(OrderedDict& dict, std::uint32_t node) {
  vacate(dict, node);
  unlink(dict, node);
  const Bits key = std::exchange(dict.nodes[node].key, Unbound.bits);
  dict.nodes[node].next = std::exchange(dict.free_node, node);
  --dict.count;
  ++dict.state;
  release(Ref(key));
}

}  // namespace

std::uint32_t ordered_find(const OrderedDict& dict, Ref stored_key) {
  if (dict.places.empty()) return none;
  const std::size_t mask = dict.places.size() - 1;
  for (std::size_t at = place_of(dict, stored_key.bits); dict.places[at]; at = (at + 1) & mask)
    if (dict.nodes[dict.places[at] - 1].key == stored_key.bits) return dict.places[at] - 1;
  return none;
}

void ordered_move(OrderedDict& dict, std::uint32_t node, bool to_last) {
  if (node == (to_last ? dict.last : dict.first)) return;
  unlink(dict, node);
  link(dict, node, to_last);
  ++dict.state;
}

Status ordered_set(VM& vm, OrderedDict& dict, Ref key, std::int64_t hash, Ref value) {
  const std::uint32_t before = dict.used;
  CEDE_CHECK(dict_set_hashed(vm, dict, key, hash, value));
  if (dict.used == before && dict.used == dict.count) return Ok;
  CEDE_TRY(const Value stored, dict_stored_key(vm, dict, key, hash));
  if (stored.is_unbound() || ordered_find(dict, stored) != none) return Ok;
  if (!append(vm, dict, stored, hash).is_raised()) return Ok;
  // No memory for the node: the key must not stay without one.
  const Value error = vm.take_error();
  if (dict_remove_hashed(vm, dict, stored, hash).is_raised()) vm.clear_error();
  vm.set_error(error);
  return raised;
}

Owned ordered_pop(VM& vm, OrderedDict& dict, Ref key, std::int64_t hash) {
  CEDE_TRY(const Value stored, dict_stored_key(vm, dict, key, hash));
  if (stored.is_unbound()) return Owned();
  CEDE_TRY(Value value, dict_get_hashed(vm, dict, stored, hash));
  CEDE_TRY(const bool removed, dict_remove_hashed(vm, dict, stored, hash));
  (void)removed;
  if (const std::uint32_t node = ordered_find(dict, stored); node != none) remove(dict, node);
  return value;
}

void ordered_clear(VM& vm, OrderedDict& dict) {
  dict_clear(vm, dict);
  Buffer<Node> nodes = dict.nodes.take();
  const std::uint32_t first = dict.first;
  dict.first = dict.last = dict.free_node = none;
  dict.count = 0;
  dict.places.free(vm.heap);
  ++dict.state;
  for (std::uint32_t i = first; i != none; i = nodes[i].next) release(Ref(nodes[i].key));
  nodes.free(vm.heap);
}

}  // namespace cede::stdlib
