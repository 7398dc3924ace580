#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/fees/exact.h"
#include "engine/investor_records.h"
#include "reports/explain/mandate_days.h"
#include "reports/explain/pool.h"

// fee_charged, told by small steps; what they share.
namespace reports::explain {

// Calls `visit` for each body of a kind of one client between two sequences, both not among them.
template <class Body>
core::Result<> for_each_of_client(
    Sources& sources, const core::PartyId& client, std::uint64_t after, std::uint64_t before,
    const std::function<void(const Body& body, const ledger::RecordView& record)>& visit) {
  TRY(sources.find(Body::kKind, ledger::SubjectId(client.bytes), Direction::After, after,
                   [&](const ledger::RecordView& record) -> core::Result<bool> {
                     if (record.seq >= before) return true;
                     TRY(const auto body, core::from_cbor<Body>(record.body));
                     visit(body, record);
                     return false;
                   }));
  return core::ok();
}

// An investor's lots when parts were made of his holding: units, and their part of his equity.
struct Lots {
  std::vector<engine::Lot> lots;
  std::vector<core::Minor> equities;
};

// The fee, and what its steps have found out so far.
struct Fee {
  Calculation& calculation;
  engine::FeeCharged body;
  Terms terms;
  Rollovers rollovers;
  Investor investor;
  // The last investor_standing before, if there is one.
  std::optional<Found<engine::InvestorStanding>> standing = {};
  std::optional<core::DecisionId> decision = {};
  std::optional<std::uint64_t> valuation = {};
  // Earlier fees on him in this rollover.
  std::vector<engine::FeeCharged> earlier = {};
  // His entitlement when the period began: after the last rollover and corrections since.
  std::optional<core::Minor> opening = {};
  std::optional<Lots> lots = {};
  ManagedDays managed = {};
  // What the steps find that the fee comes to before tax on top and cap.
  core::Minor due = 0;

  const engine::OfferTerms& offer() const { return terms.offer.terms; }
  const engine::Lot* lot() const;
  core::Minor part_equity() const;  // Of the lot, or all that he has.
  // Charged because his mandate was over: on what stood while he had one.
  bool ends_mandate() const { return managed.lapsed && body.due == engine::FeeDue::PeriodEnd; }
  std::string money(core::Minor amount) const { return calculation.money(amount); }
  std::string rate() const { return core::to_string(body.rate); }
};

// A standing as a record tells it.
struct Stood {
  const engine::Investor& investor;
  std::uint64_t seq = 0;  // Of the record.
};

// Management fees since the last crystallisation before the fee: those of the standing, and what
// corrections behind its record changed of them. On an account, or in a pool if none is named.
core::Result<core::Minor> management_since(Calculation& calculation, const engine::FeeCharged& fee,
                                           const std::optional<core::AccountId>& account,
                                           const Stood& stood);

// What leaves the investor: the fee, and a tax on top of it.
core::Minor taken_by(const engine::FeeCharged& fee);

// The sequence after which this rollover's records come.
std::uint64_t rollover_begin(const Rollovers& rollovers);

using StepFunction = core::Result<> (*)(Fee& fee);

// fee_accruals.cc
core::Result<> step_management(Fee& fee);
core::Result<> step_subscription(Fee& fee);
core::Result<> step_volume(Fee& fee);
// fee_performance.cc
core::Result<> step_performance(Fee& fee);
core::Result<> step_new_mark(Fee& fee);
core::Result<> step_equalisation(Fee& fee);
// fee_shares.cc
core::Result<> step_charge(Fee& fee);
core::Result<> step_shares(Fee& fee);
core::Result<> step_units(Fee& fee);
core::Result<> step_postings(Fee& fee);

// lots.cc
core::Result<std::optional<Lots>> find_lots(Fee& fee);

}  // namespace reports::explain
