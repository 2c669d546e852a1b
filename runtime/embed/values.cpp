// Values: the host's data type, the handles behind Objects, and the ways between them and the script's
// objects.
#include <string>

#include "runtime/core/protocols.hpp"
#include "runtime/embed/state.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/exceptions.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"

namespace cede::embed {

// ---- the data type

bool operator==(const List& a, const List& b) { return a.items == b.items; }
bool operator==(const Tuple& a, const Tuple& b) { return a.items == b.items; }
bool operator==(const Dict& a, const Dict& b) { return a.items == b.items; }
bool operator==(const Value& a, const Value& b) { return a.data_ == b.data_; }

const Value* Dict::find(std::string_view key) const {
  for (std::size_t i = items.size(); i-- > 0;)
    if (const std::string* text = items[i].first.get_if<std::string>(); text && *text == key)
      return &items[i].second;
  return nullptr;
}

void Value::set_unsigned(std::uint64_t number) {
  if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    data_ = static_cast<std::int64_t>(number);
  else
    data_ = embed::BigInt{fmt::format("{:#x}", number)};
}

std::string_view Value::type_name() const {
  switch (kind()) {
    case Kind::None: return "NoneType";
    case Kind::Bool: return "bool";
    case Kind::Int:
    case Kind::BigInt: return "int";
    case Kind::Float: return "float";
    case Kind::Str: return "str";
    case Kind::Bytes: return "bytes";
    case Kind::List: return "list";
    case Kind::Tuple: return "tuple";
    case Kind::Dict: return "dict";
    case Kind::Object: break;
  }
  return "object";
}

namespace detail {

// ---- handles

Handle::~Handle() {
  const std::lock_guard guard(link->mutex);
  if (link->state) link->dropped.push_back(index);  // has room
}

Status State::keep(Ref object, Object& out) {
  Link& table = *link;
  try {
    if (table.unused.empty()) {
      const std::size_t count = table.objects.size() + 1;
      table.objects.reserve(count);
      table.unused.reserve(table.objects.capacity());
      {
        const std::lock_guard guard(table.mutex);
        table.dropped.reserve(table.objects.capacity());
      }
      table.unused.push_back(static_cast<std::uint32_t>(count - 1));
      table.objects.push_back(Unbound.bits);
    }
    const std::uint32_t index = table.unused.back();
    out.handle_ = std::make_shared<Handle>(link, index);
    table.unused.pop_back();
    table.objects[index] = Owned::share(object).bits;
    return Ok;
  } catch (const std::bad_alloc&) {
    return vm().raise_memory_error();
  }
}

Owned State::resolve(const Object& object) {
  if (object.handle_ && object.handle_->link == link)
    return Owned::share(Ref(link->objects[object.handle_->index]));
  foreign_object = true;
  return vm().raise_text(TypeId::RuntimeError,
                         object.handle_ ? "an Object of another isolate" : "an empty Object");
}

void State::release_dropped() {
  for (;;) {
    std::uint32_t index;
    {
      const std::lock_guard guard(link->mutex);
      if (link->dropped.empty()) return;
      index = link->dropped.back();
      link->dropped.pop_back();
    }
    link->unused.push_back(index);  // has room
    release(Ref(std::exchange(link->objects[index], Unbound.bits)));
  }
}

void State::release_all_objects() {
  for (Bits& word : link->objects) release(Ref(std::exchange(word, Unbound.bits)));
}

// ---- script to host

namespace {

class Copier {
 public:
  Copier(State& state, std::size_t budget) : state_(state), budget_(budget) {}

  // Runs no script code: only exact builtin types are looked into.
  Status copy(Ref object, Value& out) {
    CEDE_CHECK(spend(sizeof(Value)));
    if (object.is_small()) return out = object.small(), Ok;
    if (object.is_none()) return out = Value(), Ok;
    if (object.is_bool()) return out = object.is_true(), Ok;
    if (is_float(object) && is_exact_type(object, TypeId::Float)) return out = float_value(object), Ok;
    if (!object.is_object()) return state_.keep_as_value(object, out);
    switch (object.object()->type->id) {
      case TypeId::Int: return copy_int(object, out);
      case TypeId::Str: {
        const std::string_view text = cast<cede::Str>(object).view();
        CEDE_CHECK(spend(text.size()));
        return out = std::string(text), Ok;
      }
      case TypeId::Bytes: {
        const std::string_view data = cast<cede::Bytes>(object).view();
        CEDE_CHECK(spend(data.size()));
        return out = Bytes{std::string(data)}, Ok;
      }
      case TypeId::List: return nested(object, out, [&] { return copy_list(cast<cede::List>(object), out); });
      case TypeId::Tuple:
        return nested(object, out, [&] { return copy_tuple(cast<cede::Tuple>(object), out); });
      case TypeId::Dict: return nested(object, out, [&] { return copy_dict(cast<cede::Dict>(object), out); });
      default: return state_.keep_as_value(object, out);
    }
  }

 private:
  static constexpr int deepest = 200;

  static bool is_exact_type(Ref object, TypeId id) {
    return !object.is_object() || object.object()->type->id == id;
  }

  Status spend(std::size_t bytes) {
    if (bytes > budget_)
      return state_.vm().raise_text(TypeId::MemoryError,
                                    "the value is larger than the isolate's value_limit");
    budget_ -= bytes;
    return Ok;
  }

  // One container more around what follows, unless there are too many.
  template<class F> Status nested(Ref object, Value& out, F&& copy_items) {
    if (depth_ >= deepest) return state_.keep_as_value(object, out);
    ++depth_;
    const Status status = copy_items();
    --depth_;
    return status;
  }

  Status copy_int(Ref object, Value& out) {
    if (const auto number = int_to_int64(object)) return out = *number, Ok;
    CEDE_CHECK(spend(int_bit_length(object) / 4));
    CEDE_TRY(const cede::Value digits, int_to_str(state_.vm(), object, 16));
    std::string text(cast<cede::Str>(digits).view());
    text.insert(text.starts_with('-') ? 1 : 0, "0x");
    return out = BigInt{std::move(text)}, Ok;
  }
  Status copy_list(const cede::List& list, Value& out) {
    List items{std::vector<Value>(list.size())};
    for (std::size_t i = 0; i < list.size(); ++i) CEDE_CHECK(copy(list[i], items.items[i]));
    return out = std::move(items), Ok;
  }
  Status copy_tuple(const cede::Tuple& tuple, Value& out) {
    Tuple items{std::vector<Value>(tuple.size)};
    for (std::size_t i = 0; i < tuple.size; ++i) CEDE_CHECK(copy(tuple[i], items.items[i]));
    return out = std::move(items), Ok;
  }
  Status copy_dict(const cede::Dict& dict, Value& out) {
    Dict items;
    items.items.reserve(dict_size(dict));
    std::size_t position = 0;
    for (Ref key, value; dict_next(dict, position, key, value);) {
      auto& [copied_key, copied_value] = items.items.emplace_back();
      CEDE_CHECK(copy(key, copied_key));
      CEDE_CHECK(copy(value, copied_value));
    }
    return out = std::move(items), Ok;
  }

  State& state_;
  std::size_t budget_;
  int depth_ = 0;
};

}  // namespace

Status State::keep_as_value(Ref object, Value& out) {
  Object kept;
  CEDE_CHECK(keep(object, kept));
  out = std::move(kept);
  return Ok;
}

Status State::copy_out(Ref object, Value& out) {
  try {
    return Copier(*this, value_limit).copy(object, out);
  } catch (const std::bad_alloc&) {
    return vm().raise_memory_error();
  }
}

// ---- host to script

Owned State::to_script(const Value& value) {
  VM& vm = this->vm();
  switch (value.kind()) {
    case Value::Kind::None: return Owned::share(None);
    case Value::Kind::Bool: return Owned::share(Ref::boolean(*value.get_if<bool>()));
    case Value::Kind::Int: return int_from(vm, *value.get_if<std::int64_t>());
    case Value::Kind::BigInt: {
      const std::string& text = value.get_if<BigInt>()->hexadecimal;
      CEDE_TRY(const cede::Value digits, str_from_external(vm, text));
      return int_parse(vm, text, 16, digits);
    }
    case Value::Kind::Float: return float_from(vm, *value.get_if<double>());
    case Value::Kind::Str: return str_from_external(vm, *value.get_if<std::string>());
    case Value::Kind::Bytes: return bytes_from(vm, value.get_if<Bytes>()->data);
    case Value::Kind::List:
    case Value::Kind::Tuple:
    case Value::Kind::Dict: return container_to_script(value);
    case Value::Kind::Object: return resolve(*value.get_if<Object>());
  }
  return Owned::share(None);
}

Owned State::container_to_script(const Value& value) {
  VM& vm = this->vm();
  NativeDepthGuard guard(vm);
  if (guard.exceeded()) return raised;
  if (const List* list = value.get_if<List>()) {
    CEDE_TRY(cede::Value made, list_with_capacity(vm, list->items.size()));
    for (const Value& item : list->items) {
      CEDE_TRY(cede::Value converted, to_script(item));
      CEDE_CHECK(list_push(vm, cast<cede::List>(made), std::move(converted)));
    }
    return made.take();
  }
  if (const Tuple* tuple = value.get_if<Tuple>()) {
    if (tuple->items.empty()) return Owned::share(vm.empty_tuple);
    CEDE_TRY(cede::Value made, tuple_uninitialised(vm, tuple->items.size()));
    for (std::size_t i = 0; i < tuple->items.size(); ++i) {
      CEDE_TRY(cede::Value converted, to_script(tuple->items[i]));
      cast<cede::Tuple>(made).items[i] = converted.take().bits;
    }
    return made.take();
  }
  CEDE_TRY(cede::Value made, dict_new(vm));
  for (const auto& [key, item] : value.get_if<Dict>()->items) {
    CEDE_TRY(const cede::Value converted_key, to_script(key));
    CEDE_TRY(const cede::Value converted, to_script(item));
    CEDE_CHECK(dict_set(vm, cast<cede::Dict>(made), converted_key, converted));
  }
  return made.take();
}

// ---- calls and names

Owned State::call(Ref callable, const Arguments& arguments) {
  VM& vm = this->vm();
  const std::size_t positional = arguments.positional().size(), named = arguments.keywords().size();
  std::vector<cede::Value> values;
  std::vector<Bits> words;
  values.reserve(positional + named);
  words.reserve(positional + named);
  const auto add = [&](const Value& value) -> Status {
    CEDE_TRY(cede::Value converted, to_script(value));
    words.push_back(converted.bits());
    values.push_back(std::move(converted));
    return Ok;
  };
  for (const Value& value : arguments.positional()) CEDE_CHECK(add(value));
  cede::Value names;
  if (named) {
    CEDE_TRY(names, tuple_uninitialised(vm, named));
    for (std::size_t i = 0; i < named; ++i) {
      const auto& [name, value] = arguments.keywords()[i];
      CEDE_TRY(const cede::Value text, str_from_external(vm, name));
      cast<cede::Tuple>(names).items[i] = Owned::share(Ref(vm.intern(cast<cede::Str>(text)))).bits;
      CEDE_CHECK(add(value));
    }
  }
  const cede::Arguments all{words.data(), static_cast<std::uint32_t>(positional),
                            named ? &cast<cede::Tuple>(names) : nullptr};
  const cede::Value held(callable);
  return cede::call(vm, held, all);
}

Owned State::find(std::string_view dotted_name) {
  VM& vm = this->vm();
  const std::size_t dot = dotted_name.find('.');
  CEDE_TRY(const cede::Value first, str_from_external(vm, dotted_name.substr(0, dot)));
  cede::Str& name = vm.intern(cast<cede::Str>(first));
  CEDE_TRY(cede::Value found, dict_get_str(vm, isolate->main_namespace(), name));
  if (found.is_unbound()) {
    CEDE_TRY(found, dict_get_str(vm, cast<cede::Dict>(vm.builtins), name));
  }
  if (found.is_unbound())
    return raise_name_error(vm, TypeId::NameError, name,
                            fmt::format("name '{}' is not defined", name.view()));
  for (std::size_t at = dot; at != dotted_name.npos;) {
    const std::size_t end = dotted_name.find('.', at + 1);
    const std::string_view part = dotted_name.substr(at + 1, end == dotted_name.npos ? end : end - at - 1);
    CEDE_TRY(const cede::Value attribute, str_from_external(vm, part));
    CEDE_TRY(found, get_attribute(vm, found, vm.intern(cast<cede::Str>(attribute))));
    at = end;
  }
  return found.take();
}

Owned State::attribute(const Object& object, std::string_view name) {
  VM& vm = this->vm();
  CEDE_TRY(const cede::Value target, resolve(object));
  CEDE_TRY(const cede::Value text, str_from_external(vm, name));
  return get_attribute(vm, target, vm.intern(cast<cede::Str>(text)));
}

}  // namespace detail
}  // namespace cede::embed
