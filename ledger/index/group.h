#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/amount.h"
#include "core/sha256.h"
#include "ledger/record.h"

// What durable records change, resolved by whoever applied them to the books.
namespace ledger::index {

// Where a record left one account in one commodity. Both are numbered from 0 in the order in which
// the records bring them up.
struct Move {
  std::uint32_t account = 0;
  std::uint32_t commodity = 0;
  core::Minor balance = 0;
};

struct RecordFacts {
  std::uint64_t kind = 0;
  core::Instant recorded_at;
  core::Instant effective_at;
  BatchPlace batch;
  bool voided = false;            // It never took effect.
  std::uint32_t moves_end = 0;    // Its moves end here in Group::moves, and begin where those before end.
  std::uint32_t subjects_end = 0;
};

struct OpenedAccount {
  std::string path;
  std::uint64_t seq = 0;
};

struct UsedRequest {
  core::Hash key;  // request_key().
  std::uint64_t seq = 0;
};

// Records [first_seq, first_seq + records.size()): whole batches.
struct Group {
  std::uint64_t first_seq = 0;
  std::vector<core::Hash> leaf_hashes;
  std::vector<RecordFacts> records;
  std::vector<Move> moves;  // An account and commodity at most once a record.
  std::vector<SubjectLink> subjects;
  std::vector<OpenedAccount> accounts;      // Numbered on from those before.
  std::vector<core::Commodity> commodities;  // The same.
  std::vector<UsedRequest> requests;

  // Keeps the memory.
  void clear() {
    leaf_hashes.clear();
    records.clear();
    moves.clear();
    subjects.clear();
    accounts.clear();
    commodities.clear();
    requests.clear();
  }
};

// SHA-256(client id LF request id); neither contains the separator (docs/commands.md, "request_id").
core::Hash request_key(core::Sha256& sha256, std::string_view client_id,
                       std::string_view request_id);

}  // namespace ledger::index
