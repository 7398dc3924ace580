#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/investor.h"
#include "engine/pamm_records.h"
#include "engine/trading_commands.h"

// Records of clients' trading accounts. Money in the smallest unit of the account's currency.
namespace engine {

// A client's account under a manager.
struct TradingAccountOpened {
  static constexpr std::uint64_t kKind = 40;
  static constexpr std::string_view kName = "trading_account_opened";

  OpenTradingAccount account;
  std::uint64_t ordinal = 0;  // Order of registration in the group, from 1.
  core::DecisionId decision;  // In force when it was opened.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "ordinal", self.ordinal);
    field(3, "decision", self.decision);
  }
};

// What has accrued on an account up to a day that does not count yet: each exact, since the account
// was first funded; the hurdle since the last charge.
struct AccountAccruals {
  ExactAmount management;
  ExactAmount subscription;
  ExactAmount hurdle;
  core::Date to;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "management", self.management);
    field(2, "subscription", self.subscription);
    field(3, "hurdle", self.hurdle);
    field(4, "to", self.to);
  }
};

// An account's equity, authoritative until the next; floating follows from it.
struct AccountValued {
  static constexpr std::uint64_t kKind = 41;
  static constexpr std::string_view kName = "account_valued";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor equity = 0;  // Without credit.
  core::Minor floating_change = 0;
  std::optional<Source> source;
  std::optional<core::Minor> balance = {};   // Of the books, which the platform's must be.
  std::optional<core::Minor> floating = {};  // As the platform adds up its positions.
  std::optional<core::Minor> credit = {};
  std::optional<core::Minor> margin = {};
  std::optional<core::Minor> free_margin = {};
  std::optional<core::Minor> exposure = {};
  std::optional<std::uint64_t> open_positions = {};
  std::optional<core::Minor> rounding = {};  // By which the platform's own figures differ.
  std::optional<AccountAccruals> accruals = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "equity", self.equity);
    field(5, "floating_change", self.floating_change);
    field(6, "source", self.source);
    field(7, "balance", self.balance);
    field(8, "floating", self.floating);
    field(9, "credit", self.credit);
    field(10, "margin", self.margin);
    field(11, "free_margin", self.free_margin);
    field(12, "exposure", self.exposure);
    field(13, "open_positions", self.open_positions);
    field(14, "rounding", self.rounding);
    field(15, "accruals", self.accruals);
  }
};

// An account's standing that balances cannot tell.
struct AccountStanding {
  Investor investor;                     // Its ordinal, offer, fees, periods and losses.
  std::optional<core::Date> accrued_to;  // The first day whose fees have not accrued.
  std::optional<core::Date> charged_to;  // The first day whose fees are not charged.
  core::Minor base = 0;                  // What limits are measured from: it moves with flows.
  core::Minor peak = 0;                  // Highest equity valued since then; it moves with flows.

  bool operator==(const AccountStanding&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "investor", self.investor);
    field(2, "accrued_to", self.accrued_to);
    field(3, "charged_to", self.charged_to);
    field(4, "base", self.base);
    field(5, "peak", self.peak);
  }
};

// The standing that a flow or a charge left.
struct AccountStood {
  static constexpr std::uint64_t kKind = 190;
  static constexpr std::string_view kName = "account_standing";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  AccountStanding standing;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "standing", self.standing);
  }
};

// A fee on one account, with everything it follows from: as fee_charged, without units. Balance and
// floating are those before it.
struct AccountFeeCharged {
  static constexpr std::uint64_t kKind = 191;
  static constexpr std::string_view kName = "account_fee_charged";

  core::AccountId account;
  std::string currency;
  core::Minor floating = 0;  // Of fee.equity_before.
  FeeCharged fee;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "currency", self.currency);
    field(3, "floating", self.floating);
    field(4, "fee", self.fee);
  }
};

// All accounts of a charge are done. Each has its own records.
struct AccountFeesCompleted {
  static constexpr std::uint64_t kKind = 192;
  static constexpr std::string_view kName = "account_fees_completed";

  core::StructureId structure;
  core::Date trade_date;
  bool period_end = false;
  std::uint64_t accounts = 0;
  std::uint64_t blocked = 0;  // Whose period did not end, for a flow that nobody measured.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "trade_date", self.trade_date);
    field(3, "period_end", self.period_end);
    field(4, "accounts", self.accounts);
    field(5, "blocked", self.blocked);
  }
};

// Money that came to an account or left it, and what that did to its mark. The money itself stands
// in the cash_moved before it.
struct AccountFlow {
  static constexpr std::uint64_t kKind = 193;
  static constexpr std::string_view kName = "account_flow";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::StrategyId strategy;
  std::string currency;
  bool withdrawal = false;
  core::Minor amount = 0;  // Gross.
  core::Minor fees = 0;    // Of it: taken out of a withdrawal, with their tax.
  core::Minor equity_before = 0;
  core::Minor balance_before = 0;
  FlowQuality quality = FlowQuality::Measured;
  std::optional<Source> source = {};
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  core::Minor released = 0;       // Loss that left with a withdrawal.
  core::Minor restored = 0;       // Loss that came back with a deposit: from accounts,
  core::Minor pool_restored = 0;  // and from what was taken out of a pool of the strategy.
  core::Minor pool_returned = 0;  // Of the amount: it left that pool.
  core::Date date;
  bool blocks = false;  // No performance fee until two people accept it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "strategy", self.strategy);
    field(5, "currency", self.currency);
    field(6, "withdrawal", self.withdrawal);
    field(7, "amount", self.amount);
    field(8, "fees", self.fees);
    field(9, "equity_before", self.equity_before);
    field(10, "balance_before", self.balance_before);
    field(11, "quality", self.quality);
    field(12, "source", self.source);
    field(13, "mark_before", self.mark_before);
    field(14, "mark_after", self.mark_after);
    field(15, "released", self.released);
    field(16, "restored", self.restored);
    field(17, "pool_restored", self.pool_restored);
    field(18, "pool_returned", self.pool_returned);
    field(19, "date", self.date);
    field(20, "blocks", self.blocks);
  }
};

struct FlowAccepted {
  static constexpr std::uint64_t kKind = 194;
  static constexpr std::string_view kName = "flow_accepted";

  AcceptFlow acceptance;
  std::vector<std::uint64_t> flows = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "acceptance", self.acceptance);
    field(2, "flows", self.flows);
  }
};

// An account's mark moved without money.
struct AccountMarkMoved {
  static constexpr std::uint64_t kKind = 195;
  static constexpr std::string_view kName = "account_mark_moved";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::StrategyId strategy;
  std::string currency;
  AccountMarkReason reason = AccountMarkReason::BlockedHurdle;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;
  std::optional<core::AccountId> from =
      {};  // Carried: the empty account that had it; absent, a pool.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "strategy", self.strategy);
    field(5, "currency", self.currency);
    field(6, "reason", self.reason);
    field(7, "mark_before", self.mark_before);
    field(8, "mark_after", self.mark_after);
    field(9, "from", self.from);
  }
};

// A part of fees that were held back, paid back for a loss. The mark rises with it.
struct AccountFeeClawedBack {
  static constexpr std::uint64_t kKind = 196;
  static constexpr std::string_view kName = "account_fee_clawed_back";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  std::string currency;
  core::Minor loss = 0;
  core::Decimal rate;
  core::Minor amount = 0;
  core::Minor mark_before = 0;
  core::Minor mark_after = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "currency", self.currency);
    field(5, "loss", self.loss);
    field(6, "rate", self.rate);
    field(7, "amount", self.amount);
    field(8, "mark_before", self.mark_before);
    field(9, "mark_after", self.mark_after);
  }
};

// Fees that were held back go to the manager.
struct AccountFeeReleased {
  static constexpr std::uint64_t kKind = 197;
  static constexpr std::string_view kName = "account_fee_released";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  std::string currency;
  core::Minor amount = 0;
  std::uint64_t period = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "currency", self.currency);
    field(5, "amount", self.amount);
    field(6, "period", self.period);
  }
};

// An open position of an account, net of both sides.
struct OpenVolume {
  std::string symbol;
  core::Minor lots = 0;  // In 1e-8; below zero: sold.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "symbol", self.symbol);
    field(2, "lots", self.lots);
  }
};

// Money moved while positions were open: they no longer stand to the account's equity as those of
// the others do, so later hedges of the manager cover them too much or too little. No refusal.
struct HedgeWarning {
  static constexpr std::uint64_t kKind = 198;
  static constexpr std::string_view kName = "hedge_warning";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Minor equity_before = 0;
  core::Minor equity_after = 0;
  std::vector<OpenVolume> positions = {};
  // Of the group, with a part of this account open or waiting.
  std::vector<core::OrderId> orders = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "equity_before", self.equity_before);
    field(5, "equity_after", self.equity_after);
    field(6, "positions", self.positions);
    field(7, "orders", self.orders);
  }
};

// Limits as they stand from now on.
struct AccountLimitsSet {
  static constexpr std::uint64_t kKind = 199;
  static constexpr std::string_view kName = "account_limits_set";

  core::AccountId account;
  AccountLimits limits;
  core::Minor base = 0;
  core::Minor peak = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "limits", self.limits);
    field(3, "base", self.base);
    field(4, "peak", self.peak);
  }
};

// A valuation breached a limit: nothing new is opened until it is lifted.
struct StopOutTriggered {
  static constexpr std::uint64_t kKind = 200;
  static constexpr std::string_view kName = "stop_out_triggered";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  StopReason reason = StopReason::StopOut;
  bool close_all = false;  // All positions are to be closed at once.
  core::Minor equity = 0;
  core::Minor balance = 0;
  core::Minor base = 0;
  core::Minor peak = 0;
  std::optional<core::Minor> exposure = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "reason", self.reason);
    field(5, "close_all", self.close_all);
    field(6, "equity", self.equity);
    field(7, "balance", self.balance);
    field(8, "base", self.base);
    field(9, "peak", self.peak);
    field(10, "exposure", self.exposure);
  }
};

struct StopOutLifted {
  static constexpr std::uint64_t kKind = 201;
  static constexpr std::string_view kName = "stop_out_lifted";

  LiftStopOut lifted;
  core::Minor base = 0;  // The new one, and the new peak: the equity.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "lifted", self.lifted);
    field(2, "base", self.base);
  }
};

struct AccountStopped {
  static constexpr std::uint64_t kKind = 202;
  static constexpr std::string_view kName = "account_stopped";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Date trade_date;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "trade_date", self.trade_date);
  }
};

struct AccountRestarted {
  static constexpr std::uint64_t kKind = 203;
  static constexpr std::string_view kName = "account_restarted";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  core::Date trade_date;
  core::DecisionId decision;  // In force then.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "trade_date", self.trade_date);
    field(5, "decision", self.decision);
  }
};

// Losses that left with money long ago no longer come back with it, as the offer says.
struct AccountReleasedExpired {
  static constexpr std::uint64_t kKind = 204;
  static constexpr std::string_view kName = "account_released_expired";

  core::StructureId structure;
  core::PartyId client;
  core::StrategyId strategy;
  std::string currency;
  core::Date taken;  // On this day or earlier.
  core::Minor loss = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "strategy", self.strategy);
    field(4, "currency", self.currency);
    field(5, "taken", self.taken);
    field(6, "loss", self.loss);
  }
};

}  // namespace engine
