// The itertools module's table.
#include "stdlib/itertools/itertools.hpp"

namespace cede::stdlib {
namespace {

constexpr Method functions[] = {method<"tee(iterable, n=2, /)", itertools_tee>};

Status fill(VM& vm, Module& module) {
  for (const NativeType* type : {&accumulate_type,
                                 &batched_type,
                                 &chain_type,
                                 &combinations_type,
                                 &combinations_with_replacement_type,
                                 &compress_type,
                                 &count_type,
                                 &cycle_type,
                                 &dropwhile_type,
                                 &filterfalse_type,
                                 &groupby_type,
                                 &grouper_type,
                                 &islice_type,
                                 &pairwise_type,
                                 &permutations_type,
                                 &product_type,
                                 &repeat_type,
                                 &starmap_type,
                                 &takewhile_type,
                                 &tee_type,
                                 &tee_data_type,
                                 &zip_longest_type})
    CEDE_CHECK(module_add_type(vm, module, *type));
  return Ok;
}

}  // namespace

extern const NativeModule itertools_module;
const NativeModule itertools_module{
    .name = "itertools",
    .functions = functions,
    .fill = fill,
    .doc =
        "Functional tools for creating and using iterators.\n\nInfinite iterators:\n"
        "count(start=0, step=1) --> start, start+step, start+2*step, ...\n"
        "cycle(p) --> p0, p1, ... plast, p0, p1, ...\n"
        "repeat(elem [,n]) --> elem, elem, elem, ... endlessly or up to n times",
};

}  // namespace cede::stdlib
