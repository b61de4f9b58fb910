#pragma once

/// Where a command's answer goes: for people text on standard output, with --json one envelope and
/// nothing else; messages always go to standard error.
///
///   {"schema":"assay.status/1","ok":true,"exit_code":0, …the command's members…, "elapsed_ms":3}
///
/// `assay record --stream` answers with records of a line each instead; see start_stream.
/// docs/schemas has a JSON Schema of every envelope.
///
/// Thread word: thread-compatible.

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/context.hpp"
#include "cli/exit_code.hpp"

namespace assay::cli {

using Json = nlohmann::ordered_json;

struct OutputOptions {
  bool json = false;
  bool quiet = false;  ///< no messages but errors
  bool colour = false;
};

class Output {
 public:
  Output(const Context& context, OutputOptions options);

  [[nodiscard]] bool json() const noexcept { return options_.json; }
  [[nodiscard]] bool colour() const noexcept { return options_.colour; }
  [[nodiscard]] bool quiet() const noexcept { return options_.quiet; }

  /// A line of the answer, for people. Nothing with --json.
  void line(std::string_view text = {});
  /// Bytes of the answer as they are (a checkpoint, a file), also with --json unset only.
  void raw(std::string_view bytes);
  /// A message beside the answer.
  void note(std::string_view text);
  void warn(std::string_view text);

  /// From here on the answer in JSON is a stream: records, one a line as they come, and at the end
  /// the envelope as the only record of type "result".
  void start_stream() { is_stream_ = true; }
  [[nodiscard]] bool is_stream() const noexcept { return is_stream_ && options_.json; }
  /// A record of the stream, out at once; its first member is "type".
  void record(const std::string& type, Json members);

  /// A member of the envelope.
  Json& member(const std::string& name) { return envelope_[name]; }
  void set_schema(std::string command) { command_ = std::move(command); }

  /// The last thing of a run: the error, if there is one, and the envelope. Returns `code`.
  int finish(int code, const Error* error = nullptr);

  /// Text in a style, if the terminal takes it.
  [[nodiscard]] std::string bold(std::string_view text) const { return styled("1", text); }
  [[nodiscard]] std::string green(std::string_view text) const { return styled("32", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return styled("31", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return styled("33", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return styled("2", text); }

  /// Rows in columns, padded to the widest cell.
  void table(const std::vector<std::string>& head,
             const std::vector<std::vector<std::string>>& rows);

 private:
  void write_json(const Json& json);
  [[nodiscard]] std::string styled(std::string_view code, std::string_view text) const;

  const Context& context_;
  OutputOptions options_;
  std::string command_ = "assay";
  bool is_stream_ = false;
  Json envelope_ = Json::object();
  Timestamp started_;
};

[[nodiscard]] Json to_json(const Error& error);

}  // namespace assay::cli
