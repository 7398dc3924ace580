#pragma once

#include <set>
#include <string_view>

#include "core/json.h"
#include "gateway/service/book_replay.h"
#include "gateway/service/dispute.h"

namespace gateway::service {

// The course of events under corrected terms: takes the recorded commands one by one.
class CorrectedWorld {
 public:
  CorrectedWorld(const CorrectedTerms& terms, Dispute& dispute)
      : terms_(terms), dispute_(dispute), world_({}) {}

  // The batch as it comes out here, for whoever counts its records; empty if the command is left
  // out.
  struct Outcome {
    std::deque<core::Bytes> leaves;
    std::deque<ledger::RecordView> records;
  };
  // `recorded` is the other course, before the batch.
  core::Result<Outcome> take(const RecordedBatch& batch, const World& recorded);

  const World& world() const { return world_; }
  const std::set<core::OfferId>& changed_offers() const { return changed_; }

 private:
  struct Command {
    ledger::CommandBody body;
    core::Bytes fields;
  };
  core::Result<Command> command_of(const RecordedBatch& batch);
  core::Result<> correct(Command& command, const RecordedBatch& batch, const World& recorded);
  core::Result<bool> correct_json(std::string_view type, core::json::Value& fields);
  core::Result<bool> correct_terms(core::json::Value& fields);
  core::Result<bool> correct_valuation(Command& command, const World& recorded) const;
  core::Result<bool> correct_account(Command& command, const World& recorded) const;
  core::Result<bool> correct_capital(Command& command, const World& recorded) const;
  core::Result<Outcome> place(std::vector<ledger::Draft> drafts, const RecordedBatch& batch);
  core::Result<> settle(const RecordedBatch& batch, const World& recorded,
                        const core::StructureId& structure);
  void note(const RecordedBatch& batch, std::string what);

  const CorrectedTerms& terms_;
  Dispute& dispute_;
  World world_;
  std::set<core::OfferId> changed_;
  std::size_t changes_ = 0;
  std::uint64_t next_seq_ = 0;
  std::uint64_t settled_ = 0;
};

// What a pool owes its investors in all, attributed or not. `structure` exists in the world.
core::Minor owed_by_pool(const World& world, const core::StructureId& structure);

}  // namespace gateway::service
