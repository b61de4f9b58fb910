#include "ledger/store/status_internal.hpp"

namespace assay::store {
namespace {

Errc code_of(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return Errc::no_space;
  switch (status.code()) {
    case rocksdb::Status::kNotFound: return Errc::not_found;
    case rocksdb::Status::kCorruption: return Errc::tampered_hash;
    case rocksdb::Status::kNotSupported:
    case rocksdb::Status::kInvalidArgument: return Errc::unsupported;
    default: return Errc::io;
  }
}

std::string hint_for(Errc code) {
  switch (code) {
    case Errc::no_space: return "free some space on the ledger's disk and try again";
    case Errc::tampered_hash:
      return "the ledger's files are damaged: keep them as they are, and restore a copy";
    case Errc::unsupported: return "the ledger may have been written by a newer program";
    default: return {};
  }
}

}  // namespace

Error error_of(const rocksdb::Status& status, std::string_view doing) {
  const Errc code = code_of(status);
  std::string message = "cannot ";
  message.append(doing).append(": ").append(status.ToString());
  return Error{code, std::move(message), hint_for(code), std::nullopt};
}

}  // namespace assay::store
