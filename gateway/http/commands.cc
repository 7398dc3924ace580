#include "gateway/http/commands.h"

#include <algorithm>

#include "gateway/http/media_types.h"
#include "gateway/service/queries.h"
#include "gateway/service/read_submissions.h"

namespace gateway::http {
namespace {

using core::json::Object;
using core::json::Value;
using service::ReceiptResult;
using service::Submission;

// The commands of a request: lines that are still text, or the values of one JSON text.
struct Input {
  std::vector<std::string_view> lines;
  std::vector<Value> values;
  bool one = false;  // A single command, not a list of them.

  std::size_t count() const { return lines.size() + values.size(); }
  // The command of this index, or why it cannot be read.
  core::Result<Value> read(std::size_t index) const {
    if (lines.empty()) return values[index];
    return core::json::parse(lines[index]);
  }
};

core::Error too_many() {
  return core::invalid("too_large", "",
                       "A request has at most " + std::to_string(kCommandsMax) + " commands.");
}

// Empty lines and lines that begin with '#' are passed over, as `tally submit` does.
core::Result<Input> read_json_lines(std::string_view body) {
  Input input;
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    std::string_view text = body.substr(0, end);
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text.empty() || text.starts_with('#')) continue;
    if (input.lines.size() == kCommandsMax) return too_many();
    input.lines.push_back(text);
  }
  return input;
}

core::Result<Input> read_json(std::string_view body) {
  TRY(auto value, core::json::parse(body));
  Input input;
  input.one = value.as_array() == nullptr;
  if (input.one) {
    input.values.push_back(std::move(value));
    return input;
  }
  if (value.as_array()->size() > kCommandsMax) return too_many();
  input.values = std::move(*value.as_array());
  return input;
}

bool is_queue_full(const ReceiptResult& answer) {
  return !answer && answer.error().reason == "queue_full";
}

// One answer for each line: of the book if it came so far.
core::Result<std::vector<ReceiptResult>> submit(const Service& service, const Input& input) {
  TRY(auto read, service::read_submissions(service.book, service.caller, input.count(),
                                           [&](std::size_t i) { return input.read(i); }));
  std::vector<Submission> submissions;
  for (auto& line : read) {
    if (line) submissions.push_back(std::move(line.value()));
  }
  auto answers = service.sequencer.submit(std::move(submissions));
  // Nothing was queued: the whole request is to be sent again.
  if (!answers.empty() && std::ranges::all_of(answers, is_queue_full)) {
    return answers.front().error();
  }
  std::vector<ReceiptResult> out;
  auto next = answers.begin();
  for (auto& line : read) {
    if (line) {
      out.push_back(std::move(*next++));
    } else {
      out.emplace_back(std::move(line.error()));
    }
  }
  return out;
}

Response respond_lines(const std::vector<ReceiptResult>& answers) {
  std::string body;
  for (const ReceiptResult& answer : answers) {
    body += core::json::print(service::answer_to_json(answer)) + "\n";
  }
  return respond(kJsonLines, std::move(body));
}

Response respond_array(const std::vector<ReceiptResult>& answers) {
  core::json::Array results;
  for (const ReceiptResult& answer : answers) results.push_back(service::answer_to_json(answer));
  return respond_json(std::move(results));
}

}  // namespace

Answer post_commands(const Call& call) {
  const bool lines = media_type(call.request.header("content-type")) == kJsonLines;
  TRY(const Input input, lines ? read_json_lines(call.request.body) : read_json(call.request.body));
  TRY(const auto answers, submit(call.service, input));
  if (lines) return respond_lines(answers);
  if (!input.one) return respond_array(answers);
  TRY(const auto receipt, answers.front());
  if (receipt.preview) return respond_json(service::answer_to_json(answers.front()));
  return respond_json(service::receipt_to_json(receipt), receipt.hit ? 200 : 201);
}

}  // namespace gateway::http
