#include "reports/statement_json_lines.h"

namespace reports::statement_json_lines {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

Value number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

Value price_of(const std::optional<core::Decimal>& price) {
  if (!price) return nullptr;
  return core::to_string(*price);
}

std::string_view name_of(FlowKind kind) {
  switch (kind) {
    case FlowKind::Subscription:
      return "subscription";
    case FlowKind::Redemption:
      return "redemption";
    case FlowKind::Funding:
      return "funding";
    case FlowKind::Defunding:
      return "defunding";
  }
  core::check_failed("kind is one of the four", __FILE__, __LINE__);
}

std::string_view name_of(TransactionKind kind) {
  switch (kind) {
    case TransactionKind::PoolDeal:
      return "pool_deal";
    case TransactionKind::Fill:
      return "fill";
    case TransactionKind::Close:
      return "close";
  }
  core::check_failed("kind is one of the three", __FILE__, __LINE__);
}

std::string_view name_of(engine::Side side) {
  return core::EnumNames<engine::Side>::names[static_cast<std::size_t>(side)];
}

Object fee_class(const Statement& statement, FeeClass fee) {
  Array lines;
  for (const FeeLine& line : statement.fees) {
    if (line.fee != fee) continue;
    Object object = line_of(line.evidence);
    object.emplace_back("amount", money(statement, line.amount));
    if (line.base) object.emplace_back("base", money(statement, *line.base));
    if (line.rate) object.emplace_back("rate", core::to_string(*line.rate));
    if (line.days != 0) object.emplace_back("days", number(line.days));
    lines.emplace_back(std::move(object));
  }
  return {{"total", money(statement, statement.totals.fees_of(fee))}, {"lines", std::move(lines)}};
}

Value units(const Statement& statement) {
  if (!statement.units) return nullptr;
  const UnitHolding& units = *statement.units;
  Value price;
  if (units.priced) {
    Object object = line_of(*units.priced);
    object.emplace_back("pool_equity", money(statement, units.price_equity));
    object.emplace_back("pool_units", core::print_fixed(units.price_units, kUnitScale));
    object.emplace_back("per_unit", core::print_fixed(units.price_e8, kUnitPriceScale));
    price = std::move(object);
  }
  return Object{{"open", core::print_fixed(units.open, kUnitScale)},
                {"close", core::print_fixed(units.close, kUnitScale)},
                {"price", std::move(price)},
                {"pool_result_not_attributed", money(statement, statement.undistributed)}};
}

Object transaction(const Statement& statement, const Transaction& line) {
  Object object = line_of(line.evidence);
  object.emplace_back("kind", name_of(line.kind));
  object.emplace_back("account", account_of(line.account));
  object.emplace_back("reference", line.reference);
  object.emplace_back("time", core::to_string(line.time));
  object.emplace_back("instrument", line.symbol);
  object.emplace_back("side", name_of(line.side));
  object.emplace_back("lots", core::to_string(line.lots));
  object.emplace_back("price", core::to_string(line.price));
  object.emplace_back("opened_at", instant_of(line.opened_at));
  object.emplace_back("opened_price", price_of(line.opened_price));
  object.emplace_back("profit", money(statement, line.profit));
  object.emplace_back("swap", money(statement, line.swap));
  object.emplace_back("commission", money(statement, line.commission));
  object.emplace_back("taxes", money(statement, line.taxes));
  object.emplace_back("result", money(statement, line.result));
  return object;
}

Object cash_at(const Statement& statement, const Cash& cash) {
  return {{"wallet", money(statement, cash.wallet)},
          {"pending_in", money(statement, cash.pending_in)},
          {"pending_out", money(statement, cash.pending_out)},
          {"payout", money(statement, cash.payout)}};
}

}  // namespace

Value money(const Statement& statement, Minor minor) {
  return core::print_fixed(minor, statement.currency.scale);
}

Object line_of(const Evidence& evidence) {
  return {{"seq", number(evidence.seq)}, {"at", core::to_string(evidence.at)}};
}

Value account_of(const std::optional<core::AccountId>& account) {
  if (!account) return nullptr;
  return account->hex();
}

Value instant_of(const std::optional<core::Instant>& at) {
  if (!at) return nullptr;
  return core::to_string(*at);
}

Array flows(const Statement& statement) {
  Array lines;
  for (const Flow& line : statement.flows) {
    Object object = line_of(line.evidence);
    object.emplace_back("kind", name_of(line.kind));
    object.emplace_back("gross", money(statement, line.gross));
    object.emplace_back("entry_fee", money(statement, line.entry_fee));
    object.emplace_back("net", money(statement, line.net));
    lines.emplace_back(std::move(object));
  }
  return lines;
}

Array results(const Statement& statement) {
  Array lines;
  for (const ResultLine& line : statement.results) {
    Object object = line_of(line.evidence);
    object.emplace_back("settled", money(statement, line.settled));
    object.emplace_back("floating", money(statement, line.floating));
    lines.emplace_back(std::move(object));
  }
  return lines;
}

constexpr std::array<std::string_view, kFeeClasses> kFeeClassNames = {
    "management", "performance",      "entry",        "execution", "other",
    "exit",       "early_withdrawal", "subscription", "volume"};

Object fees(const Statement& statement) {
  Object out;
  for (std::size_t i = 0; i < kFeeClasses; ++i) {
    const auto fee = static_cast<FeeClass>(i);
    if (i >= kFeeClassesAlways && statement.totals.fees_of(fee) == 0) continue;
    out.emplace_back(std::string(kFeeClassNames[i]), fee_class(statement, fee));
  }
  out.emplace_back("charged_to_portfolio", money(statement, statement.totals.fees_charged));
  out.emplace_back("total", money(statement, statement.totals.fees));
  return out;
}

Object income(const Statement& statement) {
  Array swaps;
  for (const AmountLine& line : statement.swaps) {
    Object object = line_of(line.evidence);
    object.emplace_back("amount", money(statement, line.amount));
    swaps.emplace_back(std::move(object));
  }
  const Totals& totals = statement.totals;
  return {{"swap", Object{{"total", money(statement, totals.swap)}, {"lines", std::move(swaps)}}},
          {"rebates_in_portfolio", money(statement, totals.rebates_in_portfolio)},
          {"total", money(statement, totals.income)}};
}

Array rebates(const Statement& statement) {
  Array lines;
  for (const RebateLine& line : statement.rebates) {
    Object object = line_of(line.evidence);
    object.emplace_back("amount", money(statement, line.amount));
    object.emplace_back("paid_into", line.in_portfolio ? "portfolio" : "wallet");
    lines.emplace_back(std::move(object));
  }
  return lines;
}

Array adjustments(const Statement& statement) {
  Array lines;
  for (const Adjustment& line : statement.adjustments) {
    Object object = line_of(line.evidence);
    object.emplace_back("settled", money(statement, line.settled));
    object.emplace_back("floating", money(statement, line.floating));
    lines.emplace_back(std::move(object));
  }
  return lines;
}

Array transactions(const Statement& statement) {
  Array lines;
  for (const Transaction& line : statement.transactions) {
    lines.emplace_back(transaction(statement, line));
  }
  return lines;
}

constexpr std::array<std::string_view, 12> kCopyEventNames = {
    "ordered",   "skipped",  "offered",     "confirmed", "declined", "expired",
    "withdrawn", "rejected", "close_asked", "amended",   "stopped",  "split"};

Array copies(const Statement& statement) {
  Array lines;
  for (const CopyLine& line : statement.copies) {
    const bool of_signal = line.event != CopyEvent::Stopped;
    Object object = line_of(line.evidence);
    object.emplace_back("account", line.account.hex());
    object.emplace_back("event", kCopyEventNames[static_cast<std::size_t>(line.event)]);
    object.emplace_back("signal", of_signal ? Value(line.signal) : Value(nullptr));
    object.emplace_back("instrument", of_signal ? Value(line.symbol) : Value(nullptr));
    object.emplace_back("side", of_signal ? name_of(line.side) : Value(nullptr));
    object.emplace_back("lots", core::to_string(line.lots));
    object.emplace_back("reason", line.reason.empty() ? Value(nullptr) : Value(line.reason));
    lines.emplace_back(std::move(object));
  }
  return lines;
}

Object positions(const Statement& statement) {
  Array open;
  for (const Position& line : statement.positions) {
    open.emplace_back(Object{{"account", line.account.hex()},
                             {"instrument", line.symbol},
                             {"side", name_of(line.side)},
                             {"lots", core::to_string(line.lots)},
                             {"average_price", core::to_string(line.average_price)}});
  }
  return {{"units", units(statement)}, {"open", std::move(open)}};
}

Object cash(const Statement& statement) {
  Array movements;
  for (const CashLine& line : statement.cash_lines) {
    Object object = line_of(line.evidence);
    object.emplace_back("what", line.what);
    object.emplace_back("amount", money(statement, line.amount));
    movements.emplace_back(std::move(object));
  }
  return {{"open", cash_at(statement, statement.cash_open)},
          {"close", cash_at(statement, statement.cash_close)},
          {"movements", std::move(movements)}};
}

Array valuations(const Statement& statement) {
  Array lines;
  for (const Valuation& line : statement.valuations) {
    Object object = line_of(line.evidence);
    object.emplace_back("account", account_of(line.account));
    object.emplace_back("equity", money(statement, line.equity));
    Value source;
    if (line.source) {
      source = Object{{"document", core::to_hex(line.source->document.bytes)},
                      {"row", number(line.source->row)}};
    }
    object.emplace_back("source", std::move(source));
    lines.emplace_back(std::move(object));
  }
  return lines;
}

}  // namespace reports::statement_json_lines
