// str.format and str.format_map: each field is found, converted, formatted and appended.
#include "runtime/types/float.hpp"
#include "runtime/types/format_fields.hpp"
#include "runtime/types/format_spec.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str_methods.hpp"

namespace cede {
namespace {

enum class Numbering : std::uint8_t { Undecided, Automatic, Manual };

class Formatter {
 public:
  Formatter(VM& vm, const Rest* arguments, const Keywords* keywords, Ref mapping)
      : vm_(vm), arguments_(arguments), keywords_(keywords), mapping_(mapping) {}
  Formatter(const Formatter&) = delete;

  Status append(StringBuilder& out, std::string_view format, int depth) {
    if (depth == 0) return vm_.raise_text(TypeId::ValueError, "Max string recursion exceeded");
    FormatParser parser(format);
    FormatField field;
    for (;;) {
      CEDE_TRY(const bool more, parser.next(vm_, field));
      if (!more) return Ok;
      CEDE_CHECK(vm_.check_interrupts());
      CEDE_CHECK(out.append(field.literal));
      if (field.has_field) CEDE_CHECK(append_field(out, field, depth));
    }
  }

 private:
  Status append_field(StringBuilder& out, const FormatField& field, int depth) {
    CEDE_TRY(Value object, find(field.name));
    if (field.conversion) CEDE_CHECK(convert(field.conversion, object));
    if (!field.nested) return append_formatted(out, object, field.specification);
    StringBuilder specification(vm_);
    CEDE_CHECK(append(specification, field.specification, depth - 1));
    return append_formatted(out, object, specification.view());
  }

  Status append_formatted(StringBuilder& out, Ref object, std::string_view specification) {
    if (is_exact(object, TypeId::Str)) {
      if (specification.empty()) return out.append(cast<Str>(object).view());
      CEDE_TRY(const Value text, format_str(vm_, cast<Str>(object), specification));
      return out.append(cast<Str>(text).view());
    }
    if (is_exact_int(object)) {
      if (specification.empty()) return append_int(out, object);
      CEDE_TRY(const Value text, format_int(vm_, object, specification));
      return out.append(cast<Str>(text).view());
    }
    if (is_exact_float(object)) {
      if (specification.empty()) return out.append(float_repr(float_value(object)));
      CEDE_TRY(const Value text, format_float(vm_, float_value(object), specification, object));
      return out.append(cast<Str>(text).view());
    }
    CEDE_TRY(const Value specification_text, str_from_utf8(vm_, specification));
    return out.append_format(object, specification_text);
  }

  Status convert(char32_t conversion, Value& object) {
    switch (conversion) {
      case 'r': {
        CEDE_TRY(object, repr(vm_, object));
        return Ok;
      }
      case 's': {
        CEDE_TRY(object, str(vm_, object));
        return Ok;
      }
      case 'a': {
        CEDE_TRY(object, ascii(vm_, object));
        return Ok;
      }
      default: break;
    }
    if (conversion > 32 && conversion < 127)
      return vm_.raise(TypeId::ValueError, "Unknown conversion specifier {}", static_cast<char>(conversion));
    return vm_.raise(TypeId::ValueError, "Unknown conversion specifier \\x{:x}",
                     static_cast<std::uint32_t>(conversion));
  }

  // The object that a field's name stands for.
  Owned find(std::string_view name_text) {
    FieldName name(name_text);
    CEDE_TRY(std::int64_t at, name.first_index(vm_));
    const bool automatic = name.first().empty();
    if (automatic || at >= 0) CEDE_CHECK(choose_numbering(automatic));
    if (automatic) at = next_++;
    CEDE_TRY(Value object, at >= 0 ? positional(at) : named(name.first()));
    FieldName::Part part;
    for (;;) {
      CEDE_TRY(const bool more, name.next(vm_, part));
      if (!more) return object;
      CEDE_TRY(object, follow(object, part));
    }
  }

  Owned follow(Ref object, const FieldName::Part& part) {
    if (!part.is_attribute && part.index >= 0) return get_item(vm_, object, Ref::small(part.index));
    if (part.is_attribute) {
      CEDE_TRY(const Value name, vm_.intern_transient(part.text));
      return get_attribute(vm_, object, cast<Str>(name));
    }
    CEDE_TRY(const Value key, str_from_utf8(vm_, part.text));
    return get_item(vm_, object, key);
  }

  Status choose_numbering(bool automatic) {
    if (!arguments_) return Ok;  // format_map: refused by `positional`
    const Numbering wanted = automatic ? Numbering::Automatic : Numbering::Manual;
    if (numbering_ == Numbering::Undecided) numbering_ = wanted;
    if (numbering_ == wanted) return Ok;
    return vm_.raise_text(TypeId::ValueError,
                          automatic
                              ? "cannot switch from manual field specification to automatic field numbering"
                              : "cannot switch from automatic field numbering to manual field specification");
  }

  Owned positional(std::int64_t at) {
    if (!arguments_) return vm_.raise_text(TypeId::ValueError, "Format string contains positional fields");
    if (static_cast<std::uint64_t>(at) >= arguments_->size())
      return vm_.raise(TypeId::IndexError, "Replacement index {} out of range for positional args tuple", at);
    return Owned::share((*arguments_)[static_cast<std::size_t>(at)]);
  }

  Owned named(std::string_view name) {
    if (!mapping_.is_unbound()) {
      CEDE_TRY(const Value key, str_from_utf8(vm_, name));
      return get_item(vm_, mapping_, key);
    }
    Ref found = Unbound;
    keywords_->each([&](Str& keyword, Ref value) {
      if (keyword.view() == name) found = value;
    });
    if (!found.is_unbound()) return Owned::share(found);
    CEDE_TRY(const Value key, str_from_utf8(vm_, name));
    return vm_.raise_key_error(key);
  }

  VM& vm_;
  const Rest* arguments_;  // null: none are allowed
  const Keywords* keywords_;
  Ref mapping_;  // Unbound: keywords
  Numbering numbering_ = Numbering::Undecided;
  std::int64_t next_ = 0;
};

constexpr int nesting_limit = 2;

// Without fields the string itself is the result, even one of a subclass.
bool is_plain(const Str& self) {
  return self.byte_size && self.view().find_first_of("{}") == std::string_view::npos;
}

}  // namespace

Owned str_format_method(VM& vm, Str& self, Rest arguments, Keywords keywords) {
  if (is_plain(self)) return Owned::share(Ref(self));
  StringBuilder out(vm);
  CEDE_CHECK(Formatter(vm, &arguments, &keywords, Unbound).append(out, self.view(), nesting_limit));
  return out.finish();
}

Owned str_format_map(VM& vm, Str& self, Ref mapping) {
  if (is_plain(self)) return Owned::share(Ref(self));
  StringBuilder out(vm);
  CEDE_CHECK(Formatter(vm, nullptr, nullptr, mapping).append(out, self.view(), nesting_limit));
  return out.finish();
}

}  // namespace cede
