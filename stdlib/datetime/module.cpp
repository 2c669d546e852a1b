// The module `datetime`.
#include "runtime/types/dict.hpp"
#include "runtime/types/struct_sequence.hpp"
#include "stdlib/datetime/datetime.hpp"
#include "stdlib/modules.hpp"

namespace cede::stdlib {

namespace {

// date.isocalendar()'s result: a tuple with names that copies as a plain tuple.
constexpr StructField week_fields[] = {{"year", nullptr}, {"week", nullptr}, {"weekday", nullptr}};
constexpr auto week_members = struct_members(week_fields);

Owned week_reduce(VM& vm, Tuple& self) {
  CEDE_TRY(const Value items, tuple_from_words(vm, self.items, self.size));
  CEDE_TRY(const Value arguments, tuple_of(vm, {items}));
  return tuple_of(vm, {Ref(vm.type(TypeId::Tuple)), arguments});
}
constexpr Method week_methods[] = {method<"__reduce__(self, /)", week_reduce>};

const StructType iso_calendar_date{
    {.name = "datetime.IsoCalendarDate", .id = TypeId::Dynamic, .base = &tuple_type, .layout = &struct_sequence_layout,
     .slots = &struct_sequence_slots, .flags = struct_sequence_flags, .methods = week_methods, .members = week_members,
     .doc = "The result of date.isocalendar() or datetime.isocalendar()\n\n"
            "This object may be accessed either as a tuple of\n"
            "  ((year, week, weekday))\n"
            "or via the object attributes as named in the above tuple."},
    week_fields, 3};

Status fill(VM& vm, Module& module) {
  for (const NativeType* type : {&date_type, &datetime_type, &time_of_day_type, &delta_type, &tzinfo_type, &timezone_type})
    CEDE_CHECK(module_add_type(vm, module, *type));
  CEDE_CHECK(module_set(vm, module, "MINYEAR", Ref::small(minimum_year)));
  CEDE_CHECK(module_set(vm, module, "MAXYEAR", Ref::small(maximum_year)));
  CEDE_TRY(const Value utc, utc_zone(vm));
  CEDE_CHECK(module_set(vm, module, "UTC", utc));
  static constexpr std::string_view names[] = {"date", "datetime", "time", "timedelta", "timezone", "tzinfo", "MINYEAR", "MAXYEAR", "UTC"};
  CEDE_TRY(const Value all, tuple_uninitialised(vm, std::size(names)));
  for (std::size_t i = 0; i < std::size(names); ++i)
    cast<Tuple>(all).items[i] = Owned::share(Ref(vm.intern(names[i]))).bits;
  return module_set(vm, module, "__all__", all);
}

}  // namespace

Owned isocalendar_new(VM& vm, const IsoWeek& week) {
  return struct_sequence_new(vm, iso_calendar_date, {Ref::small(week.year), Ref::small(week.week), Ref::small(week.weekday)});
}

const NativeModule datetime_module{
    .name = "datetime",
    .functions = {},
    .fill = fill,
    .doc =
        "Specific date/time and related types.\n\n"
        "See https://data.iana.org/time-zones/tz-link.html for\n"
        "time zone and DST data sources.\n",
};

}  // namespace cede::stdlib
