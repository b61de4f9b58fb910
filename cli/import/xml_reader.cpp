#include "cli/import/xml_reader.hpp"

#include <algorithm>
#include <exception>

#include <expat.h>
#include <fmt/format.h>

#include "cli/import/junit_limits.hpp"
#include "cli/import/visible.hpp"
#include "cli/import/xml_words.hpp"

namespace assay::import {

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
    reader.note_event();
    try {
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

Status XmlReader::feed(std::string_view bytes) {
  if (!status_) return status_;
  if (!repair_) return parse(bytes, false);
  mended_.clear();
  if (Status mended = repair_->feed(bytes, mended_); !mended) return status_ = std::move(mended);
  return parse(mended_, false);
}

Status XmlReader::finish() {
  if (!status_) return status_;
  mended_.clear();
  if (repair_) {
    if (Status mended = repair_->finish(mended_); !mended) return status_ = std::move(mended);
  }
  return parse(mended_, true);
}

Status XmlReader::parse(std::string_view bytes, bool last) {
  do {
    const std::string_view piece = bytes.substr(0, limits::kPieceSizeBytes);
    bytes.remove_prefix(piece.size());
    if (Status status = parse_piece(piece, last && bytes.empty()); !status)
      return status_ = std::move(status);
  } while (!bytes.empty());
  return {};
}

Status XmlReader::parse_piece(std::string_view piece, bool last) {
  constexpr std::size_t kHeadBytes = 64;
  if (head_.size() < kHeadBytes) head_ += piece.substr(0, kHeadBytes - head_.size());
  fed_bytes_ += piece.size();
  const XML_Status parsed =
      XML_Parse(parser_->handle, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (!status_) return status_;
  if (parsed != XML_STATUS_OK) return std::unexpected(parse_error());
  if (fed_bytes_ - std::min(fed_bytes_, done_bytes_) > limits::kTokenSizeBytes)
    return fail(Errc::limit,
                fmt::format("one tag or comment is longer than {} bytes, from {}",
                            limits::kTokenSizeBytes, place(pending())),
                "its text may be too long for an attribute: have the tool shorten it");
  return {};
}

/// Where the token begins that the parser is still waiting for the end of.
Position XmlReader::pending() const {
  Position at = here();
  if (!repair_) at.offset_bytes = done_bytes_;
  return at;
}

void XmlReader::note_event() noexcept {
  const XML_Index index = XML_GetCurrentByteIndex(parser_->handle);
  if (index < 0) return;
  const auto end = static_cast<std::uint64_t>(index) +
                   static_cast<std::uint64_t>(XML_GetCurrentByteCount(parser_->handle));
  done_bytes_ = std::max(done_bytes_, end);
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
  int offset = 0;
  int size = 0;
  const char* context = XML_GetInputContext(p, &offset, &size);
  std::string_view bytes;
  std::string_view before;
  if (context != nullptr && offset >= 0 && offset < size) {
    before = {context, static_cast<std::size_t>(offset)};
    bytes = {context + offset, static_cast<std::size_t>(size - offset)};
  }
  const XmlFault fault{XML_GetErrorCode(p), here(), bytes, before, head_, root_seen_};
  return describe(fault);
}

}  // namespace assay::import
