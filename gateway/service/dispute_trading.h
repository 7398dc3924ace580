#pragma once

#include <map>
#include <string>
#include <utility>

#include "gateway/service/dispute.h"
#include "ledger/record.h"

// What a course of events comes to beside pools: parts of orders, and what partners accrued.
namespace gateway::service {

class TradingTally {
 public:
  // Errors: those of reading the record's body.
  core::Result<> take(const ledger::RecordView& record);

  // What differs, in order.
  static std::vector<AllocationDifference> allocations(const TradingTally& recorded,
                                                       const TradingTally& corrected);
  static std::vector<RebateDifference> rebates(const TradingTally& recorded,
                                               const TradingTally& corrected);

 private:
  struct Part {
    core::PartyId client;
    core::Minor steps = 0;
  };
  std::map<std::pair<core::OrderId, core::AccountId>, Part> parts_;
  std::map<std::pair<core::PartyId, std::string>, core::Minor> accrued_;
};

}  // namespace gateway::service
