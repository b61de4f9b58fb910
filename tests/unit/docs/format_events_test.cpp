// The annex of docs/format.md that lists the event types says what the catalogue says.

#include <catch2/catch.hpp>

#include "tests/unit/docs/event_annex.hpp"
#include "tests/unit/docs/format_page.hpp"

TEST_CASE("The format's list of event types is the catalogue's") {
  const std::string text = assay::testing::format_page();
  const std::size_t annex = text.find("## Annex B.");
  REQUIRE(annex != std::string::npos);
  const std::string fence = "```\n";
  const std::size_t from = text.find(fence, annex) + fence.size();
  const std::size_t to = text.find(fence, from);
  REQUIRE(to != std::string::npos);
  // Copy what is expected here into the page when a type is added.
  CHECK(text.substr(from, to - from) == assay::testing::event_annex());
}

TEST_CASE("Of every hash in an event it is decided whether an evidence file must lie under it") {
  // A new member that is a hash: either its type's `evidence_files` names it, or it stands here
  // and in section 8 of docs/format.md, as the digest of something else.
  CHECK(assay::testing::hashes_of_no_file() ==
        std::set<std::string>{"checkpoint_witnessed <root>",
                              "clause_status_recorded <text_digest>",
                              "decision_dissented <digest>",
                              "decision_endorsed <digest>",
                              "environment_baselined <configuration>",
                              "epcl_entry_made <list_digest>",
                              "evidence_erased <digest>",
                              "evidence_unavailable <digest>",
                              "exit_evaluated <digest>",
                              "exit_evaluated <root>",
                              "external_anchor_recorded <root>",
                              "key_registered <key>",
                              "key_retired <key>",
                              "key_retired <last_hash>",
                              "key_revoked <key>",
                              "ledger_created <key>",
                              "ledger_created <next_log_key>",
                              "log_key_rotated <key>",
                              "log_key_rotated <next_log_key>",
                              "policy_published <digest>",
                              "regression_scope_baselined <root>",
                              "roots_changed <key>",
                              "scope_baselined <root>",
                              "scope_changed <root>",
                              "states_attested <digest>",
                              "test_case_registered <digest>",
                              "verification_performed <digest>",
                              "verification_performed <root>"});
}
