#pragma once

/// Evidence files beside the log: addressed by SHA-256, stored in chunks, streamed both ways, so
/// that memory does not grow with the file. Thread word: plain values.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <cereal/cereal.hpp>

#include "ledger/base/error.hpp"
#include "ledger/base/hash.hpp"

namespace assay::store {

/// Fills the buffer with what comes next and says how many bytes; 0 is the end.
using ByteSource = std::function<Result<std::size_t>(std::span<char> buffer)>;
/// Takes what comes next.
using ByteSink = std::function<Status(std::string_view bytes)>;

/// What is known of a stored file without reading it.
struct EvidenceRecord {
  std::uint64_t file = 0;  ///< number of the file in this store; its chunks' key
  std::uint64_t size_bytes = 0;
  std::string sha512;  ///< 128 hexadecimal digits
  template <class Archive>
  void serialize(Archive& archive) {
    archive(CEREAL_NVP(file), CEREAL_NVP(size_bytes), CEREAL_NVP(sha512));
  }
  bool operator==(const EvidenceRecord&) const = default;
};

struct StoredEvidence {
  Hash digest;  ///< SHA-256
  EvidenceRecord record;
  bool already_there = false;
};

}  // namespace assay::store
