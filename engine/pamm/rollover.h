#pragma once

#include <string>
#include <vector>

#include "engine/charging/accruals.h"
#include "engine/charging/performance.h"
#include "engine/charging/periods.h"
#include "engine/effects.h"
#include "engine/pamm/standing.h"

namespace engine::pamm {

// One rollover of one pool, step by step, in the order of docs/accounting.md, "Rollover". Each step
// adds its records; a step that refuses ends the whole. The steps' functions are in the file that
// is named beside them.
class RolloverRun {
 public:
  RolloverRun(const Context& context, const Rollover& command, const Structure& pool);

  core::Result<std::vector<ledger::Draft>> run();

 private:
  // A client's redemptions at this rollover, which are priced together.
  struct Leaving {
    core::PartyId client;
    std::vector<DueRequest> requests;        // Oldest first.
    std::vector<core::Minor> amounts;        // Gross, of each.
    core::Minor gross = 0;                   // Their sum.
    std::vector<bool> waiting;               // Of each, whether a part of it must wait,
    DeferReason reason = DeferReason::Gate;  // and why.
  };
  // How much may leave, and what says so.
  struct Capacity {
    std::optional<core::Minor> money;
    DeferReason reason = DeferReason::Gate;
  };
  // What a client's redemptions came to.
  struct Taken {
    core::Minor fee = 0;  // Performance fee on them, with its tax.
    core::Minor units = 0;
    core::Minor released = 0;
    core::Minor mark_before = 0;
    bool everything = false;
  };
  // What new money finds.
  struct Room {
    core::Minor capital = 0;
    std::uint64_t investors = 0;
    bool closed = false;
    bool authorised = true;  // The client whose requests are looked at.
  };
  // What a client's subscriptions come to.
  struct Bought {
    core::Minor entry_fee = 0;
    core::Minor net = 0;
    core::Minor returning = 0;  // Of it: takes from the restore stack.
    core::Minor units = 0;
    core::Minor restored = 0;
    core::Minor raised = 0;  // By which the mark rises.
  };
  struct Payout {
    core::PartyId client;
    core::Minor amount = 0;
  };

  // rollover.cc
  core::Result<> check_time();
  core::Result<> load();
  core::Result<> complete();
  core::Result<> record_standings();
  Standing& standing_of(const core::PartyId& client);
  Subjects subjects(const core::PartyId& client) const;
  Subjects subjects(const DueRequest& due) const;
  // Units that `money` buys or costs at the rollover's price.
  core::Result<core::Minor> units_of(core::Minor money, core::Rounding rounding) const;
  core::Result<> require_classified() const;
  void defer(const DueRequest& due, DeferReason reason);
  // Ends a subscription unpriced.
  void give_back(const DueRequest& due, CancelReason reason);
  void move_mark(Standing& standing, Part& part, core::Minor mark, MarkReason reason);
  Postings mark_postings(const Standing& standing, const Part& part, core::Minor mark) const;

  // snapshot.cc
  core::Result<> take_snapshot();
  core::Result<> reconcile();
  void distribute_retained();
  void absorb_negative_balance();
  core::Result<> attribute();

  // accrued_fees.cc
  core::Result<> charge_accrued_fees();
  // Charges what an accrual comes to in all, less what was charged of it.
  core::Result<> charge_accrual(Standing& standing, RunningFee& running, const charging::Span& span,
                                const fees::Exact& accrual, FeeCharged fee);
  core::Result<> charge_management(Standing& standing, const charging::Span& span);
  core::Result<> charge_subscription(Standing& standing, const charging::Span& span);
  core::Result<> charge_volume(Standing& standing);
  core::Result<> accrue_hurdle(Standing& standing);
  core::Result<> expire_released(Standing& standing);

  // mandate_gaps.cc
  void find_managed_days();
  // Shares what was earned before the mandate's end; what was gained since is shared with nobody.
  core::Result<> end_mandate(Standing& standing);
  core::Result<> share_earned(Standing& standing);
  core::Result<> forgo_gain(Standing& standing);

  // charging.cc
  // The capital that the year's cap is of.
  void begin_year(Standing& standing) const;
  // Takes a fee out of a part of a standing by cancelling units; the caller has filled in what it
  // follows from. Errors: Overflow.
  core::Result<> charge(Standing& standing, Part& part, FeeCharged fee);
  const Offer& offer_of_fee(const FeeCharged& fee) const;
  core::Result<> cancel_units(Standing& standing, Part& part, core::Minor units);

  // performance.cc
  core::Result<> end_periods();
  core::Result<> end_period(Standing& standing, FeeDue due);
  core::Result<> crystallise(Standing& standing, FeeDue due);
  // On `measured_max` at most, if it is given.
  core::Result<> crystallise(Standing& standing, Part& part, FeeDue due,
                             const std::optional<core::Minor>& measured_max = {});
  static charging::Marked marked(const Standing& standing, const Part& part);
  core::Result<> forget_old_losses(Standing& standing);
  core::Result<> claw_back(Standing& standing, core::Minor loss);
  core::Result<> release_held(Standing& standing, bool all);
  core::Result<> consolidate_series(Standing& standing) const;
  core::Result<> switch_offer(Standing& standing);
  core::Result<bool> period_ends_for(const Standing& standing) const;
  core::Result<> equalise(const Standing& standing, const Part& part, FeeCharged& fee) const;
  core::Result<> raise_pool_mark();

  // admission.cc
  core::Result<std::vector<Leaving>> leaving_clients();
  std::vector<Leaving> everybody();
  core::Result<> leave_no_dust(Leaving& leaving);
  std::optional<DeferReason> waits(const DueRequest& due);
  core::Result<> admit_manager(std::vector<Leaving>& leaving);
  // The most that the manager may take out of his own capital now.
  core::Result<core::Minor> manager_may_take(const Standing& own) const;
  core::Result<Capacity> capacity() const;
  core::Result<> ration(std::vector<Leaving>& leaving);
  // Gives the requests that were, or were not, paid in part before the same part of `left`.
  static core::Result<> ration_group(std::vector<Leaving>& leaving, bool before, DeferReason reason,
                                     core::Minor& left);
  bool somebody_stays(const std::vector<Leaving>& leaving);

  // redemptions.cc
  core::Result<> redeem();
  static void shrink(Leaving& leaving, core::Minor paid);
  core::Result<> redeem(Leaving& leaving);
  // How much of `gross` each part gives.
  core::Result<std::vector<core::Minor>> over_parts(const Standing& standing,
                                                    const std::vector<Part>& parts,
                                                    core::Minor gross) const;
  core::Result<Taken> take_out(Standing& standing, const Leaving& leaving);
  core::Result<> take_out(Standing& standing, Part& part, core::Minor withdrawn, Taken& taken);
  // Errors: Conflict/asserted_mark.
  core::Result<> require_confirmed_mark(const Standing& standing) const;
  core::Result<> crystallise_on(Standing& standing, Part& part, core::Minor withdrawn);
  core::Result<> price(Standing& standing, const Leaving& leaving, const Taken& taken);
  core::Result<> post(Standing& standing, const DueRequest& due, const RedemptionPriced& priced);
  // Posts a fee on a flow to whom it goes; what stays in the pool is given back.
  core::Minor give(Postings& postings, FeeRecipient to, std::string_view house,
                   core::Minor amount) const;
  // An exit fee that stays in the pool is for those who stay; without them it is the house's.
  FeeRecipient recipient_of(const ExitTerms& terms) const;
  core::Result<> forget(Standing& standing);
  // Row 18b: the platform is to move the net of the flows; what is redeemed waits for it. Without a
  // platform, or with nothing to move, it is paid on at once.
  void send_operation();
  void pay_on();

  // transfers.cc
  core::Result<> transfer();
  // What keeps the money out of the other pool: it stays where it is.
  std::optional<DeferReason> target_keeps_out(const DueRequest& due) const;
  core::Result<> transfer(const DueRequest& due);
  // What counts for an investor's next fee goes along with him.
  core::Result<> carry_standing(Standing& standing, const Structure& target,
                                const core::StructureId& to);
  void carry_mark(Standing& standing, const core::StrategyId& to);

  // subscriptions.cc
  core::Result<> subscribe();
  core::Result<Room> room_for_money(const std::vector<std::vector<DueRequest>>& clients) const;
  core::Result<std::vector<DueRequest>> admit(const std::vector<DueRequest>& requests, Room& room);
  core::Result<std::optional<DeferReason>> keeps_out(const DueRequest& due, const Room& room);
  // What a request brings into the pool.
  core::Result<core::Minor> invested_by(const DueRequest& due);
  core::Result<core::Minor> entry_fee_on(const Standing& standing, core::Minor amount) const;
  core::Result<> subscribe(const std::vector<DueRequest>& requests);
  // What the first `count` requests buy together.
  core::Result<Bought> bought_by(const Standing& standing, const std::vector<DueRequest>& requests,
                                 std::size_t count) const;
  void remember_joining(Standing& standing, const Bought& bought) const;
  void post(Standing& standing, const DueRequest& due, const SubscriptionPriced& priced);

  // sharing.cc
  // Each investor's part of the equity. Errors: Overflow.
  core::Result<std::vector<core::Minor>> entitlements_of(core::Minor before,
                                                         const std::vector<core::Minor>& units);
  core::Result<> rebase();
  core::Result<> rebase_units();
  core::Result<> share_positions();
  // The open volume in lot steps.
  core::Result<core::Minor> open_steps() const;
  void close_epoch();

  const Context& context_;
  const Rollover& command_;
  const core::StructureId id_;
  const Structure& pool_;
  const Offer& offer_;  // Of the structure: what is common to all investors.
  const DealingTerms dealing_;
  const std::string unit_;
  const std::string mark_;
  std::optional<core::Instant> cutoff_;
  std::optional<core::Date> next_date_;  // Trade date of the next rollover, if the calendar tells.
  Effects effects_;
  RulesByOffer rules_;
  std::vector<Standing> standings_;
  std::vector<std::size_t>
      by_client_;                 // Indexes into standings_, in the order of the clients' ids.
  core::Minor equity_ = 0;        // The snapshot.
  core::Minor rounding_ = 0;      // Of the platform's own figures.
  core::Minor absorbed_ = 0;      // Of a loss beyond the pool's money.
  core::Minor units_ = 0;         // Issued before the flows.
  core::Minor price_equity_ = 0;  // One price for all flows: price_equity_ / price_units_.
  core::Minor price_units_ = 0;
  core::Minor undistributed_ = 0;  // Closed results since the last rollover.
  core::Minor retained_ = 0;       // Exit fees that stay in the pool.
  core::Minor fees_ = 0;
  core::Minor redeemed_ = 0;
  core::Minor subscribed_ = 0;
  fees::Exact pool_mark_;
  bool uses_pool_mark_ = false;
  bool flows_ = false;
  bool gated_ = false;
  bool somebody_stays_ = false;  // Beyond this rollover's redemptions.
  std::optional<Capacity> transfer_room_;
  core::Minor missing_ = 0;  // Asked for and not paid for want of margin.
  bool epoch_closed_ = false;
  std::vector<Payout> payouts_;
};

}  // namespace engine::pamm
