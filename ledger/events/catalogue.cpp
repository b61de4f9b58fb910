#include "ledger/events/catalogue.hpp"

#include <array>
#include <unordered_map>

#include "ledger/base/text_distance.hpp"
#include "ledger/format/json_archive.hpp"
#include "ledger/format/schema_archive.hpp"

namespace assay {
namespace {

template <class T>
Status decode_into(std::string_view data, EventData& out) {
  CanonicalReader in(data);
  JsonReader archive(in);
  // A log holds long runs of one type: its members keep the memory that they have.
  T* const same = event_if<T>(&out);
  archive(same != nullptr ? *same : out.any().emplace<T>());
  if (!in.finish()) return std::unexpected(in.error());
  return {};
}

template <class T>
concept NamesEvidence =
    requires(const T& event, std::vector<Hash>& files) { event.evidence_files(files); };

using Decoder = Status (*)(std::string_view, EventData&);

template <std::size_t... I>
std::vector<EventType> make_types(std::index_sequence<I...>) {
  return {EventType{std::variant_alternative_t<I, AnyEvent>::kType,
                    std::variant_alternative_t<I, AnyEvent>::kVersion,
                    std::variant_alternative_t<I, AnyEvent>::kSigners, I,
                    NamesEvidence<std::variant_alternative_t<I, AnyEvent>>,
                    &SchemaWriter::of<std::variant_alternative_t<I, AnyEvent>>}...};
}

template <std::size_t... I>
constexpr std::array<Decoder, sizeof...(I)> make_decoders(std::index_sequence<I...>) {
  return {&decode_into<std::variant_alternative_t<I, AnyEvent>>...};
}

constexpr auto kIndexes = std::make_index_sequence<std::variant_size_v<AnyEvent>>();
constexpr auto kDecoders = make_decoders(kIndexes);

/// Every version of a type, oldest first.
const std::unordered_map<std::string_view, std::vector<const EventType*>>& types_by_name() {
  static const auto kByName = [] {
    std::unordered_map<std::string_view, std::vector<const EventType*>> map;
    for (const EventType& type : event_types()) map[type.name].push_back(&type);
    return map;
  }();
  return kByName;
}

}  // namespace

const std::vector<EventType>& event_types() {
  static const std::vector<EventType> kTypes = make_types(kIndexes);
  return kTypes;
}

const EventType* find_event_type(std::string_view name, std::uint64_t version) noexcept {
  const auto& by_name = types_by_name();
  const auto found = by_name.find(name);
  if (found == by_name.end()) return nullptr;
  for (const EventType* const type : found->second) {
    if (type->version == version) return type;
  }
  return nullptr;
}

Status decode_event(const EventType& type, std::string_view data, EventData& out) {
  Status status = kDecoders[type.index](data, out);
  if (!status) return std::unexpected(std::move(status).error().in(type.name));
  return {};
}

Result<EventData> decode_event(std::string_view type, std::uint64_t version,
                               std::string_view data) {
  const EventType* const known = find_event_type(type, version);
  if (known == nullptr) {
    std::vector<std::string_view> names;
    for (const EventType& candidate : event_types()) names.push_back(candidate.name);
    const std::string_view nearest = nearest_text(type, names);
    return fail(
        Errc::unsupported,
        "unknown event type \"" + std::string(type) + "\" version " + std::to_string(version),
        nearest.empty() ? "`assay help events` lists the types"
                        : "did you mean \"" + std::string(nearest) + "\"?");
  }
  EventData decoded;
  ASSAY_CHECK(decode_event(*known, data, decoded));
  return decoded;
}

const EventType& type_of(const EventData& data) noexcept { return event_types()[data.index()]; }

std::string subject_of(const EventData& data) {
  return visit_event([](const auto& event) { return event.subject(); }, data);
}

std::string encode_data(const EventData& data) {
  return visit_event([](const auto& event) { return to_canonical(event); }, data);
}

std::string encode_event(const EventData& data, const Timestamp& occurred_at) {
  const EventType& type = type_of(data);
  return format_event(type.name, type.version, subject_of(data), occurred_at, encode_data(data));
}

void check_invariants(const EventData& data, Invariants& visitor) {
  visit_event([&](const auto& event) { event.invariants(visitor); }, data);
}

void append_evidence_files(const EventData& data, std::vector<Hash>& files) {
  visit_event(
      [&]<class T>(const T& event) {
        if constexpr (NamesEvidence<T>) event.evidence_files(files);
      },
      data);
}

std::string event_schema(const EventType& type) {
  const auto fixed = [](std::string_view text) {
    return R"({"const":")" + std::string(text) + R"("})";
  };
  return R"({"$schema":"https://json-schema.org/draft/2020-12/schema","additionalProperties":false,)"
         R"("properties":{"data":)" +
         type.schema() + R"(,"occurred_at":)" + schema::text(schema::kTime, 0) + R"(,"subject":)" +
         schema::text("^[a-z][a-z0-9_]*/[A-Za-z0-9._-]{1,128}$", 160) + R"(,"type":)" +
         fixed(type.name) + R"(,"version":{"const":)" + std::to_string(type.version) +
         R"(}},"required":["data","occurred_at","subject","type","version"],"title":")" +
         std::string(type.name) + R"(","type":"object"})";
}

}  // namespace assay
