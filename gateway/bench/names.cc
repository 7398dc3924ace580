#include <algorithm>
#include <map>
#include <optional>

#include "core/names/compare.h"
#include "core/names/particulars.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/figures.h"
#include "gateway/bench/name_pairs.h"
#include "gateway/screening/list.h"

namespace gateway::bench {
namespace {

using core::names::Kind;

struct Scored {
  const NamePair* pair = nullptr;
  int score = 0;
};

core::Result<int> score_as(const core::names::Folder& folder, const NamePair& pair, Kind kind) {
  TRY(const auto left, core::names::read_name(folder, pair.left, kind));
  TRY(const auto right, core::names::read_name(folder, pair.right, kind));
  return core::names::score(left, right);
}

// Names of which it is not said whose they are count as what they are more alike as.
core::Result<int> score_of(const core::names::Folder& folder, const NamePair& pair) {
  if (const auto kind = kind_of_schema(pair.schema)) return score_as(folder, pair, *kind);
  TRY(const int person, score_as(folder, pair, Kind::Person));
  TRY(const int body, score_as(folder, pair, Kind::Organisation));
  return std::max(person, body);
}

// How often pairs with a threshold's score were one, and were not.
struct Outcome {
  std::uint64_t matches = 0;  // As the file labels them.
  std::uint64_t hits = 0;
  std::uint64_t false_hits = 0;
  std::uint64_t pairs = 0;

  void add(const Scored& scored, int threshold) {
    const bool found = scored.score >= threshold;
    ++pairs;
    matches += scored.pair->is_match ? 1 : 0;
    hits += found && scored.pair->is_match ? 1 : 0;
    false_hits += found && !scored.pair->is_match ? 1 : 0;
  }
};

// "0.884": thousandths, rounded down. "none" where nothing can be said.
std::string share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "none";
  const std::string digits = std::to_string(1000 + part * 1000 / whole % 1000).substr(1);
  return std::to_string(part / whole) + "." + digits;
}

std::string line_of(std::string_view key, std::string_view value, int threshold,
                    const Outcome& outcome) {
  std::string word(value);
  std::ranges::replace(word, ' ', '_');
  const std::uint64_t missed = outcome.matches - outcome.hits;
  Line line("names");
  line.add(key, word)
      .add("threshold", share(static_cast<std::uint64_t>(threshold), 1000))
      .add("pairs", outcome.pairs)
      .add("matches", outcome.matches)
      .add("missed", missed)
      .add("false_hits", outcome.false_hits)
      .add("precision", share(outcome.hits, outcome.hits + outcome.false_hits))
      .add("recall", share(outcome.hits, outcome.matches))
      .add("f1", share(2 * outcome.hits, 2 * outcome.hits + missed + outcome.false_hits));
  return line.text();
}

void print_groups(const Options& options, const std::vector<Scored>& scored, std::string_view key,
                  std::string NamePair::*member) {
  std::map<std::string, Outcome> groups;
  for (const Scored& one : scored) {
    groups[one.pair->*member].add(one, core::names::kMatchScore);
  }
  if (groups.size() == 1 && groups.begin()->first.empty()) return;  // The file has no such column.
  for (const auto& [value, outcome] : groups) {
    options.print(line_of(key, value.empty() ? "none" : value, core::names::kMatchScore, outcome));
  }
}

template <class Which>
void print_those(const Options& options, const std::vector<Scored>& scored, std::string_view key,
                 std::string_view value, int threshold, Which which) {
  Outcome outcome;
  for (const Scored& one : scored) {
    if (which(one)) outcome.add(one, threshold);
  }
  options.print(line_of(key, value, threshold, outcome));
}

// The mistakes of which the file says that nobody should make them.
void print_strong_errors(const Options& options, const std::vector<Scored>& scored) {
  for (const Scored& one : scored) {
    const bool found = one.score >= core::names::kMatchScore;
    if (one.pair->quality != "STRONG" || found == one.pair->is_match) continue;
    Line line(found ? "names_strong_false_hit" : "names_strong_missed");
    line.add("line", one.pair->line)
        .add("score", share(static_cast<std::uint64_t>(one.score), 1000))
        .add("names", one.pair->left + " | " + one.pair->right);
    options.print(line.text());
  }
}

core::Result<std::vector<Scored>> score_all(const std::vector<NamePair>& pairs) {
  const core::names::Folder folder;
  std::vector<Scored> scored;
  for (const NamePair& pair : pairs) {
    TRY(const int score, score_of(folder, pair));
    scored.push_back({&pair, score});
  }
  return scored;
}

}  // namespace

core::Result<> bench_names(const Options& options) {
  if (options.file.empty()) {
    return core::invalid("missing_field", "file", "Name the file of labelled pairs.");
  }
  TRY(auto file, screening::open_source(options.file));
  TRY(const NamePairs read, read_name_pairs(std::move(file)));
  for (const MalformedRow& row : read.malformed) {
    options.print("names_malformed line=" + std::to_string(row.line) + " detail=" + row.detail);
  }
  const Stopwatch watch;
  TRY(const auto scored, score_all(read.pairs));
  const std::uint64_t micros = watch.micros();
  const auto everyone = [](const Scored&) { return true; };
  const auto even = [](const Scored& one) { return one.pair->line % 2 == 0; };
  print_groups(options, scored, "category", &NamePair::category);
  print_groups(options, scored, "case_group", &NamePair::group);
  print_groups(options, scored, "schema", &NamePair::schema);
  print_groups(options, scored, "quality", &NamePair::quality);
  print_strong_errors(options, scored);
  print_those(options, scored, "lines", "even", core::names::kMatchScore, even);
  print_those(options, scored, "lines", "odd", core::names::kMatchScore, std::not_fn(even));
  print_those(options, scored, "band", "review", core::names::kReviewScore, everyone);
  print_those(options, scored, "band", "hit", core::names::kHitScore, everyone);
  print_those(options, scored, "lines", "all", core::names::kMatchScore, everyone);
  options.print(Line("names_rate")
                    .add("pairs", scored.size())
                    .add("malformed", read.malformed.size())
                    .add("pairs_per_second", per_second(scored.size(), micros))
                    .text());
  return core::ok();
}

}  // namespace gateway::bench
