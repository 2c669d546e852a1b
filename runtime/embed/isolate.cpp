// Making an isolate ready to run scripts.
#include "runtime/embed/isolate.hpp"

#include <pthread.h>
#include <unistd.h>

#include "runtime/core/protocols.hpp"
#include "runtime/types/dict.hpp"
#include "runtime/types/list.hpp"
#include "runtime/types/str.hpp"
#include "runtime/vm/activation.hpp"
#include "runtime/vm/current_frame.hpp"
#include "runtime/vm/import.hpp"
#include "runtime/vm/interrupts.hpp"

namespace cede {

namespace {

Owned list_of_texts(VM& vm, const std::vector<std::string>& texts) {
  CEDE_TRY(Value list, list_with_capacity(vm, texts.size()));
  for (const std::string& text : texts) {
    CEDE_TRY(const Value item, str_from_external(vm, text));
    CEDE_CHECK(list_append(vm, cast<List>(list), item));
  }
  return list.take();
}

Status set_texts(VM& vm, Module& module, std::string_view name, const std::vector<std::string>& texts) {
  CEDE_TRY(const Value list, list_of_texts(vm, texts));
  return module_set(vm, module, name, list);
}

// -X name or -X name=value.
Owned dict_of_options(VM& vm, const std::vector<std::string>& options) {
  CEDE_TRY(Value dict, dict_new(vm));
  for (const std::string& option : options) {
    const std::size_t equals = option.find('=');
    Value value{True};
    if (equals != option.npos) {
      CEDE_TRY(value, str_from_external(vm, std::string_view(option).substr(equals + 1)));
    }
    CEDE_TRY(const Value key, str_from_external(vm, std::string_view(option).substr(0, equals)));
    CEDE_CHECK(dict_set(vm, cast<Dict>(dict), key, value));
  }
  return dict.take();
}

}  // namespace

Isolate::Isolate(Host& host, const IsolateOptions& options) : vm_(host, options.vm) {}

Isolate::~Isolate() {
  main_.reset();
  if (!vm_.stopped && !vm_.modules_finalized) vm_.finalize_modules();
  free_register_stack(vm_, vm_.main_thread());
}

Status Isolate::set_up(const IsolateOptions& options) {
  VM& vm = vm_;
  vm.thread->stack_limit = native_stack_limit();
  vm.thread->id = static_cast<std::uint64_t>(pthread_self());
  vm.thread->native_id = static_cast<std::uint64_t>(gettid());
  vm.interrupt_handler = run_interrupts;
  vm.stop_handler = run_stop;
  vm.native_modules.assign(options.modules.begin(), options.modules.end());
  install_frame_hooks(vm);
  CEDE_TRY(vm.modules, dict_new(vm));
  CEDE_TRY(vm.builtins, dict_new(vm));
  // The namespace of builtins exists before the module, whose making looks at it.
  CEDE_TRY(const Value builtins, module_new(vm, "builtins"));
  vm.builtins = cast<Module>(builtins).dictionary;
  CEDE_CHECK(module_fill(vm, cast<Module>(builtins), *vm.native_modules[0]));
  CEDE_TRY(vm.sys_module, module_new(vm, "sys"));
  Module& sys = cast<Module>(vm.sys_module);
  CEDE_CHECK(dict_set_text(vm, cast<Dict>(vm.modules), "sys", vm.sys_module));
  CEDE_CHECK(dict_set_text(vm, cast<Dict>(vm.modules), "builtins", builtins));
  CEDE_CHECK(module_set(vm, sys, "modules", vm.modules));
  CEDE_CHECK(set_texts(vm, sys, "argv", options.arguments));
  CEDE_CHECK(set_texts(vm, sys, "orig_argv", options.original_arguments));
  CEDE_CHECK(set_texts(vm, sys, "path", options.search_path));
  CEDE_CHECK(set_texts(vm, sys, "warnoptions", options.warning_options));
  CEDE_TRY(const Value implementation_options, dict_of_options(vm, options.implementation_options));
  CEDE_CHECK(module_set(vm, sys, "_xoptions", implementation_options));
  CEDE_TRY(const Value executable, str_from_external(vm, options.executable));
  CEDE_CHECK(module_set(vm, sys, "executable", executable));
  CEDE_CHECK(module_fill(vm, sys, *vm.native_modules[1]));

  CEDE_TRY(main_, module_new(vm, "__main__"));
  CEDE_CHECK(dict_set_text(vm, cast<Dict>(vm.modules), "__main__", main_));
  CEDE_TRY(const Value annotations, dict_new(vm));
  CEDE_CHECK(dict_set_str(vm, main_namespace(), *vm.names.__annotations__, annotations));
  return dict_set_str(vm, main_namespace(), *vm.names.__builtins__, builtins);
}

std::unique_ptr<Isolate> Isolate::make(Host& host, const IsolateOptions& options, std::string& error) {
  std::unique_ptr<Isolate> isolate(new Isolate(host, options));
  if (!isolate->set_up(options).is_raised()) return isolate;
  VM& vm = isolate->vm_;
  const Value exception = vm.take_error();
  error = type_name(exception, vm) + ": " + repr_text(vm, exception);
  return nullptr;
}

}  // namespace cede
