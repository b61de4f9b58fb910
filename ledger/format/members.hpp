#pragma once

/// The members of one envelope object, read in their fixed order. Envelopes are read by hand, into
/// views, because they are read for every entry; event data goes through the field description.

#include <string>
#include <string_view>

#include "ledger/base/hash.hpp"
#include "ledger/format/canonical_reader.hpp"

namespace assay {

/// `if (members.required("key")) read_hash(in, key);` … `members.end();`
/// Refusals name the missing or unknown member. Thread word: thread-compatible.
class Members {
 public:
  explicit Members(CanonicalReader& in) : in_(in) {
    in_.enter_object();
    advance();
  }

  /// True when `name` stands next: its value must then be read.
  bool maybe(std::string_view name) {
    if (taken_) advance();
    taken_ = in_.ok() && name_ == name;
    return taken_;
  }
  bool required(std::string_view name) {
    if (maybe(name)) return true;
    if (!in_.ok()) return false;
    const bool unknown = !name_.empty() && name_ < name;
    return in_.refuse(unknown ? "unknown member \"" + std::string(name_) + "\""
                              : "member \"" + std::string(name) + "\" is missing");
  }
  void end() {
    if (taken_) advance();
    if (in_.ok() && !name_.empty()) in_.refuse("unknown member \"" + std::string(name_) + "\"");
  }

 private:
  void advance() {
    taken_ = false;
    if (!in_.next_member(name_)) name_ = {};
  }

  CanonicalReader& in_;
  std::string_view name_;
  bool taken_ = false;
};

/// A text member that never needs an escape; the view is into the input.
std::string_view read_plain(CanonicalReader& in);
void read_hash(CanonicalReader& in, Hash& hash);
/// 0 to 2^53 - 1.
void read_count(CanonicalReader& in, std::uint64_t& count);

}  // namespace assay
