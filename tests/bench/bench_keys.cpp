// What keys/ costs, beside the bare calls that it is made of. Prints medians; asserts nothing.
//
//   bench_keys [folder]      folder: on the disk whose syncs are to be measured

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <thread>
#include <unistd.h>
#include <vector>

#include "keys/key_file.hpp"
#include "keys/openssl_internal.hpp"
#include "keys/released_record.hpp"
#include "keys/stream_record.hpp"
#include "keys/verifier.hpp"

using namespace assay;
using namespace assay::keys;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Of this thread on a processor: what other programs take is not counted.
double cpu_seconds_of(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double start = now();
  work();
  return now() - start;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Case {
  const char* name;
  std::function<void()> call;
  std::vector<double> per_second{};
};

/// Takes turns in short rounds, so that a busy machine slows all cases alike; reports the medians
/// of calls per second of processor time.
void compare(std::vector<Case> cases) {
  constexpr int kRounds = 201;
  constexpr int kCallsPerRound = 100;
  for (int round = 0; round < kRounds; ++round) {
    for (Case& one : cases) {
      one.per_second.push_back(kCallsPerRound / cpu_seconds_of([&] {
                                 for (int i = 0; i < kCallsPerRound; ++i) one.call();
                               }));
    }
  }
  const double first = median(cases.front().per_second);
  for (const Case& one : cases) {
    const double rate = median(one.per_second);
    std::printf("  %-46s %9.0f /s  %6.1f %%\n", one.name, rate, 100 * rate / first);
  }
}

PkeyPtr public_key(const std::string& spki) {
  const unsigned char* cursor = octets(spki);
  return PkeyPtr(d2i_PUBKEY(nullptr, &cursor, static_cast<long>(spki.size())));
}

void bench_verify(const char* title, KeyAlgorithm algorithm) {
  const auto signer = generate(algorithm).value();
  const std::string message(300, 'm');
  const std::string signature = signer->sign(message).value();
  const Verifier& verifier = signer->verifier();
  const PkeyPtr key = public_key(verifier.spki());
  const char* const digest = algorithm == KeyAlgorithm::ed25519 ? nullptr : "SHA256";
  const auto initialise = [&](EVP_MD_CTX* context) {
    ASSAY_ASSERT(EVP_DigestVerifyInit_ex(context, nullptr, digest, nullptr, nullptr, key.get(),
                                         nullptr) == 1);
  };
  const auto check = [&](EVP_MD_CTX* context) {
    ASSAY_ASSERT(EVP_DigestVerify(context, octets(signature), signature.size(), octets(message),
                                  message.size()) == 1);
  };
  const MdContextPtr ready(EVP_MD_CTX_new());
  initialise(ready.get());
  std::printf("%s, 300-byte messages, one thread\n", title);
  std::vector<Case> cases;
  if (algorithm == KeyAlgorithm::ed25519) {  // P-256 contexts serve once
    cases.push_back({"bare EVP_DigestVerify, one context for ever", [&] { check(ready.get()); }});
  }
  cases.push_back({"bare EVP, new context and init each call", [&] {
                     const MdContextPtr context(EVP_MD_CTX_new());
                     initialise(context.get());
                     check(context.get());
                   }});
  cases.push_back({"Verifier::verify", [&] { ASSAY_ASSERT(verifier.verify(message, signature)); }});
  cases.push_back({"Signer::sign", [&] { ASSAY_ASSERT(signer->sign(message).has_value()); }});
  compare(std::move(cases));
}

void bench_threads() {
  const auto signer = generate(KeyAlgorithm::ed25519).value();
  const std::string message(300, 'm');
  const std::string signature = signer->sign(message).value();
  std::printf("Ed25519 Verifier::verify, one verifier\n");
  for (const unsigned count : {1U, 2U, 4U}) {
    constexpr int kCalls = 10'000;
    const double seconds = seconds_of([&] {
      std::vector<std::jthread> threads;
      for (unsigned t = 0; t < count; ++t) {
        threads.emplace_back([&] {
          for (int i = 0; i < kCalls; ++i) {
            ASSAY_ASSERT(signer->verifier().verify(message, signature));
          }
        });
      }
    });
    std::printf("  %u threads %37s %9.0f /s\n", count, "", count * kCalls / seconds);
  }
}

void report_ms(const char* name, int times, const std::function<void(int)>& call) {
  std::vector<double> ms;
  for (int i = 0; i < times; ++i) ms.push_back(1e3 * seconds_of([&] { call(i); }));
  std::sort(ms.begin(), ms.end());
  std::printf("  %-46s %9.3f ms  (95 %%: %.3f)\n", name, ms[ms.size() / 2],
              ms[ms.size() * 95 / 100]);
}

void replace_file(int folder, const std::string& bytes) {
  const FileDescriptor file(
      ::openat(folder, "new", O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600));
  ASSAY_ASSERT(::pwrite(file.get(), bytes.data(), bytes.size(), 0) > 0 && ::fsync(file.get()) == 0);
  ASSAY_ASSERT(::renameat(folder, "new", folder, "record") == 0 && ::fsync(folder) == 0);
}

void bench_disk(const std::string& folder) {
  constexpr int kTimes = 300;
  const auto directory = open_existing(folder, O_RDONLY | O_DIRECTORY).value();
  const std::string bytes(kReleasedSlotSizeBytes, 'x');
  std::printf("one durable step, medians of %d\n", kTimes);
  report_ms("temporary file, fsync, rename, fsync folder", kTimes,
            [&](int) { replace_file(directory.get(), bytes); });
  auto released = ReleasedRecord::open({folder, "log", sha256("log"), 0}).value();
  report_ms("ReleasedRecord::save", kTimes, [&](int i) {
    ASSAY_ASSERT(released.save(static_cast<std::uint64_t>(i) + 1, sha256("root")));
  });
  StreamRecord::Place place{folder, "author", {sha256("log"), sha256("key")}, 0};
  auto stream = std::make_unique<StreamRecord>(StreamRecord::open(place).value());
  std::uint64_t next = 0;
  const auto advance = [&](int count) {
    for (int i = 0; i < count; ++i) ASSAY_ASSERT(stream->advance(next++, sha256("submission")));
    ASSAY_ASSERT(stream->sync());
  };
  report_ms("StreamRecord: advance, sync", kTimes, [&](int) { advance(1); });
  report_ms("StreamRecord: advance 100 times, sync", kTimes, [&](int) { advance(100); });
  advance(1'000'000 - static_cast<int>(next));
  stream.reset();
  report_ms("StreamRecord::open, 1,000,000 submissions", 5,
            [&](int) { ASSAY_ASSERT(StreamRecord::open(place).has_value()); });
}

void bench_key_files(const std::string& folder) {
  const Secret passphrase = Secret::copy_of("correct horse").value();
  ASSAY_ASSERT(create_key(folder, "k", KeyAlgorithm::ed25519, passphrase).has_value());
  std::printf("key files\n");
  report_ms("load_key (PBKDF2, 600,000 iterations)", 15,
            [&](int) { ASSAY_ASSERT(load_key(folder, "k", passphrase).has_value()); });
  report_ms("load_public_key", 300,
            [&](int) { ASSAY_ASSERT(load_public_key(folder, "k").has_value()); });
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path parent =
      argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
  std::string folder = (parent / "assay-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  bench_verify("Ed25519", KeyAlgorithm::ed25519);
  bench_verify("ECDSA P-256", KeyAlgorithm::ecdsa_p256_sha256);
  bench_threads();
  bench_disk(folder);
  bench_key_files(folder);
  std::filesystem::remove_all(folder);
  return 0;
}
