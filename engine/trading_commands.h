#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/trading_choices.h"
#include "engine/values.h"

// Commands of clients' trading accounts. Money in the account's currency.
namespace engine {

// A client's own account under a manager: in a group (MAM), or a copy subscription.
struct OpenTradingAccount {
  static constexpr std::string_view kType = "open_trading_account";

  core::AccountId account;
  core::StructureId structure;
  core::PartyId client;
  std::optional<std::string> currency = {};  // The structure's.
  std::optional<PositionMode> mode = {};     // hedging
  std::optional<std::string> login = {};     // The platform's own id of the account.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "structure", self.structure);
    field(3, "client", self.client);
    field(4, "currency", self.currency);
    field(5, "mode", self.mode);
    field(6, "login", self.login);
  }
};

// What is known of an account just before money came or went between two valuations.
struct FlowFacts {
  std::optional<core::Decimal> equity_before;
  std::optional<core::Decimal> balance_before;
  std::optional<Source> source;
  std::optional<FlowQuality> quality;  // measured

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "equity_before", self.equity_before);
    field(2, "balance_before", self.balance_before);
    field(3, "source", self.source);
    field(4, "quality", self.quality);
  }
};

// Wallet money goes to a trading account, confirmed by the platform.
struct FundAccount {
  static constexpr std::string_view kType = "fund_account";

  core::AccountId account;
  core::Decimal amount;
  std::optional<FlowFacts> flow = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "amount", self.amount);
    field(3, "flow", self.flow);
  }
};

// Money comes back from a trading account to the wallet, at any time. The amount is gross: fees
// that fall due on it are taken out of it.
struct DefundAccount {
  static constexpr std::string_view kType = "defund_account";

  core::AccountId account;
  core::Decimal amount;
  std::optional<FlowFacts> flow = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "amount", self.amount);
    field(3, "flow", self.flow);
  }
};

// Two people accept flows whose figures nobody measured, so that performance fees go on.
struct AcceptFlow {
  static constexpr std::string_view kType = "accept_flow";

  core::AccountId account;
  std::optional<std::uint64_t> flow;  // The sequence of its record; all that wait.
  FlowMethod method = FlowMethod::PlatformReport;
  core::Hash document;  // SHA-256 of what says so.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "flow", self.flow);
    field(3, "method", self.method);
    field(4, "document", self.document);
  }
};

// The equity of a trading account, authoritative, with what else the platform says.
struct ValueAccount {
  static constexpr std::string_view kType = "value_account";

  core::AccountId account;
  core::Decimal equity;
  std::optional<Source> source;
  std::optional<core::Decimal> balance = {};   // Must be that of the books.
  std::optional<core::Decimal> floating = {};  // As the platform adds up its positions.
  std::optional<core::Decimal> credit = {};    // Of the equity: a bonus that is nobody's money.
  std::optional<core::Decimal> margin = {};
  std::optional<core::Decimal> free_margin = {};
  std::optional<core::Decimal> exposure = {};        // Value of all open positions.
  std::optional<std::uint64_t> open_positions = {};  // Of which floating is the sum.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "equity", self.equity);
    field(3, "source", self.source);
    field(4, "balance", self.balance);
    field(5, "floating", self.floating);
    field(6, "credit", self.credit);
    field(7, "margin", self.margin);
    field(8, "free_margin", self.free_margin);
    field(9, "exposure", self.exposure);
    field(10, "open_positions", self.open_positions);
  }
};

// The fees of a structure's accounts up to a trade date.
struct ChargeAccountFees {
  static constexpr std::string_view kType = "charge_account_fees";

  core::StructureId structure;
  core::Date trade_date;
  std::vector<core::AccountId> accounts;  // All if empty.
  bool period_end = false;                // Performance fees too, as the offer's frequency allows.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "trade_date", self.trade_date);
    field(3, "accounts", self.accounts);
    field(4, "period_end", self.period_end);
  }
};

// The manager no longer trades on an account: its fees are charged up to then, and no more later.
struct StopAccount {
  static constexpr std::string_view kType = "stop_account";

  core::AccountId account;
  core::Date trade_date;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "trade_date", self.trade_date);
  }
};

// The manager trades on a stopped account again. The mark is the one it had.
struct RestartAccount {
  static constexpr std::string_view kType = "restart_account";

  core::AccountId account;
  core::Date trade_date;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "trade_date", self.trade_date);
  }
};

// What an account must not go beyond. What is left out is not limited.
struct AccountLimits {
  std::optional<core::Decimal> stop_out;         // Equity at this part of its base.
  std::optional<core::Decimal> max_drawdown;     // A fall of equity from its highest, as a part.
  std::optional<core::Decimal> max_loss;         // Equity below its base by this money.
  std::optional<core::Decimal> minimum_balance;  // Money.
  std::optional<core::Decimal> max_leverage;     // Exposure as a multiple of equity.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "stop_out", self.stop_out);
    field(2, "max_drawdown", self.max_drawdown);
    field(3, "max_loss", self.max_loss);
    field(4, "minimum_balance", self.minimum_balance);
    field(5, "max_leverage", self.max_leverage);
  }
};

// Limits of an account, looser ones too: by two people.
struct SetAccountLimits {
  static constexpr std::string_view kType = "set_account_limits";

  core::AccountId account;
  AccountLimits limits;
  bool new_base = false;  // What counts from now on is the equity as it is.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "limits", self.limits);
    field(3, "new_base", self.new_base);
  }
};

// Limits that none of the standing ones is tighter than: the investor's own, by one person.
struct TightenAccountLimits {
  static constexpr std::string_view kType = "tighten_account_limits";

  core::AccountId account;
  AccountLimits limits;  // What is left out stays as it is.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "limits", self.limits);
  }
};

// Lets an account that was stopped out open positions again, against a new base: by two people.
struct LiftStopOut {
  static constexpr std::string_view kType = "lift_stop_out";

  core::AccountId account;
  std::string reason;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "reason", self.reason);
  }
};

}  // namespace engine
