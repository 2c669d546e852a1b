// The script part of the prompt (repl_script.cpp).
#pragma once

namespace cede::cli {

extern const char* const repl_script;

}  // namespace cede::cli
