// Changes one byte of a stored entry, as somebody with write access to the files could.
// usage: assay_damage LEDGER ENTRY

#include <iostream>

#include "ledger/base/encoding.hpp"
#include "ledger/store/damage.hpp"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: assay_damage LEDGER ENTRY\n";
    return 2;
  }
  const auto entry = assay::parse_decimal(argv[2]);
  const assay::Status done = entry ? assay::store::damage_entry(argv[1], *entry)
                                   : assay::Status(std::unexpected(entry.error()));
  if (done) return 0;
  std::cerr << done.error().message << '\n';
  return 1;
}
