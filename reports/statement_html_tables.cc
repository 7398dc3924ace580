// The tables about the whole portfolio; the lists of lines are in statement_html_lists.cc.

#include "reports/statement_html_tables.h"

#include "reports/html_page.h"
#include "reports/statement_labels.h"

namespace reports::statement_html_tables {
namespace {

using Cells = std::vector<std::string>;

std::string valued(const Print& print, const Value& value) {
  return value.valued ? print.time(value.valued->at) + ", #" + std::to_string(value.valued->seq)
                      : "–";
}

}  // namespace

std::string bridge(const Statement& statement, const Print& print) {
  const Totals& totals = statement.totals;
  HtmlTable table(print.caption(labels::kBridge),
                  {{in_language(labels::kItem, statement.language)},
                   {in_language(labels::kAmount, statement.language), Cell::Number}});
  const auto row = [&](const Text& label, Minor amount) {
    table.row({print.text(label), print.money(amount)});
  };
  row(labels::kOpeningValue, totals.nav_open);
  row(labels::kNetFlows, totals.net_flows);
  row(labels::kRealised, totals.realised);
  row(labels::kChangeUnrealised, totals.change_unrealised);
  row(labels::kIncome, totals.income);
  if (!statement.adjustments.empty()) row(labels::kAdjustments, totals.adjustments);
  row(labels::kFeesCharged, -totals.fees_charged);
  table.total({print.text(labels::kClosingValue), print.money(totals.nav_close)});
  return table.finish("");
}

std::string performance(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table({print.text(labels::kPerformance), print.text(labels::kNetReturns), true},
                  {{in_language(labels::kMethod, language)},
                   {in_language(labels::kRatePercent, language), Cell::Number}});
  const auto row = [&](const Text& label, const Return& figure) {
    table.row({print.text(label) + ", " + std::string(figure.method), print.percent(figure)});
  };
  row(labels::kTimeWeightedName, statement.time_weighted);
  row(labels::kModifiedDietzName, statement.modified_dietz);
  return table.finish("");
}

std::string sub_periods(const Statement& statement, const Print& print) {
  if (statement.sub_periods.empty()) return {};
  const Language language = statement.language;
  HtmlTable table(print.caption(labels::kSubPeriods),
                  {{in_language(labels::kFrom, language)},
                   {in_language(labels::kTo, language)},
                   {in_language(labels::kOpening, language), Cell::Number},
                   {in_language(labels::kClosing, language), Cell::Number},
                   {in_language(labels::kRatePercent, language), Cell::Number}});
  for (const SubPeriod& period : statement.sub_periods) {
    table.row({print.time(period.from), print.time(period.to), print.money(period.open),
               print.money(period.close), print.change(period)});
  }
  return table.finish("");
}

std::string value(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  const bool pool = statement.units.has_value();
  HtmlTable table(
      print.repeated_caption(labels::kValue),
      {{in_language(labels::kWhen, language)},
       {in_language(pool ? labels::kSettled : labels::kBalance, language), Cell::Number},
       {in_language(labels::kFloating, language), Cell::Number},
       {in_language(labels::kTotal, language), Cell::Number},
       {in_language(labels::kValuedAt, language)}});
  const auto row = [&](const Holding& holding, const Text& label, const Value& at) {
    const std::string name = holding.account ? holding.account->hex() + ": " : "";
    table.row({name + print.text(label), print.money(at.settled), print.money(at.floating),
               print.money(at.total), valued(print, at)});
  };
  for (const Holding& holding : statement.holdings) {
    row(holding, labels::kOpening, holding.open);
    row(holding, labels::kClosing, holding.close);
  }
  return table.finish(print.text(labels::kNone));
}

std::string other_currencies(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  std::string out;
  for (const OtherCurrency& other : statement.other_currencies) {
    HtmlTable table({other.currency.code, {}},
                    {{in_language(labels::kItem, language)},
                     {in_language(labels::kAmount, language), Cell::Number}});
    const auto row = [&](const std::string& label, Minor amount) {
      table.row({label, print.number(amount, other.currency.scale)});
    };
    for (const Holding& holding : other.holdings) {
      row(holding.account->hex() + ": " + print.text(labels::kOpening), holding.open.total);
      row(holding.account->hex() + ": " + print.text(labels::kClosing), holding.close.total);
    }
    row(print.text(labels::kOpeningValue), other.nav_open);
    row(print.text(labels::kNetFlows), other.net_flows);
    row(print.text(labels::kResultBeforeFees), other.result);
    row(print.text(labels::kFeesCharged), -other.fees);
    table.total(
        {print.text(labels::kClosingValue), print.number(other.nav_close, other.currency.scale)});
    out += table.finish("");
  }
  return out;
}

std::string units(const Statement& statement, const Print& print) {
  if (!statement.units) return {};
  const Language language = statement.language;
  HtmlTable table({print.text(labels::kUnits), {}},
                  {{in_language(labels::kWhen, language)},
                   {in_language(labels::kUnitsHeld, language), Cell::Number},
                   {in_language(labels::kMark, language), Cell::Number}});
  table.row({print.text(labels::kOpening), print.units(statement.units->open),
             print.money_in_currency(statement.mark->open)});
  table.row({print.text(labels::kClosing), print.units(statement.units->close),
             print.money_in_currency(statement.mark->close)});
  return table.finish("");
}

std::string positions(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table({print.text(labels::kPositions), {}, true},
                  {{in_language(labels::kInstrument, language), Cell::Code},
                   {in_language(labels::kSide, language)},
                   {in_language(labels::kLots, language), Cell::Number},
                   {in_language(labels::kAveragePrice, language), Cell::Number},
                   {in_language(labels::kTradingAccount, language), Cell::Code}});
  for (const Position& line : statement.positions) {
    table.row({line.symbol,
               print.text(line.side == engine::Side::Buy ? labels::kBuy : labels::kSell),
               print.number(line.lots), print.number(line.average_price), line.account.hex()});
  }
  return table.finish(print.text(labels::kNone));
}

std::string cash(const Statement& statement, const Print& print) {
  const Language language = statement.language;
  HtmlTable table(print.repeated_caption(labels::kCash),
                  {{in_language(labels::kItem, language)},
                   {in_language(labels::kOpening, language), Cell::Number},
                   {in_language(labels::kClosing, language), Cell::Number}});
  const auto row = [&](const Text& label, Minor Cash::*member) {
    table.row({print.text(label), print.money(statement.cash_open.*member),
               print.money(statement.cash_close.*member)});
  };
  row(labels::kWallet, &Cash::wallet);
  if (statement.units) {
    row(labels::kPendingIn, &Cash::pending_in);
    row(labels::kPendingOut, &Cash::pending_out);
  }
  row(labels::kPayout, &Cash::payout);
  return table.finish("");
}

}  // namespace reports::statement_html_tables
