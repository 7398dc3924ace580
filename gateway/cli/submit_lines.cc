#include "gateway/cli/submit_lines.h"

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <thread>

#include "gateway/cli/audit.h"
#include "gateway/cli/lines.h"
#include "gateway/cli/output.h"
#include "gateway/http/commands.h"
#include "gateway/service/queries.h"

namespace gateway::cli {
namespace {

using core::json::Object;
using core::json::Value;

// Enough for a group to fill; little enough to answer as we go.
constexpr std::size_t kLinesAtOnce = 2000;
// A served book whose queue is full is asked again, once a second, for so long.
constexpr int kQueueFullTries = 60;
// What a request's body may have beside its commands.
constexpr std::size_t kBodyRoom = 1024;

struct Line {
  std::uint64_t number = 0;
  std::string text;
};

// Gives the lines that hold commands, some at a time.
core::Result<> read_lines(
    std::istream& input,
    const std::function<core::Result<>(const std::vector<Line>& lines)>& submit) {
  std::vector<Line> lines;
  std::string text;
  std::uint64_t number = 0;
  bool more = true;
  while (more) {
    more = read_line(input, service::kCommandBytesMax, text);
    if (more) {
      ++number;
      if (text.ends_with('\r')) text.pop_back();
      // What is passed over may still be the last line before the end, so the rest is not skipped.
      if (!text.empty() && !text.starts_with('#')) lines.push_back({number, text});
    }
    if (!lines.empty() && (!more || lines.size() == kLinesAtOnce)) {
      TRY(submit(lines));
      // Who reads the answers through a pipe learns of a group when it is durable.
      std::fflush(stdout);
      lines.clear();
    }
  }
  return core::ok();
}

// A line that names no request id has one of its own text.
class RequestIds {
 public:
  std::string of(const std::string& text) {
    const std::uint64_t before = seen_[text]++;
    const std::string content = text + "\n" + std::to_string(before);
    return "line-" + core::to_hex(core::sha256(core::as_bytes(content)).bytes);
  }

 private:
  std::map<std::string, std::uint64_t> seen_;
};

core::Result<Value> parse(const Line& line, bool dry_run) {
  if (line.text.size() > service::kCommandBytesMax) {
    return core::invalid("too_large", "", "A command has at most 1 MiB.");
  }
  TRY(auto value, core::json::parse(line.text));
  if (dry_run && value.as_object() != nullptr) {
    // Whatever the line says.
    std::erase_if(*value.as_object(),
                  [](const core::json::Member& member) { return member.first == "dry_run"; });
    value.as_object()->emplace_back("dry_run", true);
  }
  return value;
}

class Answers {
 public:
  explicit Answers(bool quiet) : quiet_(quiet) {}

  // {"receipt": ...}, {"preview": ...} or {"error": ...}
  void answer(const Line& line, const Value& answer) {
    const bool refused = answer.find("error") != nullptr;
    refused_ = refused_ || refused;
    if (quiet_ && !refused) return;
    Object out{{"line", static_cast<std::int64_t>(line.number)}};
    for (const auto& member : *answer.as_object()) out.push_back(member);
    print(core::json::print(out) + "\n");
  }
  void error(const Line& line, const core::Error& error) {
    answer(line, Object{{"error", service::problem_to_json(error)}});
  }
  int exit_code() const { return refused_ ? 1 : 0; }

 private:
  bool quiet_;
  bool refused_ = false;
};

class Submitter {
 public:
  Submitter(service::Book& book, const SubmitOptions& options)
      : book_(book), dry_run_(options.dry_run), answers_(options.quiet) {}

  core::Result<> submit(const std::vector<Line>& lines) {
    std::vector<service::Submission> submissions;
    std::vector<std::optional<core::Error>> refusals;
    TRY(book_.with_references([&](refs::ReferenceStore& references) {
      for (const Line& line : lines) {
        auto submission = read(line, references);
        if (submission) {
          // A dry run mints no names.
          submission.value().dry_run ? references.discard() : references.keep();
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
        answers_.error(lines[i], *refusals[i]);
        continue;
      }
      const auto& answer = answers[next++];
      const Value shown = service::answer_to_json(answer);
      const auto put = put_down_preview(answer, shown);
      put ? answers_.answer(lines[i], shown) : answers_.error(lines[i], put.error());
    }
    return core::ok();
  }

  int exit_code() const { return answers_.exit_code(); }

 private:
  // What a dry run shows is of somebody too.
  core::Result<> put_down_preview(const service::ReceiptResult& answer, const Value& shown) {
    if (!answer || !answer.value().preview) return core::ok();
    return put_down(book_.folder().root, &book_, {"submit", "dry_run=true"},
                    {core::json::print(shown), access::entries_in(*answer.value().preview)});
  }

  core::Result<service::Submission> read(const Line& line, refs::ReferenceStore& references) {
    TRY(const auto value, parse(line, dry_run_));
    return service::read_submission(value, {}, references, ids_.of(line.text));
  }

  service::Book& book_;
  bool dry_run_;
  RequestIds ids_;
  Answers answers_;
};

class RemoteSubmitter {
 public:
  RemoteSubmitter(Remote& remote, const SubmitOptions& options)
      : remote_(remote), dry_run_(options.dry_run), answers_(options.quiet) {}

  core::Result<> submit(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      auto command = with_request_id(line);
      if (!command) {
        // Answers keep the order of the lines.
        TRY(send());
        answers_.error(line, command.error());
        continue;
      }
      const std::string& text = command.value();
      if (waiting_.size() == http::kCommandsMax ||
          body_.size() + text.size() + kBodyRoom > http::kBodyBytesMax) {
        TRY(send());
      }
      body_ += text + "\n";
      waiting_.push_back(line);
    }
    return send();
  }

  int exit_code() const { return answers_.exit_code(); }

 private:
  core::Result<std::string> with_request_id(const Line& line) {
    TRY(auto value, parse(line, dry_run_));
    Object* const fields = value.as_object();
    if (fields != nullptr && value.find("request_id") == nullptr) {
      fields->emplace_back("request_id", ids_.of(line.text));
    }
    return core::json::print(value);
  }

  core::Result<> send() {
    if (waiting_.empty()) return core::ok();
    TRY(const std::string answers, ask());
    std::size_t begin = 0;
    for (const Line& line : waiting_) {
      const std::size_t end = answers.find('\n', begin);
      if (end == std::string::npos) {
        return core::unavailable("server", "line " + std::to_string(line.number),
                                 "The server's answer ends before this line.");
      }
      TRY(const Value answer, core::json::parse(answers.substr(begin, end - begin)));
      begin = end + 1;
      report(line, answer);
    }
    waiting_.clear();
    body_.clear();
    return core::ok();
  }

  core::Result<std::string> ask() {
    for (int tries = 1;; ++tries) {
      auto answer = remote_.post("commands", std::string(http::kJsonLines), body_);
      const bool full = !answer && answer.error().reason == "queue_full";
      if (!full || tries == kQueueFullTries) return answer;
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }

  void report(const Line& line, const Value& answer) {
    if (answer.as_object() != nullptr) {
      answers_.answer(line, answer);
    } else {
      answers_.error(line, core::unavailable("server", "", "This is no answer to a command."));
    }
  }

  Remote& remote_;
  bool dry_run_;
  RequestIds ids_;
  Answers answers_;
  std::vector<Line> waiting_;
  std::string body_;
};

template <class AnySubmitter>
int submit_all(AnySubmitter& submitter, std::istream& input) {
  const auto done =
      read_lines(input, [&](const std::vector<Line>& lines) { return submitter.submit(lines); });
  if (!done) return fail(done.error());
  return submitter.exit_code();
}

}  // namespace

int submit_stream(service::Book& book, std::istream& input, const SubmitOptions& options) {
  Submitter submitter(book, options);
  return submit_all(submitter, input);
}

int submit_stream(Remote& remote, std::istream& input, const SubmitOptions& options) {
  RemoteSubmitter submitter(remote, options);
  return submit_all(submitter, input);
}

int submit_values(service::Book& book, const std::vector<Value>& commands,
                  const SubmitOptions& options) {
  Submitter submitter(book, options);
  std::vector<Line> lines;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    lines.push_back({i + 1, core::json::print(commands[i])});
  }
  const auto submitted = submitter.submit(lines);
  if (!submitted) return fail(submitted.error());
  return submitter.exit_code();
}

}  // namespace gateway::cli
