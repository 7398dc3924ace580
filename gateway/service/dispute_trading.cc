#include "gateway/service/dispute_trading.h"

#include "engine/mam_records.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_records.h"

namespace gateway::service {
namespace {

// What stands in the record's postings of a rebate: its currency is the structure's.
std::string currency_of(const ledger::RecordView& record) {
  return record.postings.empty() ? std::string() : std::string(record.postings.front().commodity);
}

template <class Map, class Difference>
void each_key(const Map& recorded, const Map& corrected, Difference difference) {
  static const typename Map::mapped_type kNothing{};
  for (const auto& [key, was] : recorded) {
    const auto other = corrected.find(key);
    difference(key, was, other == corrected.end() ? kNothing : other->second);
  }
  for (const auto& [key, right] : corrected) {
    if (!recorded.contains(key)) difference(key, kNothing, right);
  }
}

}  // namespace

core::Result<> TradingTally::take(const ledger::RecordView& record) {
  if (record.kind == engine::FillAllocated::kKind) {
    TRY(const auto body, core::from_cbor<engine::FillAllocated>(record.body));
    parts_[{body.order, body.account}] = {body.client, body.allocated_steps};
  } else if (record.kind == engine::AllocationCorrected::kKind) {
    TRY(const auto body, core::from_cbor<engine::AllocationCorrected>(record.body));
    parts_[{body.order, body.account}] = {body.client, body.allocated_steps};
  } else if (record.kind == engine::RebateAccrued::kKind) {
    TRY(const auto body, core::from_cbor<engine::RebateAccrued>(record.body));
    if (body.posted != 0) accrued_[{body.manager, currency_of(record)}] += body.posted;
  } else if (record.kind == engine::PartnerLineAccrued::kKind) {
    TRY(const auto body, core::from_cbor<engine::PartnerLineAccrued>(record.body));
    accrued_[{body.partner, body.currency}] += body.posted;
  }
  return core::ok();
}

std::vector<AllocationDifference> TradingTally::allocations(const TradingTally& recorded,
                                                            const TradingTally& corrected) {
  std::vector<AllocationDifference> out;
  each_key(recorded.parts_, corrected.parts_,
           [&](const auto& key, const Part& was, const Part& right) {
             if (was.steps == right.steps) return;
             out.push_back({key.first, key.second,
                            was.client == core::PartyId{} ? right.client : was.client, was.steps,
                            right.steps});
           });
  return out;
}

std::vector<RebateDifference> TradingTally::rebates(const TradingTally& recorded,
                                                    const TradingTally& corrected) {
  std::vector<RebateDifference> out;
  each_key(recorded.accrued_, corrected.accrued_,
           [&](const auto& key, core::Minor was, core::Minor right) {
             if (was != right) out.push_back({key.first, key.second, was, right});
           });
  return out;
}

}  // namespace gateway::service
