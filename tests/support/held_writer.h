#pragma once

#include <future>
#include <thread>

#include "gateway/service/book.h"

namespace tests {

// Keeps a book's deciding thread waiting, as a long decision would, so that its queue can be filled
// to the last place. Goes on at release() or at the end of the test.
class HeldWriter {
 public:
  explicit HeldWriter(gateway::service::Book& book)
      : thread_([this, &book] {
          static_cast<void>(book.read_state([this](const engine::State&) {
            held_.set_value();
            released_.get_future().wait();
            return core::ok();
          }));
        }) {
    held_.get_future().wait();
  }
  ~HeldWriter() { release(); }
  HeldWriter(const HeldWriter&) = delete;
  HeldWriter& operator=(const HeldWriter&) = delete;

  void release() {
    if (!thread_.joinable()) return;
    released_.set_value();
    thread_.join();
  }

 private:
  std::promise<void> held_;
  std::promise<void> released_;
  std::thread thread_;
};

}  // namespace tests
