#include "tests/bench/bench_ledger.hpp"

#include <chrono>

#include "keys/verifier.hpp"

namespace assay::bench {

using namespace assay::testing;

BenchLedger::BenchLedger(const std::string& folder, std::size_t author_count, std::int64_t rules_ns)
    : log_key_(folder + "/keys"), keyring_(keys::make_verifier) {
  const std::string directory = folder + "/ledger";
  ASSAY_ASSERT(store::Store::create(directory, kTestOrigin).has_value());
  store_.emplace(std::move(store::Store::open_writable(directory).value()));
  const auto now = [] {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
  };
  writer_.emplace(
      store::Writer::open({*store_, rules_, keyring_, keys::make_verifier, log_key_, now}).value());
  TestPlace place;
  ASSAY_ASSERT(writer_->append(place.genesis()).has_value());
  for (std::size_t i = 0; i < author_count; ++i) {
    authors_.push_back(std::make_unique<TestAuthor>("author " + std::to_string(i)));
    ASSAY_ASSERT(writer_->append(register_key(place.root, *authors_.back(), log())).has_value());
  }
  rules_.work_ns = rules_ns;
}

}  // namespace assay::bench
