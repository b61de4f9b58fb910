#include "cli/commands/commands.hpp"

namespace assay::cli {

void add_all_commands(App& app) {
  add_init(app);
  add_key(app);
  add_record(app);
  add_draft(app);
  add_import(app);
  add_evidence(app);
  add_commitment(app);
  add_rulebook(app);
  add_log(app);
  add_show(app);
  add_state(app);
  add_findings(app);
  add_why(app);
  add_diff(app);
  add_what_if(app);
  add_sample(app);
  add_status(app);
  add_checkpoint(app);
  add_pin(app);
  add_prove(app);
  add_publish(app);
  add_verify(app);
  add_attest(app);
  add_bisect(app);
  add_demo(app);
  add_help(app);
}

}  // namespace assay::cli
