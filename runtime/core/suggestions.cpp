// The closest name: weighted edit distance with early exits, over one row.
#include "runtime/core/suggestions.hpp"

#include <algorithm>

namespace cede {

namespace {

constexpr std::size_t move_cost = 2, case_cost = 1, maximum_candidates = 750, maximum_length = 40;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::size_t substitution_cost(char a, char b) {
  if ((a & 31) != (b & 31)) return move_cost;
  if (a == b) return 0;
  return lower(a) == lower(b) ? case_cost : move_cost;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t maximum) {
  if (a == b) return 0;
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.empty() || b.empty()) return move_cost * (a.size() + b.size());
  if (a.size() > maximum_length || b.size() > maximum_length) return maximum + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * move_cost > maximum) return maximum + 1;
  std::size_t row[maximum_length];
  for (std::size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * move_cost;
  std::size_t result = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    std::size_t distance = result = j * move_cost;
    std::size_t minimum = SIZE_MAX;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t substitute = distance + substitution_cost(b[j], a[i]);
      distance = row[i];
      result = std::min(std::min(result, distance) + move_cost, substitute);
      row[i] = result;
      minimum = std::min(minimum, result);
    }
    if (minimum > maximum) return maximum + 1;
  }
  return result;
}

std::string_view closest_name(std::string_view wrong, const std::vector<std::string_view>& candidates) {
  if (candidates.size() > maximum_candidates || wrong.size() > maximum_length) return {};
  std::string_view best;
  std::size_t best_distance = SIZE_MAX;
  for (std::string_view candidate : candidates) {
    if (candidate == wrong) continue;
    // No more than a third of the characters may change.
    std::size_t maximum = (candidate.size() + wrong.size() + 3) * move_cost / 6;
    if (best_distance != SIZE_MAX) maximum = std::min(maximum, best_distance - 1);
    const std::size_t distance = edit_distance(wrong, candidate, maximum);
    if (distance > maximum) continue;
    if (best.empty() || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace cede
