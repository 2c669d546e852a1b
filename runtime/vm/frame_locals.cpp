// FrameLocalsProxy: a mapping over the variables of a function's frame, running or ended. Writing keeps the old value
// alive until the frame ends, since the interpreter may hold it uncounted as an operand.
#include "runtime/vm/frame_locals.hpp"

#include <algorithm>

#include "runtime/core/native.hpp"
#include "runtime/core/protocols.hpp"
#include "runtime/types/cell.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/vm/interpreter.hpp"

namespace cede {

namespace {

struct FrameLocalsProxy : Object {
  [[maybe_unused]] static const Layout* layout();
  Value frame;
  template<class F> static void fields(FrameLocalsProxy& self, F&& field) { field(self.frame); }
};
constexpr Layout proxy_layout = layout_for<FrameLocalsProxy>();
const Layout* FrameLocalsProxy::layout() { return &proxy_layout; }

FrameObject& frame_in(Ref proxy) { return cast<FrameObject>(cast<FrameLocalsProxy>(proxy).frame); }

// One variable: where its word is. `cell`: the word is a Cell around the value.
struct Variable {
  Str* name = nullptr;
  Bits* word = nullptr;
  bool in_cell = false;

  Ref value() const {
    if (!word) return Unbound;
    const Ref held(*word);
    if (!in_cell || !held.is_object() || held.object()->type->id != TypeId::Cell) return in_cell ? Unbound : held;
    return cast<Cell>(held).content;
  }
};

// Calls f(Variable) -> bool (go on) for locals, cells and free variables in CPython's order.
template<class F>
void each_variable(FrameObject& frame, F&& f) {
  Function& function = cast<Function>(frame.function);
  const Code& code = *function.code;
  Bits* words = frame.activation ? frame.activation->registers() : frame.locals.mutable_words();
  const std::size_t available = frame.activation ? code.local_count : frame.locals.size();
  const auto& unit = *code.unit;
  const auto hidden = [&](std::size_t i) {
    return std::find(unit.hidden_locals.begin(), unit.hidden_locals.end(), i) != unit.hidden_locals.end();
  };
  for (std::size_t i = 0; i < unit.local_names.size() && i < available; ++i) {
    if (hidden(i) && Ref(words[i]).is_unbound()) continue;
    if (!f(Variable{&cast<Str>(cast<Tuple>(code.local_names)[i]), words + i, false})) return;
  }
  for (std::size_t i = 0; i < unit.cell_names.size() && unit.local_count + i < available; ++i)
    if (!f(Variable{&cast<Str>(cast<Tuple>(code.cell_names)[i]), words + unit.local_count + i, true})) return;
  for (std::size_t i = 0; function.closure && i < function.closure->size; ++i)
    if (!f(Variable{&cast<Str>(cast<Tuple>(code.free_names)[i]), &function.closure->items[i], true})) return;
}

Variable find_variable(FrameObject& frame, Ref name) {
  Variable found;
  if (!is<Str>(name)) return found;
  each_variable(frame, [&](const Variable& variable) {
    if (!str_equal(*variable.name, cast<Str>(name))) return true;
    // A name can be in two places (parameter taken over by a cell): the one with a value counts.
    if (!found.word || !variable.value().is_unbound()) found = variable;
    return found.value().is_unbound();
  });
  return found;
}

Value snapshot(VM& vm, FrameObject& frame) {
  CEDE_TRY(Value dict, dict_new(vm));
  Status status = Ok;
  each_variable(frame, [&](const Variable& variable) {
    Value value(variable.value());
    if (!value.is_unbound()) status = dict_set_str(vm, cast<Dict>(dict), *variable.name, value);
    return !status.is_raised();
  });
  if (status.is_raised()) return raised;
  if (frame.extra_locals.is_object()) CEDE_CHECK(dict_update(vm, cast<Dict>(dict), frame.extra_locals));
  return dict;
}

Owned proxy_getitem(VM& vm, Ref self, Ref key) {
  FrameObject& frame = frame_in(self);
  const Ref value = find_variable(frame, key).value();
  if (!value.is_unbound()) return Owned::share(value);
  if (frame.extra_locals.is_object()) {
    const Owned found = dict_get(vm, cast<Dict>(frame.extra_locals), key);
    if (!found.ref().is_unbound()) return found;
  }
  (void)vm.raise(TypeId::KeyError, "local variable '{}' is not defined", is<Str>(key) ? std::string(cast<Str>(key).view()) : repr_text(vm, key));
  return raised;
}

Status proxy_setitem(VM& vm, Ref self, Ref key, Ref value) {
  FrameObject& frame = frame_in(self);
  const Variable variable = find_variable(frame, key);
  if (variable.word) {
    if (value.is_unbound()) return vm.raise(TypeId::ValueError, "cannot remove local variables from FrameLocalsProxy");
    Value old;
    if (variable.in_cell && Ref(*variable.word).is_object()) {
      old = std::exchange(cast<Cell>(Ref(*variable.word)).content, Value(value));
    } else {
      retain(value);
      old = Value::adopt(Ref(std::exchange(*variable.word, value.bits)));
    }
    if (frame.activation && !old.is_unbound()) {
      if (frame.kept.is_unbound()) {
        CEDE_TRY(frame.kept, list_new(vm));
      }
      CEDE_CHECK(list_append(vm, cast<List>(frame.kept), old));
    }
    return Ok;
  }
  if (value.is_unbound()) {
    if (!frame.extra_locals.is_object()) return vm.raise_key_error(key);
    CEDE_TRY(const bool removed, dict_remove(vm, cast<Dict>(frame.extra_locals), key));
    return removed ? Ok : Status(vm.raise_key_error(key));
  }
  if (!frame.extra_locals.is_object()) {
    CEDE_TRY(frame.extra_locals, dict_new(vm));
  }
  return dict_set(vm, cast<Dict>(frame.extra_locals), key, value);
}

Result<std::int64_t> proxy_length(VM& vm, Ref self) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(self)));
  return static_cast<std::int64_t>(dict_size(cast<Dict>(dict)));
}
Result<bool> proxy_contains(VM& vm, Ref self, Ref key) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(self)));
  return dict_contains(vm, cast<Dict>(dict), key);
}
Owned proxy_iter(VM& vm, Ref self) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(self)));
  CEDE_TRY(Value keys, list_from(vm, dict));
  return get_iterator(vm, keys);
}
Owned proxy_repr(VM& vm, Ref self) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(self)));
  return repr(vm, dict);
}
Owned proxy_compare(VM& vm, Ref self, Ref other, CompareOperation operation) {
  if (operation != CompareOperation::Equal && operation != CompareOperation::NotEqual) return Owned(NotImplemented.bits);
  CEDE_TRY(Value dict, snapshot(vm, frame_in(self)));
  if (is_exact(other, TypeId::FrameLocalsProxy)) {
    CEDE_TRY(Value second, snapshot(vm, frame_in(other)));
    return compare(vm, dict, second, operation);
  }
  if (!is<Dict>(other)) return Owned(NotImplemented.bits);
  return compare(vm, dict, other, operation);
}

Value delegate(VM& vm, FrameLocalsProxy& self, std::string_view name) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(Ref(self))));
  return call_method(vm, dict, vm.intern(name));
}
Value proxy_keys(VM& vm, FrameLocalsProxy& self) { return delegate(vm, self, "keys"); }
Value proxy_values(VM& vm, FrameLocalsProxy& self) { return delegate(vm, self, "values"); }
Value proxy_items(VM& vm, FrameLocalsProxy& self) { return delegate(vm, self, "items"); }
Value proxy_copy(VM& vm, FrameLocalsProxy& self) { return snapshot(vm, frame_in(Ref(self))); }
Value proxy_get(VM& vm, FrameLocalsProxy& self, Ref key, Ref otherwise) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(Ref(self))));
  Value found = dict_get(vm, cast<Dict>(dict), key);
  return found.is_unbound() ? Value(otherwise) : found;
}
Status proxy_update(VM& vm, FrameLocalsProxy& self, Ref other) {
  CEDE_TRY(Value dict, dict_new(vm));
  CEDE_CHECK(dict_update(vm, cast<Dict>(dict), other));
  std::size_t position = 0;
  Ref key, value;
  while (dict_next(cast<Dict>(dict), position, key, value)) CEDE_CHECK(proxy_setitem(vm, Ref(self), key, value));
  return Ok;
}
Value proxy_setdefault(VM& vm, FrameLocalsProxy& self, Ref key, Ref otherwise) {
  CEDE_TRY(Value dict, snapshot(vm, frame_in(Ref(self))));
  Value found = dict_get(vm, cast<Dict>(dict), key);
  if (!found.is_unbound()) return found;
  CEDE_CHECK(proxy_setitem(vm, Ref(self), key, otherwise));
  return Value(otherwise);
}

constexpr Method proxy_methods[] = {
    method<"keys(self, /)", proxy_keys>,
    method<"values(self, /)", proxy_values>,
    method<"items(self, /)", proxy_items>,
    method<"copy(self, /)", proxy_copy>,
    method<"get(self, key, default=None, /)", proxy_get>,
    method<"update(self, other, /)", proxy_update>,
    method<"setdefault(self, key, default=None, /)", proxy_setdefault>,
};
constexpr Slots proxy_slots = inherit(object_slots, [](Slots& s) {
  s.repr = proxy_repr;
  s.getitem = proxy_getitem;
  s.setitem = proxy_setitem;
  s.length = proxy_length;
  s.contains = proxy_contains;
  s.iter = proxy_iter;
  s.compare = proxy_compare;
  s.hash = hash_not_implemented;
});

}  // namespace

Value frame_locals_of(VM& vm, FrameObject& frame) {
  if (frame.name_space.is_object()) return frame.name_space;
  FrameLocalsProxy* proxy = make_object<FrameLocalsProxy>(vm, TypeId::FrameLocalsProxy);
  if (!proxy) return raised;
  proxy->frame = Value(Ref(frame));
  return Value::adopt(proxy);
}

Owned frame_locals_snapshot(VM& vm, Activation* activation) {
  FrameObject* frame = frame_of(vm, activation);
  if (!frame) return raised;
  if (frame->name_space.is_object()) return Owned::share(frame->name_space);
  return snapshot(vm, *frame);
}

extern const NativeType frame_locals_proxy_type{
    .name = "FrameLocalsProxy", .id = TypeId::FrameLocalsProxy, .base = nullptr, .layout = &proxy_layout,
    .slots = &proxy_slots, .flags = std::uint32_t(TypeFlag::MappingPattern), .methods = proxy_methods};

}  // namespace cede
