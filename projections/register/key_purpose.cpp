#include "projections/register/key_purpose.hpp"

#include <array>

namespace assay::projections {
namespace {

struct Purpose {
  std::string_view kind;  // '=' cannot begin the kind of a subject, so the two never meet
  std::string_view text;
};
constexpr Purpose kRoot{"=root_key/", "a root key"};
constexpr Purpose kLog{"=log_key/", "a key of the log"};
constexpr Purpose kAuthor{"=author_key/", "a registered key"};
constexpr std::array kPurposes = {kRoot, kLog, kAuthor};

struct Taking {
  IdTable& ids;
  std::string broken{};

  void take(const Hash& key, const Purpose& purpose) {
    const std::string hex = key.hex();
    for (const Purpose& other : kPurposes) {
      if (other.kind == purpose.kind || !broken.empty()) continue;
      if (ids.find(std::string(other.kind) + hex) != nullptr) {
        broken = "one key has one purpose: " + hex + " is " + std::string(other.text) +
                 " and cannot become " + std::string(purpose.text);
      }
    }
    if (broken.empty()) ids.change(std::string(purpose.kind) + hex).state = IdState::open;
  }
  void take_roots(const std::vector<events::RootKey>& roots) {
    for (const events::RootKey& root : roots) take(root.key, kRoot);
  }
  void operator()(const events::LedgerCreated& event) {
    take_roots(event.roots);
    take(event.log_key.key, kLog);
    take(event.next_log_key, kLog);
  }
  void operator()(const events::KeyRegistered& event) { take(event.key, kAuthor); }
  void operator()(const events::RootsChanged& event) { take_roots(event.roots); }
  void operator()(const events::LogKeyRotated& event) {
    take(event.log_key.key, kLog);
    take(event.next_log_key, kLog);
  }
  template <class Other>
  void operator()(const Other&) {}
};

}  // namespace

std::string take_purposes(const EventData& data, IdTable& ids) {
  Taking taking{ids};
  visit_event(taking, data);
  return std::move(taking.broken);
}

}  // namespace assay::projections
