#include "gateway/service/sequencer.h"

#include <algorithm>
#include <iterator>

namespace gateway::service {

Sequencer::Sequencer(Book& book) : book_(book), thread_([this] { run(); }) {}

Sequencer::~Sequencer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  waiting_.notify_all();
  thread_.join();
}

std::vector<ReceiptResult> Sequencer::submit(std::vector<Submission> submissions) {
  const std::size_t count = submissions.size();
  if (count == 0) return {};
  std::future<std::vector<ReceiptResult>> answers;
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || queued_ + count > kQueueMax) {
      return std::vector<ReceiptResult>(
          count, core::unavailable("queue_full", "",
                                   "The book has more commands waiting than it takes; try again "
                                   "in a moment with the same request id."));
    }
    Job& job = queue_.emplace_back();
    job.submissions = std::move(submissions);
    answers = job.answers.get_future();
    queued_ += count;
  }
  waiting_.notify_one();
  return answers.get();
}

void Sequencer::run() {
  while (true) {
    std::deque<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      waiting_.wait(lock, [&] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      jobs.swap(queue_);
      queued_ = 0;
    }
    std::vector<Submission> all;
    for (Job& job : jobs) {
      std::ranges::move(job.submissions, std::back_inserter(all));
    }
    std::vector<ReceiptResult> answers = book_.execute(all);
    auto next = std::make_move_iterator(answers.begin());
    for (Job& job : jobs) {
      const auto end = next + static_cast<std::ptrdiff_t>(job.submissions.size());
      job.answers.set_value({next, end});
      next = end;
    }
  }
}

}  // namespace gateway::service
