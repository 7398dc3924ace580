#include <algorithm>
#include <map>
#include <set>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/figures.h"
#include "gateway/bench/machine.h"
#include "gateway/bench/made_names.h"

namespace gateway::bench {
namespace {

using screening::Index;
using screening::Match;
using screening::Search;
using screening::Subject;

constexpr std::uint64_t kSeed = 7;
constexpr std::uint64_t kSubjectsForEachListed = 2;
// Subjects that are also compared with every listed name.
constexpr std::size_t kSampleMax = 1000;

using Found = std::vector<std::vector<Match>>;

struct Run {
  Found found;
  std::uint64_t micros = 0;
  std::uint64_t busy_micros = 0;  // Of all cores together.
};

core::Result<Run> run(const Index& index, const std::vector<Subject>& subjects, Search search) {
  Run out;
  const Stopwatch watch;
  const std::uint64_t busy = processor_micros();
  TRY(out.found, index.find_all(subjects, search));
  out.micros = watch.micros();
  out.busy_micros = processor_micros() - busy;
  return out;
}

// The sample: spread over all by a prime, so that planted ones are as many in it as in all.
std::vector<std::size_t> sample_of(std::size_t subjects) {
  constexpr std::size_t kStep = 7919;
  const std::size_t count = std::min(subjects, kSampleMax);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < count; ++i) places.push_back(i * kStep % subjects);
  return places;
}

std::uint64_t count_of(const Found& found) {
  std::uint64_t count = 0;
  for (const auto& matches : found) count += matches.size();
  return count;
}

// What the full comparison found and the index did not.
std::uint64_t lost_of(const std::vector<Match>& full, const std::vector<Match>& indexed) {
  std::set<std::size_t> entries;
  for (const Match& match : indexed) entries.insert(match.entry);
  return static_cast<std::uint64_t>(std::ranges::count_if(
      full, [&](const Match& match) { return !entries.contains(match.entry); }));
}

// "0.31": hundredths of a percent of the whole.
std::string percent(std::uint64_t part, std::uint64_t whole) { return ratio(part * 100, whole); }

void print_planted(const Options& options, const MadeNames& made, const Found& found) {
  std::map<std::string_view, std::pair<std::uint64_t, std::uint64_t>> changes;
  for (const MadeNames::Planted& planted : made.planted) {
    auto& [count, seen] = changes[planted.change];
    ++count;
    const bool has = std::ranges::any_of(
        found[planted.subject], [&](const Match& match) { return match.entry == planted.entry; });
    seen += has ? 1 : 0;
  }
  for (const auto& [change, counts] : changes) {
    Line line("screening_planted");
    line.add("change", change).add("subjects", counts.first).add("found", counts.second);
    options.print(line.text());
  }
}

core::Result<> compare_sample(const Options& options, const Index& index, const MadeNames& made,
                              const Run& indexed) {
  const auto places = sample_of(made.subjects.size());
  std::vector<Subject> sample;
  for (const std::size_t place : places) sample.push_back(made.subjects[place]);
  TRY(const Run full, run(index, sample, Search::AllPairs));
  std::uint64_t lost = 0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    lost += lost_of(full.found[i], indexed.found[places[i]]);
  }
  const std::uint64_t pairs = sample.size() * index.names();
  const std::uint64_t busy = full.busy_micros * made.subjects.size() / sample.size();
  const std::uint64_t extrapolated = full.micros * made.subjects.size() / sample.size();
  options.print(Line("screening_all_pairs")
                    .add("sample", sample.size())
                    .add("pairs_per_second", per_second(pairs, full.micros))
                    .add("extrapolated_seconds", extrapolated / 1'000'000)
                    .add("speed_up", busy / std::max<std::uint64_t>(indexed.busy_micros, 1))
                    .add("matches", count_of(full.found))
                    .add("lost", lost)
                    .add("lost_percent", percent(lost, count_of(full.found)))
                    .text());
  return core::ok();
}

}  // namespace

core::Result<> bench_screening(const Options& options) {
  const std::uint64_t half = std::max<std::uint64_t>(options.investors / kSubjectsForEachListed, 1);
  const MadeNames made =
      make_names(options.investors, options.listed == 0 ? half : options.listed, kSeed);
  const Stopwatch making;
  TRY(const Index index, Index::create(made.lists));
  options.print(Line("screening_index")
                    .add("names", index.names())
                    .add("names_per_second", per_second(index.names(), making.micros()))
                    .text());
  TRY(const Run indexed, run(index, made.subjects, Search::ByIndex));
  options.print(Line("screening")
                    .add("subjects", made.subjects.size())
                    .add("names", index.names())
                    .add("subjects_per_second", per_second(made.subjects.size(), indexed.micros))
                    .add("busy_cores", ratio(indexed.busy_micros, indexed.micros))
                    .add("matches", count_of(indexed.found))
                    .text());
  print_planted(options, made, indexed.found);
  return compare_sample(options, index, made, indexed);
}

}  // namespace gateway::bench
