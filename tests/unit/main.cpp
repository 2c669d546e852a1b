// The main function of the unit tests: Boost.Test's own.
#define BOOST_TEST_MODULE cede
#include <boost/test/unit_test.hpp>
