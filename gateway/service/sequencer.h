#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/service/book.h"

namespace gateway::service {

// Commands that wait, of all clients and of one: nobody can fill the queue alone.
inline constexpr std::size_t kQueueMax = 40000;
inline constexpr std::size_t kClientQueueMax = 20000;

// The one thread that decides a book's commands while it is served. Clients take turns; while a
// group is being committed the next one fills, so that many clients share one fsync.
class Sequencer {
 public:
  explicit Sequencer(Book& book);
  // Records and answers what is queued, then ends the thread.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Queues the commands of one client together, in order, and waits for their answers.
  // Errors (each answer): Unavailable/queue_full if they do not all fit: try again later.
  std::vector<ReceiptResult> submit(std::vector<Submission> submissions);

  // The same in two steps: answers() waits.
  struct Ticket;
  std::shared_ptr<Ticket> queue(std::vector<Submission> submissions);
  std::vector<ReceiptResult> answers(const std::shared_ptr<Ticket>& ticket);

  // Groups that were committed, each with the syncs that make it durable.
  std::uint64_t groups_committed() const;

 private:
  void run();
  bool stage_some(std::unique_lock<std::mutex>& lock);
  std::vector<std::shared_ptr<Ticket>> take_durable();
  void on_progress();

  Book& book_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::deque<std::shared_ptr<Ticket>>> queues_;  // By client; none is empty.
  std::string last_client_;                                            // Whose turn it was.
  std::size_t queued_ = 0;                                             // Commands.
  std::map<std::string, std::size_t> queued_of_;                       // The same by client.
  std::deque<std::shared_ptr<Ticket>> in_flight_;  // Staged whole, in order of their ends.
  std::uint64_t groups_committed_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gateway::service
