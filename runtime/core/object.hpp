// What every C++ object type says of itself once: which words it owns. Traversal by the collector, clearing of cycles
// and freeing come from that one declaration:
//
//   struct Cell : Object {
//     Value content;
//     template<class F> static void fields(Cell& self, F&& field) { field(self.content); }
//   };
//   inline constexpr Layout cell_layout = layout_for<Cell>();
//
// `fields` names the owned members in CPython's order of release: Value, ValueArray (heap.hpp), `field(words, n)` for
// words stored inline, `field.backward(words, n)` for those that are released from the last to the first. A type that owns something else besides (a buffer, a file) has also
// `static void dispose(Heap&, Self&)`, called after the fields were released; it must not run script code. One that must
// see its fields as it dies (to leave somebody's list) has `static void retire(Heap&, Self&)`, called before that.
// A type that must stay usable while a cycle is being broken (a finaliser may still call it) has
// `static void unlink(Self&)`, which releases enough of its fields to break cycles and leaves the rest.
#pragma once

#include <concepts>
#include <type_traits>

#include "runtime/core/value.hpp"

namespace cede {

class Heap;

enum ObjectFlag : std::uint32_t {
  Container = 1,          // may be part of a cycle: the collector looks at it
  Young = 2,              // has not survived a collection
  LargeObject = 4,        // not in a page; a LargeHeader stands before it
  HasWeakReferences = 8,  // entries in the isolate's weak-reference table
  Finalized = 16,         // its finaliser has run
  Pending = 32,           // on the pending list
  CollectorMark = 64,     // collector's own
  TypeOwned = 128,        // `type` is counted (the type is not immortal)
  Interned = 256,         // a string in the intern table
  Ascii = 512,            // a string of ASCII characters only
  Untracked = 1024,       // a container known to hold nothing that can be in a cycle
  Frozen = 2048,          // gc.freeze(): the collector leaves it alone
  Lasting = 4096,         // as long as the process: nothing is seen of its death, the host flushes it (sys.__stdout__)
  KindFlag1 = 1u << 16,   // meaning defined by the type
  KindFlag2 = 1u << 17,
  KindFlag3 = 1u << 18,
  KindFlag4 = 1u << 19,
};

// Sees every owned word of an object. `slot` may be any word, objects or not.
struct Visitor {
  void (*visit)(Visitor& self, Ref word);
  // How words lie: one after the other; the same, released from the last to the first; or in pairs, `step` words apart.
  enum class Run { Forward, Backward, Pairs };
  static constexpr std::size_t pair_step = 3;
  // If set, is called once for a run of words, or of pairs.
  void (*visit_words)(Visitor& self, const Bits* words, std::size_t count, Run run) = nullptr;

  void operator()(const Value& value) { visit(*this, value); }
  void operator()(const Bits* words, std::size_t count) {
    if (visit_words) return visit_words(*this, words, count, Run::Forward);
    for (std::size_t i = 0; i < count; ++i) visit(*this, Ref(words[i]));
  }
  template<class Array>
    requires requires(const Array& a) { a.words(); a.size(); }
  void operator()(const Array& array) { (*this)(array.words(), array.size()); }
  // Words that are released from the last to the first, as CPython's lists and tuples do.
  void backward(const Bits* words, std::size_t count) {
    if (visit_words) return visit_words(*this, words, count, Run::Backward);
    (*this)(words, count);
  }
  // `count` pairs of words; each pair begins `pair_step` words after the one before.
  void pairs(const Bits* words, std::size_t count) {
    if (visit_words) return visit_words(*this, words, count, Run::Pairs);
    for (std::size_t i = 0; i < count; ++i, words += pair_step) { visit(*this, Ref(words[0])); visit(*this, Ref(words[1])); }
  }
};

// Releases every owned word and leaves Unbound in its place.
struct Clearer {
  void operator()(Value& value) { value.reset(); }
  void operator()(Bits* words, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) release(Ref(std::exchange(words[i], Unbound.bits)));
  }
  void backward(Bits* words, std::size_t count) {
    while (count-- > 0) release(Ref(std::exchange(words[count], Unbound.bits)));
  }
  void pairs(Bits* words, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) (*this)(words + i * Visitor::pair_step, 2);
  }
  template<class Array>
    requires requires(Array& a) { a.mutable_words(); a.size(); }
  void operator()(Array& array) { (*this)(array.mutable_words(), array.size()); }
};

// How the native part of an object is laid out and taken down. Constant data.
struct Layout {
  const Layout* base;   // layout of the native base type that this one extends, or null
  std::size_t size;     // of the fixed native part; instance attributes and slots of script subclasses follow it
  void (*visit)(Object&, Visitor&);      // null: owns no words
  void (*clear)(Object&);                // null likewise
  void (*dispose)(Heap&, Object&);       // null: owns nothing else
  std::size_t (*variable_size)(const Object&);  // size of the native part where it varies, else null
  void (*retire)(Heap&, Object&) = nullptr;     // null: none
  void (*unlink)(Object&) = nullptr;     // what the collector calls to break cycles; null: `clear`
  // All that it adds to its base are this many words right after the header (T::plain_words); `not_plain`: something else.
  std::uint32_t plain_words = not_plain;
  static constexpr std::uint32_t not_plain = UINT32_MAX;
};

template<class T>
concept HasFields = requires(T& t, Visitor& v) { T::fields(t, v); };
template<class T>
concept HasDispose = requires(T& t, Heap& h) { T::dispose(h, t); };
template<class T>
concept HasRetire = requires(T& t, Heap& h) { T::retire(h, t); };
template<class T>
concept HasVariableSize = requires(const T& t) { { T::variable_size(t) } -> std::same_as<std::size_t>; };

template<class T>
concept HasPlainWords = requires { T::plain_words; };
template<class T>
concept HasUnlink = requires(T& t) { T::unlink(t); };

template<std::derived_from<Object> T>
constexpr Layout layout_for(const Layout* base = nullptr) {
  Layout layout{base, sizeof(T), nullptr, nullptr, nullptr, nullptr};
  if constexpr (HasFields<T>) {
    layout.visit = [](Object& object, Visitor& visitor) { T::fields(static_cast<T&>(object), visitor); };
    layout.clear = [](Object& object) { T::fields(static_cast<T&>(object), Clearer{}); };
  }
  if constexpr (HasDispose<T>)
    layout.dispose = [](Heap& heap, Object& object) { T::dispose(heap, static_cast<T&>(object)); };
  if constexpr (HasRetire<T>)
    layout.retire = [](Heap& heap, Object& object) { T::retire(heap, static_cast<T&>(object)); };
  if constexpr (HasVariableSize<T>)
    layout.variable_size = [](const Object& object) { return T::variable_size(static_cast<const T&>(object)); };
  if constexpr (HasDispose<T> || HasRetire<T> || HasVariableSize<T>)
    static_assert(!HasPlainWords<T>);
  else if constexpr (HasPlainWords<T>)
    layout.plain_words = T::plain_words;
  else if constexpr (!HasFields<T>)
    layout.plain_words = 0;
  if constexpr (HasUnlink<T>) layout.unlink = [](Object& object) { T::unlink(static_cast<T&>(object)); };
  return layout;
}

}  // namespace cede
