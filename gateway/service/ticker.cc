#include "gateway/service/ticker.h"

#include <chrono>

#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/tick.h"
#include "gateway/service/completeness.h"

namespace gateway::service {
namespace {

constexpr std::chrono::seconds kInterval{5};
constexpr std::string_view kClientId = "service";

Submission tick_command(core::Instant now, const core::PartyId& actor) {
  Submission submission;
  submission.type = engine::Tick::kType;
  submission.command =
      core::to_cbor(engine::dispatch::CommandBytes{{}, core::to_cbor(engine::Tick{})});
  submission.client_id = kClientId;
  submission.request_id = "tick-" + std::to_string(now.micros);
  submission.actor = actor;
  return submission;
}

}  // namespace

Ticker::Ticker(Book& book, Sequencer& sequencer, core::Clock& clock, const core::PartyId& actor,
               Failed failed, std::function<void()> also)
    : book_(book),
      sequencer_(sequencer),
      clock_(clock),
      actor_(actor),
      failed_(std::move(failed)),
      also_(std::move(also)) {
  // A simulated book's time passes by its commands.
  if (!book.genesis().simulated_seed) thread_ = std::thread([this] { run(); });
}

Ticker::~Ticker() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Ticker::run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kInterval, [this] { return ending_; })) {
    lock.unlock();
    tick();
    commit_index_and_tell();
    if (also_) also_();
    lock.lock();
  }
}

bool Ticker::tick() {
  const core::Instant now = clock_.now();
  bool expired = false;
  const auto read = book_.read_state([&](const engine::State& state) {
    expired = engine::dispatch::has_expired(state, now);
    return core::ok();
  });
  if (!read || !expired) return false;
  // A refusal is tried again at the next interval: what has expired then still has.
  return sequencer_.submit({tick_command(now, actor_)}).front().has_value();
}

core::Result<bool> Ticker::commit_index() {
  std::optional<Submission> command;
  TRY(book_.read([&](const BookView& view) -> core::Result<> {
    TRY(const bool due, index_root_is_due(view, clock_.now()));
    if (due) {
      TRY(command, index_root_command(view, actor_));
    }
    return core::ok();
  }));
  if (!command) return false;
  TRY(sequencer_.submit({std::move(*command)}).front());
  return true;
}

// It is tried again at each interval; the same failure is told once.
void Ticker::commit_index_and_tell() {
  const auto done = commit_index();
  const std::string failure = done ? "" : done.error().reason;
  if (!done && failure != last_failure_ && failed_) failed_(done.error());
  last_failure_ = failure;
}

}  // namespace gateway::service
