#include "gateway/bench/recorder.h"

#include <algorithm>
#include <deque>
#include <span>

namespace gateway::bench {
namespace {

// Groups that are on their way at once: one is decided while others are committed.
constexpr std::size_t kGroupsInFlight = 3;
// Commands that are made at once, outside the measured time: some hundred megabytes.
constexpr std::uint64_t kStretchCommands = 200'000;

class Recorder {
 public:
  Recorder(service::Book& book, std::uint64_t commands_per_group, Recorded& result)
      : book_(book), commands_per_group_(commands_per_group), result_(result) {
    book_.on_progress([this] { add_group(book_.durable_size()); });
  }
  ~Recorder() { book_.on_progress({}); }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // Everything is durable and answered when this returns.
  core::Result<> record(std::span<const service::Submission> commands) {
    const Stopwatch stopwatch;
    while (!commands.empty()) {
      const std::size_t count = std::min<std::size_t>(commands_per_group_, commands.size());
      Group& group = in_flight_.emplace_back();
      book_.stage(commands.first(count), group.staged);
      book_.close_group();
      commands = commands.subspan(count);
      if (in_flight_.size() == kGroupsInFlight) {
        TRY(finish_one());
      }
    }
    while (!in_flight_.empty()) {
      TRY(finish_one());
    }
    result_.micros += stopwatch.micros();
    return core::ok();
  }

 private:
  // On the committing thread. The group before the first of ours may still be told of.
  void add_group(std::uint64_t end) {
    auto& ends = result_.group_ends;
    if (end > (ends.empty() ? result_.first_seq : ends.back())) ends.push_back(end);
  }

  struct Group {
    Stopwatch since_begin;
    std::vector<service::Staged> staged;
  };

  core::Result<> finish_one() {
    const Group& group = in_flight_.front();
    for (const service::Staged& staged : group.staged) {
      const auto answer = book_.answer(staged);
      if (!answer) return answer.error();
    }
    result_.group_micros.add(group.since_begin.micros());
    in_flight_.pop_front();
    return core::ok();
  }

  service::Book& book_;
  std::uint64_t commands_per_group_;
  Recorded& result_;
  std::deque<Group> in_flight_;
};

}  // namespace

core::Result<Recorded> record_entries(service::Book& book, const Entries& entries,
                                      const Feed& feed) {
  Recorded result;
  TRY(result.first_seq, size_of(book));
  {
    Recorder recorder(book, std::max<std::uint64_t>(1, feed.batch / kRecordsPerCommand), result);
    const std::uint64_t end = feed.first + feed.commands;
    for (std::uint64_t next = feed.first; next < end;) {
      const std::uint64_t count = std::min(kStretchCommands, end - next);
      const auto commands = entries.commands(next, count);
      TRY(recorder.record(commands));
      next += count;
    }
  }
  TRY(const std::uint64_t size, size_of(book));
  result.records = size - result.first_seq;
  // The last group may have been answered before it was told.
  auto& ends = result.group_ends;
  if (result.records > 0 && (ends.empty() || ends.back() != size)) ends.push_back(size);
  return result;
}

}  // namespace gateway::bench
