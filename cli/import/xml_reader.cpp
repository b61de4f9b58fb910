#include "cli/import/xml_reader.hpp"

#include <algorithm>
#include <exception>

#include <expat.h>
#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"
#include "cli/import/xml_words.hpp"

namespace assay::import {

namespace {

Status token_too_long(const Position& from) {
  return fail(Errc::limit,
              fmt::format("one tag or comment is longer than {} bytes, from {}",
                          limits::kTokenSizeBytes, place(from)),
              "its text may be too long for an attribute: have the tool shorten it");
}

}  // namespace

struct XmlReader::Parser {
  XML_Parser handle = XML_ParserCreate(nullptr);
  Parser() = default;
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { XML_ParserFree(handle); }
};

/// What expat calls. No exception may pass through its C code, so every one is caught here.
struct XmlReader::Callbacks {
  template <class Body>
  static void guarded(void* user, Body body) {
    XmlReader& reader = *static_cast<XmlReader*>(user);
    if (!reader.status_) return;
    try {
      if (reader.note_event() > limits::kTokenSizeBytes)
        return reader.stop(token_too_long(reader.here()));
      if (Status status = body(reader); !status) reader.stop(std::move(status));
    } catch (const std::exception& exception) {
      reader.stop(fail(Errc::internal, fmt::format("reading XML: {}", exception.what())));
    }
  }

  static void start(void* user, const XML_Char* name, const XML_Char** attributes) {
    guarded(user, [&](XmlReader& r) -> Status {
      r.root_seen_ = true;
      if (++r.depth_ > limits::kXmlDepth)
        return fail(Errc::limit, fmt::format("elements are nested more than {} deep at {}",
                                             limits::kXmlDepth, place(r.here())));
      r.attributes_.clear();
      for (; *attributes != nullptr; attributes += 2)
        r.attributes_.push_back({attributes[0], attributes[1]});
      if (r.attributes_.size() > limits::kAttributesPerElement)
        return fail(Errc::limit, fmt::format("more than {} attributes on one element at {}",
                                             limits::kAttributesPerElement, place(r.here())));
      return r.sink_.on_start(name, r.attributes_, r.here());
    });
  }
  static void end(void* user, const XML_Char* name) {
    guarded(user, [&](XmlReader& r) {
      --r.depth_;
      return r.sink_.on_end(name);
    });
  }
  static void text(void* user, const XML_Char* bytes, int size) {
    guarded(user,
            [&](XmlReader& r) { return r.sink_.on_text({bytes, static_cast<std::size_t>(size)}); });
  }
  static void comment(void* user, const XML_Char* bytes) {
    guarded(user, [&](XmlReader& r) { return r.sink_.on_comment(bytes); });
  }
  static void declaration(void* user, const XML_Char* version, const XML_Char* encoding, int) {
    guarded(user, [&](XmlReader& r) { return r.check_declaration(version, encoding); });
  }
  static void doctype(void* user, const XML_Char* name, const XML_Char*, const XML_Char*, int) {
    guarded(user, [&](XmlReader& r) { return doctype_refused(name, r.here()); });
  }
  static int encoding(void* user, const XML_Char* name, XML_Encoding*) {
    guarded(user, [&](XmlReader& r) { return encoding_refused(name, r.here()); });
    return XML_STATUS_ERROR;
  }
  /// White space outside the root, and processing instructions: nothing to hand out, but done.
  static void other(void* user, const XML_Char*, int) {
    guarded(user, [](XmlReader&) { return Status{}; });
  }
};

XmlReader::XmlReader(XmlSink& sink, bool repair)
    : sink_(sink), parser_(std::make_unique<Parser>()) {
  if (repair) repair_ = std::make_unique<XmlRepair>();
  const XML_Parser p = parser_->handle;
  if (p == nullptr) {
    status_ = fail(Errc::internal, "the XML parser could not be made: out of memory");
    return;
  }
  XML_SetUserData(p, this);
  XML_SetElementHandler(p, &Callbacks::start, &Callbacks::end);
  XML_SetCharacterDataHandler(p, &Callbacks::text);
  XML_SetCommentHandler(p, &Callbacks::comment);
  XML_SetXmlDeclHandler(p, &Callbacks::declaration);
  XML_SetStartDoctypeDeclHandler(p, &Callbacks::doctype);
  XML_SetUnknownEncodingHandler(p, &Callbacks::encoding, this);
  XML_SetDefaultHandler(p, &Callbacks::other);
}

XmlReader::~XmlReader() = default;

const std::vector<XmlMend>& XmlReader::mends() const noexcept {
  static const std::vector<XmlMend> kNone;
  return repair_ ? repair_->mends() : kNone;
}

/// Pieces of one size go on, whatever size comes in: what the parser calls an error, and where, may
/// depend on how its input is cut.
Status XmlReader::feed(std::string_view bytes) {
  if (!status_) return status_;
  while (!bytes.empty()) {
    const std::string_view taken = bytes.substr(0, limits::kPieceSizeBytes - piece_.size());
    bytes.remove_prefix(taken.size());
    const bool whole = taken.size() == limits::kPieceSizeBytes;
    if (!whole) piece_ += taken;
    if (!whole && piece_.size() < limits::kPieceSizeBytes) return {};
    if (Status status = take_piece(whole ? taken : piece_, false); !status)
      return status_ = std::move(status);
    piece_.clear();
  }
  return {};
}

Status XmlReader::finish() {
  if (!status_) return status_;
  return status_ = take_piece(piece_, true);
}

Status XmlReader::take_piece(std::string_view piece, bool last) {
  if (!repair_) return parse_piece(piece, last);
  mended_.clear();
  ASSAY_CHECK(repair_->feed(piece, mended_));
  if (last) ASSAY_CHECK(repair_->finish(mended_));
  return parse_piece(mended_, last);
}

Status XmlReader::parse_piece(std::string_view piece, bool last) {
  constexpr std::size_t kHeadBytes = 64;
  if (head_.size() < kHeadBytes) head_ += piece.substr(0, kHeadBytes - head_.size());
  fed_bytes_ += piece.size();
  const XML_Status parsed =
      XML_Parse(parser_->handle, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (!status_) return status_;
  if (parsed != XML_STATUS_OK) return std::unexpected(parse_error());
  // A token that has not ended yet is too long as soon as one that has would be.
  if (fed_bytes_ - std::min(fed_bytes_, done_bytes_) > limits::kTokenSizeBytes)
    return token_too_long(pending());
  return {};
}

/// Where the token begins that the parser is still waiting for the end of.
Position XmlReader::pending() const {
  Position at = here();
  if (!repair_) at.offset_bytes = done_bytes_;
  return at;
}

/// Takes in how far the parser has come; answers the size of the token in bytes.
std::uint64_t XmlReader::note_event() noexcept {
  const XML_Index index = XML_GetCurrentByteIndex(parser_->handle);
  if (index < 0) return 0;
  const auto size = static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser_->handle));
  done_bytes_ = std::max(done_bytes_, static_cast<std::uint64_t>(index) + size);
  return size;
}

void XmlReader::stop(Status status) {
  status_ = std::move(status);
  XML_StopParser(parser_->handle, XML_FALSE);
}

Position XmlReader::here() const {
  const XML_Parser p = parser_->handle;
  const Position at{static_cast<std::uint64_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(p))),
                    XML_GetCurrentLineNumber(p), XML_GetCurrentColumnNumber(p) + 1};
  return repair_ ? repair_->original(at) : at;
}

Status XmlReader::check_declaration(const char* version, const char* encoding) {
  // A text declaration (of an external entity) has no version; a document's always has one.
  if (version != nullptr && std::string_view(version) != "1.0")
    return fail(Errc::malformed, fmt::format("XML {} is not read, only XML 1.0, at {}",
                                             visible(version, 16), place(here())));
  if (encoding == nullptr) return {};
  const bool marked = head_.starts_with("\xFE\xFF") || head_.starts_with("\xFF\xFE");
  if (!encoding_is_read(encoding, marked)) return encoding_refused(encoding, here());
  return {};
}

Error XmlReader::parse_error() const {
  const XML_Parser p = parser_->handle;
  XmlFault fault;
  fault.code = XML_GetErrorCode(p);
  fault.at = here();
  fault.head = head_;
  fault.root_seen = root_seen_;
  int offset = 0;
  int size = 0;
  const char* context = XML_GetInputContext(p, &offset, &size);
  if (context != nullptr && offset >= 0 && offset < size) {
    fault.before = {context, static_cast<std::size_t>(offset)};
    fault.bytes = {context + offset, static_cast<std::size_t>(size - offset)};
  }
  return describe(fault);
}

}  // namespace assay::import
