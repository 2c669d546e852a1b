// gamma and lgamma by Lanczos' approximation with g = 6.0246800407767296 and 13 terms (the rational form of
// J. Godfrey's and the Boost library's coefficients), with CPython's treatment of rounding errors: results
// agree to the bit.
#include <cmath>
#include <numbers>

#include "stdlib/math/math.hpp"

namespace cede::stdlib {
namespace {

constexpr int terms = 13;
constexpr double lanczos_g = 6.024680040776729583740234375;
constexpr double lanczos_g_minus_half = 5.524680040776729583740234375;
constexpr double numerator[terms] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
constexpr double denominator[terms] = {0.0,        39916800.0, 120543840.0, 150917976.0, 105258076.0,
                                       45995730.0, 13339535.0, 2637558.0,   357423.0,    32670.0,
                                       1925.0,     66.0,       1.0};
constexpr double pi = std::numbers::pi;
constexpr double log_pi = 1.144729885849400174143427351353058711647;

// The rational function; large arguments are put in as their inverse, so that nothing overflows.
double lanczos_sum(double x) {
  double above = 0.0, below = 0.0;
  if (x < 5.0) {
    for (int i = terms; --i >= 0;) {
      above = above * x + numerator[i];
      below = below * x + denominator[i];
    }
  } else {
    for (int i = 0; i < terms; ++i) {
      above = above / x + numerator[i];
      below = below / x + denominator[i];
    }
  }
  return above / below;
}

// sin(pi * x), exact at integers and half-integers.
double sine_of_pi(double x) {
  const double y = std::fmod(std::fabs(x), 2.0);
  double result;
  switch (static_cast<int>(std::round(2.0 * y))) {
    case 0: result = std::sin(pi * y); break;
    case 1: result = std::cos(pi * (y - 0.5)); break;
    case 2: result = std::sin(pi * (1.0 - y)); break;
    case 3: result = -std::cos(pi * (y - 1.5)); break;
    default: result = std::sin(pi * (y - 2.0)); break;
  }
  return std::copysign(1.0, x) * result;
}

constexpr int most_exact = 23;  // (n - 1)! is exact up to here
double small_factorial(int n) {
  double product = 1.0;
  for (int i = 2; i < n; ++i) product *= i;
  return product;
}

// For 1e-20 <= |x| <= 200, no integer up to most_exact.
double gamma_by_lanczos(double x) {
  const double magnitude = std::fabs(x), y = magnitude + lanczos_g_minus_half;
  // What the rounding of y lost, as a relative error of the result.
  const double error = magnitude > lanczos_g_minus_half ? (y - magnitude) - lanczos_g_minus_half
                                                        : (y - lanczos_g_minus_half) - magnitude;
  const double correction = error * lanczos_g / y;
  const bool split = magnitude >= 140.0;  // the power would overflow
  const double power = std::pow(y, split ? magnitude / 2.0 - 0.25 : magnitude - 0.5);
  double r;
  if (x < 0.0) {
    r = -pi / sine_of_pi(magnitude) / magnitude * std::exp(y) / lanczos_sum(magnitude);
    r -= correction * r;
    r /= power;
    if (split) r /= power;
  } else {
    r = lanczos_sum(magnitude) / std::exp(y);
    r += correction * r;
    r *= power;
    if (split) r *= power;
  }
  return r;
}

}  // namespace

Result<double> math_gamma(VM& vm, double x) {
  if (!std::isfinite(x)) {
    if (std::isinf(x) && x < 0) return raise_domain(vm);
    return x;
  }
  if (x == 0.0) return raise_domain(vm);
  if (x == std::floor(x)) {
    if (x < 0.0) return raise_domain(vm);
    if (x <= most_exact) return small_factorial(static_cast<int>(x));
  }
  double r;
  if (std::fabs(x) < 1e-20)
    r = 1.0 / x;
  else if (std::fabs(x) <= 200.0)
    r = gamma_by_lanczos(x);
  else if (x < 0.0)
    r = 0.0 / sine_of_pi(x);
  else
    return raise_range(vm);
  if (std::isinf(r)) return raise_range(vm);
  return r;
}

Result<double> math_lgamma(VM& vm, double x) {
  if (!std::isfinite(x)) return std::isnan(x) ? x : HUGE_VAL;
  if (x == std::floor(x) && x <= 2.0) {
    if (x <= 0.0) return raise_domain(vm);
    return 0.0;
  }
  const double magnitude = std::fabs(x);
  if (magnitude < 1e-20) return -std::log(magnitude);
  double r = std::log(lanczos_sum(magnitude)) - lanczos_g;
  r += (magnitude - 0.5) * (std::log(magnitude + lanczos_g - 0.5) - 1);
  if (x < 0.0) r = log_pi - std::log(std::fabs(sine_of_pi(magnitude))) - std::log(magnitude) - r;
  if (std::isinf(r)) return raise_range(vm);
  return r;
}

}  // namespace cede::stdlib
