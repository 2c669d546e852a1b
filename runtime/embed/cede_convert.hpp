// The templates behind cede.hpp: C++ types and Values, and callables as host functions. Included by cede.hpp
// alone.
#pragma once

namespace cede::embed {

template<> struct Convert<Value> {
  static constexpr std::string_view expected = "object";
  static Converted from(Value& value, Value& out) {
    out = std::move(value);
    return Converted::Yes;
  }
};

namespace detail {

// A kind of Value whose data is a T.
template<class T> struct ConvertExact {
  static Converted from(Value& value, T& out) {
    T* data = value.get_if<T>();
    if (!data) return Converted::WrongType;
    out = std::move(*data);
    return Converted::Yes;
  }
};

}  // namespace detail

template<> struct Convert<bool> : detail::ConvertExact<bool> {
  static constexpr std::string_view expected = "bool";
};
template<> struct Convert<std::string> : detail::ConvertExact<std::string> {
  static constexpr std::string_view expected = "str";
};
template<> struct Convert<Bytes> : detail::ConvertExact<Bytes> {
  static constexpr std::string_view expected = "bytes";
};
template<> struct Convert<List> : detail::ConvertExact<List> {
  static constexpr std::string_view expected = "list";
};
template<> struct Convert<Tuple> : detail::ConvertExact<Tuple> {
  static constexpr std::string_view expected = "tuple";
};
template<> struct Convert<Dict> : detail::ConvertExact<Dict> {
  static constexpr std::string_view expected = "dict";
};
template<> struct Convert<Object> : detail::ConvertExact<Object> {
  static constexpr std::string_view expected = "object";
};

template<> struct Convert<std::string_view> {
  static constexpr std::string_view expected = "str";
  static Converted from(Value& value, std::string_view& out) {
    const std::string* text = value.get_if<std::string>();
    if (!text) return Converted::WrongType;
    out = *text;
    return Converted::Yes;
  }
};

template<std::integral I> struct Convert<I> {
  static constexpr std::string_view expected = "int";
  static Converted from(Value& value, I& out) {
    if (const bool* truth = value.get_if<bool>()) {
      out = static_cast<I>(*truth);
      return Converted::Yes;
    }
    if (value.get_if<BigInt>()) return Converted::OutOfRange;
    const std::int64_t* number = value.get_if<std::int64_t>();
    if (!number) return Converted::WrongType;
    if (!std::in_range<I>(*number)) return Converted::OutOfRange;
    out = static_cast<I>(*number);
    return Converted::Yes;
  }
};

template<std::floating_point F> struct Convert<F> {
  static constexpr std::string_view expected = "float";
  static Converted from(Value& value, F& out) {
    if (const double* number = value.get_if<double>()) {
      out = static_cast<F>(*number);
      return Converted::Yes;
    }
    if (value.get_if<BigInt>()) return Converted::OutOfRange;
    std::int64_t whole;
    const Converted converted = Convert<std::int64_t>::from(value, whole);
    if (converted == Converted::Yes) out = static_cast<F>(whole);
    return converted;
  }
};

template<class T> struct Convert<std::optional<T>> {
  static constexpr std::string_view expected = Convert<T>::expected;
  static Converted from(Value& value, std::optional<T>& out) {
    if (value.is_none()) return Converted::Yes;
    return Convert<T>::from(value, out.emplace());
  }
};

template<class T> struct Convert<std::vector<T>> {
  static constexpr std::string_view expected = "list";
  static Converted from(Value& value, std::vector<T>& out) {
    std::vector<Value>* items = nullptr;
    if (List* list = value.get_if<List>()) items = &list->items;
    if (Tuple* tuple = value.get_if<Tuple>()) items = &tuple->items;
    if (!items) return Converted::WrongType;
    out.reserve(items->size());
    for (Value& item : *items) {
      T converted{};
      const Converted outcome = Convert<T>::from(item, converted);
      if (outcome != Converted::Yes) return outcome;
      out.push_back(std::move(converted));
    }
    return Converted::Yes;
  }
};

namespace detail {

template<class F> struct Signature : Signature<decltype(&F::operator())> {};
template<class R, class... A> struct Signature<R(A...)> {
  using Returned = R;
  using Parameters = std::tuple<A...>;
};
template<class R, class... A> struct Signature<R (*)(A...)> : Signature<R(A...)> {};
template<class R, class... A> struct Signature<R (*)(A...) noexcept> : Signature<R(A...)> {};
template<class R, class C, class... A> struct Signature<R (C::*)(A...)> : Signature<R(A...)> {};
template<class R, class C, class... A> struct Signature<R (C::*)(A...) const> : Signature<R(A...)> {};
template<class R, class C, class... A> struct Signature<R (C::*)(A...) noexcept> : Signature<R(A...)> {};
template<class R, class C, class... A>
struct Signature<R (C::*)(A...) const noexcept> : Signature<R(A...)> {};

template<class T> struct IsResult : std::false_type {};
template<class T> struct IsResult<Result<T>> : std::true_type { using type = T; };

// Calls `invoke` and makes its result, of whatever form, a Result<Value>.
template<class R, class I> Result<Value> as_result(I&& invoke) {
  if constexpr (std::is_void_v<R>) {
    invoke();
    return Value();
  } else if constexpr (std::same_as<R, Error>) {
    return invoke();
  } else if constexpr (IsResult<R>::value) {
    R result = invoke();
    if (!result) return std::move(result.error());
    if constexpr (std::is_void_v<typename IsResult<R>::type>)
      return Value();
    else
      return Value(*std::move(result));
  } else {
    return Value(invoke());
  }
}

template<class Parameters> struct Adapter;
template<class... A> struct Adapter<std::tuple<A...>> {
  static constexpr std::size_t count = sizeof...(A);
  // Parameters that take an Object get one whatever the argument is.
  static constexpr std::uint64_t as_objects = [] {
    std::uint64_t bits = 0, bit = 1;
    ((bits |= std::same_as<std::remove_cvref_t<A>, Object> ? bit : 0, bit <<= 1), ...);
    return bits;
  }();

  template<class R, class F> static Result<Value> call(F& function, Call& call) {
    return convert_all<R>(call, [&](auto&... a) -> decltype(auto) { return function(static_cast<A>(a)...); });
  }
  template<class R, class F> static Result<Value> call_with_isolate(F& function, Call& call) {
    return convert_all<R>(
        call, [&](auto&... a) -> decltype(auto) { return function(call.isolate(), static_cast<A>(a)...); });
  }

 private:
  template<class R, class I> static Result<Value> convert_all(Call& call, I&& invoke) {
    std::tuple<std::remove_cvref_t<A>...> converted;
    std::optional<Error> error;
    std::size_t at = 0;
    std::apply([&](auto&... a) { (void)(convert_one(call, at++, a, error) && ...); }, converted);
    if (error) return *std::move(error);
    return as_result<R>([&]() -> decltype(auto) { return std::apply(invoke, converted); });
  }
  template<class T> static bool convert_one(Call& call, std::size_t at, T& out, std::optional<Error>& error) {
    switch (Convert<T>::from(call[at], out)) {
      case Converted::Yes: return true;
      case Converted::WrongType: error = call.wrong_type(at, Convert<T>::expected); break;
      case Converted::OutOfRange: error = call.out_of_range(at, Convert<T>::expected); break;
    }
    return false;
  }
};

template<class T> struct TakesIsolate : std::false_type {};
template<class... A> struct TakesIsolate<std::tuple<Isolate&, A...>> : std::true_type {
  using Rest = std::tuple<A...>;
};

}  // namespace detail

template<class F>
Result<void> Isolate::define(std::string_view signature, F&& function, std::string_view module) {
  using Callable = std::decay_t<F>;
  if constexpr (std::is_invocable_r_v<Result<Value>, Callable&, Call&>) {
    return define_checked(signature, HostFunction(std::forward<F>(function)), module, -1, 0);
  } else {
    using Traits = detail::Signature<Callable>;
    using Takes = detail::TakesIsolate<typename Traits::Parameters>;
    using R = typename Traits::Returned;
    if constexpr (Takes::value) {
      using Adapter = detail::Adapter<typename Takes::Rest>;
      return define_checked(
          signature,
          [f = Callable(std::forward<F>(function))](Call& call) mutable {
            return Adapter::template call_with_isolate<R>(f, call);
          },
          module, static_cast<int>(Adapter::count), Adapter::as_objects);
    } else {
      using Adapter = detail::Adapter<typename Traits::Parameters>;
      return define_checked(
          signature,
          [f = Callable(std::forward<F>(function))](Call& call) mutable {
            return Adapter::template call<R>(f, call);
          },
          module, static_cast<int>(Adapter::count), Adapter::as_objects);
    }
  }
}

}  // namespace cede::embed
