// The descriptor objects: property, classmethod, staticmethod for scripts; wrapper, getset, member and
// class-method descriptors for native types. MethodDescriptor and NativeFunction are in core/native.hpp.
#pragma once

#include "runtime/core/native.hpp"

namespace cede {

extern const Layout property_layout;
struct PropertyObject : Object {
  static const Layout* layout() { return &property_layout; }
  static constexpr const char* type_name = "property";
  Value get, set, del;  // Unbound: none
  Value doc;            // Unbound: none
  Value name;           // given by __set_name__ or taken from the getter; Unbound: none
  bool getter_doc;      // `doc` was copied from the getter
  template<class F> static void fields(PropertyObject& p, F&& field) {
    field(p.get);
    field(p.set);
    field(p.del);
    field(p.doc);
    field(p.name);
  }
};

// classmethod and staticmethod share the layout.
extern const Layout method_decorator_layout;
struct MethodDecorator : Object {
  static const Layout* layout() { return &method_decorator_layout; }
  static constexpr const char* type_name = "staticmethod";
  Value callable;
  template<class F> static void fields(MethodDecorator& m, F&& field) { field(m.callable); }
};
Owned classmethod_new(VM& vm, Ref callable);
Owned staticmethod_new(VM& vm, Ref callable);

extern const Layout classmethod_descriptor_layout;
struct ClassMethodDescriptor : Object {
  static const Layout* layout() { return &classmethod_descriptor_layout; }
  static constexpr const char* type_name = "classmethod_descriptor";
  const Method* method;
  Type* owner;  // builtin, immortal
};

// One dunder of a slot: object.__repr__, int.__radd__.
struct SlotWrapper {
  const char* name;
  SlotIndex slot;
  Owned (*call)(VM& vm, const SlotWrapper& wrapper, const Slots& slots, Ref self, const Arguments& arguments);
  std::uint8_t variant;  // CompareOperation, or 1 for the reflected or deleting form
  const char* doc;
  const char* text_signature;
};
std::span<const SlotWrapper> slot_wrappers();

extern const Layout wrapper_descriptor_layout;
struct WrapperDescriptor : Object {
  static const Layout* layout() { return &wrapper_descriptor_layout; }
  static constexpr const char* type_name = "wrapper_descriptor";
  const SlotWrapper* wrapper;
  Type* owner;  // builtin, immortal
};
extern const Layout method_wrapper_layout;
struct MethodWrapper : Object {
  static const Layout* layout() { return &method_wrapper_layout; }
  static constexpr const char* type_name = "method-wrapper";
  Value descriptor, self;
  template<class F> static void fields(MethodWrapper& m, F&& field) {
    field(m.descriptor);
    field(m.self);
  }
};

extern const Layout getset_descriptor_layout;
struct GetSetDescriptor : Object {
  static const Layout* layout() { return &getset_descriptor_layout; }
  static constexpr const char* type_name = "getset_descriptor";
  const Property* property;
  Value owner;  // Type
  template<class F> static void fields(GetSetDescriptor& d, F&& field) { field(d.owner); }
};
Owned getset_descriptor_new(VM& vm, const Property& property, Type& owner);

// A Value field of a native type, or a slot made by `__slots__`. A slot of a type of varying size (a str
// subclass) is kept among the hidden attributes of the instance: `offset` is then `hidden_attribute`.
extern const Layout member_descriptor_layout;
struct MemberDescriptor : Object {
  static const Layout* layout() { return &member_descriptor_layout; }
  static constexpr const char* type_name = "member_descriptor";
  static constexpr std::uint32_t hidden_attribute = UINT32_MAX;
  Value name;   // Str
  Value owner;  // Type
  std::uint32_t offset;
  bool read_only, none_if_absent;
  const char* doc;
  template<class F> static void fields(MemberDescriptor& d, F&& field) {
    field(d.name);
    field(d.owner);
  }
};
Owned member_descriptor_new(VM& vm, Str& name, Type& owner, std::uint32_t offset);

}  // namespace cede
