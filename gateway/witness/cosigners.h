#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gateway/http/message.h"
#include "ledger/policy.h"
#include "ledger/published_frame.h"

namespace gateway::witness {

// Gets the cosignatures of a policy's witnesses for a book's checkpoints. Each witness has a thread
// of its own, so one that stalls keeps no other waiting; whoever writes the book waits for none of
// them.
class Cosigners {
 public:
  // Sends a body to a URL. `cancelled` ends it early.
  using Ask = std::function<core::Result<http::Response>(
      const std::string& url, const std::string& body, const std::atomic<bool>& cancelled)>;
  // The consistency proof between two sizes that the book has had.
  using Prove = std::function<core::Result<std::vector<core::Hash>>(std::uint64_t old_size,
                                                                    std::uint64_t new_size)>;
  struct Options {
    std::chrono::milliseconds round{6'000};  // So long a quorum is waited for.
    std::chrono::milliseconds grace{300};    // Beyond the quorum, for the others.
    // Told when a witness begins to fail, and (without an error) when it cosigns again.
    std::function<void(const std::string& witness, const std::optional<core::Error>&)> told = {};
  };

  Cosigners(ledger::Policy policy, Ask ask, Prove prove, Options options);
  ~Cosigners();
  Cosigners(const Cosigners&) = delete;
  Cosigners& operator=(const Cosigners&) = delete;

  // From any thread: what is under way ends soon, and nothing more is asked for.
  void stop();
  // The note with the cosignatures that came. From one thread at a time.
  // Errors: Unavailable/quorum if they are not the policy's quorum, with what each witness lacks.
  core::Result<std::string> cosign(const ledger::PublishedNote& signed_note);

 private:
  // One witness, and how far it has come.
  struct Worker {
    const ledger::PolicyWitness* witness = nullptr;
    std::uint64_t known_size = 0;  // Of what it cosigned last, as far as we know.
    std::shared_ptr<const ledger::PublishedNote> wanted;
    std::shared_ptr<const ledger::PublishedNote> answered;  // That `line` or `error` is about.
    std::string line;
    std::optional<core::Error> error;
    std::thread thread;
  };

  void run(Worker& worker);
  core::Result<std::string> ask_for(Worker& worker, const ledger::PublishedNote& note);
  core::Result<std::string> read_answer(const Worker& worker, const ledger::PublishedNote& note,
                                        const http::Response& answer) const;
  std::vector<std::size_t> cosigned_of(
      const std::shared_ptr<const ledger::PublishedNote>& note) const;
  bool all_answered(const std::shared_ptr<const ledger::PublishedNote>& note) const;
  std::string lacking(const std::shared_ptr<const ledger::PublishedNote>& note) const;

  const ledger::Policy policy_;
  const Ask ask_;
  const Prove prove_;
  const Options options_;
  std::atomic<bool> ending_ = false;
  mutable std::mutex mutex_;  // Guards the workers' wanted, answered, line and error.
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Worker>> workers_;  // Of the witnesses that have a URL.
};

}  // namespace gateway::witness
