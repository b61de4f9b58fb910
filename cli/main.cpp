#include "cli/app.hpp"

int main(int argc, char** argv) {
  const assay::cli::Context context = assay::cli::system_context();
  assay::cli::App app(context);
  assay::cli::add_all_commands(app);
  return app.run({argv + 1, argv + argc});
}
