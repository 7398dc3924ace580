#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "core/time.h"
#include "gateway/service/sequencer.h"

namespace gateway::service {

// Does what time asks for while a book is served: records a tick when something has expired, since
// things never expire by themselves, and an index root on the first occasion of each day, in UTC.
class Ticker {
 public:
  // Told, on the ticker's thread, when no index root could be recorded that was due.
  using Failed = std::function<void(const core::Error&)>;
  // `actor` is whom the ticks name; `also` is called at each interval, on the ticker's thread. All must
  // outlive the ticker.
  Ticker(Book& book, Sequencer& sequencer, core::Clock& clock, const core::PartyId& actor,
         Failed failed = {}, std::function<void()> also = {});
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  // Ticks if anything has expired by now; says whether it did.
  bool tick();
  // Commits to the subjects' records if that is due; says whether it did.
  // Errors: those of index_root_command() and of the sequencer.
  core::Result<bool> commit_index();

 private:
  void run();
  void commit_index_and_tell();

  Book& book_;
  Sequencer& sequencer_;
  core::Clock& clock_;
  core::PartyId actor_;
  Failed failed_;
  std::function<void()> also_;
  std::string last_failure_;  // Of index roots: its reason.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gateway::service
