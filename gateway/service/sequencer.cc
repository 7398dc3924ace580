#include "gateway/service/sequencer.h"

#include <algorithm>
#include <span>

namespace gateway::service {
namespace {

// So many commands of one client are decided before the next one's turn.
constexpr std::size_t kTurn = 256;

core::Error queue_full() {
  return core::unavailable(
      "queue_full", "",
      "The book has more commands waiting than it takes; try again in a moment "
      "with the same request id.");
}

}  // namespace

struct Sequencer::Ticket {
  std::vector<Submission> submissions;
  std::size_t next = 0;  // The first one that is not staged yet.
  std::vector<Staged> staged;
  std::uint64_t end_seq = 0;  // All of it is durable at this size.
  bool refused = false;       // It was never queued.
  std::promise<void> done;
};

Sequencer::Sequencer(Book& book) : book_(book) {
  book_.on_progress([this] { on_progress(); });
  thread_ = std::thread([this] { run(); });
}

Sequencer::~Sequencer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
  book_.on_progress({});
}

std::vector<ReceiptResult> Sequencer::submit(std::vector<Submission> submissions) {
  return answers(queue(std::move(submissions)));
}

std::shared_ptr<Sequencer::Ticket> Sequencer::queue(std::vector<Submission> submissions) {
  auto ticket = std::make_shared<Ticket>();
  ticket->submissions = std::move(submissions);
  const std::size_t count = ticket->submissions.size();
  if (count == 0) {
    ticket->done.set_value();
    return ticket;
  }
  const std::string& client = ticket->submissions.front().client_id;
  {
    const std::lock_guard lock(mutex_);
    const auto known = queued_of_.find(client);
    const std::size_t of_client = known == queued_of_.end() ? 0 : known->second;
    if (ending_ || queued_ + count > kQueueMax || of_client + count > kClientQueueMax) {
      ticket->refused = true;
      ticket->done.set_value();
      return ticket;
    }
    queued_of_[client] += count;
    queued_ += count;
    queues_[client].push_back(ticket);
  }
  changed_.notify_all();
  return ticket;
}

std::vector<ReceiptResult> Sequencer::answers(const std::shared_ptr<Ticket>& ticket) {
  ticket->done.get_future().wait();
  if (ticket->refused) return std::vector<ReceiptResult>(ticket->submissions.size(), queue_full());
  std::vector<ReceiptResult> out;
  out.reserve(ticket->staged.size());
  for (const Staged& staged : ticket->staged) out.push_back(book_.answer(staged));
  return out;
}

void Sequencer::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    if (stage_some(lock)) continue;
    // Nothing waits: what is open goes to the disk as soon as that is free. Until then the group
    // grows with what arrives.
    if (book_.has_open_group() && (ending_ || book_.idle())) {
      lock.unlock();
      book_.close_group();
      lock.lock();
      continue;
    }
    if (ending_ && in_flight_.empty()) return;
    changed_.wait(lock, [&] {
      return !queues_.empty() || (ending_ && in_flight_.empty()) ||
             (book_.has_open_group() && (ending_ || book_.idle()));
    });
  }
}

// Decides a turn's worth of the next client's commands. False if nobody has any.
bool Sequencer::stage_some(std::unique_lock<std::mutex>& lock) {
  if (queues_.empty()) return false;
  auto turn = queues_.upper_bound(last_client_);
  if (turn == queues_.end()) turn = queues_.begin();
  last_client_ = turn->first;
  const std::shared_ptr<Ticket> ticket = turn->second.front();
  const std::size_t count = std::min(kTurn, ticket->submissions.size() - ticket->next);
  lock.unlock();
  book_.stage(std::span(ticket->submissions).subspan(ticket->next, count), ticket->staged);
  lock.lock();
  ticket->next += count;
  queued_ -= count;
  if ((queued_of_[last_client_] -= count) == 0) queued_of_.erase(last_client_);
  if (ticket->next < ticket->submissions.size()) return true;
  const auto client = queues_.find(last_client_);
  client->second.pop_front();
  if (client->second.empty()) queues_.erase(client);
  for (const Staged& staged : ticket->staged) {
    ticket->end_seq = std::max(ticket->end_seq, staged.end_seq());
  }
  in_flight_.push_back(ticket);
  const auto durable = take_durable();
  lock.unlock();
  for (const auto& done : durable) done->done.set_value();
  lock.lock();
  return true;
}

// Tickets become durable in the order in which they were staged, but for those that were refused or
// hit as a whole: they only wait for those before them. Who takes them wakes their clients, without
// the lock: a thousand wake-ups take longer than many decisions.
std::vector<std::shared_ptr<Sequencer::Ticket>> Sequencer::take_durable() {
  std::vector<std::shared_ptr<Ticket>> durable_tickets;
  const std::uint64_t durable = book_.durable_size();
  const bool stopped = book_.stopped();
  while (!in_flight_.empty() && (stopped || in_flight_.front()->end_seq <= durable)) {
    durable_tickets.push_back(std::move(in_flight_.front()));
    in_flight_.pop_front();
  }
  return durable_tickets;
}

void Sequencer::on_progress() {
  std::vector<std::shared_ptr<Ticket>> durable;
  {
    const std::lock_guard lock(mutex_);
    if (!book_.stopped()) ++groups_committed_;
    durable = take_durable();
  }
  changed_.notify_all();
  for (const auto& ticket : durable) ticket->done.set_value();
}

std::uint64_t Sequencer::groups_committed() const {
  const std::lock_guard lock(mutex_);
  return groups_committed_;
}

}  // namespace gateway::service
