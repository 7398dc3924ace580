#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/access/access_log.h"
#include "gateway/service/sequencer.h"

// Takes readings out of the spool and records them in the log of reads, in order and each once.
namespace gateway::access {

// The log of reads, open for writing by whoever has it alone. Any thread.
class AccessBook {
 public:
  // `log` may be used meanwhile. The book itself is opened when it is needed, and again after it
  // stopped.
  AccessBook(const service::Folder& folder, AccessLog& log, core::Clock& clock)
      : folder_{folder.access()}, log_(log), clock_(clock) {}

  // Records what is in the spool by now, and takes it out. Idempotent: a reading's number is its
  // request id.
  // Errors: those of service::Book::open and of recording; Corrupt/access_spool, access_entry.
  core::Result<> drain();
  // Runs `query` on the log of reads. Errors: those of service::Book::open and of `query`.
  core::Result<> read(const std::function<core::Result<>(const service::BookView&)>& query);
  // Errors: those of service::Book::back_up.
  core::Result<ledger::store::Backup> back_up(const std::string& folder);

 private:
  core::Result<> open();
  core::Result<> drain_some(bool& more);

  service::Folder folder_;
  AccessLog& log_;
  core::Clock& clock_;
  std::mutex mutex_;
  std::unique_ptr<service::Book> book_;
  std::uint64_t next_ = 0;  // Readings below it are recorded.
};

// Drains while readings come.
class Drainer {
 public:
  using Told =
      std::function<void(const std::optional<core::Error>& error)>;  // Absent: it works again.
  Drainer(AccessBook& book, AccessLog& log, Told told);
  // Drains once more, as far as it can.
  ~Drainer();
  Drainer(const Drainer&) = delete;
  Drainer& operator=(const Drainer&) = delete;

 private:
  void run();
  void drain_and_tell();

  AccessBook& book_;
  AccessLog& log_;
  Told told_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool waiting_ = true;  // Something may be in the spool.
  bool ending_ = false;
  std::string last_failure_;  // Its reason; "" = none.
  std::thread thread_;
};

}  // namespace gateway::access
