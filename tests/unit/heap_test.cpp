// The heap below the language: order of death, pending finalisers, the collector's phases, limits, shapes,
// dict tables.
#include <boost/test/unit_test.hpp>

#include <string>

#include "runtime/core/native.hpp"
#include "runtime/core/shape.hpp"
#include "runtime/core/weak.hpp"
#include "runtime/types/dict.hpp"

using namespace cede;

namespace {

struct Node : Object {
  [[maybe_unused]] static const Layout* layout();
  Value left, right;
  ValueArray items;
  std::int64_t number = 0;
  std::string* log = nullptr;
  template<class F> static void fields(Node& n, F&& field) {
    field(n.left);
    field(n.items);
    field(n.right);
  }
  static void dispose(Heap& heap, Node& n) { n.items.free(heap); }
};
const Layout node_layout = layout_for<Node>();
const Layout* Node::layout() { return &node_layout; }

void node_finalize(VM&, Ref self) {
  Node& node = cast<Node>(self);
  *node.log += std::to_string(node.number) + " ";
}
constexpr Slots plain_slots = object_slots;
constexpr Slots finalized_slots = inherit(object_slots, [](Slots& s) { s.finalize = node_finalize; });
const NativeType plain_type{.name = "test.plain",
                            .id = TypeId::Dynamic,
                            .base = nullptr,
                            .layout = &node_layout,
                            .slots = &plain_slots,
                            .flags = std::uint32_t(TypeFlag::HasWeakReferences)};
const NativeType finalized_type{.name = "test.finalized",
                                .id = TypeId::Dynamic,
                                .base = nullptr,
                                .layout = &node_layout,
                                .slots = &finalized_slots,
                                .flags = std::uint32_t(TypeFlag::HasWeakReferences)};

struct Fixture {
  alignas(16) char nowhere[64] = {};
  VM vm{reinterpret_cast<Host&>(nowhere), VMOptions{}};
  std::string log;

  Node& plain(std::int64_t number = 0) { return make(plain_type, number); }
  Node& finalized(std::int64_t number) { return make(finalized_type, number); }
  Node& make(const NativeType& type, std::int64_t number) {
    Node* node = make_object<Node>(vm, vm.native_type(type));
    node->number = number;
    node->log = &log;
    return *node;
  }
  void add(Node& node, Node& item) { BOOST_REQUIRE(node.items.push_value(vm.heap, Value::adopt(&item))); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(heap, Fixture)

BOOST_AUTO_TEST_CASE(fields_are_released_in_order_and_each_before_the_next) {
  // x holds z too: z dies only when the list lets go of it, after y.
  Node &z = finalized(3), &y = finalized(2), &x = plain(1), &list = plain();
  x.left = Value(Ref(z));
  add(list, x);
  add(list, y);
  add(list, z);
  release(Ref(list));
  vm.drain_pending();
  BOOST_TEST(log == "2 3 ");
}

BOOST_AUTO_TEST_CASE(what_a_finaliser_leaves_dies_before_what_waited) {
  Node &parent = finalized(1), &child = finalized(2), &top = plain();
  child.left = Value::adopt(&finalized(3));
  parent.left = Value::adopt(&child);
  top.left = Value::adopt(&parent);
  top.right = Value::adopt(&finalized(4));
  release(Ref(top));
  vm.drain_pending();
  BOOST_TEST(log == "1 2 3 4 ");
}

BOOST_AUTO_TEST_CASE(a_long_chain_needs_no_stack) {
  Value head = Value::adopt(&plain());
  const std::size_t before = vm.heap.live_objects() - 1;
  for (int i = 0; i < 300000; ++i) {
    Node& node = plain();
    if (i % 2)
      node.left = std::move(head);
    else
      BOOST_REQUIRE(node.items.push_value(vm.heap, std::move(head)));
    head = Value::adopt(&node);
  }
  head.reset();
  BOOST_TEST(vm.heap.live_objects() == before);
}

BOOST_AUTO_TEST_CASE(cycles_are_found_and_finalised_once_in_order_of_making) {
  vm.heap.collect(vm, 2);
  for (int i = 0; i < 5; ++i) {
    Node &a = finalized(i), &b = plain();
    a.left = Value::adopt(&b);
    b.left = Value::adopt(&a);
  }
  Value kept = Value::adopt(&plain());
  cast<Node>(kept).left = kept;
  BOOST_TEST(vm.heap.collect(vm, 0) == 10u);
  BOOST_TEST(log == "0 1 2 3 4 ");
  BOOST_TEST(vm.heap.collect(vm, 2) == 0u);
  cast<Node>(kept).left.reset();
}

BOOST_AUTO_TEST_CASE(weak_references_are_cleared_at_death_and_by_the_collector) {
  Node& node = plain();
  node.left = Value(Ref(node));
  Value weak = weak_reference_new(vm, vm.type(TypeId::WeakReference), Ref(node), Unbound);
  Value again = weak_reference_new(vm, vm.type(TypeId::WeakReference), Ref(node), None);
  BOOST_TEST((Ref(weak) == Ref(again)));
  BOOST_TEST((weak_target(cast<WeakReference>(weak)) == Ref(node)));
  release(Ref(node));
  BOOST_TEST((weak_target(cast<WeakReference>(weak)) == Ref(node)));
  vm.heap.collect(vm, 2);
  BOOST_TEST(weak_target(cast<WeakReference>(weak)).is_none());
}

BOOST_AUTO_TEST_CASE(the_limit_is_kept_and_memory_comes_back) {
  Heap& heap = vm.heap;
  heap.set_limit(heap.bytes() + 100000);
  BOOST_TEST(heap.allocate_raw(200000) == nullptr);
  void* block = heap.allocate_raw(50000);
  BOOST_REQUIRE(block);
  const std::size_t bytes = heap.bytes();
  BOOST_TEST(heap.resize_raw(block, 50000, 300000) == nullptr);
  block = heap.resize_raw(block, 50000, 60000);
  BOOST_REQUIRE(block);
  BOOST_TEST(heap.bytes() == bytes + 10000);
  heap.free_raw(block, 60000);
  BOOST_TEST(heap.bytes() == bytes - 50000);
  heap.set_limit(Heap::no_limit);
}

BOOST_AUTO_TEST_CASE(a_dict_keeps_order_and_versions) {
  Value value = dict_new(vm);
  Dict& dict = cast<Dict>(value);
  for (int i = 0; i < 1000; ++i)
    BOOST_TEST(!dict_set(vm, dict, Ref::small(i * 7), Ref::small(i)).is_raised());
  for (int i = 0; i < 1000; i += 2) BOOST_TEST(*dict_remove(vm, dict, Ref::small(i * 7)));
  BOOST_TEST(dict_size(dict) == 500u);
  std::size_t position = 0;
  std::int64_t expected = 1;
  for (Ref key, item; dict_next(dict, position, key, item); expected += 2)
    BOOST_TEST(item.small() == expected);
  BOOST_TEST(dict_keys_version(vm, dict) == 0u);  // for names only

  Value names = dict_new(vm);
  Dict& name_space = cast<Dict>(names);
  BOOST_TEST(!dict_set_text(vm, name_space, "a", Ref::small(1)).is_raised());
  const std::uint32_t version = dict_keys_version(vm, name_space);
  BOOST_TEST(!dict_set_text(vm, name_space, "a", Ref::small(2)).is_raised());
  BOOST_TEST(dict_keys_version(vm, name_space) == version);
  BOOST_TEST(!dict_set_text(vm, name_space, "b", Ref::small(2)).is_raised());
  BOOST_TEST(dict_keys_version(vm, name_space) != version);
  BOOST_TEST(dict_find_string(name_space, vm.intern("b"), str_hash(vm, vm.intern("b"))).small() == 2);
}

BOOST_AUTO_TEST_CASE(isolates_are_small) { BOOST_TEST(vm.heap.bytes() < 1u << 20); }

BOOST_AUTO_TEST_SUITE_END()
