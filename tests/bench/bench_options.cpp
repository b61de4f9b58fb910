// bench_options FOLDER [SUBMISSIONS]: what the options of the column families cost, in bytes on
// disk and in processor time (docs/adr/0010-column-families.md). The rows of one real ledger are
// written again under each alternative, in groups as the writer makes them, and then read in order
// and by submission id. It measures; it is no test.

#include <cstdio>
#include <cstdlib>
#include <map>

#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include "ledger/store/entry_row_internal.hpp"
#include "ledger/store/store_internal.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/programme_ledger.hpp"

namespace {

using namespace assay;
using namespace assay::bench;
using store::Family;

constexpr std::size_t kEventsEach = 100;
constexpr std::size_t kGroup = 16;

struct Row {
  Family family;
  std::string key;
  std::string value;
};
using Group = std::vector<Row>;

/// Everything that an append writes, for every entry of a ledger.
std::vector<Group> rows_of(const store::Store& store) {
  const store::Store::Impl& impl = store.impl();
  std::map<std::string, Group> entries;  // by index
  const auto add = [&](Family family, bool key_is_index) {
    const auto row = impl.iterate(family, true);
    for (row->SeekToFirst(); row->Valid(); row->Next()) {
      const std::string index = key_is_index ? row->key().ToString() : row->value().ToString();
      entries[index].push_back({family, row->key().ToString(), row->value().ToString()});
    }
  };
  add(Family::entries, true);
  add(Family::nodes, true);
  add(Family::submissions, false);
  std::vector<Group> groups;
  std::size_t count = 0;
  for (auto& [index, rows] : entries) {
    if (count++ % kGroup == 0) groups.emplace_back();
    for (Row& row : rows) groups.back().push_back(std::move(row));
  }
  return groups;
}

struct Alternative {
  const char* name;
  std::function<void(store::Tuning&)> tune = [](store::Tuning&) {};
  std::function<void(std::vector<rocksdb::ColumnFamilyDescriptor>&)> shape =
      [](std::vector<rocksdb::ColumnFamilyDescriptor>&) {};
  bool unpacked = false;  // entries as they are, for the table to compress
};

rocksdb::ColumnFamilyOptions& options_of(std::vector<rocksdb::ColumnFamilyDescriptor>& all,
                                         Family family) {
  return all[static_cast<std::size_t>(family)].options;
}

rocksdb::BlockBasedTableOptions& table_of(std::vector<rocksdb::ColumnFamilyDescriptor>& all,
                                          Family family) {
  return *options_of(all, family).table_factory->GetOptions<rocksdb::BlockBasedTableOptions>();
}

struct Measured {
  double write_seconds = 0;  // of processor
  double read_seconds = 0;
  double ask_seconds = 0;
  double bytes = 0;
};

double bytes_in(const std::string& folder) {
  double bytes = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() == ".sst") bytes += static_cast<double>(file.file_size());
  }
  return bytes;
}

class Replay {
 public:
  Replay(const std::string& folder, const Alternative& alternative)
      : folder_(fresh(folder)), unpacked_(alternative.unpacked) {
    store::Tuning tuning;
    alternative.tune(tuning);
    auto families = store::families(tuning);
    alternative.shape(families);
    rocksdb::DBOptions options = store::database_options(tuning);
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    rocksdb::DB* db = nullptr;
    ASSAY_ASSERT(rocksdb::DB::Open(options, folder_, families, &handles_, &db).ok());
    db_.reset(db);
  }
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;
  ~Replay() {
    for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    db_.reset();
    std::filesystem::remove_all(folder_);
  }

  Measured run(const std::vector<Group>& groups) {
    Measured measured;
    measured.write_seconds = cpu_seconds_of([&] { write(groups); });
    measured.bytes = bytes_in(folder_);
    measured.read_seconds = cpu_seconds_of([&] { read(); });
    measured.ask_seconds = cpu_seconds_of([&] { ask(groups.size() * kGroup); });
    return measured;
  }

 private:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  void write(const std::vector<Group>& groups) {
    std::string bytes;
    for (const Group& group : groups) {
      rocksdb::WriteBatch batch;
      for (const Row& row : group) {
        if (unpacked_ && row.family == Family::entries) {
          ASSAY_ASSERT(store::unpack_entry(row.value, bytes).has_value());
          batch.Put(family(row.family), row.key, bytes);
        } else {
          batch.Put(family(row.family), row.key, row.value);
        }
      }
      ASSAY_ASSERT(db_->Write({}, &batch).ok());
    }
    ASSAY_ASSERT(db_->Flush({}, handles_).ok());
    // What is compacted in the end counts to whoever made it necessary.
    for (auto* handle : handles_)
      ASSAY_ASSERT(db_->CompactRange({}, handle, nullptr, nullptr).ok());
  }
  /// As a verification does.
  void read() {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    options.readahead_size = 1U << 20U;
    const std::unique_ptr<rocksdb::Iterator> row(
        db_->NewIterator(options, family(Family::entries)));
    std::string bytes;
    for (row->SeekToFirst(); row->Valid(); row->Next()) {
      if (unpacked_) {
        bytes.assign(row->value().data(), row->value().size());
      } else {
        ASSAY_ASSERT(store::unpack_entry(row->value().ToStringView(), bytes).has_value());
      }
    }
  }
  /// As an append does, of submissions that are not there.
  void ask(std::size_t count) {
    rocksdb::PinnableSlice value;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string key = std::string(sha256(std::to_string(i)).view()) + "0123456789abcdef";
      ASSAY_ASSERT(db_->Get({}, family(Family::submissions), key, &value).IsNotFound());
    }
  }

  std::string folder_;
  bool unpacked_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

std::vector<Alternative> alternatives() {
  using Families = std::vector<rocksdb::ColumnFamilyDescriptor>;
  std::vector<Alternative> all{{"as shipped"}};
  all.push_back({.name = "entries not packed, LZ4 by table",
                 .shape =
                     [](Families& families) {
                       options_of(families, Family::entries).compression = rocksdb::kLZ4Compression;
                     },
                 .unpacked = true});
  all.push_back({.name = "entries neither packed nor compressed", .unpacked = true});
  all.push_back({.name = "entries packed, and LZ4 by table", .shape = [](Families& families) {
                   options_of(families, Family::entries).compression = rocksdb::kLZ4Compression;
                 }});
  all.push_back({.name = "entries in blocks of 4 KiB", .shape = [](Families& families) {
                   table_of(families, Family::entries).block_size = 4U << 10U;
                 }});
  all.push_back({.name = "nodes with LZ4", .shape = [](Families& families) {
                   options_of(families, Family::nodes).compression = rocksdb::kLZ4Compression;
                 }});
  all.push_back({.name = "submissions without Bloom filter", .shape = [](Families& families) {
                   table_of(families, Family::submissions).filter_policy.reset();
                 }});
  all.push_back({.name = "write buffers of 4 MiB",
                 .tune = [](store::Tuning& tuning) { tuning.write_buffer_bytes = 4U << 20U; }});
  all.push_back({.name = "write buffers of 128 MiB", .tune = [](store::Tuning& tuning) {
                   tuning.write_buffer_bytes = 128U << 20U;
                   tuning.wal_limit_bytes = 256U << 20U;
                 }});
  return all;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: bench_options FOLDER [SUBMISSIONS]\n");
    return 2;
  }
  const std::string folder = std::string(arguments[1]) + "/bench-options";
  const std::uint64_t submissions = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 5'000;
  std::vector<Group> groups;
  {
    ProgrammeLedger ledger(folder, 1);
    std::vector<store::Ticket> tickets;
    for (auto& submission : ledger.sign_results(0, submissions, kEventsEach)) {
      tickets.push_back(ledger.writer().enqueue(std::move(submission)));
      if (tickets.size() < kGroup) continue;
      for (const auto& receipt : ledger.writer().finish_all(std::exchange(tickets, {}))) {
        ASSAY_ASSERT(receipt.has_value());
      }
    }
    for (const auto& receipt : ledger.writer().finish_all(std::move(tickets))) {
      ASSAY_ASSERT(receipt.has_value());
    }
    groups = rows_of(ledger.store());
    ledger.close();
  }
  constexpr int kRounds = 3;
  const auto all = alternatives();
  std::vector<std::vector<Measured>> rounds(all.size());
  for (int round = 0; round < kRounds; ++round) {  // in turns: machines change by the minute
    for (std::size_t i = 0; i < all.size(); ++i) {
      rounds[i].push_back(Replay(folder + "/replay", all[i]).run(groups));
    }
  }
  const auto middle = [&](std::size_t i, double Measured::* member) {
    std::vector<double> values;
    for (const Measured& measured : rounds[i]) values.push_back(measured.*member);
    return median(std::move(values));
  };
  std::printf("%-40s %9s %7s %7s %7s %7s\n", "", "MiB", "disk", "write", "read", "ask");
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto ratio = [&](double Measured::* member) {
      return middle(i, member) / middle(0, member);
    };
    std::printf("%-40s %9.1f %7.2f %7.2f %7.2f %7.2f\n", all[i].name,
                middle(i, &Measured::bytes) / (1 << 20), ratio(&Measured::bytes),
                ratio(&Measured::write_seconds), ratio(&Measured::read_seconds),
                ratio(&Measured::ask_seconds));
  }
  std::filesystem::remove_all(folder);
  return 0;
}
