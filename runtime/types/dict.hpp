// dict beyond its layout (core/dict.hpp): functions for its methods and relatives, views and iterators.
#pragma once

#include "runtime/core/dict.hpp"
#include "runtime/core/native.hpp"
#include "runtime/core/vm.hpp"

namespace cede {

Result<bool> dict_contains_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash);
Result<bool> dict_remove_hashed(VM& vm, Dict& dict, Ref key, std::int64_t hash);
// Takes out the newest entry; false if there is none. Runs no script code.
bool dict_pop_last(Dict& dict, Value& key, Value& value);
// Room for so many keys altogether.
Status dict_reserve(VM& vm, Dict& dict, std::size_t keys);
Status dict_copy_table(VM& vm, Dict& dict, const Dict& source);
// d[key] as dict.__getitem__ does it: __missing__ of subclasses, KeyError.
Owned dict_subscript(VM& vm, Dict& dict, Ref key);
// One positional argument at most, and keywords: dict(...) and dict.update(...).
Status dict_update_arguments(VM& vm, Dict& dict, const Arguments& arguments, std::string_view function);

// The key that the dict holds and that equals `key`: owned, or Unbound if there is none.
Owned dict_stored_key(VM& vm, Dict& dict, Ref key, std::int64_t hash);

// dict's slots, for the types that extend it. Those with `self` expect a Dict there.
Owned dict_construct(VM& vm, Type& type, const Arguments& arguments);
Status dict_init(VM& vm, Ref self, const Arguments& arguments);
Owned dict_repr(VM& vm, Ref self);
Owned dict_compare(VM& vm, Ref self, Ref other, CompareOperation operation);
Owned dict_iter(VM& vm, Ref self);
Result<std::int64_t> dict_length(VM& vm, Ref self);
Owned dict_getitem(VM& vm, Ref self, Ref key);
Status dict_setitem(VM& vm, Ref self, Ref key, Ref value);
Result<bool> dict_contains_slot(VM& vm, Ref self, Ref key);
Owned dict_or(VM& vm, Ref left, Ref right);
Owned dict_inplace_or(VM& vm, Ref self, Ref other);
inline constexpr Slots dict_slots = inherit(object_slots, [](Slots& s) {
  s.repr = dict_repr;
  s.hash = hash_not_implemented;
  s.compare = dict_compare;
  s.iter = dict_iter;
  s.init = dict_init;
  s.construct = dict_construct;
  s.bit_or = dict_or;
  s.inplace_or = dict_inplace_or;
  s.length = dict_length;
  s.getitem = dict_getitem;
  s.setitem = dict_setitem;
  s.contains = dict_contains_slot;
});

// What keys(), values() and items() return; the type tells which.
extern const Layout dict_view_layout;
struct DictView : Object {
  static const Layout* layout() { return &dict_view_layout; }
  static constexpr const char* type_name = "dict view";
  Value dict;
  template<class F> static void fields(DictView& self, F&& field) { field(self.dict); }
};
Owned dict_view_new(VM& vm, TypeId type, Dict& dict);

// All six iterators; the type tells what they give and in which direction they go.
extern const Layout dict_iterator_layout;
struct DictIterator : Object {
  static const Layout* layout() { return &dict_iterator_layout; }
  static constexpr const char* type_name = "dict iterator";
  Value dict;                  // Unbound once exhausted
  std::int64_t used = 0;       // its size when iteration began; -1: it has been seen to change
  std::int64_t position = 0;
  std::int64_t remaining = 0;
  template<class F> static void fields(DictIterator& self, F&& field) { field(self.dict); }
};
Owned dict_iterator_new(VM& vm, TypeId type, Dict& dict);
// Moves on to the next entry; null at the end, or after raising that the dict has changed. Forward iterators only.
const DictEntry* dict_iterator_advance(VM& vm, DictIterator& iterator);
Owned dict_iterator_next(VM& vm, Ref self);

// types.MappingProxyType.
extern const Layout mapping_proxy_layout;
struct MappingProxy : Object {
  static const Layout* layout() { return &mapping_proxy_layout; }
  static constexpr const char* type_name = "mappingproxy";
  Value mapping;
  template<class F> static void fields(MappingProxy& self, F&& field) { field(self.mapping); }
};
Owned mapping_proxy_new(VM& vm, Ref mapping);

}  // namespace cede
