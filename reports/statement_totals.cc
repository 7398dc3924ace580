#include "reports/statement_totals.h"

#include <initializer_list>

namespace reports {
namespace {

using core::Result;

Result<> grow_total(Minor& total, Minor amount) {
  TRY(total, core::add(total, amount));
  return core::ok();
}

Result<Minor> sum(std::initializer_list<Minor> parts) {
  Minor total = 0;
  for (const Minor part : parts) {
    TRY(total, core::add(total, part));
  }
  return total;
}

Result<> sum_fees(const Statement& statement, Totals& totals) {
  for (const FeeLine& line : statement.fees) {
    TRY(grow_total(totals.fees, line.amount));
    TRY(grow_total(totals.fees_by_class[static_cast<std::size_t>(line.fee)], line.amount));
    // Costs that a result came with are shown as fees and so leave the realised result.
    if (line.fee == FeeClass::Execution || line.fee == FeeClass::Other) {
      TRY(grow_total(totals.realised, line.amount));
    }
  }
  // Fees on flows come out of the flow.
  totals.fees_charged = totals.fees;
  for (const FeeClass on_flow : {FeeClass::Entry, FeeClass::Exit, FeeClass::EarlyWithdrawal}) {
    TRY(totals.fees_charged, core::subtract(totals.fees_charged, totals.fees_of(on_flow)));
  }
  return core::ok();
}

Result<> sum_income(const Statement& statement, Totals& totals) {
  for (const AmountLine& line : statement.swaps) {
    TRY(grow_total(totals.swap, line.amount));
  }
  for (const RebateLine& line : statement.rebates) {
    if (!line.in_portfolio) continue;
    TRY(grow_total(totals.rebates_in_portfolio, line.amount));
  }
  // Financing came with the results too.
  TRY(totals.realised, core::subtract(totals.realised, totals.swap));
  TRY(totals.income, core::add(totals.swap, totals.rebates_in_portfolio));
  return core::ok();
}

core::Error broken(std::string_view what, const core::Commodity& currency, Minor lines,
                   Minor books) {
  return core::corrupt("statement_identity", std::string(what),
                       "The lines give " + core::print_fixed(lines, currency.scale) +
                           " but the books hold " + core::print_fixed(books, currency.scale) +
                           "; the statement is not issued. Run `tally verify --recompute`.");
}

}  // namespace

Result<Totals> sum_up(const Statement& statement) {
  Totals totals;
  for (const Holding& holding : statement.holdings) {
    TRY(grow_total(totals.nav_open, holding.open.total));
    TRY(grow_total(totals.nav_close, holding.close.total));
  }
  for (const Flow& flow : statement.flows) {
    TRY(grow_total(totals.net_flows, flow.net));
  }
  for (const ResultLine& line : statement.results) {
    TRY(grow_total(totals.realised, line.settled));
    TRY(grow_total(totals.change_unrealised, line.floating));
  }
  for (const Adjustment& line : statement.adjustments) {
    TRY(grow_total(totals.adjustments, line.settled));
    TRY(grow_total(totals.adjustments, line.floating));
  }
  TRY(sum_fees(statement, totals));
  TRY(sum_income(statement, totals));
  TRY(totals.result, sum({totals.realised, totals.change_unrealised, totals.income,
                          totals.adjustments, -totals.fees_charged}));
  return totals;
}

Result<> check_identity(const Statement& statement) {
  const Totals& totals = statement.totals;
  TRY(const Minor close, sum({totals.nav_open, totals.net_flows, totals.result}));
  if (close != totals.nav_close) {
    return broken("nav_close", statement.currency, close, totals.nav_close);
  }
  Minor floating = statement.rebased;
  Minor held = 0;
  TRY(grow_total(floating, totals.change_unrealised));
  for (const Adjustment& line : statement.adjustments) {
    TRY(grow_total(floating, line.floating));
  }
  for (const Holding& holding : statement.holdings) {
    TRY(grow_total(floating, holding.open.floating));
    TRY(grow_total(held, holding.close.floating));
  }
  if (floating == held) return core::ok();
  return broken("floating_close", statement.currency, floating, held);
}

}  // namespace reports
