#pragma once

/// One function a command family; each lives in the file of its name in this folder.

#include "cli/app.hpp"

namespace assay::cli {

void add_init(App& app);
void add_key(App& app);
void add_key_register(App& app, CLI::App* group);
void add_record(App& app);
void add_draft(App& app);
void add_import(App& app);
void add_rulebook(App& app);
void add_log(App& app);
void add_show(App& app);
void add_state(App& app);
void add_state_coverage(App& app, CLI::App* group);
void add_state_migration(App& app, CLI::App* group);
void add_state_traceability(App& app, CLI::App* group);
void add_state_selection(App& app, CLI::App* group);
void add_state_decisions(App& app, CLI::App* group);
void add_state_regression(App& app, CLI::App* group);
void add_state_workoff(App& app, CLI::App* group);
void add_checkpoint(App& app);
void add_pin(App& app);
void add_prove(App& app);
void add_publish(App& app);
void add_verify(App& app);
void add_evidence(App& app);
void add_evidence_erase(App& app, CLI::App* group);
void add_commitment(App& app);
void add_state_criteria(App& app, CLI::App* state);
void add_findings(App& app);
void add_why(App& app);
void add_diff(App& app);
void add_what_if(App& app);
void add_sample(App& app);
void add_attest(App& app);
void add_bisect(App& app);
void add_status(App& app);
void add_demo(App& app);
void add_help(App& app);

}  // namespace assay::cli
