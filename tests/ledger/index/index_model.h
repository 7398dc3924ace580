#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ledger/index/index.h"

namespace tests {

// A book of facts made up from numbers, with plain maps that say what an index must answer.
class IndexModel {
 public:
  static constexpr std::int64_t kStepMicros = 10;

  struct Moved {
    std::uint64_t seq;
    core::Minor balance;
    std::optional<core::Instant> late;
  };

  // A batch of so many records. Account `hot` moves in each; another one, and a subject, by chance.
  void add_batch(std::uint64_t records) {
    const core::Instant recorded_at = time_of(batches.size());
    batches.push_back({size(), records, recorded_at});
    requests[request(batches.size() - 1)] = size();
    group.requests.push_back({request(batches.size() - 1), size()});
    for (std::uint64_t i = 0; i < records; ++i) add_record(i, records, recorded_at);
  }

  // A batch that never took effect.
  void add_voided(std::uint64_t records) {
    for (std::uint64_t i = 0; i < records; ++i) {
      ledger::index::RecordFacts facts = facts_of(i, records, time_of(batches.size()));
      facts.voided = true;
      group.records.push_back(facts);
      add_leaf();
    }
  }

  // Gives what was added to the index.
  void publish(ledger::index::Index& index) {
    ASSERT_TRUE(index.publish(group).has_value());
    group.clear();
    group.first_seq = size();
  }

  std::uint64_t size() const { return leaves.size(); }
  static std::string account(std::uint32_t number) {
    return "assets:cm:account-" + std::to_string(number);
  }
  static ledger::SubjectId subject(std::uint8_t number) {
    ledger::SubjectId id{};
    id.back() = number;
    return id;
  }
  static core::Hash request(std::uint64_t batch) {
    return core::sha256(core::as_bytes("request " + std::to_string(batch)));
  }
  static core::Instant time_of(std::uint64_t batch) {
    return {1'000'000 + static_cast<std::int64_t>(batch) * kStepMicros};
  }

  ledger::index::Group group;
  ledger::MerkleTree tree;
  std::vector<core::Hash> leaves;
  std::vector<ledger::index::BatchBounds> batches;
  std::map<core::Hash, std::uint64_t> requests;
  std::map<std::uint32_t, std::vector<Moved>> moves;  // By account; one commodity.
  std::map<std::uint8_t, std::vector<std::uint64_t>> subjects;
  std::map<std::uint64_t, std::vector<std::uint64_t>> kinds;

 private:
  std::uint64_t random(std::uint64_t below) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return (state_ >> 33) % below;
  }

  void add_leaf() {
    leaves.push_back(core::sha256(core::as_bytes("leaf " + std::to_string(size()))));
    group.leaf_hashes.push_back(leaves.back());
    tree.append(sha256_, leaves.back());
  }

  ledger::index::RecordFacts facts_of(std::uint64_t i, std::uint64_t records,
                                      core::Instant recorded_at) const {
    ledger::index::RecordFacts facts;
    facts.recorded_at = recorded_at;
    facts.effective_at = recorded_at;
    facts.batch = {size() - i, i, records};
    facts.moves_end = static_cast<std::uint32_t>(group.moves.size());
    facts.subjects_end = static_cast<std::uint32_t>(group.subjects.size());
    return facts;
  }

  void move(std::uint32_t account_number, const ledger::index::RecordFacts& facts) {
    if (!numbers_.contains(account_number)) {
      if (numbers_.empty()) group.commodities.push_back({"EUR", 2});
      numbers_.emplace(account_number, static_cast<std::uint32_t>(numbers_.size()));
      group.accounts.push_back({account(account_number), size()});
    }
    auto& steps = moves[account_number];
    core::Minor balance = steps.empty() ? 0 : steps.back().balance;
    balance += static_cast<std::int64_t>(random(2000)) - 1000;
    const bool late = facts.effective_at != facts.recorded_at;
    steps.push_back({size(), balance, late ? std::optional(facts.effective_at) : std::nullopt});
    group.moves.push_back({numbers_.at(account_number), 0, balance});
  }

  void add_record(std::uint64_t i, std::uint64_t records, core::Instant recorded_at) {
    ledger::index::RecordFacts facts = facts_of(i, records, recorded_at);
    facts.kind = i == 0 ? 1 : random(50) == 0 ? 30 : 25;
    if (random(100) == 0) {
      facts.effective_at.micros -= static_cast<std::int64_t>(random(1'000'000));
    }
    move(0, facts);                                                    // Hot.
    if (random(4) == 0) move(1 + static_cast<std::uint32_t>(random(20)), facts);
    if (size() % 100'000 == 50'000) move(100, facts);                  // Cold.
    if (random(10) == 0) touch(static_cast<std::uint8_t>(random(5)));
    if (size() == 70'000) touch(200);
    facts.moves_end = static_cast<std::uint32_t>(group.moves.size());
    facts.subjects_end = static_cast<std::uint32_t>(group.subjects.size());
    kinds[facts.kind].push_back(size());
    group.records.push_back(facts);
    add_leaf();
  }

  void touch(std::uint8_t number) {
    auto& seqs = subjects[number];
    ledger::SubjectLink link{subject(number), seqs.size() + 1, {}};
    if (!seqs.empty()) link.prev_seq = seqs.back();
    seqs.push_back(size());
    group.subjects.push_back(link);
  }

  std::uint64_t state_ = 42;
  std::map<std::uint32_t, std::uint32_t> numbers_;
  core::Sha256 sha256_;
};

}  // namespace tests
