#pragma once

/// The members of one envelope object, read in their fixed order. Envelopes are read by hand, into
/// views, because they are read for every entry; event data goes through the field description.

#include <string>
#include <string_view>

#include "ledger/base/hash.hpp"
#include "ledger/format/canonical_reader.hpp"

namespace assay {

/// `if (members.required("key")) read_hash(in, key);` … `members.end();`
/// Members are asked for in ascending order. Refusals name the missing or unknown member.
/// Thread word: thread-compatible.
class Members {
 public:
  explicit Members(CanonicalReader& in) : in_(in) { in_.enter_object(); }

  /// True when `name` stands next: its value must then be read.
  bool maybe(const char* name) { return in_.take_member(name); }
  bool required(const char* name) { return in_.take_member(name) || in_.refuse_missing(name); }
  void end() {
    if (!in_.leave_object()) in_.refuse_left_over();
  }

 private:
  CanonicalReader& in_;
};

/// A text member that never needs an escape; the view is into the input.
std::string_view read_plain(CanonicalReader& in);
void read_hash(CanonicalReader& in, Hash& hash);
/// 0 to 2^53 - 1.
void read_count(CanonicalReader& in, std::uint64_t& count);

}  // namespace assay
