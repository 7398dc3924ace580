#include "gateway/service/publisher.h"

#include <chrono>

namespace gateway::service {
namespace {

constexpr std::chrono::seconds kInterval{1};

}  // namespace

Publisher::Publisher(Book& book, Options options) : book_(book), options_(std::move(options)) {}

Publisher::~Publisher() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Publisher::start() {
  // Without anybody to ask it takes no time, and the first client finds what there is.
  if (!options_.prepare) publish_and_tell();
  thread_ = std::thread([this] { run(); });
}

void Publisher::run() {
  if (options_.prepare) publish_and_tell();
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kInterval, [this] { return ending_; })) {
    lock.unlock();
    publish_and_tell();
    lock.lock();
  }
}

void Publisher::publish_and_tell() {
  const auto published = publish();
  if (published) {
    if (last_failure_ && options_.recovered) {
      static_cast<void>(book_
                            .read([&](const BookView& view) -> core::Result<> {
                              options_.recovered(view.last_published().size);
                              return core::ok();
                            })
                            .has_value());
    }
    last_failure_.reset();
    return;
  }
  const core::Error& error = published.error();
  const bool known = last_failure_ && last_failure_->reason == error.reason &&
                     last_failure_->at == error.at && last_failure_->detail == error.detail;
  if (!known && options_.failed) options_.failed(error);
  last_failure_ = error;
}

core::Result<> Publisher::publish() {
  ledger::PublishedNote next;
  bool is_new = false;
  TRY(book_.read([&](const BookView& view) -> core::Result<> {
    next = {view.size, view.checkpoint};
    const auto last = view.published.last();
    is_new =
        !last || last->size < next.size || (options_.suffices && !options_.suffices(last->note));
    return core::ok();
  }));
  if (!is_new) return core::ok();
  if (options_.prepare) {
    TRY(next.note, options_.prepare(next));
  }
  return book_.publish(next.note);
}

}  // namespace gateway::service
