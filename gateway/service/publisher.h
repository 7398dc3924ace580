#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gateway/service/book.h"

namespace gateway::service {

// Gives the newest signed checkpoint to the outside, at most once a second, while a book is served.
// It runs beside the writer, which never waits for it.
class Publisher {
 public:
  // What is done with a signed note before it is published, such as asking witnesses for theirs;
  // what it returns is published.
  using Prepare =
      std::function<core::Result<std::string>(const ledger::PublishedNote& signed_note)>;
  // Whether a note that was published can stay the last one although nothing was recorded since.
  using Suffices = std::function<bool(const std::string& note)>;
  struct Options {
    Prepare prepare = {};
    Suffices suffices = {};
    // Told of a failure when it begins, and of its end.
    std::function<void(const core::Error&)> failed = {};
    std::function<void(std::uint64_t size)> recovered = {};
  };

  // Nothing is published before start() or publish(). `book` must outlive it.
  Publisher(Book& book, Options options);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Publishes now, and then as the book grows.
  void start();
  // Publishes the newest signed checkpoint, if there is anything new to say. Not beside start().
  // Errors: those of `prepare` and of Book::publish.
  core::Result<> publish();
  // The same, and tells of failures. The same failure again and again is told once.
  void publish_and_tell();

 private:
  void run();

  Book& book_;
  Options options_;
  std::optional<core::Error> last_failure_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gateway::service
