#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/service/book.h"

namespace gateway::service {

inline constexpr std::size_t kQueueMax = 20000;

// The one thread that writes a book while it is served: takes waiting commands as a group, so that
// many clients share one fsync.
class Sequencer {
 public:
  explicit Sequencer(Book& book);
  // Answers what is queued, then ends the thread.
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Queues the commands together, in order, and waits for their answers.
  // Errors (each answer): Unavailable/queue_full if they do not all fit: try again later.
  std::vector<ReceiptResult> submit(std::vector<Submission> submissions);

 private:
  struct Job {
    std::vector<Submission> submissions;
    std::promise<std::vector<ReceiptResult>> answers;
  };
  void run();

  Book& book_;
  std::mutex mutex_;
  std::condition_variable waiting_;
  std::deque<Job> queue_;
  std::size_t queued_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gateway::service
