#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/allocation_terms.h"
#include "engine/currency_commands.h"
#include "engine/mam_choices.h"
#include "engine/mam_commands.h"
#include "engine/own_currency.h"

// Records of block orders (MAM). Volume in lot steps, money in the smallest unit.
namespace engine {

// By which rules an order is shared, frozen before it left. Absent in orders of before: in
// proportion to equity, with the offer's lot step.
struct OrderPolicy {
  core::OfferId offer;  // Whose terms; an offer is one version.
  AllocationMethod method = AllocationMethod::Equity;
  BelowMinimum below_minimum = BelowMinimum::Exclude;
  OwnAccounts own_accounts = OwnAccounts::Last;
  std::optional<core::Hash> own_accounts_document;  // Why own accounts go beside clients'.
  std::optional<std::string> symbol;                // As registered, if the order has an alias.
  std::optional<std::uint64_t> contract;            // Version of the contract in force ...
  std::optional<std::uint64_t> contract_seq;        // ... and its record.
  std::optional<std::uint64_t> price_digits;
  std::optional<core::Decimal> contract_size;
  core::Minor asked_steps = 0;              // As the manager asked; the block may be less.
  std::optional<core::Minor> client_steps;  // Own accounts come after so many.
  std::optional<std::uint64_t> rotation;    // Round robin: the ordinal that is first.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "offer", self.offer);
    field(2, "method", self.method);
    field(3, "below_minimum", self.below_minimum);
    field(4, "own_accounts", self.own_accounts);
    field(5, "own_accounts_document", self.own_accounts_document);
    field(6, "symbol", self.symbol);
    field(7, "contract", self.contract);
    field(8, "contract_seq", self.contract_seq);
    field(9, "price_digits", self.price_digits);
    field(10, "contract_size", self.contract_size);
    field(11, "asked_steps", self.asked_steps);
    field(12, "client_steps", self.client_steps);
    field(13, "rotation", self.rotation);
  }
};

// What a weight rests on, as it was when the order was accepted.
struct ShareBasis {
  // What the method looks at, in the account's currency; equal positions: lots in 1e-8, in the
  // order's direction.
  core::Minor measured = 0;
  std::optional<RateUsed> rate;  // To the group's currency.
  core::Minor equity = 0;        // In the group's currency.
  core::Minor given = 0;         // The weight before limits and minimums.
  core::Minor minimum = 0;       // Steps.
  std::optional<core::Minor> limit;
  std::uint64_t ordinal = 0;     // In the group's list.
  std::uint64_t rank = 0;        // Between equal claims the lower goes first.
  core::Minor extra_before = 0;  // Its balance of extra steps, in 10^-18 steps.
  bool own = false;
  bool overflow = false;
  std::optional<core::Minor> risk_limit = {};  // Equal risk: more would break its margin floor.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "measured", self.measured);
    field(2, "rate", self.rate);
    field(3, "equity", self.equity);
    field(4, "given", self.given);
    field(5, "minimum", self.minimum);
    field(6, "limit", self.limit);
    field(7, "ordinal", self.ordinal);
    field(8, "rank", self.rank);
    field(9, "extra_before", self.extra_before);
    field(10, "own", self.own);
    field(11, "overflow", self.overflow);
    field(12, "risk_limit", self.risk_limit);
  }
};

// An account's part of an order that is complete.
struct ShareCompletion {
  std::optional<core::Decimal> price;  // Average of the order, to the contract's digits.
  core::Minor extra_before = 0;        // Balance of extra steps, in 10^-18 steps.
  core::Minor extra_after = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "price", self.price);
    field(2, "extra_before", self.extra_before);
    field(3, "extra_after", self.extra_after);
  }
};

// An order for the group, before it left. Each participant has an OrderShareFrozen.
struct OrderAccepted {
  static constexpr std::uint64_t kKind = 42;
  static constexpr std::string_view kName = "order_accepted";

  AcceptOrder order;
  core::Minor steps = 0;  // Volume in lot steps.
  core::Decimal lot_step;
  Residual residual = Residual::SainteLague;
  std::uint64_t participants = 0;
  core::Minor weight_total = 0;
  core::DecisionId decision;  // In force; zeros: none, the order only reduces.
  std::optional<OrderPolicy> policy = {};
  bool reduce_only =
      false;  // It passed without a decision: it is no more than closes what is open.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "steps", self.steps);
    field(3, "lot_step", self.lot_step);
    field(4, "residual", self.residual);
    field(5, "participants", self.participants);
    field(6, "weight_total", self.weight_total);
    field(7, "decision", self.decision);
    field(8, "policy", self.policy);
    field(9, "reduce_only", self.reduce_only);
  }
};

// One account's weight in an order, frozen when the order was accepted.
struct OrderShareFrozen {
  static constexpr std::uint64_t kKind = 43;
  static constexpr std::string_view kName = "order_share_frozen";

  core::OrderId order;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor weight = 0;
  std::optional<ShareBasis> basis = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "account", self.account);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "weight", self.weight);
    field(6, "basis", self.basis);
  }
};

// Netting: what of a fill closed positions of the other side. A position_closed follows.
struct FillReduction {
  core::Minor steps = 0;
  core::Minor commission = 0;  // Its part of the fill's, by steps.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "steps", self.steps);
    field(2, "commission", self.commission);
  }
};

// A fill of the whole block, less what it reduced. Average price = price_steps / filled_steps.
struct FillRecorded {
  static constexpr std::uint64_t kKind = 44;
  static constexpr std::string_view kName = "fill_recorded";

  core::OrderId order;
  core::StructureId structure;
  std::string fill;
  core::Minor steps = 0;
  core::Minor filled_steps = 0;  // Cumulative.
  core::Decimal price;
  bool final = false;                             // No more fills follow.
  std::optional<core::Decimal> price_steps = {};  // Cumulative sum of price x steps, exact.
  std::optional<core::Minor> commission = {};     // Of this fill.
  bool late = false;                              // After the final one.
  std::optional<std::uint64_t> rotation = {};     // Round robin: the ordinal that is next.
  std::optional<FillReduction> reduction = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "fill", self.fill);
    field(4, "steps", self.steps);
    field(5, "filled_steps", self.filled_steps);
    field(6, "price", self.price);
    field(7, "final", self.final);
    field(8, "price_steps", self.price_steps);
    field(9, "commission", self.commission);
    field(10, "late", self.late);
    field(11, "rotation", self.rotation);
    field(12, "reduction", self.reduction);
  }
};

// One account's part of a fill; never takes a step back.
struct FillAllocated {
  static constexpr std::uint64_t kKind = 45;
  static constexpr std::string_view kName = "fill_allocated";

  core::OrderId order;
  std::string fill;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor steps = 0;
  core::Minor allocated_steps = 0;                // Cumulative.
  std::optional<core::Minor> commission = {};     // Its change of the order's commission.
  std::optional<ShareCompletion> completed = {};  // With the fill that completes the order.
  std::optional<OwnCurrency> own = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "account", self.account);
    field(4, "structure", self.structure);
    field(5, "client", self.client);
    field(6, "steps", self.steps);
    field(7, "allocated_steps", self.allocated_steps);
    field(8, "commission", self.commission);
    field(9, "completed", self.completed);
    field(10, "own", self.own);
  }
};

// How an account takes part from now on.
struct ParticipationSet {
  static constexpr std::uint64_t kKind = 174;
  static constexpr std::string_view kName = "participation_set";

  SetParticipation participation;
  core::StructureId structure;
  core::PartyId client;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "participation", self.participation);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
  }
};

// An account of the group has no part in an order, and why.
struct AccountExcluded {
  static constexpr std::uint64_t kKind = 175;
  static constexpr std::string_view kName = "account_excluded";

  core::OrderId order;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  Exclusion reason = Exclusion::Inactive;
  std::optional<ShareBasis> basis;  // If it was measured.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "account", self.account);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "reason", self.reason);
    field(6, "basis", self.basis);
  }
};

// An account's part was put right: steps went to it, from it, or from it to the house. At the
// order's average price, as all of them.
struct AllocationCorrected {
  static constexpr std::uint64_t kKind = 176;
  static constexpr std::string_view kName = "allocation_corrected";

  core::OrderId order;
  std::optional<std::string> fill;  // That it follows from.
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  CorrectionReason reason = CorrectionReason::Quota;
  core::Minor steps = 0;            // Its change; below zero: taken back.
  core::Minor allocated_steps = 0;  // Cumulative.
  core::Minor error_steps = 0;      // Change of what the house took over of its part.
  core::Minor error_total = 0;      // Cumulative.
  std::optional<core::Minor> commission;
  std::optional<ShareCompletion> completed;
  std::optional<OwnCurrency> own = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "account", self.account);
    field(4, "structure", self.structure);
    field(5, "client", self.client);
    field(6, "reason", self.reason);
    field(7, "steps", self.steps);
    field(8, "allocated_steps", self.allocated_steps);
    field(9, "error_steps", self.error_steps);
    field(10, "error_total", self.error_total);
    field(11, "commission", self.commission);
    field(12, "completed", self.completed);
    field(13, "own", self.own);
  }
};

// An account cannot have its part of an order.
struct ShareRejected {
  static constexpr std::uint64_t kKind = 177;
  static constexpr std::string_view kName = "share_rejected";

  core::OrderId order;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  RejectReason reason = RejectReason::Other;
  bool before_sending = false;              // Nothing was filled: the others share the whole.
  core::Minor steps = 0;                    // Of the block, after that.
  std::optional<core::Minor> client_steps;  // The same.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "account", self.account);
    field(3, "structure", self.structure);
    field(4, "client", self.client);
    field(5, "reason", self.reason);
    field(6, "before_sending", self.before_sending);
    field(7, "steps", self.steps);
    field(8, "client_steps", self.client_steps);
  }
};

// A fill of the whole block was put right.
struct FillChanged {
  static constexpr std::uint64_t kKind = 178;
  static constexpr std::string_view kName = "fill_changed";

  core::OrderId order;
  core::StructureId structure;
  std::string fill;
  FillChange change = FillChange::Amended;
  std::uint64_t fill_seq = 0;  // Record of the fill.
  core::Minor steps_before = 0;
  core::Minor steps = 0;
  core::Decimal price_before;
  core::Decimal price;
  core::Minor commission_before = 0;
  core::Minor commission = 0;
  core::Minor filled_steps = 0;  // Cumulative, after it.
  core::Decimal price_steps;     // The same; of the block, whoever has it.
  bool priced = false;           // An account was valued since: nobody's part is changed.
  core::Minor error_steps = 0;   // Priced: what the house takes over of the block.
  std::string reason;
  bool final = false;  // The order is complete with it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "fill", self.fill);
    field(4, "change", self.change);
    field(5, "fill_seq", self.fill_seq);
    field(6, "steps_before", self.steps_before);
    field(7, "steps", self.steps);
    field(8, "price_before", self.price_before);
    field(9, "price", self.price);
    field(10, "commission_before", self.commission_before);
    field(11, "commission", self.commission);
    field(12, "filled_steps", self.filled_steps);
    field(13, "price_steps", self.price_steps);
    field(14, "priced", self.priced);
    field(15, "error_steps", self.error_steps);
    field(16, "reason", self.reason);
    field(17, "final", self.final);
  }
};

// What a change that came after a valuation would have done to an account: data for rows 31 and 32
// of docs/accounting.md. Nobody is clawed back; `owed` is what the account should be paid.
struct CompensationScheduled {
  static constexpr std::uint64_t kKind = 179;
  static constexpr std::string_view kName = "compensation_scheduled";

  core::OrderId order;
  std::string fill;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor steps = 0;                     // As it has them.
  core::Minor counterfactual_steps = 0;      // As it would have them.
  std::optional<core::Decimal> price;        // Average, before the change and ...
  std::optional<core::Decimal> price_after;  // ... with it.
  std::optional<core::Minor> difference;     // What it would have more, in money of the group.
  // The same and the commission that it would not have paid, less what was owed before, if that is
  // above zero.
  core::Minor owed = 0;
  std::optional<core::Minor> owed_before = {};  // By earlier changes of the order's fills.
  // Of the order's fills, as posted and as it would be; left out where they are the same.
  std::optional<core::Minor> commission = {};
  std::optional<core::Minor> counterfactual_commission = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "fill", self.fill);
    field(3, "account", self.account);
    field(4, "structure", self.structure);
    field(5, "client", self.client);
    field(6, "steps", self.steps);
    field(7, "counterfactual_steps", self.counterfactual_steps);
    field(8, "price", self.price);
    field(9, "price_after", self.price_after);
    field(10, "difference", self.difference);
    field(11, "owed", self.owed);
    field(12, "owed_before", self.owed_before);
    field(13, "commission", self.commission);
    field(14, "counterfactual_commission", self.counterfactual_commission);
  }
};

// Open volume of the whole block was closed.
struct CloseRecorded {
  static constexpr std::uint64_t kKind = 46;
  static constexpr std::string_view kName = "close_recorded";

  core::OrderId order;
  core::StructureId structure;
  std::string close;
  core::Minor steps = 0;
  core::Minor open_steps = 0;  // Left open.
  core::Decimal price;
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  // Where the profit was worked out: at the price that every account has, and by this rate.
  std::optional<core::Decimal> account_price = {};
  std::optional<RateUsed> rate = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "structure", self.structure);
    field(3, "close", self.close);
    field(4, "steps", self.steps);
    field(5, "open_steps", self.open_steps);
    field(6, "price", self.price);
    field(7, "profit", self.profit);
    field(8, "swap", self.swap);
    field(9, "commission", self.commission);
    field(10, "account_price", self.account_price);
    field(11, "rate", self.rate);
  }
};

// One account's part of a close, by its recorded open volume.
struct CloseAllocated {
  static constexpr std::uint64_t kKind = 47;
  static constexpr std::string_view kName = "close_allocated";

  core::OrderId order;
  std::string close;
  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor steps = 0;
  core::Minor open_steps = 0;  // Left open.
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  std::optional<OwnCurrency> own = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "order", self.order);
    field(2, "close", self.close);
    field(3, "account", self.account);
    field(4, "structure", self.structure);
    field(5, "client", self.client);
    field(6, "steps", self.steps);
    field(7, "open_steps", self.open_steps);
    field(8, "profit", self.profit);
    field(9, "swap", self.swap);
    field(10, "commission", self.commission);
    field(11, "own", self.own);
  }
};

}  // namespace engine
