#include "cli/bundle/bag_writer.hpp"

#include <algorithm>

namespace assay::cli {

BagInfo bag_info(const std::string& about, const Hash& log, std::uint64_t size,
                 const Timestamp& time) {
  constexpr std::size_t kDateSize = std::string_view("YYYY-MM-DD").size();
  return {{"Bag-Software-Agent", "assay"},
          {"Bagging-Date", time.text().substr(0, kDateSize)},
          {"External-Description", "Evidence from an audit log about " + about},
          {"External-Identifier", log.hex() + "/" + std::to_string(size) + "/" + about}};
}

Status BagWriter::add(const std::string& name, std::string_view bytes) {
  return add_large(name, bytes.size(), [&](const auto& sink) { return sink(bytes); });
}

Status BagWriter::add_large(const std::string& name, std::uint64_t size_bytes,
                            const Pieces& pieces) {
  const std::string payload = "data/" + name;
  ASSAY_CHECK(zip_.begin(directory_ + "/" + payload, size_bytes));
  Digest digest = Digest::sha256();
  std::uint64_t written = 0;
  ASSAY_CHECK(pieces([&](std::string_view piece) -> Status {
    digest.update(piece);
    written += piece.size();
    return zip_.write(piece);
  }));
  if (written != size_bytes) {
    return fail(Errc::internal, payload + " has " + std::to_string(written) + " bytes and not " +
                                    std::to_string(size_bytes));
  }
  ASSAY_TRY(const Hash sha256, Hash::from_hex(digest.finish_hex()));
  payload_.push_back({payload, sha256});
  size_bytes_ += size_bytes;
  return {};
}

Status BagWriter::add_tag(const std::string& name, std::string_view bytes) {
  ASSAY_CHECK(zip_.begin(directory_ + "/" + name, bytes.size()));
  ASSAY_CHECK(zip_.write(bytes));
  tags_.push_back({name, sha256(bytes)});
  return {};
}

Status BagWriter::finish(const BagInfo& info) {
  std::string text;
  for (const auto& [label, value] : info)
    text.append(label).append(": ").append(value).append("\n");
  text +=
      "Payload-Oxum: " + std::to_string(size_bytes_) + "." + std::to_string(payload_.size()) + "\n";
  std::ranges::sort(payload_, {}, &verify::ManifestLine::name);
  ASSAY_CHECK(add_tag(std::string(verify::kBagInfoName), text));
  ASSAY_CHECK(add_tag(std::string(verify::kBagDeclarationName), verify::kBagDeclaration));
  ASSAY_CHECK(add_tag(std::string(verify::kManifestName), verify::format_manifest(payload_)));
  const std::string tags = verify::format_manifest(tags_);
  ASSAY_CHECK(zip_.begin(directory_ + "/" + std::string(verify::kTagManifestName), tags.size()));
  ASSAY_CHECK(zip_.write(tags));
  return zip_.finish();
}

}  // namespace assay::cli
