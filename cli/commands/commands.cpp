#include "cli/commands/commands.hpp"

namespace assay::cli {

void add_all_commands(App& app) {
  add_key(app);
  add_help(app);
}

}  // namespace assay::cli
