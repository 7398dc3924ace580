#include "tests/support/scenario/runner.h"

#include <algorithm>
#include <array>
#include <memory>

#include "tests/support/scenario/checks.h"
#include "tests/support/scenario/command_words.h"
#include "tests/support/scenario/test_book.h"

namespace tests::scenario {
namespace {

class Story {
 public:
  explicit Story(const Shorthands& shorthands) : shorthands_(shorthands) {}

  void tell(const std::string& path, const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      if (!take(line)) return;
    }
    const Line end{path, 0, false, {"the end"}};
    if (book_ != nullptr) {
      verify(end);
    } else {
      fail(end, "a line 'book PROFILE CURRENCY'", "none");
    }
  }

  std::vector<Failure> take_failures() { return std::move(failures_); }

 private:
  // False ends the story.
  bool take(const Line& line) {
    const auto expanded = shorthands_.expand(with_remembered(line), variables_);
    if (!expanded) return stop(line, "a line of a scenario", core::to_string(expanded.error()));
    return std::ranges::all_of(expanded.value(), [&](const Line& one) { return act(one); });
  }

  // Only what was remembered: in a scenario's own lines other words may hold a dollar.
  Line with_remembered(Line line) const {
    for (std::string& word : line.words) {
      const std::size_t dollar = word.rfind('$');
      if (dollar == std::string::npos) continue;
      const auto seq = remembered_.find(word.substr(dollar + 1));
      if (seq != remembered_.end()) word.replace(dollar, std::string::npos, seq->second);
    }
    return line;
  }

  bool act(const Line& line) {
    if (line.verb() == "book") return open_book(line);
    if (book_ == nullptr) return stop(line, "'book' before everything else", "no book yet");
    if (line.verb() == "at") return set_clock(line);
    if (line.verb() == "do") return submit(line);
    if (line.verb() == "refuse") return refuse(line);
    if (line.verb() == "hit") return repeat(line);
    if (line.verb() == "verify") return verify(line);
    if (line.verb() == "reopen") return reopen(line);
    if (line.verb() == "remember") return remember(line);
    const auto checked = check(*book_, line);
    if (!checked) return stop(line, "a line of a scenario", core::to_string(checked.error()));
    if (checked.value()) fail(line, checked.value()->expected, checked.value()->found);
    return true;
  }

  bool open_book(const Line& line) {
    if (line.words.size() != 3 || book_ != nullptr) return stop(line, "book PROFILE CURRENCY", "");
    auto made = TestBook::make(line.words[1]);
    if (!made) return stop(line, "a new book", core::to_string(made.error()));
    book_ = std::move(made.value());
    variables_["profile"] = line.words[1];
    variables_["currency"] = line.words[2];
    return true;
  }

  bool set_clock(const Line& line) {
    if (line.words.size() != 2) return stop(line, "at TIME", line.text());
    at_ = line.words[1];
    return true;
  }

  // The JSON of the command in `line` from word `first` on.
  core::Result<std::string> json_of(const Line& line, std::size_t first) const {
    if (line.words.size() == first + 2 && line.words[first] == "raw") return line.words[first + 1];
    TRY(auto command, command_of(line, first));
    if (!at_.empty()) command.emplace_back("at", at_);
    return core::json::print(command);
  }

  // The same for a line whose command may be a shorthand of one command.
  core::Result<std::string> json_of_any(const Line& line, std::size_t first) const {
    Line inner{line.place, line.number, false, {}};
    inner.words.assign(line.words.begin() + static_cast<std::ptrdiff_t>(first), line.words.end());
    if (inner.words.empty() || !shorthands_.knows(inner.verb())) return json_of(line, first);
    TRY(const auto expanded, shorthands_.expand(inner, variables_));
    if (expanded.size() == 1 && expanded[0].verb() == "do") return json_of(expanded[0], 1);
    return bad_line(line, "A shorthand of one command is needed here.");
  }

  bool submit(const Line& line) {
    const auto json = json_of(line, 1);
    if (!json) return stop(line, "a command", core::to_string(json.error()));
    const auto receipt = book_->submit(json.value());
    if (!receipt) return stop(line, "it is done", core::to_string(receipt.error()));
    if (receipt.value().hit) return stop(line, "it is done", "it had been done before (a hit)");
    return true;
  }

  bool repeat(const Line& line) {
    const auto json = json_of_any(line, 1);
    if (!json) return stop(line, "a command", core::to_string(json.error()));
    const auto before = book_->size();
    const auto receipt = book_->submit(json.value());
    if (!receipt) return stop(line, "the receipt of before", core::to_string(receipt.error()));
    if (!receipt.value().hit) return stop(line, "the receipt of before", "it was done once more");
    return unchanged(line, before);
  }

  bool refuse(const Line& line) {
    if (line.words.size() < 3) return stop(line, "refuse REASON COMMAND...", line.text());
    const auto json = json_of_any(line, 2);
    if (!json) return stop(line, "a command", core::to_string(json.error()));
    const auto before = book_->size();
    const auto receipt = book_->submit(json.value());
    const std::string expected = "refused: " + line.words[1];
    if (receipt) return stop(line, expected, "it was done");
    const core::Error& error = receipt.error();
    const std::string with_place = error.reason + "(" + error.at + ")";
    if (line.words[1] != error.reason && line.words[1] != with_place) {
      fail(line, expected, "refused: " + with_place + ": " + error.detail);
    }
    return unchanged(line, before);
  }

  bool unchanged(const Line& line, const core::Result<std::uint64_t>& before) {
    const auto after = book_->size();
    if (before && after && before.value() == after.value()) return true;
    return stop(line, "nothing is written", "the book has grown");
  }

  bool verify(const Line& line) {
    for (std::string& problem : book_->problems()) {
      fail(line, "the book verifies", std::move(problem));
    }
    return true;
  }

  bool reopen(const Line& line) {
    const auto opened = book_->reopen();
    return opened ? true : stop(line, "the book opens again", core::to_string(opened.error()));
  }

  // A record's sequence, for later lines to name as $NAME.
  bool remember(const Line& line) {
    if (line.words.size() < 3) return stop(line, "remember NAME RECORD [key=value]...", "");
    const auto seq = find_record(*book_, line, 2);
    if (!seq) return stop(line, "one such record", core::to_string(seq.error()));
    remembered_[line.words[1]] = std::to_string(seq.value());
    return true;
  }

  void fail(const Line& line, std::string expected, std::string found) {
    failures_.push_back({line.place, line.text(), std::move(expected), std::move(found)});
  }

  bool stop(const Line& line, std::string expected, std::string found) {
    fail(line, std::move(expected), std::move(found));
    return false;
  }

  const Shorthands& shorthands_;
  std::unique_ptr<TestBook> book_;
  Variables variables_;
  Variables remembered_;  // Sequences of records.
  std::string at_;
  std::vector<Failure> failures_;
};

}  // namespace

std::string to_string(const Failure& failure) {
  return failure.place + ": " + failure.line + "\n  expected  " + failure.expected +
         "\n  found     " + failure.found;
}

std::vector<Failure> run_scenario(const std::string& path, const Shorthands& shorthands) {
  const auto lines = read_lines(path);
  if (!lines) return {{path, "", "a scenario", core::to_string(lines.error())}};
  Story story(shorthands);
  story.tell(path, lines.value());
  return story.take_failures();
}

}  // namespace tests::scenario
