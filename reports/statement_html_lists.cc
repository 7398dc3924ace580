// The lists of a statement's page: each line names the record that proves it.

#include <array>
#include <utility>

#include "reports/html_page.h"
#include "reports/statement_html_tables.h"
#include "reports/statement_labels.h"

namespace reports::statement_html_tables {
namespace {

std::string record(const Evidence& evidence) { return "#" + std::to_string(evidence.seq); }

const Text& label_of(FlowKind kind) {
  switch (kind) {
    case FlowKind::Subscription:
      return labels::kSubscription;
    case FlowKind::Redemption:
      return labels::kRedemption;
    case FlowKind::Funding:
      return labels::kFunding;
    case FlowKind::Defunding:
      return labels::kDefunding;
  }
  core::check_failed("kind is one of the four", __FILE__, __LINE__);
}

const Text& label_of(FeeClass fee) {
  switch (fee) {
    case FeeClass::Management:
      return labels::kManagementFee;
    case FeeClass::Performance:
      return labels::kPerformanceFee;
    case FeeClass::Entry:
      return labels::kEntryFee;
    case FeeClass::Execution:
      return labels::kExecution;
    case FeeClass::Other:
      return labels::kOther;
    case FeeClass::Exit:
      return labels::kExitFee;
    case FeeClass::EarlyWithdrawal:
      return labels::kEarlyWithdrawal;
    case FeeClass::Subscription:
      return labels::kSubscriptionFee;
    case FeeClass::Volume:
      return labels::kVolumeFee;
  }
  core::check_failed("fee is one of the nine", __FILE__, __LINE__);
}

// A movement of the wallet by the name its record gives it; an unknown one is shown as it is.
std::string movement(const Print& print, const std::string& what) {
  static constexpr std::array<std::pair<std::string_view, Text>, 18> kMovements{{
      {"deposit", labels::kDeposit},
      {"withdrawal_approved", labels::kWithdrawal},
      {"subscription_requested", labels::kInvested},
      {"request_cancelled", labels::kCancelled},
      {"transfer_sent_home", labels::kSentHome},
      {"redemption_paid", labels::kRedemptionPaid},
      {"account_funded", labels::kFunding},
      {"account_defunded", labels::kDefunding},
      {"rebate_passed", labels::kRebate},
      {"entry_posted", labels::kEntry},
      {"withdrawal_cancelled", labels::kWithdrawalCancelled},
      {"card_deposited", labels::kCardDeposit},
      {"charged_back", labels::kChargeback},
      {"transfer_refused", labels::kTransferRefused},
      {"manager_paid", labels::kManagerPaid},
      {"converted", labels::kConverted},
      {"handed_over", labels::kHandedOver},
      {"handover_received", labels::kHandoverReceived},
  }};
  for (const auto& [name, label] : kMovements) {
    if (name == what) return print.text(label);
  }
  return what;
}

const Text& label_of(CopyEvent event) {
  switch (event) {
    case CopyEvent::Ordered:
      return labels::kOrdered;
    case CopyEvent::Skipped:
      return labels::kSkipped;
    case CopyEvent::Offered:
      return labels::kOffered;
    case CopyEvent::Confirmed:
      return labels::kConfirmed;
    case CopyEvent::Declined:
      return labels::kDeclined;
    case CopyEvent::Expired:
      return labels::kExpired;
    case CopyEvent::Withdrawn:
      return labels::kWithdrawn;
    case CopyEvent::Rejected:
      return labels::kRejected;
    case CopyEvent::CloseAsked:
      return labels::kCloseAsked;
    case CopyEvent::Amended:
      return labels::kAmended;
    case CopyEvent::Stopped:
      return labels::kStopped;
    case CopyEvent::Split:
      return labels::kSplit;
  }
  core::check_failed("a copy's event is one of the twelve", __FILE__, __LINE__);
}

std::string side_of(const Print& print, const Transaction& line) {
  std::string side = print.text(line.side == engine::Side::Buy ? labels::kBuy : labels::kSell);
  if (line.kind == TransactionKind::Fill) side += ", " + print.text(labels::kOpen);
  if (line.kind == TransactionKind::Close) side += ", " + print.text(labels::kClose);
  return side;
}

// The beginning of the file's digest, and the row in it.
std::string source_of(const Print& print, const Valuation& line) {
  if (!line.source) return print.text(labels::kNoSource);
  constexpr std::size_t kDigestShown = 16;
  return core::to_hex(line.source->document.bytes).substr(0, kDigestShown) + "…, " +
         std::to_string(line.source->row);
}

}  // namespace

std::string flows(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table(print.repeated_caption(labels::kFlows),
                  {{in_language(labels::kDate, language)},
                   {in_language(labels::kKind, language)},
                   {in_language(labels::kGross, language), Cell::Number},
                   {in_language(labels::kEntryFee, language), Cell::Number},
                   {in_language(labels::kNet, language), Cell::Number},
                   {in_language(labels::kRecord, language), Cell::Number}});
  for (const Flow& line : statement.flows) {
    const Minor gross = line.net < 0 ? -line.gross : line.gross;
    table.row({print.date(line.evidence.at), print.text(label_of(line.kind)), print.money(gross),
               print.money(-line.entry_fee), print.money(line.net), record(line.evidence)});
  }
  if (!statement.flows.empty()) {
    table.total(
        {print.text(labels::kTotal), "", "", "", print.money(statement.totals.net_flows), ""});
  }
  return table.finish(print.text(labels::kNone));
}

std::string fees(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table(print.repeated_caption(labels::kFees),
                  {{in_language(labels::kDate, language)},
                   {in_language(labels::kKind, language)},
                   {in_language(labels::kRate, language), Cell::Number},
                   {in_language(labels::kBase, language), Cell::Number},
                   {in_language(labels::kAmount, language), Cell::Number},
                   {in_language(labels::kRecord, language), Cell::Number}});
  for (const FeeLine& line : statement.fees) {
    table.row({print.date(line.evidence.at), print.text(label_of(line.fee)),
               line.rate ? print.percent(*line.rate) : "", line.base ? print.money(*line.base) : "",
               print.money(line.amount), record(line.evidence)});
  }
  // The law wants at least management fees and execution costs by themselves, also if they are
  // zero.
  for (std::size_t i = 0; i < kFeeClasses; ++i) {
    const auto fee = static_cast<FeeClass>(i);
    if (i >= kFeeClassesAlways && statement.totals.fees_of(fee) == 0) continue;
    table.subtotal({print.text(labels::kTotal), print.text(label_of(fee)), "", "",
                    print.money(statement.totals.fees_of(fee)), ""});
  }
  table.total({print.text(labels::kTotal), "", "", "", print.money(statement.totals.fees), ""});
  return table.finish("");
}

std::string income(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table(print.repeated_caption(labels::kIncomeLines),
                  {{in_language(labels::kDate, language)},
                   {in_language(labels::kKind, language)},
                   {in_language(labels::kAmount, language), Cell::Number},
                   {in_language(labels::kRecord, language), Cell::Number}});
  for (const AmountLine& line : statement.swaps) {
    table.row({print.date(line.evidence.at), print.text(labels::kSwap), print.money(line.amount),
               record(line.evidence)});
  }
  for (const RebateLine& line : statement.rebates) {
    const Text& kind = line.in_portfolio ? labels::kRebatePortfolio : labels::kRebateWallet;
    table.row({print.date(line.evidence.at), print.text(kind), print.money(line.amount),
               record(line.evidence)});
  }
  return table.finish(print.text(labels::kNone));
}

std::string adjustments(const Statement& statement, const Print& print) {
  if (statement.adjustments.empty()) return {};
  const Language language = statement.language;
  HtmlTable table(print.repeated_caption(labels::kAdjustments),
                  {{in_language(labels::kDate, language)},
                   {in_language(labels::kSettled, language), Cell::Number},
                   {in_language(labels::kFloating, language), Cell::Number},
                   {in_language(labels::kRecord, language), Cell::Number}});
  for (const Adjustment& line : statement.adjustments) {
    table.row({print.date(line.evidence.at), print.money(line.settled), print.money(line.floating),
               record(line.evidence)});
  }
  return table.finish("");
}

std::string copies(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table(print.caption(labels::kCopies),
                  {{in_language(labels::kTime, language)},
                   {in_language(labels::kKind, language)},
                   {in_language(labels::kInstrument, language), Cell::Code},
                   {in_language(labels::kSide, language)},
                   {in_language(labels::kLots, language), Cell::Number},
                   {in_language(labels::kReason, language), Cell::Code},
                   {in_language(labels::kSignal, language), Cell::Code},
                   {in_language(labels::kRecord, language), Cell::Number}});
  for (const CopyLine& line : statement.copies) {
    const bool of_signal = line.event != CopyEvent::Stopped;
    const Text& side = line.side == engine::Side::Buy ? labels::kBuy : labels::kSell;
    table.row({print.time(line.evidence.at), print.text(label_of(line.event)), line.symbol,
               of_signal ? print.text(side) : "",
               line.lots.digits == 0 ? "" : print.number(line.lots), line.reason, line.signal,
               record(line.evidence)});
  }
  return table.finish(print.text(labels::kNone));
}

std::string transactions(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  const Text& title = statement.units ? labels::kPoolTransactions : labels::kTransactions;
  HtmlTable table(print.caption(title), {{in_language(labels::kTime, language)},
                                         {in_language(labels::kInstrument, language), Cell::Code},
                                         {in_language(labels::kSide, language)},
                                         {in_language(labels::kLots, language), Cell::Number},
                                         {in_language(labels::kOpenPrice, language), Cell::Number},
                                         {in_language(labels::kPrice, language), Cell::Number},
                                         {in_language(labels::kProfit, language), Cell::Number},
                                         {in_language(labels::kSwapShort, language), Cell::Number},
                                         {in_language(labels::kCommission, language), Cell::Number},
                                         {in_language(labels::kTaxes, language), Cell::Number},
                                         {in_language(labels::kTotal, language), Cell::Number},
                                         {in_language(labels::kReference, language), Cell::Code},
                                         {in_language(labels::kRecord, language), Cell::Number}});
  for (const Transaction& line : statement.transactions) {
    const bool opened = line.kind == TransactionKind::Fill;
    const auto money = [&](Minor amount) { return opened ? std::string() : print.money(amount); };
    table.row({print.time(line.time), line.symbol, side_of(print, line), print.number(line.lots),
               line.opened_price ? print.number(*line.opened_price) : "", print.number(line.price),
               money(line.profit), money(line.swap), money(line.commission), money(line.taxes),
               money(line.result), line.reference, record(line.evidence)});
  }
  return table.finish(print.text(labels::kNone));
}

std::string cash_movements(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table(print.caption(labels::kCashMovements),
                  {{in_language(labels::kDate, language)},
                   {in_language(labels::kKind, language)},
                   {in_language(labels::kAmount, language), Cell::Number},
                   {in_language(labels::kRecord, language), Cell::Number}});
  for (const CashLine& line : statement.cash_lines) {
    table.row({print.date(line.evidence.at), movement(print, line.what), print.money(line.amount),
               record(line.evidence)});
  }
  return table.finish(print.text(labels::kNone));
}

std::string valuations(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  const bool pool = statement.units.has_value();
  const Text& equity = pool ? labels::kPoolEquity : labels::kEquity;
  std::vector<Column> columns = {{in_language(labels::kTime, language)},
                                 {in_language(equity, language), Cell::Number},
                                 {in_language(labels::kSource, language), Cell::Code},
                                 {in_language(labels::kRecord, language), Cell::Number}};
  if (!pool) columns.push_back({in_language(labels::kTradingAccount, language), Cell::Code});
  HtmlTable table(print.repeated_caption(labels::kValuations), std::move(columns));
  for (const Valuation& line : statement.valuations) {
    std::vector<std::string> cells = {print.time(line.evidence.at), print.money(line.equity),
                                      source_of(print, line), record(line.evidence)};
    if (!pool) cells.push_back(line.account->hex());
    table.row(cells);
  }
  return table.finish(print.text(labels::kNone));
}

}  // namespace reports::statement_html_tables
