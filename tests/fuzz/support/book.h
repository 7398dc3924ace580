#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/state.h"
#include "gateway/service/submission.h"
#include "ledger/journal/journal.h"
#include "tests/support/temp_dir.h"

namespace fuzz {

// A small book in memory, made of demo/brokerage.jsonl by the engine and the journal, as the
// service does it: a pool with investors, a group with accounts, trades and rollovers. Commands are
// decided on it, and leave it as it is.
class Book {
 public:
  Book();

  // Aborts if what the engine decides could not be recorded: a client's command may be refused,
  // but never because the book would be damaged, and what is accepted can be applied.
  void decide(const gateway::service::Submission& submission);

 private:
  struct Decision {
    std::vector<ledger::Draft> batch;  // The command's record and its effects.
    core::Instant recorded_at;
  };

  void stage(std::vector<ledger::Draft> batch, core::Instant recorded_at);
  core::Result<Decision> decision(const gateway::service::Submission& submission);

  tests::TempDir folder_;  // Of the signer's memory, the only file.
  std::unique_ptr<ledger::journal::Journal> journal_;
  engine::State state_;
};

}  // namespace fuzz
