#include "cli/bundle/bundle_check.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "cli/bundle/bag_folder.hpp"
#include "cli/session/at_point.hpp"
#include "cli/session/file_io.hpp"
#include "cli/terminal/progress.hpp"
#include "cli/terminal/shown.hpp"
#include "keys/verifier.hpp"

namespace assay::cli {

namespace {

/// Who takes a folder for one thing and who takes it for another would read two logs in it.
Status check_is_no_log(const std::vector<verify::BagFile>& files) {
  const bool published = std::ranges::any_of(files, [](const verify::BagFile& file) {
    return file.name == "checkpoint" || file.name.starts_with("tile/");
  });
  if (!published) return {};
  return fail(Errc::incomplete, "this is a bundle and a published log at once",
              "ask whoever made it for one or the other");
}

}  // namespace

bool looks_bundled(const std::string& path) {
  std::error_code unknown;
  const auto status = std::filesystem::status(path, unknown);
  if (std::filesystem::is_regular_file(status)) return true;
  // Either of the two will do: a bag that lost one has come to harm, and is to be judged.
  const auto has = [&](std::string_view name) {
    return std::filesystem::is_regular_file(std::filesystem::path(path) / name, unknown);
  };
  return std::filesystem::is_directory(status) &&
         (has(verify::kBagDeclarationName) || has(verify::kManifestName));
}

Result<OpenBag> open_bag(const std::string& path, const ZipLimits& limits) {
  std::error_code unknown;
  OpenBag bag;
  if (std::filesystem::is_directory(path, unknown)) {
    ASSAY_TRY(DirectoryTree tree, DirectoryTree::open(path));
    ASSAY_TRY(bag.files, files_below(tree, limits));
    bag.tree = std::make_unique<DirectoryTree>(std::move(tree));
  } else {
    ASSAY_TRY(SpooledBag zip, SpooledBag::open(path, limits));
    bag.files = zip.files();
    bag.tree = std::make_unique<SpooledBag>(std::move(zip));
  }
  ASSAY_CHECK(check_is_no_log(bag.files));
  return bag;
}

Result<BundleVerified> check_bundle(const Run& run, const OpenBag& bag,
                                    const VerificationOptions& options) {
  if (!options.at.empty()) {
    return fail(Errc::invalid_argument, "a bundle is of the one point that it was made at",
                "leave --at out");
  }
  if (verify::kind_of(bag.files) != verify::BagKind::partial) {
    return fail(Errc::incomplete, "this is no bag of a bundle: there is no data/bundle.json in it",
                "`assay bundle` makes them; ask whoever sent it for another copy");
  }
  ASSAY_TRY(const FromOutside outside, read_outside(options));
  verify::Options verifying = verifier_options(options, outside);
  verifying.now = run.context.now();
  Progress progress(run, "verifying", bag.files.size());
  verifying.progress = [&](std::uint64_t read, std::uint64_t) { progress.update(read); };
  ASSAY_TRY(verify::PartialReport partial,
            verify::verify_partial(*bag.tree, bag.files, keys::make_verifier, verifying));
  progress.finish();
  BundleVerified checked;
  checked.verified.report = std::move(partial.report);
  checked.index = std::move(partial.index);
  return checked;
}

void show_bundle(const Run& run, const BundleVerified& checked) {
  if (!checked.index) {
    run.out.line("a bundle that does not say what it is about");
    return;
  }
  const verify::BundleIndex& index = *checked.index;
  const auto& withheld = index.evidence.withheld;
  run.out.line(
      fmt::format("bundle about {}: {} of {} entries, {} evidence files withheld (profile {})",
                  shown(index.about), index.entries.size(), index.size, withheld.size(),
                  enum_text(index.evidence.profile)));
  Json files = Json::array();
  for (const verify::WithheldFile& file : withheld) {
    run.out.line(fmt::format("  withheld  {}  {}", file.digest.hex(), shown(file.reason)));
    files.push_back({{"digest", file.digest.hex()}, {"reason", file.reason}});
  }
  run.out.member("bundle") = {{"about", index.about},
                              {"entries", index.entries.size()},
                              {"size", index.size},
                              {"profile", enum_text(index.evidence.profile)},
                              {"withheld", std::move(files)}};
}

}  // namespace assay::cli
