// __build_class__, which every class statement calls with the function of its body:
//   bases = types.resolve_bases(bases)                     # __mro_entries__
//   metaclass = keyword, or the most derived type of the bases
//   namespace = metaclass.__prepare__(name, bases, **keywords)
//   run the body in it; class = metaclass(name, bases, namespace, **keywords); check the __class__ cell
#include <vector>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/core/type_new.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/interpreter.hpp"
#include "stdlib/builtins/functions.hpp"

namespace cede::stdlib {

namespace {

// The bases with those that are no types replaced by what their __mro_entries__ says; `bases` itself if there are none.
Owned resolve_bases(VM& vm, Tuple& bases) {
  Value resolved;
  for (std::size_t i = 0; i < bases.size; ++i) {
    const Ref base = bases[i];
    Value method;
    if (!is<Type>(base)) {
      CEDE_TRY(method, find_attribute(vm, base, *vm.names.__mro_entries__));
    }
    if (method.is_unbound()) {
      if (!resolved.is_unbound()) CEDE_CHECK(list_append(vm, cast<List>(resolved), base));
      continue;
    }
    CEDE_TRY(const Value entries, call(vm, method, Ref(bases)));
    if (!is<Tuple>(entries)) return vm.raise(TypeId::TypeError, "__mro_entries__ must return a tuple");
    if (resolved.is_unbound()) {
      CEDE_TRY(resolved, list_from_words(vm, bases.items, i));
    }
    for (const Bits entry : cast<Tuple>(entries)) CEDE_CHECK(list_append(vm, cast<List>(resolved), Ref(entry)));
  }
  return resolved.is_unbound() ? Owned::share(Ref(bases)) : tuple_from(vm, resolved);
}

// The keywords of a class statement without `metaclass`.
struct ClassKeywords {
  Value metaclass;
  Value names;              // Tuple; Unbound: none are left
  std::vector<Value> values;

  Status take(VM& vm, const Arguments& arguments) {
    if (!arguments.keywords) return Ok;
    std::vector<Value> kept;
    for (std::size_t i = 0; i < arguments.keywords->size; ++i) {
      const Ref name = (*arguments.keywords)[i], value = arguments[arguments.positional + i];
      if (cast<Str>(name).view() == "metaclass") {
        metaclass = Value(value);
      } else {
        kept.emplace_back(name);
        values.emplace_back(value);
      }
    }
    if (kept.empty()) return Ok;
    CEDE_TRY(names, tuple_uninitialised(vm, kept.size()));
    for (std::size_t i = 0; i < kept.size(); ++i) cast<Tuple>(names).items[i] = kept[i].take().bits;
    return Ok;
  }
  // callable(*words, **keywords)
  Owned call_with_them(VM& vm, Ref callable, std::initializer_list<Ref> words) const {
    std::vector<Bits> all;
    for (const Ref word : words) all.push_back(word.bits);
    for (const Value& value : values) all.push_back(value.bits());
    return call(vm, callable, Arguments{all.data(), static_cast<std::uint32_t>(words.size()),
                                        names.is_unbound() ? nullptr : &cast<Tuple>(names)});
  }
};

// The metaclass: a type becomes the most derived of itself and the types of the bases; any other callable stays.
Status choose_metaclass(VM& vm, ClassKeywords& keywords, const Tuple& bases) {
  if (keywords.metaclass.is_unbound())
    keywords.metaclass = bases.size ? Value(Ref(type_of(vm, bases[0]))) : Value(Ref(vm.type(TypeId::Type)));
  if (!is<Type>(keywords.metaclass)) return Ok;
  CEDE_TRY(Type* const winner, calculate_metaclass(vm, cast<Type>(keywords.metaclass), bases));
  keywords.metaclass = Value(Ref(*winner));
  return Ok;
}

Owned prepare_namespace(VM& vm, const ClassKeywords& keywords, Ref name, Ref bases) {
  CEDE_TRY(const Value prepare, find_attribute(vm, keywords.metaclass, *vm.names.__prepare__));
  if (prepare.is_unbound()) return dict_new(vm);
  CEDE_TRY(Value name_space, keywords.call_with_them(vm, prepare, {name, bases}));
  if (!type_of(vm, name_space).slots->getitem)
    return vm.raise(TypeId::TypeError, "{}.__prepare__() must return a mapping, not {}",
                    is<Type>(keywords.metaclass) ? short_name(cast<Type>(keywords.metaclass)) : "<metaclass>",
                    display_name(type_of(vm, name_space)));
  return name_space.take();
}

Status check_class_cell(VM& vm, const Cell& cell, Ref class_, Ref name) {
  const Ref content = cell.content;
  if (content == class_) return Ok;
  const std::string_view text = cast<Str>(name).view();
  if (content.is_unbound())
    return vm.raise(TypeId::RuntimeError,
                    "__class__ not set defining '{}' as {}. Was __classcell__ propagated to type.__new__?", text,
                    repr_text(vm, class_));
  return vm.raise(TypeId::TypeError, "__class__ set to {} defining '{}' as {}", repr_text(vm, content), text,
                  repr_text(vm, class_));
}

}  // namespace

Owned builtins_build_class(VM& vm, Ref, const Arguments& arguments) {
  if (arguments.positional < 2) return vm.raise(TypeId::TypeError, "__build_class__: not enough arguments");
  if (!is_exact(arguments[0], TypeId::Function)) return vm.raise(TypeId::TypeError, "__build_class__: func must be a function");
  if (!is<Str>(arguments[1])) return vm.raise(TypeId::TypeError, "__build_class__: name is not a string");
  const Value body_value{arguments[0]}, name{arguments[1]};
  Function& body = cast<Function>(body_value);

  CEDE_TRY(const Value given_bases, tuple_from_words(vm, arguments.values + 2, arguments.positional - 2));
  CEDE_TRY(const Value bases, resolve_bases(vm, cast<Tuple>(given_bases)));
  ClassKeywords keywords;
  CEDE_CHECK(keywords.take(vm, arguments));
  CEDE_CHECK(choose_metaclass(vm, keywords, cast<Tuple>(bases)));
  CEDE_TRY(const Value name_space, prepare_namespace(vm, keywords, name, bases));
  CEDE_TRY(const Value cell, run_code(vm, *body.code, *body.globals, name_space, body.closure));
  if (bases.bits() != given_bases.bits())
    CEDE_CHECK(set_item(vm, name_space, Ref(*vm.names.__orig_bases__), given_bases));
  CEDE_TRY(Value class_, keywords.call_with_them(vm, keywords.metaclass, {name, bases, name_space}));
  if (is<Type>(class_) && is_exact(cell, TypeId::Cell)) CEDE_CHECK(check_class_cell(vm, cast<Cell>(cell), class_, name));
  return class_.take();
}

}  // namespace cede::stdlib
