// The canonical form of a statement. The names and the order of members are part of the format.
// Source: docs/formats/statement.md.

#include <algorithm>
#include <iterator>

#include "core/json.h"
#include "reports/statement.h"
#include "reports/statement_json_lines.h"
#include "reports/statement_texts.h"

namespace reports {
namespace {

namespace lines = statement_json_lines;

using core::json::Array;
using core::json::Object;
using core::json::Value;

template <class E>
Value name_of(E value) {
  return core::EnumNames<E>::names[static_cast<std::size_t>(value)];
}

Value text(const Statement& statement, const Text& text) {
  return in_language(text, statement.language);
}

Object profile(const Statement& statement) {
  const Profile& profile = statement.profile;
  Array citations;
  for (const Citation& citation : profile.citations) {
    citations.emplace_back(Object{{"text", text(statement, citation.text)},
                                  {"source", citation.source},
                                  {"in_force", core::to_string(citation.in_force)},
                                  {"checked", core::to_string(citation.checked)},
                                  {"uncertain", citation.uncertain}});
  }
  Array notes;
  for (const Note& note : profile.notes) {
    notes.emplace_back(Object{{"text", text(statement, note.text)}, {"uncertain", note.uncertain}});
  }
  return {{"id", profile.id},
          {"title", text(statement, profile.title)},
          {"citations", std::move(citations)},
          {"frequency", profile.frequency == Frequency::Monthly ? "monthly" : "quarterly"},
          {"frequency_reason", text(statement, profile.frequency_reason)},
          {"notes", std::move(notes)}};
}

Object structure(const Statement& statement) {
  return {{"id", statement.structure.hex()},
          {"model", name_of(statement.model)},
          {"jurisdiction", name_of(statement.jurisdiction)},
          {"manager", statement.manager.hex()},
          {"offer", statement.offer.hex()}};
}

Object account(const Statement& statement) {
  Array accounts;
  for (const Holding& holding : statement.holdings) {
    if (holding.account) accounts.emplace_back(holding.account->hex());
  }
  for (const OtherCurrency& other : statement.other_currencies) {
    for (const Holding& holding : other.holdings) accounts.emplace_back(holding.account->hex());
  }
  return {{"client", statement.client.hex()}, {"trading_accounts", std::move(accounts)}};
}

Object made_from(const Statement& statement) {
  return {{"size", static_cast<std::int64_t>(statement.size)},
          {"root", core::to_hex(statement.root.bytes)},
          {"recorded_until", core::to_string(statement.recorded_until)}};
}

Object value(const core::Commodity& currency, const reports::Value& value) {
  const auto money = [&](Minor amount) { return core::print_fixed(amount, currency.scale); };
  Object object = {{"settled", money(value.settled)},
                   {"floating", money(value.floating)},
                   {"total", money(value.total)},
                   {"valued_at", nullptr},
                   {"valuation_seq", nullptr}};
  if (value.valued) {
    object[3].second = core::to_string(value.valued->at);
    object[4].second = static_cast<std::int64_t>(value.valued->seq);
  }
  return object;
}

Array holdings_of(const core::Commodity& currency, const std::vector<Holding>& all) {
  Array holdings;
  for (const Holding& holding : all) {
    holdings.emplace_back(Object{{"account", lines::account_of(holding.account)},
                                 {"open", value(currency, holding.open)},
                                 {"close", value(currency, holding.close)}});
  }
  return holdings;
}

Object nav(const Statement& statement) {
  return {{"open", lines::money(statement, statement.totals.nav_open)},
          {"close", lines::money(statement, statement.totals.nav_close)},
          {"holdings", holdings_of(statement.currency, statement.holdings)}};
}

// Only where there is one: what is not, is not printed.
void add_other_currencies(const Statement& statement, Object& whole) {
  if (statement.other_currencies.empty()) return;
  Array currencies;
  for (const OtherCurrency& other : statement.other_currencies) {
    const auto print = [&](Minor amount) {
      return core::print_fixed(amount, other.currency.scale);
    };
    currencies.emplace_back(Object{{"currency", other.currency.code},
                                   {"nav_open", print(other.nav_open)},
                                   {"net_flows", print(other.net_flows)},
                                   {"result", print(other.result)},
                                   {"fees", print(other.fees)},
                                   {"nav_close", print(other.nav_close)},
                                   {"holdings", holdings_of(other.currency, other.holdings)}});
  }
  whole.emplace_back("other_currencies", std::move(currencies));
}

// The identity, member by member: the first six less the seventh are the eighth.
Object bridge(const Statement& statement) {
  const Totals& totals = statement.totals;
  return {{"nav_open", lines::money(statement, totals.nav_open)},
          {"net_flows", lines::money(statement, totals.net_flows)},
          {"realised", lines::money(statement, totals.realised)},
          {"change_unrealised", lines::money(statement, totals.change_unrealised)},
          {"income", lines::money(statement, totals.income)},
          {"adjustments", lines::money(statement, totals.adjustments)},
          {"fees_charged", lines::money(statement, totals.fees_charged)},
          {"nav_close", lines::money(statement, totals.nav_close)},
          {"result", lines::money(statement, totals.result)},
          {"rebased_to_unrealised", lines::money(statement, statement.rebased)}};
}

Value printed(const std::optional<Minor>& value, unsigned scale) {
  if (!value) return nullptr;
  return core::print_fixed(*value, scale);
}

Object figure(const Return& figure) {
  Object object = {{"method", figure.method},
                   {"rate", printed(figure.rate_e8, kRateScale)},
                   {"percent", printed(figure.basis_points, 2)},
                   {"reason", nullptr}};
  if (!figure.reason.empty()) object.back().second = figure.reason;
  return object;
}

Object performance(const Statement& statement) {
  Array periods;
  for (const SubPeriod& period : statement.sub_periods) {
    periods.emplace_back(Object{{"from", core::to_string(period.from)},
                                {"to", core::to_string(period.to)},
                                {"open", lines::money(statement, period.open)},
                                {"close", lines::money(statement, period.close)}});
  }
  return {{"net_of_fees", true},
          {"time_weighted", figure(statement.time_weighted)},
          {"modified_dietz", figure(statement.modified_dietz)},
          {"sub_periods", std::move(periods)}};
}

Value high_water_mark(const Statement& statement) {
  if (!statement.mark) return nullptr;
  return Object{{"open", lines::money(statement, statement.mark->open)},
                {"close", lines::money(statement, statement.mark->close)}};
}

Array not_recorded(const Statement& statement) {
  Array items;
  for (const NotRecorded& item : kNotRecorded) {
    items.emplace_back(Object{{"item", item.item},
                              {"listed_in", item.listed_in},
                              {"reason", text(statement, item.reason)}});
  }
  return items;
}

}  // namespace

std::string statement_json(const Statement& statement) {
  Object whole = {
      {"report", kStatementName},
      {"version", static_cast<std::int64_t>(kStatementVersion)},
      {"simulated", statement.simulated_seed.has_value()},
      {"language", locale_of(statement.language)},
      {"firm", Object{{"name", statement.firm}, {"lei", nullptr}}},
      {"account", account(statement)},
      {"structure", structure(statement)},
      {"profile", profile(statement)},
      {"period", Object{{"from", core::to_string(statement.from)},
                        {"to", core::to_string(statement.to)},
                        {"time_zone", statement.profile.time_zone}}},
      {"currency", statement.currency.code},
      {"made_from", made_from(statement)},
      {"nav", nav(statement)},
      {"bridge", bridge(statement)},
      {"performance", performance(statement)},
      {"benchmark",
       Object{{"id", nullptr}, {"return", nullptr}, {"reason", text(statement, kNoBenchmark)}}},
      {"high_water_mark", high_water_mark(statement)},
      {"flows", lines::flows(statement)},
      {"results", lines::results(statement)},
      {"fees", lines::fees(statement)},
      {"income", lines::income(statement)},
      {"rebates", lines::rebates(statement)},
      {"adjustments", lines::adjustments(statement)},
      {"positions", lines::positions(statement)},
      {"transactions", lines::transactions(statement)},
      {"cash", lines::cash(statement)},
      {"valuations", lines::valuations(statement)},
      {"corporate_actions", Array{}},
      {"breakdown_on_request", true},
      {"not_recorded", not_recorded(statement)},
  };
  if (is_copied(statement)) {
    const auto after = std::ranges::find(whole, "transactions", &Object::value_type::first);
    whole.insert(std::next(after), {"copies", lines::copies(statement)});
  }
  add_other_currencies(statement, whole);
  return core::json::print_pretty(whole);
}

}  // namespace reports
