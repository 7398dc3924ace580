#include "gateway/cli/submit_lines.h"

#include <cstdio>
#include <istream>
#include <map>

#include "gateway/cli/output.h"
#include "gateway/service/queries.h"

namespace gateway::cli {
namespace {

// Enough for a group to fill; little enough to answer as we go.
constexpr std::size_t kLinesAtOnce = 2000;

struct Line {
  std::uint64_t number = 0;
  std::string text;
};

// Reads up to the line's end, keeping no more of it than is needed to see that it is too long.
bool read_line(std::istream& input, std::string& text) {
  text.clear();
  char c = 0;
  bool any = false;
  while (input.get(c)) {
    any = true;
    if (c == '\n') return true;
    if (text.size() <= service::kCommandBytesMax) text += c;
  }
  return any;
}

class Submitter {
 public:
  Submitter(service::Book& book, bool quiet) : book_(book), quiet_(quiet) {}

  core::Result<> submit(const std::vector<Line>& lines) {
    std::vector<service::Submission> submissions;
    std::vector<std::optional<core::Error>> refusals;
    TRY(book_.with_references([&](refs::ReferenceStore& references) {
      for (const Line& line : lines) {
        auto submission = read(line, references);
        if (submission) {
          references.keep();
          submissions.push_back(std::move(submission.value()));
          refusals.emplace_back();
        } else {
          references.discard();
          refusals.emplace_back(std::move(submission.error()));
        }
      }
      return references.save();
    }));
    const auto answers = book_.execute(submissions);
    std::size_t next = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (refusals[i]) {
        report(lines[i], *refusals[i]);
      } else {
        report(lines[i], answers[next++]);
      }
    }
    return core::ok();
  }

  int exit_code() const { return refused_ ? 1 : 0; }

 private:
  core::Result<service::Submission> read(const Line& line, refs::ReferenceStore& references) {
    if (line.text.size() > service::kCommandBytesMax) {
      return core::invalid("too_large", "", "A command has at most 1 MiB.");
    }
    TRY(const auto value, core::json::parse(line.text));
    const std::uint64_t before = seen_[line.text]++;
    const std::string id =
        "line-" +
        core::to_hex(core::sha256(core::as_bytes(line.text + "\n" + std::to_string(before))).bytes);
    return service::read_submission(value, {}, references, id);
  }

  void report(const Line& line, const service::ReceiptResult& answer) {
    const auto number = static_cast<std::int64_t>(line.number);
    if (answer) {
      if (quiet_) return;
      print(core::json::print(core::json::Object{
                {"line", number}, {"receipt", service::receipt_to_json(answer.value())}}) +
            "\n");
      return;
    }
    refused_ = true;
    print(core::json::print(core::json::Object{
              {"line", number}, {"error", service::problem_to_json(answer.error())}}) +
          "\n");
  }

  service::Book& book_;
  bool quiet_;
  bool refused_ = false;
  std::map<std::string, std::uint64_t> seen_;
};

}  // namespace

int submit_stream(service::Book& book, std::istream& input) {
  Submitter submitter(book, false);
  std::vector<Line> lines;
  std::string text;
  std::uint64_t number = 0;
  bool more = true;
  while (more) {
    more = read_line(input, text);
    if (more) {
      ++number;
      if (text.ends_with('\r')) text.pop_back();
      // What is passed over may still be the last line before the end, so the rest is not skipped.
      if (!text.empty() && !text.starts_with('#')) lines.push_back({number, text});
    }
    if (!lines.empty() && (!more || lines.size() == kLinesAtOnce)) {
      const auto submitted = submitter.submit(lines);
      if (!submitted) return fail(submitted.error());
      // Who reads the answers through a pipe learns of a group when it is durable.
      std::fflush(stdout);
      lines.clear();
    }
  }
  return submitter.exit_code();
}

int submit_values(service::Book& book, const std::vector<core::json::Value>& commands, bool quiet) {
  Submitter submitter(book, quiet);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    lines.push_back({i + 1, core::json::print(commands[i])});
  }
  const auto submitted = submitter.submit(lines);
  if (!submitted) return fail(submitted.error());
  return submitter.exit_code();
}

}  // namespace gateway::cli
