// The operations of the language on any value, as native code asks for them (CPython's abstract object layer).
// All may run script code unless they say otherwise.
#pragma once

#include <optional>
#include <string>

#include "runtime/core/vm.hpp"

namespace cede {

// ---- attributes
Owned get_attribute(VM& vm, Ref object, Str& name);
Owned get_attribute(VM& vm, Ref object, std::string_view name);
// Unbound instead of AttributeError; other errors are raised.
Owned find_attribute(VM& vm, Ref object, Str& name);
Owned find_attribute(VM& vm, Ref object, std::string_view name);
Status set_attribute(VM& vm, Ref object, Str& name, Ref value);     // value Unbound: delete
Result<bool> has_attribute(VM& vm, Ref object, Str& name);
// A special method as the interpreter looks it up: on the type, not the instance; bound to `object`. Unbound if absent.
Owned find_special(VM& vm, Ref object, Str& name);
// For method calls without a bound method: `callable` is owned; true in `unbound` if `object` must be its first argument.
Owned get_method(VM& vm, Ref object, Str& name, bool& unbound);

// ---- calls
Owned call(VM& vm, Ref callable, const Arguments& arguments);
Owned call(VM& vm, Ref callable);
Owned call(VM& vm, Ref callable, Ref a);
Owned call(VM& vm, Ref callable, Ref a, Ref b);
Owned call(VM& vm, Ref callable, Ref a, Ref b, Ref c);
Owned call_with(VM& vm, Ref callable, Ref positional_tuple, Ref keyword_dict_or_unbound);
Owned call_method(VM& vm, Ref object, Str& name);
Owned call_method(VM& vm, Ref object, Str& name, Ref a);
Owned call_method(VM& vm, Ref object, Str& name, Ref a, Ref b);
Owned call_method(VM& vm, Ref object, Str& name, const Arguments& arguments);
Owned call_special(VM& vm, Ref object, Str& name, const Arguments& arguments);  // Unbound if the type has none
bool is_callable(VM& vm, Ref object);  // runs no script code

// ---- text
Owned repr(VM& vm, Ref object);      // a Str
Owned str(VM& vm, Ref object);       // a Str
Owned ascii(VM& vm, Ref object);
Owned format(VM& vm, Ref object, Ref specification);  // a Str; specification a Str
std::string repr_text(VM& vm, Ref object);  // for messages: errors become "<TypeName object>" and are cleared
// For the recursion of reprs: `entered` is false if the object's repr is being made already ("[...]").
class ReprGuard {
 public:
  ReprGuard(VM& vm, Ref object);
  ~ReprGuard();
  bool entered() const { return entered_; }

 private:
  VM& vm_;
  bool entered_;
};

// ---- comparison, truth, hash
Owned compare(VM& vm, Ref a, Ref b, CompareOperation operation);
Result<bool> compare_bool(VM& vm, Ref a, Ref b, CompareOperation operation);  // identity implies == and not !=
Result<bool> is_equal(VM& vm, Ref a, Ref b);    // identity or ==
Result<bool> is_truthy(VM& vm, Ref object);
Result<std::int64_t> hash_value(VM& vm, Ref object);

// ---- operators; `operation` is the text for messages ("+", "+=")
enum class BinaryOperation : std::uint8_t {  // in the order of ast::Operator
  Add, Subtract, Multiply, MatrixMultiply, TrueDivide, Remainder, Power, LeftShift, RightShift, Or, Xor, And, FloorDivide,
};
Owned binary_operation(VM& vm, Ref left, Ref right, BinaryOperation operation);
Owned inplace_operation(VM& vm, Ref left, Ref right, BinaryOperation operation);
Owned power(VM& vm, Ref base, Ref exponent, Ref modulus);
Owned divmod(VM& vm, Ref left, Ref right);
enum class UnaryOperation : std::uint8_t { Invert, Not, Plus, Minus };  // in the order of ast::UnaryOperator
Owned unary_operation(VM& vm, Ref operand, UnaryOperation operation);
Owned absolute(VM& vm, Ref operand);

// ---- containers
Owned get_item(VM& vm, Ref container, Ref key);
Status set_item(VM& vm, Ref container, Ref key, Ref value);   // value Unbound: delete
Result<bool> contains(VM& vm, Ref container, Ref item);
Result<std::int64_t> length(VM& vm, Ref object);
Result<std::int64_t> length_hint(VM& vm, Ref object, std::int64_t otherwise);

// ---- iteration
Owned get_iterator(VM& vm, Ref iterable);           // TypeError "'x' object is not iterable"
Owned next(VM& vm, Ref iterator);                   // Finished at the end
bool is_iterator(VM& vm, Ref object);
// The value of the StopIteration that is the current exception, which is cleared. For generators' results.
Owned take_stop_iteration_value(VM& vm);
Owned list_from(VM& vm, Ref iterable);              // a new List
Owned tuple_from(VM& vm, Ref iterable);             // a Tuple, `iterable` itself if it is one of exact type
// Calls f(Ref item) -> Status for each item; exact lists and tuples are walked without an iterator object.
template<class F>
Status for_each(VM& vm, Ref iterable, F&& f) {
  CEDE_TRY(Value iterator, get_iterator(vm, iterable));
  for (;;) {
    CEDE_TRY(Value item, next(vm, iterator));
    if (item.is_finished()) return Ok;
    CEDE_CHECK(f(Ref(item)));
    CEDE_CHECK(vm.check_interrupts());
  }
}

// ---- numbers
Owned index(VM& vm, Ref object);                    // __index__: an int; "'x' object cannot be interpreted as an integer"
// __index__ as a machine integer. Too big: OverflowError "cannot fit 'int' into an index-sized integer", or clamped.
Result<std::int64_t> index_int64(VM& vm, Ref object);
Result<std::int64_t> index_clamped(VM& vm, Ref object);
Result<double> to_double(VM& vm, Ref object);       // __float__, __index__; "must be real number, not x"

// ---- warnings
// Issues a warning by the rules of the `warnings` module. Raised: a filter makes it an error. Implemented by runtime/vm.
Status warn(VM& vm, TypeId category, std::string_view text, int stack_level);

// ---- classes
Result<bool> is_instance(VM& vm, Ref object, Ref class_or_tuple);   // with __instancecheck__
Result<bool> is_subclass(VM& vm, Ref class_, Ref class_or_tuple);
Result<bool> exception_matches(VM& vm, Ref exception, Ref class_or_tuple);  // as `except` does
Owned class_of(VM& vm, Ref object);                 // object.__class__
std::string type_name(Ref object, VM& vm);          // type(x).__name__ for messages

}  // namespace cede
