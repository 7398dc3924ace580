#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "engine/choices.h"
#include "engine/values.h"
#include "reports/performance.h"
#include "reports/profile.h"

// What a periodic statement says, before it is JSON or HTML. Money is in the smallest unit of the
// statement's currency; every line names the record that proves it.
namespace reports {

using core::Minor;

inline constexpr unsigned kUnitScale = 8;       // Of UNIT commodities.
inline constexpr unsigned kUnitPriceScale = 8;  // Of the printed price of one.
inline constexpr unsigned kRateScale = 8;       // Of a printed return.

struct Evidence {
  std::uint64_t seq = 0;
  core::Instant at;  // When it took effect.
  bool operator==(const Evidence&) const = default;
};

// The value of a holding at one moment; floating is as of its last valuation.
struct Value {
  Minor settled = 0;  // MAM: the account's balance.
  Minor floating = 0;
  Minor total = 0;
  std::optional<Evidence> valued;
};

// A part of a pool (PAMM) or one trading account (MAM).
struct Holding {
  std::optional<core::AccountId> account;
  Value open;
  Value close;
};

// Accounts in another currency than the structure's, in that currency's smallest unit.
// nav_close = nav_open + net_flows + result - fees
struct OtherCurrency {
  core::Commodity currency;
  std::vector<Holding> holdings;
  Minor nav_open = 0;
  Minor nav_close = 0;
  Minor net_flows = 0;
  Minor fees = 0;    // Management, performance and the like; commissions are in the result.
  Minor result = 0;  // Realised and not.
};

enum class FlowKind { Subscription, Redemption, Funding, Defunding };

struct Flow {
  FlowKind kind = FlowKind::Subscription;
  Evidence evidence;
  Minor gross = 0;      // What the client paid in or was paid; above zero.
  Minor entry_fee = 0;  // Taken before the money was in.
  Minor net = 0;        // Into the structure; negative is money out.
};

// Art 60(2)(d): management fees and execution costs apart from each other.
enum class FeeClass {
  Management,
  Performance,
  Entry,
  Execution,
  Other,
  Exit,
  EarlyWithdrawal,
  Subscription,
  Volume
};
inline constexpr std::size_t kFeeClasses = 9;
// The first five are shown even if nothing was charged.
inline constexpr std::size_t kFeeClassesAlways = 5;

struct FeeLine {
  FeeClass fee = FeeClass::Management;
  Evidence evidence;
  Minor amount = 0;  // Positive is a cost.
  // What it was computed from, where there is a rate.
  std::optional<Minor> base;
  std::optional<core::Decimal> rate;
  std::uint64_t days = 0;
};

// A part of the result as it was attributed: financing and the costs of execution are inside.
struct ResultLine {
  Evidence evidence;
  Minor settled = 0;
  Minor floating = 0;
};

struct AmountLine {
  Evidence evidence;
  Minor amount = 0;
};

// A rebate passed on to the client: into the portfolio or into the wallet.
struct RebateLine {
  Evidence evidence;
  Minor amount = 0;
  bool in_portfolio = false;
};

// A manual entry on the client's value; two people signed it.
struct Adjustment {
  Evidence evidence;
  Minor settled = 0;
  Minor floating = 0;
};

// A deal of the pool closed (PAMM); a fill or a close allocated to an account (MAM).
enum class TransactionKind { PoolDeal, Fill, Close };

struct Transaction {
  TransactionKind kind = TransactionKind::PoolDeal;
  Evidence evidence;
  std::optional<core::AccountId> account;
  std::string reference;  // The platform's ticket, fill or close.
  std::string symbol;
  engine::Side side = engine::Side::Buy;
  core::Decimal lots;
  core::Instant time;
  core::Decimal price;
  std::optional<core::Instant> opened_at;
  std::optional<core::Decimal> opened_price;
  Minor profit = 0;
  Minor swap = 0;
  Minor commission = 0;
  Minor taxes = 0;
  Minor result = 0;  // The sum of these.
};

// What became of a signal at a subscription (copy trading). The order is that of the JSON names.
enum class CopyEvent {
  Ordered,
  Skipped,
  Offered,
  Confirmed,
  Declined,
  Expired,
  Withdrawn,
  Rejected,
  CloseAsked,
  Amended,
  Stopped,
  Split
};

struct CopyLine {
  CopyEvent event = CopyEvent::Ordered;
  Evidence evidence;
  core::AccountId account;
  std::string
      signal;  // The manager's, or the id of a split; empty of a stop, as the instrument is.
  std::string symbol;
  engine::Side side = engine::Side::Buy;
  core::Decimal lots;  // Ordered, offered, not filled any more, to be closed, or as it is then.
  std::string reason;  // Of a skip, rejection, demand to close, amendment or stop.
};

// An open position of a MAM account. Its value is part of the account's floating result.
struct Position {
  core::AccountId account;
  std::string symbol;
  engine::Side side = engine::Side::Buy;
  core::Decimal lots;
  core::Decimal average_price;  // Of its fills, to 8 decimals, half even.
};

// Units held in a pool (scale 8), and the price of one as of the last rollover: equity / units.
struct UnitHolding {
  Minor open = 0;
  Minor close = 0;
  std::optional<Evidence> priced;
  Minor price_equity = 0;
  Minor price_units = 0;
  Minor price_e8 = 0;  // Of one unit, to 8 decimals, half even.
};

struct Mark {
  Minor open = 0;
  Minor close = 0;
};

// Money of the client outside the structure's value, in the structure's currency.
struct Cash {
  Minor wallet = 0;
  Minor pending_in = 0;   // Paid for a subscription that is not priced yet.
  Minor pending_out = 0;  // Redeemed, not yet in the wallet.
  Minor payout = 0;       // Withdrawal approved, not yet paid.
};

struct CashLine {
  Evidence evidence;
  std::string what;  // The record's name, or the kind of cash movement.
  std::string currency;
  Minor amount = 0;  // Into the wallet; negative is out of it.
};

struct Valuation {
  Evidence evidence;
  std::optional<core::AccountId> account;
  Minor equity = 0;  // Of the pool, or of the account.
  std::optional<engine::Source> source;
};

// nav_close = nav_open + net_flows + realised + change_unrealised + income + adjustments
//             - fees_charged
struct Totals {
  Minor nav_open = 0;
  Minor nav_close = 0;
  Minor net_flows = 0;
  Minor realised = 0;
  Minor change_unrealised = 0;
  Minor swap = 0;
  Minor rebates_in_portfolio = 0;
  Minor income = 0;  // Both of the above.
  Minor adjustments = 0;
  Minor fees_charged = 0;  // To the portfolio: all but entry fees.
  Minor fees = 0;          // All.
  std::array<Minor, kFeeClasses> fees_by_class{};
  Minor result = 0;  // What the portfolio made: all of the above but the flows.

  Minor fees_of(FeeClass fee) const { return fees_by_class[static_cast<std::size_t>(fee)]; }
};

struct Statement {
  // What was asked.
  core::StructureId structure;
  core::PartyId client;
  core::Instant from;
  core::Instant to;
  Language language = Language::English;
  Profile profile;

  // What it is made from.
  std::uint64_t size = 0;
  core::Hash root;
  core::Instant recorded_until;  // recorded_at of the last record.
  std::string firm;              // The book's origin.
  std::optional<std::string> simulated_seed;

  engine::Model model = engine::Model::Pamm;
  engine::Jurisdiction jurisdiction = engine::Jurisdiction::Cysec;
  core::PartyId manager;
  core::OfferId offer;
  core::Commodity currency;

  std::vector<Holding> holdings;
  std::vector<OtherCurrency> other_currencies;
  std::vector<Flow> flows;
  std::vector<ResultLine> results;
  Minor rebased = 0;  // Moved from settled to floating when units changed; no effect on the value.
  std::vector<FeeLine> fees;
  std::vector<AmountLine> swaps;
  std::vector<RebateLine> rebates;
  std::vector<Adjustment> adjustments;
  std::vector<Transaction> transactions;
  std::vector<CopyLine> copies;
  std::vector<Position> positions;
  std::optional<UnitHolding> units;  // PAMM.
  std::optional<Mark> mark;          // PAMM.
  Minor undistributed = 0;  // PAMM: closed results of the whole pool, not attributed at the end.
  Cash cash_open;
  Cash cash_close;
  std::vector<CashLine> cash_lines;
  std::vector<Valuation> valuations;

  Totals totals;
  std::vector<SubPeriod> sub_periods;
  Return time_weighted;
  Return modified_dietz;
};

// Whether the structure is one of copy trading.
inline bool is_copied(const Statement& statement) {
  return statement.model == engine::Model::CopyAutomatic ||
         statement.model == engine::Model::CopyConfirmed;
}

}  // namespace reports
