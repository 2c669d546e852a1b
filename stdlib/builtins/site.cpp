// exit, quit, copyright, credits, license and help: builtins for people at the prompt.
#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/str.hpp"
#include "stdlib/builtins/functions.hpp"

namespace cede::stdlib {

namespace {

// A named object; what its repr says and its call does is the matter of its type.
struct SiteObject : Object {
  [[maybe_unused]] static const Layout* layout();
  Value name;
  const char* text;   // of its Entry
  template<class F> static void fields(SiteObject& self, F&& field) { field(self.name); }
};
constexpr Layout site_layout = layout_for<SiteObject>();
const Layout* SiteObject::layout() { return &site_layout; }

Value site_name(VM&, SiteObject& self) { return self.name; }

Owned quitter_repr(VM& vm, Ref self) {
  return str_from_utf8(vm, fmt::format("Use {}() or Ctrl-D (i.e. EOF) to exit", cast<Str>(cast<SiteObject>(self).name).view()));
}
Owned quit(VM& vm, SiteObject&, Ref code) {
  const Value in = find_attribute(vm, vm.sys_module, *vm.names.stdin);
  if (in.is_raised() || Value(call_method(vm, in, *vm.names.close)).is_raised()) vm.clear_error();
  if (code.is_none()) return vm.raise_value(exception_new(vm, TypeId::SystemExit, Unbound));
  return vm.raise_with(TypeId::SystemExit, code);
}
Owned quitter_call(VM& vm, Ref self, const Arguments& arguments) {
  return call_body<"__call__(code=None)", quit>(vm, cast<SiteObject>(self), arguments);
}

Owned printer_repr(VM& vm, Ref self) { return str_from_ascii(vm, cast<SiteObject>(self).text); }
Owned printer_call(VM& vm, Ref self, const Arguments&) {
  CEDE_TRY(const Value out, get_attribute(vm, vm.sys_module, *vm.names.stdout));
  CEDE_TRY(const Value text, printer_repr(vm, self));
  CEDE_TRY(const Value written, call_method(vm, out, *vm.names.write, text));
  CEDE_TRY(const Value line_end, str_from_code_point(vm, '\n'));
  CEDE_TRY(const Value ended, call_method(vm, out, *vm.names.write, line_end));
  return Owned::share(None);
}

Owned helper_call(VM& vm, Ref, const Arguments&) {
  return vm.raise(TypeId::NotImplementedError, "help() needs the module pydoc, which is absent");
}

constexpr Property properties[] = {property<"name", site_name>};
constexpr Slots quitter_slots = inherit(object_slots, [](Slots& s) {
  s.repr = quitter_repr;
  s.call = quitter_call;
});
constexpr Slots printer_slots = inherit(object_slots, [](Slots& s) {
  s.repr = printer_repr;
  s.call = printer_call;
});
constexpr Slots helper_slots = inherit(object_slots, [](Slots& s) {
  s.repr = printer_repr;
  s.call = helper_call;
});
const NativeType quitter_type{.name = "_sitebuiltins.Quitter", .id = TypeId::Dynamic, .base = nullptr, .layout = &site_layout,
                              .slots = &quitter_slots, .flags = 0, .properties = properties};
const NativeType printer_type{.name = "_sitebuiltins._Printer", .id = TypeId::Dynamic, .base = nullptr, .layout = &site_layout,
                              .slots = &printer_slots, .flags = 0};
const NativeType helper_type{.name = "_sitebuiltins._Helper", .id = TypeId::Dynamic, .base = nullptr, .layout = &site_layout,
                             .slots = &helper_slots, .flags = 0};

struct Entry {
  const char* name;
  const NativeType* type;
  const char* text;
};
constexpr Entry entries[] = {
    {"exit", &quitter_type, ""},
    {"quit", &quitter_type, ""},
    {"copyright", &printer_type,
     "Copyright (c) 2001-2024 Python Software Foundation.\nAll Rights Reserved.\n\n"
     "Copyright (c) 2000 BeOpen.com.\nAll Rights Reserved.\n\n"
     "Copyright (c) 1995-2001 Corporation for National Research Initiatives.\nAll Rights Reserved.\n\n"
     "Copyright (c) 1991-1995 Stichting Mathematisch Centrum, Amsterdam.\nAll Rights Reserved."},
    {"credits", &printer_type,
     "    Thanks to CWI, CNRI, BeOpen.com, Zope Corporation and a cast of thousands\n"
     "    for supporting Python development.  See www.python.org for more information."},
    {"license", &printer_type, "Type license() to see the full license text"},
    {"help", &helper_type, "Type help() for interactive help, or help(object) for help about object."},
};

}  // namespace

Status builtins_fill_site(VM& vm, Dict& names) {
  for (const Entry& entry : entries) {
    SiteObject* object = make_object<SiteObject>(vm, vm.native_type(*entry.type));
    if (!object) return raised;
    const Value made = Value::adopt(object);
    CEDE_TRY(object->name, str_from_ascii(vm, entry.name));
    object->text = entry.text;
    CEDE_CHECK(dict_set_text(vm, names, entry.name, made));
  }
  return Ok;
}

}  // namespace cede::stdlib
