// Splitting, shared by str and bytes: the callers say what white space and line ends are and receive each
// piece as a pair of byte positions: piece(start, stop) -> Status, from left to right, for the backward ones
// from right to left.
#pragma once

#include "runtime/core/value.hpp"
#include "runtime/types/text_search.hpp"

namespace cede {

template<class Piece>
Status split_by(VM& vm, std::string_view text, std::string_view separator, std::int64_t maximum, Piece&& piece) {
  std::size_t start = 0;
  for (std::size_t left = limit_of(maximum); left; --left) {
    CEDE_TRY(const std::size_t at, find_text(vm, text, separator, start));
    if (at == not_found) break;
    CEDE_CHECK(piece(start, at));
    start = at + separator.size();
  }
  return piece(start, text.size());
}

template<class Piece>
Status split_back_by(VM& vm, std::string_view text, std::string_view separator, std::int64_t maximum, Piece&& piece) {
  std::size_t stop = text.size();
  for (std::size_t left = limit_of(maximum); left; --left) {
    CEDE_TRY(const std::size_t at, find_last_text(vm, text.substr(0, stop), separator));
    if (at == not_found) break;
    CEDE_CHECK(piece(at + separator.size(), stop));
    stop = at;
  }
  return piece(std::size_t{0}, stop);
}

// `Space` says what white space is: static std::size_t at(const char* p) and before(const char* p), the size
// of the white space character at or before p, or 0; static std::size_t step(const char* p), the size of any
// character.
template<class Space> const char* skip_space(const char* at, const char* end) {
  while (at < end) {
    const std::size_t size = Space::at(at);
    if (!size) break;
    at += size;
  }
  return at;
}
template<class Space> const char* skip_space_back(const char* at, const char* begin) {
  while (at > begin) {
    const std::size_t size = Space::before(at);
    if (!size) break;
    at -= size;
  }
  return at;
}

template<class Space, class Piece>
Status split_space(std::string_view text, std::int64_t maximum, Piece&& piece) {
  const char *begin = text.data(), *end = begin + text.size(), *at = begin;
  const auto position = [&](const char* p) { return static_cast<std::size_t>(p - begin); };
  for (std::size_t left = limit_of(maximum);; --left) {
    at = skip_space<Space>(at, end);
    if (at == end) return Ok;
    if (!left) return piece(position(at), text.size());
    const char* start = at;
    while (at < end && !Space::at(at)) at += Space::step(at);
    CEDE_CHECK(piece(position(start), position(at)));
  }
}

template<class Space, class Piece>
Status split_space_back(std::string_view text, std::int64_t maximum, Piece&& piece) {
  const char *begin = text.data(), *at = begin + text.size();
  const auto position = [&](const char* p) { return static_cast<std::size_t>(p - begin); };
  for (std::size_t left = limit_of(maximum);; --left) {
    at = skip_space_back<Space>(at, begin);
    if (at == begin) return Ok;
    if (!left) return piece(std::size_t{0}, position(at));
    const char* stop = at;
    while (at > begin && !Space::before(at)) at -= Space::step_back(at);
    CEDE_CHECK(piece(position(at), position(stop)));
  }
}

// `Break::at(p, end)`: the size of the line end at p, or 0.
template<class Break, class Piece> Status split_lines(std::string_view text, bool keep_ends, Piece&& piece) {
  const char *begin = text.data(), *end = begin + text.size();
  for (const char* at = begin; at < end;) {
    const char* start = at;
    std::size_t size = 0;
    while (at < end && !(size = Break::at(at, end))) ++at;
    CEDE_CHECK(piece(static_cast<std::size_t>(start - begin),
                     static_cast<std::size_t>((keep_ends ? at + size : at) - begin)));
    at += size;
  }
  return Ok;
}

}  // namespace cede
