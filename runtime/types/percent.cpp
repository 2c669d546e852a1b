// printf-style formatting: parsing of conversion specifiers, choice of arguments, layout.
#include "runtime/types/percent.hpp"

#include <limits>

#include "runtime/core/special_method.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "runtime/types/float.hpp"
#include "runtime/types/int.hpp"
#include "runtime/types/str.hpp"
#include "runtime/types/text_arguments.hpp"

namespace cede {
namespace {

struct Conversion {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  std::int64_t width = -1, precision = -1;
  char32_t type = 0;
};

// What stands in a field: `text` with perhaps a sign in front (`number`), padded by `fill`.
struct FieldText {
  std::string_view text;
  std::size_t length = 0;
  bool number = false;
  bool prefixed = false;  // 0x, 0o after the sign
};

class Percent {
 public:
  Percent(StringBuilder& out, std::string_view format, Ref arguments, PercentKind kind)
      : vm_(out.vm()),
        out_(out),
        start_(format.data()),
        at_(start_),
        end_(start_ + format.size()),
        kind_(kind),
        arguments_(arguments) {
    tuple_ = as<Tuple>(arguments);
    const bool is_text = kind == PercentKind::Text
                             ? is<Str>(arguments)
                             : is<Str>(arguments) || is<Bytes>(arguments) || is_bytearray(arguments);
    mapping_ = !tuple_ && !is_text && type_of(vm_, arguments).slots->getitem;
  }
  Percent(const Percent&) = delete;

  Status run() {
    while (at_ < end_) {
      const void* found = std::memchr(at_, '%', static_cast<std::size_t>(end_ - at_));
      const char* next = found ? static_cast<const char*>(found) : end_;
      CEDE_CHECK(out_.append({at_, static_cast<std::size_t>(next - at_)}));
      at_ = next;
      if (at_ == end_) break;
      ++at_;
      CEDE_CHECK(append_field());
    }
    const bool left_over = tuple_ ? next_ < tuple_->size : next_ == 0;
    if (!left_over || mapping_) return Ok;
    return vm_.raise(TypeId::TypeError, "not all arguments converted during {} formatting",
                     text() ? "string" : "bytes");
  }

 private:
  bool text() const { return kind_ == PercentKind::Text; }
  static bool is_bytearray(Ref value) {
    return value.is_object() && value.object()->type->native->id == TypeId::ByteArray;
  }
  RaisedMark incomplete() { return vm_.raise_text(TypeId::ValueError, "incomplete format"); }
  char32_t peek() const { return text() ? utf8_at(at_) : static_cast<unsigned char>(*at_); }
  void advance() { at_ += text() ? utf8_lead_size(*at_) : 1; }

  // ---- arguments

  Owned next_argument() {
    if (tuple_ && !key_value_.is_value_set) {
      if (next_ < tuple_->size) return Owned::share((*tuple_)[next_++]);
    } else if (key_value_.is_value_set) {
      if (!key_value_.used) {
        key_value_.used = true;
        return Owned::share(key_value_.value);
      }
    } else if (next_ == 0) {
      next_ = 1;
      return Owned::share(arguments_);
    }
    return vm_.raise_text(TypeId::TypeError, "not enough arguments for format string");
  }

  Status read_key() {
    if (!mapping_) return vm_.raise_text(TypeId::TypeError, "format requires a mapping");
    const char* start = ++at_;
    int depth = 1;
    while (at_ < end_ && depth > 0) {
      if (*at_ == ')')
        --depth;
      else if (*at_ == '(')
        ++depth;
      ++at_;
    }
    if (depth > 0) return vm_.raise_text(TypeId::ValueError, "incomplete format key");
    const std::string_view name(start, static_cast<std::size_t>(at_ - 1 - start));
    CEDE_TRY(const Value key, text() ? str_from_utf8(vm_, name) : bytes_from(vm_, name));
    CEDE_TRY(key_value_.value, get_item(vm_, arguments_, key));
    key_value_.is_value_set = true;
    key_value_.used = false;
    next_ = 1;
    return Ok;
  }

  // ---- the specifier

  Status read_flags(Conversion& c) {
    for (; at_ < end_; ++at_) {
      switch (*at_) {
        case '-': c.left = true; break;
        case '+': c.plus = true; break;
        case ' ': c.blank = true; break;
        case '#': c.alternate = true; break;
        case '0': c.zero = true; break;
        default: return Ok;
      }
    }
    return Ok;
  }

  Result<std::int64_t> star_argument() {
    ++at_;
    CEDE_TRY(const Value value, next_argument());
    if (!is_int(value)) return vm_.raise_text(TypeId::TypeError, "* wants int");
    return ssize_argument(vm_, value);
  }

  Result<std::int64_t> digits(std::int64_t largest, const char* error) {
    std::int64_t value = 0;
    for (; at_ < end_ && *at_ >= '0' && *at_ <= '9'; ++at_) {
      const int digit = *at_ - '0';
      if (value > (largest - digit) / 10) return vm_.raise_text(TypeId::ValueError, error);
      value = value * 10 + digit;
    }
    return value;
  }

  Status read_width(Conversion& c) {
    if (at_ < end_ && *at_ == '*') {
      CEDE_TRY(c.width, star_argument());
      if (c.width < 0) {
        c.left = true;
        c.width = c.width == std::numeric_limits<std::int64_t>::min()
                      ? std::numeric_limits<std::int64_t>::max()
                      : -c.width;
      }
    } else if (at_ < end_ && *at_ >= '0' && *at_ <= '9') {
      CEDE_TRY(c.width, digits(PTRDIFF_MAX, "width too big"));
    }
    return Ok;
  }

  Status read_precision(Conversion& c) {
    if (at_ == end_ || *at_ != '.') return Ok;
    ++at_;
    c.precision = 0;
    if (at_ < end_ && *at_ == '*') {
      CEDE_TRY(const std::int64_t given, star_int());
      c.precision = given < 0 ? 0 : given;
      return Ok;
    }
    CEDE_TRY(c.precision,
             digits(std::numeric_limits<int>::max(), text() ? "precision too big" : "prec too big"));
    return Ok;
  }

  Result<std::int64_t> star_int() {
    ++at_;
    CEDE_TRY(const Value value, next_argument());
    if (!is_int(value)) return vm_.raise_text(TypeId::TypeError, "* wants int");
    const std::int64_t number = int_clamped(value);
    if (number > std::numeric_limits<int>::max() || number < std::numeric_limits<int>::min())
      return vm_.raise_text(TypeId::OverflowError, "Python int too large to convert to C int");
    return number;
  }

  Status append_field() {
    Conversion c;
    if (at_ == end_) return incomplete();
    if (*at_ == '%') {
      ++at_;
      return out_.append('%');
    }
    if (*at_ == '(') CEDE_CHECK(read_key());
    CEDE_CHECK(read_flags(c));
    CEDE_CHECK(read_width(c));
    CEDE_CHECK(read_precision(c));
    if (at_ < end_ && (*at_ == 'h' || *at_ == 'l' || *at_ == 'L')) ++at_;
    if (at_ == end_) return incomplete();
    c.type = peek();
    type_at_ = at_;
    advance();
    CEDE_TRY(const Value value, next_argument());
    return convert(c, value);
  }

  // ---- conversions

  Status convert(const Conversion& c, Ref value) {
    switch (c.type) {
      case 's':
      case 'b':
        if (c.type == 'b' && text()) break;
        return text() ? append_text(c, str(vm_, value)) : append_bytes_of(c, value);
      case 'r': return text() ? append_text(c, repr(vm_, value)) : append_text(c, ascii(vm_, value));
      case 'a': return append_text(c, ascii(vm_, value));
      case 'c': return append_character(c, value);
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o': return append_integer(c, value);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': return append_float(c, value);
      default: break;
    }
    if (!text() && c.type >= 0x80)
      return vm_.raise_text(TypeId::OverflowError, "character argument not in range(0x110000)");
    const std::size_t at = text() ? utf8_length({start_, static_cast<std::size_t>(type_at_ - start_)})
                                  : static_cast<std::size_t>(type_at_ - start_);
    const char shown = c.type >= 32 && c.type < 127 ? static_cast<char>(c.type) : '?';
    return vm_.raise(TypeId::ValueError, "unsupported format character '{}' (0x{:x}) at index {}", shown,
                     static_cast<std::uint32_t>(c.type), at);
  }

  Status append_text(const Conversion& c, Value made) {
    if (made.is_raised()) return raised;
    const Str& str = cast<Str>(made);
    FieldText field{str.view(), str.length};
    if (c.precision >= 0 && static_cast<std::size_t>(c.precision) < field.length) {
      field.length = static_cast<std::size_t>(c.precision);
      field.text =
          field.text.substr(0, static_cast<std::size_t>(utf8_skip(str.data, field.length) - str.data));
    }
    return lay_out(c, field);
  }

  Status append_bytes_view(const Conversion& c, std::string_view bytes) {
    if (c.precision >= 0) bytes = bytes.substr(0, static_cast<std::size_t>(c.precision));
    return lay_out(c, {bytes, bytes.size()});
  }

  Status append_bytes_of(const Conversion& c, Ref value) {
    if (const Bytes* bytes = as<Bytes>(value)) return append_bytes_view(c, bytes->view());
    Value made;
    if (!is_bytearray(value)) {
      CEDE_TRY(made, call_special_method(vm_, value, *vm_.names.__bytes__));
    }
    if (!made.is_unbound()) {
      if (is<Bytes>(made)) return append_bytes_view(c, cast<Bytes>(made).view());
      return vm_.raise(TypeId::TypeError, "__bytes__ returned non-bytes (type {})",
                       display_name(type_of(vm_, made)));
    }
    if (!is_bytes_like(value))
      return vm_.raise(TypeId::TypeError,
                       "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
                       display_name(type_of(vm_, value)));
    BufferView view;
    CEDE_CHECK(view.acquire(vm_, value));
    return append_bytes_view(c, view.bytes());
  }

  Status append_character(const Conversion& c, Ref value) {
    if (text()) {
      if (const Str* str = as<Str>(value); str && str->length == 1) return lay_out(c, {str->view(), 1});
    } else if (is<Bytes>(value) || is_bytearray(value)) {
      BufferView view;
      CEDE_CHECK(view.acquire(vm_, value));
      if (view.size() == 1) return lay_out(c, {view.bytes(), 1});
    }
    const bool integer = value.is_small() || type_of(vm_, value).slots->index;
    if (!integer || (!text() && (is<Bytes>(value) || is_bytearray(value))))
      return vm_.raise_text(TypeId::TypeError, text()
                                                   ? "%c requires int or char"
                                                   : "%c requires an integer in range(256) or a single byte");
    CEDE_TRY(const std::int64_t code, index_clamped(vm_, value));
    if (code < 0 || code > (text() ? 0x10FFFF : 255))
      return vm_.raise_text(TypeId::OverflowError,
                            text() ? "%c arg not in range(0x110000)" : "%c arg not in range(256)");
    char bytes[4];
    const char* stop = bytes + 1;
    if (text())
      stop = utf8_put(bytes, static_cast<char32_t>(code));
    else
      bytes[0] = static_cast<char>(code);
    return lay_out(c, {{bytes, static_cast<std::size_t>(stop - bytes)}, 1});
  }

  // The value as an int, or Unbound if it is no number of the wanted kind.
  Owned integer_of(Ref value, bool only_index) {
    if (is_int(value)) return Owned::share(value);
    const Slots& slots = *type_of(vm_, value).slots;
    Owned made;
    if (only_index && slots.index)
      made = index(vm_, value);
    else if (!only_index && slots.integer)
      made = slots.integer(vm_, value);
    else if (!only_index && slots.index)
      made = index(vm_, value);
    else
      return Owned();
    if (made.is_raised() && vm_.error_is(TypeId::TypeError)) {
      vm_.clear_error();
      return Owned();
    }
    if (!made.is_raised() && !is_int(made.ref())) {
      release(made.ref());
      return Owned();
    }
    return made;
  }

  Status append_integer(const Conversion& c, Ref value) {
    const bool only_index = c.type == 'x' || c.type == 'X' || c.type == 'o';
    CEDE_TRY(const Value number, integer_of(value, only_index));
    if (number.is_unbound())
      return vm_.raise(TypeId::TypeError, "%{} format: {} is required, not {}",
                       !text() && c.type == 'i' ? 'd' : static_cast<char>(c.type),
                       only_index ? "an integer" : "a real number", display_name(type_of(vm_, value)));
    StringBuilder digits(vm_);
    CEDE_CHECK(append_int(digits, number, c.type == 'o' ? 8 : only_index ? 16 : 10));
    StringBuilder whole(vm_);
    std::string_view view = digits.view();
    if (view[0] == '-') {
      CEDE_CHECK(whole.append('-'));
      view.remove_prefix(1);
    }
    const bool prefixed = c.alternate && only_index;
    if (prefixed) {
      CEDE_CHECK(whole.append('0'));
      CEDE_CHECK(whole.append(static_cast<char>(c.type)));
    }
    if (c.precision > static_cast<std::int64_t>(view.size()))
      CEDE_CHECK(whole.append_repeated(U'0', static_cast<std::size_t>(c.precision) - view.size()));
    CEDE_CHECK(whole.append(view));
    if (c.type == 'X')
      for (std::size_t i = 0; i < whole.size(); ++i)
        if (char& d = whole.data()[i]; d >= 'a' && d <= 'f') d = static_cast<char>(d - 32);
    return lay_out(c, {whole.view(), whole.size(), true, prefixed});
  }

  Status append_float(const Conversion& c, Ref value) {
    Result<double> number = to_double(vm_, value);
    if (number.is_raised()) {
      if (text() || !vm_.error_is(TypeId::TypeError)) return raised;
      vm_.clear_error();
      return vm_.raise(TypeId::TypeError, "float argument required, not {}",
                       display_name(type_of(vm_, value)));
    }
    const int precision = c.precision < 0 ? 6 : static_cast<int>(c.precision);
    StringBuilder room(vm_);
    if (!room.grow(static_cast<std::size_t>(precision) + 400)) return raised;
    const std::string digits =
        float_text(*number, static_cast<char>(c.type), precision, c.alternate ? float_alternate : 0u);
    return lay_out(c, {digits, digits.size(), true, false});
  }

  // ---- layout

  Status lay_out(const Conversion& c, FieldText field) {
    char sign = 0;
    std::string_view prefix;
    if (field.number) {
      if (field.text[0] == '-' || field.text[0] == '+') {
        sign = field.text[0];
        field.text.remove_prefix(1);
      } else {
        sign = c.plus ? '+' : c.blank ? ' ' : '\0';
      }
      if (field.prefixed) {
        prefix = field.text.substr(0, 2);
        field.text.remove_prefix(2);
      }
      field.length = field.text.size();
    }
    const std::size_t used = field.length + (sign != 0) + prefix.size();
    const std::size_t width = c.width > 0 ? static_cast<std::size_t>(c.width) : 0;
    const std::size_t padding = width > used ? width - used : 0;
    const bool zeros = c.zero && field.number && !c.left;
    if (padding && !c.left && !zeros) CEDE_CHECK(out_.append_repeated(U' ', padding));
    if (sign) CEDE_CHECK(out_.append(sign));
    CEDE_CHECK(out_.append(prefix));
    if (zeros) CEDE_CHECK(out_.append_repeated(U'0', padding));
    CEDE_CHECK(out_.append(field.text));
    return c.left ? out_.append_repeated(U' ', padding) : Ok;
  }

  VM& vm_;
  StringBuilder& out_;
  const char *start_, *at_, *end_;
  const char* type_at_ = nullptr;
  PercentKind kind_;
  Ref arguments_;
  const Tuple* tuple_ = nullptr;
  bool mapping_ = false;
  std::size_t next_ = 0;  // of the tuple; otherwise 1 once the single argument is used
  struct {
    Value value;
    bool is_value_set = false, used = false;
  } key_value_;
};

}  // namespace

Status append_percent(StringBuilder& out, std::string_view format, Ref arguments, PercentKind kind) {
  return Percent(out, format, arguments, kind).run();
}

Owned str_percent(VM& vm, Str& format, Ref arguments) {
  StringBuilder out(vm);
  CEDE_CHECK(append_percent(out, format.view(), arguments, PercentKind::Text));
  return out.finish();
}

}  // namespace cede
