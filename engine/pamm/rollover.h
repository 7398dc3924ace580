#pragma once

#include <string>
#include <vector>

#include "engine/effects.h"
#include "engine/pamm/standing.h"

namespace engine::pamm {

// One rollover of one pool, step by step, in the order of docs/accounting.md, "Rollover": snapshot,
// reconcile, attribute, management fee, performance fee, redemptions, subscriptions at the same
// price, re-basing. Each step adds its records; a step that refuses ends the whole.
class RolloverRun {
 public:
  RolloverRun(const Context& context, const Rollover& command, const Structure& pool);

  core::Result<std::vector<ledger::Draft>> run();

 private:
  core::Result<> check_dates() const;
  core::Result<> take_snapshot();
  core::Result<> reconcile() const;
  core::Result<> attribute();
  core::Result<> charge_management();
  core::Result<> charge_management(Standing& standing, std::uint64_t days);
  core::Result<> crystallise();
  core::Result<> crystallise(Standing& standing);
  core::Result<> redeem();
  core::Result<> redeem(const DueRequest& due);
  core::Result<core::Minor> crystallise_part(Standing& standing, core::Minor gross);
  core::Result<> subscribe();
  core::Result<> subscribe(const DueRequest& due);
  core::Result<> rebase();
  // Row 18b: the platform is to move the net of the flows; what is redeemed waits for it. Without a
  // platform, or with nothing to move, it is paid on at once.
  void send_operation();
  void pay_on();
  // Ends a subscription unpriced.
  void give_back(const DueRequest& due);
  core::Result<> complete();

  core::Result<> require_classified() const;
  // Units that `money` buys or costs at the rollover's price.
  core::Result<core::Minor> units_of(core::Minor money, core::Rounding rounding) const;
  // Takes a fee out of a standing by cancelling units; the caller has filled in what it follows
  // from.
  core::Result<> charge(Standing& standing, FeeCharged fee);
  Standing& standing_of(const core::PartyId& client);
  Subjects subjects(const core::PartyId& client) const;
  Subjects subjects(const DueRequest& due) const;

  const Context& context_;
  const Rollover& command_;
  const core::StructureId id_;
  const Structure& pool_;
  const Offer& offer_;
  const std::string unit_;
  const std::string mark_;
  Effects effects_;
  std::vector<Standing> standings_;
  std::vector<std::size_t>
      by_client_;                 // Indexes into standings_, in the order of the clients' ids.
  core::Minor equity_ = 0;        // The snapshot.
  core::Minor units_ = 0;         // Issued before the flows.
  core::Minor price_equity_ = 0;  // One price for all flows: price_equity_ / price_units_.
  core::Minor price_units_ = 0;
  core::Minor undistributed_ = 0;  // Closed results since the last rollover.
  core::Minor fees_ = 0;
  core::Minor redeemed_ = 0;
  core::Minor subscribed_ = 0;
  bool flows_ = false;
  struct Payout {
    core::PartyId client;
    core::Minor amount = 0;
  };
  std::vector<Payout> payouts_;
};

}  // namespace engine::pamm
