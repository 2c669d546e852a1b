// What the tests of the C++ interface share.
#pragma once

#include <boost/test/unit_test.hpp>

#include <memory>

#include "runtime/embed/cede.hpp"

namespace cede::embed {

// An isolate; the test fails where there is none.
inline std::unique_ptr<Isolate> make(const Options& options = {}) {
  auto made = Isolate::make(options);
  if (!made) BOOST_FAIL("no isolate: " << made.error().message);
  return *std::move(made);
}

}  // namespace cede::embed
