#include "cli/render/sample_text.hpp"

#include <fmt/format.h>

#include "cli/terminal/shown.hpp"
#include "ledger/format/json_archive.hpp"

namespace assay::cli {
namespace {

std::string of_phase(const CommittedPopulation& population) {
  return population.phase.empty() ? "" : " of " + population.phase;
}

/// As one word of a POSIX shell.
std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string evidence_command(const Hash& digest) {
  const std::string hex = digest.hex();
  return fmt::format("assay evidence get {} -o {}", hex, hex.substr(0, 12));
}

std::vector<std::string> commands_of(const SampledMember& member) {
  std::vector<std::string> commands{"assay why " + member.why};
  for (const EventId& event : member.events) commands.push_back("assay show " + event.text());
  for (const SampledFile& file : member.files) {
    if (file.size_bytes) commands.push_back(evidence_command(file.digest));
  }
  return commands;
}

void show_member(const Run& run, std::size_t place, const SampledMember& member) {
  run.out.line(fmt::format("{:>3}  {}   ticket {}", place,
                           run.out.bold(shown(member.ticket.member)), member.ticket.ticket.hex()));
  if (member.files.empty()) run.out.line("     no file: it rests on its events alone");
  for (const SampledFile& file : member.files) {
    run.out.line(fmt::format(
        "     file {}  {}", file.digest.hex(),
        file.size_bytes ? fmt::format("{} bytes", *file.size_bytes) : "not in this ledger"));
  }
  for (const std::string& command : commands_of(member)) run.out.line("     " + command);
}

Json member_json(const SampledMember& member) {
  Json events = Json::array();
  for (const EventId& event : member.events) events.push_back(event.text());
  Json files = Json::array();
  for (const SampledFile& file : member.files) {
    files.push_back({{"digest", file.digest.hex()},
                     {"size_bytes", file.size_bytes ? Json(*file.size_bytes) : Json(nullptr)}});
  }
  return {{"member", member.ticket.member},
          {"ticket", member.ticket.ticket.hex()},
          {"events", std::move(events)},
          {"files", std::move(files)},
          {"commands", commands_of(member)}};
}

Json seed_json(const DrawnSample& sample) {
  Json json = {{"digest", sample.seed.hex()}, {"text", to_canonical(sample.parts)}};
  if (sample.parts.dice) json["dice"] = *sample.parts.dice;
  if (sample.parts.cosignatures) json["cosignatures"] = *sample.parts.cosignatures;
  return json;
}

}  // namespace

void show_population(const Run& run, const CommittedPopulation& population) {
  const auto name = std::string(enum_text(population.kind));
  run.out.line(fmt::format("population  {}{}, {} members", name, of_phase(population),
                           population.names.size()));
  run.out.line("digest      " + population.digest.hex());
  run.out.line(fmt::format("log         {}", shown(population.checkpoint.origin)));
  run.out.line(fmt::format("checkpoint  {} entries, root {}", population.checkpoint.size,
                           population.checkpoint.root.hex()));
  Json json = {
      {"name", name}, {"digest", population.digest.hex()}, {"size", population.names.size()}};
  if (!population.phase.empty()) json["phase"] = population.phase;
  run.out.member("population") = std::move(json);
  run.out.member("checkpoint") = {{"size", population.checkpoint.size},
                                  {"root", population.checkpoint.root.hex()},
                                  {"note", population.note}};
}

std::string bound_text(std::uint64_t population, std::uint64_t drawn) {
  if (drawn == population) {
    return fmt::format("all {} were drawn, so nothing is left to conclude", population);
  }
  const std::uint64_t excluded = projections::missed_at_most(population, drawn) + 1;
  // Rounded up: the share that is stated must not be smaller than the one that is excluded.
  const std::uint64_t share = (excluded * 10'000 + population - 1) / population;
  return fmt::format(
      "if each of the {} is there and says what the log says, then fewer than {} of the {} "
      "({}.{:02} %) are missing or wrong, with 95 % confidence",
      drawn, excluded, population, share / 100, share % 100);
}

void show_sample(const Run& run, const CommittedPopulation& population, const DrawnSample& sample) {
  if (sample.parts.dice) run.out.line("dice        " + shown(*sample.parts.dice));
  if (sample.parts.cosignatures) {
    for (const std::string& line : *sample.parts.cosignatures) {
      run.out.line("cosigned    " + shown(line));
    }
  }
  run.out.line("seed        " + sample.seed.hex());
  run.out.line();
  Json members = Json::array();
  for (std::size_t i = 0; i < sample.members.size(); ++i) {
    show_member(run, i + 1, sample.members[i]);
    members.push_back(member_json(sample.members[i]));
  }
  const std::uint64_t drawn = sample.members.size();
  const std::uint64_t missed = projections::missed_at_most(population.names.size(), drawn);
  const std::string bound = bound_text(population.names.size(), drawn);
  run.out.line();
  run.out.line("bound       " + bound);
  run.out.line("            One that is not is a finding, and then this bound does not hold.");
  run.out.line(
      "            It holds only if population and checkpoint were published before the dice "
      "fell.");
  run.out.member("seed") = seed_json(sample);
  run.out.member("sample") = std::move(members);
  run.out.member("bound") = {{"drawn", drawn},
                             {"missed_at_most", missed},
                             {"confidence_percent", 95},
                             {"sentence", bound}};
}

std::vector<std::string> ways_to_redo(const CommittedPopulation& population,
                                      const DrawnSample& sample) {
  const std::string phase = population.phase.empty() ? "" : " --phase " + population.phase;
  return {
      "# The population. Its digest is what was published beforehand:",
      "# " + population.digest.hex(),
      fmt::format("assay sample --population {}{} --at {} --list members.txt >/dev/null",
                  enum_text(population.kind), phase, population.checkpoint.size),
      "sha256sum members.txt",
      "# The seed:",
      "# " + sample.seed.hex(),
      fmt::format("printf '%s' {} | sha256sum", shell_word(to_canonical(sample.parts))),
      "# A ticket for every member, and the lowest of them:",
      fmt::format("while read -r m; do printf '%s  %s\\n' \"$(printf '%s,%s' {} \"$m\" | sha256sum "
                  "| cut -c1-64)\" \"$m\"; done <members.txt | LC_ALL=C sort | head -n {}",
                  sample.seed.hex(), sample.members.size())};
}

}  // namespace assay::cli
