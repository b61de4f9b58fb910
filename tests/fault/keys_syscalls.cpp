#include "tests/fault/keys_syscalls.hpp"

#include <cerrno>
#include <cstdarg>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

namespace assay::keys::test {
namespace {

FaultPlan plan;
int calls = 0;
std::string names;
bool fails_next = false;

void note(const char* name) {
  ++calls;
  names.append(names.empty() ? "" : " ").append(name);
}

/// Decides about one call. `half` does part of it, where that is possible.
template <class Done, class Half>
auto pass(const char* name, Done done, Half half) -> decltype(done()) {
  const auto refuse = [] {
    errno = plan.error_number;
    return static_cast<decltype(done())>(-1);
  };
  note(name);
  if (fails_next) {
    fails_next = false;
    return refuse();
  }
  if (plan.fault == Fault::none || calls < plan.at) return done();
  if (calls > plan.at) return plan.for_ever ? refuse() : done();
  switch (plan.fault) {
    case Fault::stored: done(); return refuse();
    case Fault::cut_short:
      if (const auto count = half(); count > 0) {
        fails_next = true;
        return count;
      }
      return refuse();
    case Fault::killed_midway: half(); ::_exit(0);
    case Fault::killed_after: done(); ::_exit(0);
    case Fault::killed_before: ::_exit(0);
    default: return refuse();
  }
}

template <class Done>
auto pass(const char* name, Done done) -> decltype(done()) {
  return pass(name, done, [] { return static_cast<decltype(done())>(-1); });
}

/// For the calls on names: Linux does not interrupt them.
template <class Done>
auto pass_name(const char* name, Done done) -> decltype(done()) {
  if (plan.fault != Fault::interrupted) return pass(name, done);
  note(name);
  return done();
}

}  // namespace

void arm(const FaultPlan& next) {
  plan = next;
  calls = 0;
  names.clear();
  fails_next = false;
}

const std::string& trace() { return names; }

bool fired() { return calls >= plan.at; }

}  // namespace assay::keys::test

using assay::keys::test::pass;
using assay::keys::test::pass_name;

extern "C" {

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's --wrap names them so.
int __real_mkdir(const char* path, mode_t mode);
int __real_openat(int directory, const char* path, int flags, mode_t mode);
int __real_fchmod(int file, mode_t mode);
ssize_t __real_pwrite(int file, const void* bytes, size_t size_bytes, off_t offset);
int __real_fsync(int file);
int __real_fdatasync(int file);
int __real_ftruncate(int file, off_t size_bytes);
int __real_linkat(int from, const char* old_path, int to, const char* new_path, int flags);
int __real_unlinkat(int directory, const char* path, int flags);

int __wrap_mkdir(const char* path, mode_t mode) {
  return pass_name("mkdir", [&] { return __real_mkdir(path, mode); });
}
int __wrap_openat(int directory, const char* path, int flags, ...) {
  std::va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return pass("openat", [&] { return __real_openat(directory, path, flags, mode); });
}
int __wrap_fchmod(int file, mode_t mode) {
  return pass("fchmod", [&] { return __real_fchmod(file, mode); });
}
ssize_t __wrap_pwrite(int file, const void* bytes, size_t size_bytes, off_t offset) {
  return pass(
      "pwrite", [&] { return __real_pwrite(file, bytes, size_bytes, offset); },
      [&] { return __real_pwrite(file, bytes, size_bytes / 2, offset); });
}
int __wrap_fsync(int file) {
  return pass("fsync", [&] { return __real_fsync(file); });
}
int __wrap_fdatasync(int file) {
  return pass("fdatasync", [&] { return __real_fdatasync(file); });
}
int __wrap_ftruncate(int file, off_t size_bytes) {
  return pass("ftruncate", [&] { return __real_ftruncate(file, size_bytes); });
}
int __wrap_linkat(int from, const char* old_path, int to, const char* new_path, int flags) {
  return pass_name("linkat", [&] { return __real_linkat(from, old_path, to, new_path, flags); });
}
int __wrap_unlinkat(int directory, const char* path, int flags) {
  return pass_name("unlinkat", [&] { return __real_unlinkat(directory, path, flags); });
}
// NOLINTEND(bugprone-reserved-identifier)

}  // extern "C"
