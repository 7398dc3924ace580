#include "gateway/access/drainer.h"

#include <chrono>

#include "engine/dispatch/command_bytes.h"

namespace gateway::access {
namespace {

constexpr std::string_view kDrainerClientId = "service";
constexpr std::size_t kPieceEntries = 512;
// Readings of others than this process are seen at the latest then.
constexpr std::chrono::seconds kInterval{1};
// After something was drained: so that a busy spool is emptied in groups.
constexpr std::chrono::milliseconds kGather{20};

core::Result<service::Submission> command_of(const spool::Entry& entry) {
  auto command = core::from_cbor<engine::RecordRead>(entry.payload);
  if (!command) {
    return core::corrupt("access_entry", "entry " + std::to_string(entry.number),
                         "An entry of the spool is no reading: " + command.error().detail);
  }
  engine::RecordRead& read = command.value();
  read.reading.number = entry.number;
  service::Submission submission;
  submission.type = engine::RecordRead::kType;
  submission.command = core::to_cbor(engine::dispatch::CommandBytes{{}, core::to_cbor(read)});
  submission.client_id = kDrainerClientId;
  submission.request_id = "read-" + std::to_string(entry.number);
  submission.actor = read.reading.actor;
  submission.actor_authentication = read.reading.authentication;
  return submission;
}

}  // namespace

// With the lock.
core::Result<> AccessBook::open() {
  if (book_ && !book_->stopped()) return core::ok();
  book_.reset();
  TRY(book_, service::Book::open(folder_, clock_));
  book_->stop_asking();
  return core::ok();
}

core::Result<> AccessBook::drain() {
  const std::lock_guard lock(mutex_);
  TRY(open());
  for (bool more = true; more;) {
    TRY(drain_some(more));
  }
  return core::ok();
}

core::Result<> AccessBook::drain_some(bool& more) {
  std::vector<service::Submission> commands;
  std::uint64_t next = next_;
  TRY(spool::read_spool(log_.spool().path(), [&](spool::Entry entry) -> core::Result<bool> {
    if (entry.number < next_) return true;
    TRY(auto command, command_of(entry));
    commands.push_back(std::move(command));
    next = entry.number + 1;
    return commands.size() < kPieceEntries;
  }));
  more = commands.size() == kPieceEntries;
  if (commands.empty()) return core::ok();
  for (const auto& answer : book_->execute(commands)) {
    if (!answer) return answer.error();
  }
  next_ = next;
  // All of it is durable.
  return more ? core::ok() : log_.spool().cut(next_);
}

core::Result<> AccessBook::read(
    const std::function<core::Result<>(const service::BookView&)>& query) {
  const std::lock_guard lock(mutex_);
  TRY(open());
  return book_->read(query);
}

core::Result<ledger::store::Backup> AccessBook::back_up(const std::string& folder) {
  const std::lock_guard lock(mutex_);
  TRY(open());
  return book_->back_up(folder);
}

Drainer::Drainer(AccessBook& book, AccessLog& log, Told told)
    : book_(book), log_(log), told_(std::move(told)) {
  log_.on_reading([this] {
    {
      const std::lock_guard lock(mutex_);
      waiting_ = true;
    }
    changed_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

Drainer::~Drainer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
  log_.on_reading({});
  drain_and_tell();
}

void Drainer::run() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    changed_.wait_for(lock, kInterval, [this] { return waiting_ || ending_; });
    if (ending_) return;
    waiting_ = false;
    lock.unlock();
    drain_and_tell();
    lock.lock();
    changed_.wait_for(lock, kGather, [this] { return ending_; });
  }
}

// It is tried again at each interval; the same failure is told once.
void Drainer::drain_and_tell() {
  const auto done = book_.drain();
  const std::string failure = done ? "" : done.error().reason;
  if (failure != last_failure_ && told_) {
    told_(done ? std::nullopt : std::optional(done.error()));
  }
  last_failure_ = failure;
}

}  // namespace gateway::access
