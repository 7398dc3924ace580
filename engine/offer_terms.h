#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "engine/allocation_terms.h"
#include "engine/choices.h"
#include "engine/offer_choices.h"

// The terms an investor accepts; immutable once published. Rates are fractions: "0.20" is 20 %.
// Money is in the offer's currency. What is left out has the default that stands beside it. Source:
// docs/commands.md, "publish_offer"; docs/accounting.md, "Offers".
namespace engine {

// The return an investor has first, simple and by days of 365 on the mark.
struct HurdleTerms {
  core::Decimal rate;  // A year.
  HurdleKind kind = HurdleKind::Hard;
  // catch_up: the manager's part of what lies above the threshold, until he has his full share.
  std::optional<core::Decimal> catch_up;
  std::optional<HurdlePeriod> period;  // since_last_charge

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rate", self.rate);
    field(2, "kind", self.kind);
    field(3, "catch_up", self.catch_up);
    field(4, "period", self.period);
  }
};

// One tier of performance fee rates: up to a return on the mark, or without end if it is the last.
struct FeeTier {
  std::optional<core::Decimal> up_to_return;
  core::Decimal rate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "up_to_return", self.up_to_return);
    field(2, "rate", self.rate);
  }
};

// How the performance fee is measured and when it is charged.
struct PerformanceTerms {
  std::optional<MarkScope> scope;                     // investor
  std::optional<FeeBase> base;                        // equity
  std::optional<HurdleTerms> hurdle;                  // none
  std::vector<FeeTier> tiers;                         // Instead of performance_fee_rate.
  std::optional<TierMode> tier_mode;                  // marginal
  std::optional<Frequency> frequency;                 // As each rollover says (period_end).
  std::optional<std::uint64_t> look_back_periods;     // For ever.
  std::optional<WithdrawalRule> withdrawal_rule;      // proportional_restore
  std::optional<WithdrawalCharge> withdrawal_charge;  // pro_rata
  std::optional<BlockedMark> blocked_mark;            // moves
  std::optional<LotOrder> lot_order;                  // Scope lot: fifo
  std::optional<Equalisation> equalisation;           // Scope lot, imported funds: none
  std::optional<core::Decimal> minimum_charge;  // A smaller fee is not charged, and the mark stays.
  std::optional<std::uint64_t> restore_months;  // Released losses come back for so long; for ever.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "scope", self.scope);
    field(2, "base", self.base);
    field(3, "hurdle", self.hurdle);
    field(4, "tiers", self.tiers);
    field(5, "tier_mode", self.tier_mode);
    field(6, "frequency", self.frequency);
    field(7, "look_back_periods", self.look_back_periods);
    field(8, "withdrawal_rule", self.withdrawal_rule);
    field(9, "withdrawal_charge", self.withdrawal_charge);
    field(10, "blocked_mark", self.blocked_mark);
    field(11, "lot_order", self.lot_order);
    field(12, "equalisation", self.equalisation);
    field(13, "minimum_charge", self.minimum_charge);
    field(14, "restore_months", self.restore_months);
  }
};

// How the management fee accrues.
struct ManagementTerms {
  std::optional<ManagementBase> base;    // opening
  std::optional<DayCount> day_count;     // act_365
  std::optional<core::Decimal> flat;     // Money a year, beside the rate.
  std::optional<core::Decimal> minimum;  // Money a year: the accrual is at least this.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "base", self.base);
    field(2, "day_count", self.day_count);
    field(3, "flat", self.flat);
    field(4, "minimum", self.minimum);
  }
};

// A fee on money that leaves within `days` of the investor's joining; without days, always.
struct ExitTerms {
  core::Decimal rate;  // Of the gross redemption.
  std::optional<std::uint64_t> days;
  std::optional<FeeRecipient> recipient;  // house

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rate", self.rate);
    field(2, "days", self.days);
    field(3, "recipient", self.recipient);
  }
};

// A fee on what the manager trades, by the pool's closed volume.
struct VolumeTerms {
  std::optional<core::Decimal> per_lot;      // Of a closed lot.
  std::optional<core::Decimal> per_million;  // Of a million of notional, each side.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "per_lot", self.per_lot);
    field(2, "per_million", self.per_million);
  }
};

// A partner's part of a fee.
struct PartnerShare {
  core::PartyId partner;
  core::Decimal rate;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "partner", self.partner);
    field(2, "rate", self.rate);
  }
};

// Who has which part of a fee; the manager has the rest. All but the business partner's are of the
// fee.
struct ShareTerms {
  std::optional<core::Decimal> broker;
  std::vector<PartnerShare> introducing;         // Introducing brokers, by level.
  std::optional<PartnerShare> business_partner;  // Of what broker and introducing brokers leave.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "broker", self.broker);
    field(2, "introducing", self.introducing);
    field(3, "business_partner", self.business_partner);
  }
};

// A tax on the fees.
struct TaxTerms {
  core::Decimal rate;
  std::string country;          // ISO 3166: whose tax it is.
  std::optional<TaxMode> mode;  // on_top

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rate", self.rate);
    field(2, "country", self.country);
    field(3, "mode", self.mode);
  }
};

// A part of the manager's performance fees that is held for some periods, and out of which a part
// of a later loss is paid back.
struct ReserveTerms {
  core::Decimal share;          // Of the manager's part.
  std::uint64_t periods = 0;    // Crystallisations until it is released.
  core::Decimal clawback_rate;  // Of a losing period.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "share", self.share);
    field(2, "periods", self.periods);
    field(3, "clawback_rate", self.clawback_rate);
  }
};

// How money comes and goes.
struct DealingTerms {
  std::optional<core::Decimal> minimum_initial;
  std::optional<core::Decimal> minimum_top_up;
  std::optional<core::Decimal> increment;  // Subscriptions are multiples of it.
  std::optional<core::Decimal> minimum_withdrawal;
  std::optional<core::Decimal> minimum_remaining;  // Less than that: everything leaves.
  std::optional<std::uint64_t> lock_up_days;       // From the investor's joining.
  std::optional<std::uint64_t> notice_days;        // From the request to the first price.
  std::optional<JoinApproval> join_approval;       // none
  std::optional<core::Decimal> gate;               // Most of the pool that leaves at one rollover.
  std::optional<ShortMargin> short_margin;         // gate
  std::optional<core::Decimal> margin_floor;       // Free margin that must be left: part of equity.
  std::optional<core::Decimal>
      scaling_cost_cap;  // Most that a redeemer pays of it: part of his money.
  std::optional<core::Decimal> maximum_capital;  // Of the pool.
  std::optional<std::uint64_t> maximum_investors;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "minimum_initial", self.minimum_initial);
    field(2, "minimum_top_up", self.minimum_top_up);
    field(3, "increment", self.increment);
    field(4, "minimum_withdrawal", self.minimum_withdrawal);
    field(5, "minimum_remaining", self.minimum_remaining);
    field(6, "lock_up_days", self.lock_up_days);
    field(7, "notice_days", self.notice_days);
    field(8, "join_approval", self.join_approval);
    field(9, "gate", self.gate);
    field(10, "short_margin", self.short_margin);
    field(11, "margin_floor", self.margin_floor);
    field(12, "scaling_cost_cap", self.scaling_cost_cap);
    field(13, "maximum_capital", self.maximum_capital);
    field(14, "maximum_investors", self.maximum_investors);
  }
};

// What the manager keeps in the pool of his own.
struct ManagerCapitalTerms {
  std::optional<ManagerCapitalRule> rule;  // may_not_fall
  std::optional<core::Decimal> minimum;
  std::optional<core::Decimal> minimum_share;  // Of the pool.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "rule", self.rule);
    field(2, "minimum", self.minimum);
    field(3, "minimum_share", self.minimum_share);
  }
};

struct OfferTerms {
  core::Decimal management_fee_rate;   // A year.
  core::Decimal performance_fee_rate;  // Of the gain above the high-water mark.
  MarkBasis mark_basis = MarkBasis::Net;
  core::Decimal entry_fee_rate;                 // Of the amount subscribed.
  Residual residual = Residual::SainteLague;    // MAM: how lots are shared.
  std::optional<core::Decimal> lot_step;        // MAM: smallest volume step; 0.01 if absent.
  std::optional<core::Decimal> rebate_per_lot;  // Per closed lot, in the structure's currency.
  std::optional<RebateTo> rebate_to;  // Whom the rebate is paid to; needed with rebate_per_lot.
  std::optional<PerformanceTerms> performance;
  std::optional<ManagementTerms> management;
  std::optional<FeeRecipient> entry_fee_recipient;  // house
  std::optional<ExitTerms> exit_fee;
  std::optional<ExitTerms> early_withdrawal;
  std::optional<core::Decimal> subscription_fee;  // Money a year for taking part, by days of 365.
  std::optional<VolumeTerms> volume;
  std::optional<ShareTerms> shares;
  std::optional<TaxTerms> tax;
  std::optional<core::Decimal>
      annual_cap;  // All fees of a calendar year: part of its opening capital.
  std::optional<ReserveTerms> reserve;
  std::optional<DealingTerms> dealing;
  std::optional<ManagerCapitalTerms> manager_capital;
  std::optional<PoolSharing> sharing;         // units
  std::vector<std::string> platforms;         // Where the model is run; any if empty.
  std::vector<core::Hash> documents;          // SHA-256 of the papers that belong to the offer.
  std::optional<AllocationTerms> allocation;  // MAM: in proportion to equity if absent.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "management_fee_rate", self.management_fee_rate);
    field(2, "performance_fee_rate", self.performance_fee_rate);
    field(3, "mark_basis", self.mark_basis);
    field(4, "entry_fee_rate", self.entry_fee_rate);
    field(5, "residual", self.residual);
    field(6, "lot_step", self.lot_step);
    field(7, "rebate_per_lot", self.rebate_per_lot);
    field(8, "rebate_to", self.rebate_to);
    field(9, "performance", self.performance);
    field(10, "management", self.management);
    field(11, "entry_fee_recipient", self.entry_fee_recipient);
    field(12, "exit_fee", self.exit_fee);
    field(13, "early_withdrawal", self.early_withdrawal);
    field(14, "subscription_fee", self.subscription_fee);
    field(15, "volume", self.volume);
    field(16, "shares", self.shares);
    field(17, "tax", self.tax);
    field(18, "annual_cap", self.annual_cap);
    field(19, "reserve", self.reserve);
    field(20, "dealing", self.dealing);
    field(21, "manager_capital", self.manager_capital);
    field(22, "sharing", self.sharing);
    field(23, "platforms", self.platforms);
    field(24, "documents", self.documents);
    field(25, "allocation", self.allocation);
  }
};

}  // namespace engine
