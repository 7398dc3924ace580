// From what is due to what is charged: tax, least fee and cap; then who has which share of it.

#include <algorithm>
#include <map>

#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"
#include "engine/fees/cap.h"
#include "engine/fees/reserve.h"
#include "engine/fees/waterfall.h"
#include "reports/explain/fee.h"
#include "reports/explain/offer_rules.h"

namespace reports::explain {
namespace {

using engine::FeeCharged;
using engine::FeeKind;
using engine::FeeShare;
using engine::FeeShareOf;
namespace accounts = engine::accounts;
namespace fees = engine::fees;

constexpr std::size_t kYearDigits = 4;

std::uint64_t year_of(core::Date date) {
  const std::string text = core::to_string(date);
  return std::stoull(text.substr(0, kYearDigits));
}

// --- What is charged of what is due. ---

core::Result<core::Minor> most_of(const Fee& fee) {
  const core::Minor most = fee.body.withdrawn ? *fee.body.withdrawn : fee.part_equity();
  const auto& tax = fee.offer().tax;
  if (!tax || tax->mode == engine::TaxMode::Included) return most;
  TRY(const auto unit, core::power_of_ten(tax->rate.scale));
  return core::multiply_divide(most, unit, unit + tax->rate.digits, core::Rounding::Floor);
}

struct Year {
  core::Minor capital = 0;
  core::Minor charged = 0;
};

// The year as it stood before this fee; nothing if the records do not say.
std::optional<Year> year_before(const Fee& fee) {
  if (!fee.standing || !fee.opening) return std::nullopt;
  const std::uint64_t now = year_of(fee.rollovers.current.body.trade_date);
  const engine::FeeYear& then = fee.standing->body.investor.year;
  Year year{*fee.opening, 0};
  if (then.year == now) year = {then.capital, then.charged};
  for (const FeeCharged& one : fee.earlier) {
    if (one.structure == fee.body.structure) year.charged += one.amount;
  }
  return year;
}

core::Result<core::Minor> check_cap(Fee& fee, core::Minor amount, std::string& how) {
  Calculation& calculation = fee.calculation;
  const auto& rate = fee.offer().annual_cap;
  if (!rate) {
    calculation.require(!fee.body.cap && !fee.body.cap_used && !fee.body.forfeited,
                        "cap of the year", "the offer has none", "one");
    return amount;
  }
  core::Minor cap = fee.body.cap.value_or(0);
  core::Minor used = fee.body.cap_used.value_or(0);
  if (const auto year = year_before(fee)) {
    TRY(cap, fees::annual_cap(*rate, year->capital));
    used = year->charged;
    calculation.check_money(
        "cap of the year, all fees",
        core::to_string(*rate) + " x " + fee.money(year->capital) + " at its start, rounded down",
        cap, fee.body.cap.value_or(-1));
    calculation.check_money("of it used before", "by his fees of this year", used,
                            fee.body.cap_used.value_or(-1));
  } else {
    calculation.given("cap of the year, all fees",
                      fee.money(cap) + ", of it used " + fee.money(used));
  }
  TRY(const auto cut, fees::capped(amount, cap, used));
  calculation.check_money("forfeited by the cap", fee.money(amount) + " - what the cap leaves",
                          cut.forfeited, fee.body.forfeited.value_or(0));
  if (cut.forfeited != 0) how += ", cut to what the cap leaves";
  return cut.fee;
}

// --- Shares. ---

std::string_view name_of(FeeShareOf of) {
  return core::EnumNames<FeeShareOf>::names[static_cast<std::size_t>(of)];
}

std::string print(const Fee& fee, const FeeShare& share) {
  return std::string(name_of(share.of)) + (share.partner ? " " + share.partner->hex() : "") + " " +
         fee.money(share.amount);
}

core::Result<std::vector<FeeShare>> shares_of(Fee& fee) {
  const engine::OfferTerms& terms = fee.offer();
  std::vector<FeeShare> out;
  const bool reserved = terms.reserve && fee.body.fee == FeeKind::Performance;
  if (!terms.shares && !terms.tax && !reserved) return out;
  TRY(const auto parts, fees::shares_of(fee.body.amount, waterfall_rules(terms)));
  const auto give = [&](FeeShareOf of, std::optional<core::PartyId> to, core::Minor amount) {
    if (amount != 0) out.push_back({of, to, amount});
  };
  give(FeeShareOf::Tax, {}, parts.tax);
  give(FeeShareOf::Broker, {}, parts.broker);
  for (std::size_t i = 0; i < parts.introducing.size(); ++i) {
    give(FeeShareOf::IntroducingBroker, terms.shares->introducing[i].partner, parts.introducing[i]);
  }
  if (parts.partner != 0) {
    give(FeeShareOf::BusinessPartner, terms.shares->business_partner->partner, parts.partner);
  }
  core::Minor held = 0;
  if (reserved) {
    TRY(held, fees::held_of(parts.manager, terms.reserve->share));
  }
  give(FeeShareOf::Reserve, {}, held);
  give(FeeShareOf::Manager, {}, parts.manager - held);
  return out;
}

std::string how_of(const engine::OfferTerms& terms, FeeShareOf of) {
  switch (of) {
    case FeeShareOf::Tax:
      return core::to_string(terms.tax->rate) +
             (terms.tax->mode == engine::TaxMode::Included ? " included in the fee"
                                                           : " of the fee, on top of it") +
             ", rounded down";
    case FeeShareOf::Broker:
    case FeeShareOf::IntroducingBroker:
      return "its share of the fee, rounded down";
    case FeeShareOf::BusinessPartner:
      return core::to_string(terms.shares->business_partner->rate) +
             " of what broker and introducing brokers leave, rounded down";
    case FeeShareOf::Reserve:
      return core::to_string(terms.reserve->share) +
             " of the manager's share is held for later losses, rounded down";
    default:
      return "the rest";
  }
}

core::Result<> check_tax(Fee& fee) {
  if (!fee.offer().tax) {
    fee.calculation.require(!fee.body.tax, "tax", "the offer has none", "some");
    return core::ok();
  }
  TRY(const auto parts, fees::shares_of(fee.body.amount, waterfall_rules(fee.offer())));
  fee.calculation.check_money("tax", how_of(fee.offer(), FeeShareOf::Tax), parts.tax,
                              fee.body.tax.value_or(-1));
  return core::ok();
}

std::string account_of(const Fee& fee, const FeeShare& share) {
  const core::PartyId& manager = fee.terms.structure.structure.manager;
  switch (share.of) {
    case FeeShareOf::Tax:
      return fee.offer().tax ? accounts::tax(fee.offer().tax->country) : "";
    case FeeShareOf::Broker:
    case FeeShareOf::House:
      return std::string(accounts::kFeeShare);
    case FeeShareOf::IntroducingBroker:
    case FeeShareOf::BusinessPartner:
      return share.partner ? accounts::partner_accrued(*share.partner) : "";
    case FeeShareOf::Reserve:
      return accounts::manager_reserve(manager);
    case FeeShareOf::Manager:
    case FeeShareOf::Pool:
      break;
  }
  return accounts::manager_fees(manager);
}

}  // namespace

core::Minor taken_by(const FeeCharged& fee) {
  if (fee.shares.empty()) return fee.amount;
  core::Minor sum = 0;
  for (const FeeShare& share : fee.shares) sum += share.amount;
  return sum;
}

core::Result<> step_charge(Fee& fee) {
  Calculation& calculation = fee.calculation;
  std::string how = "that, rounded down to the smallest unit";
  TRY(const auto most, most_of(fee));
  core::Minor amount = std::min(fee.due, most);
  if (amount != fee.due) how += ", and not more than there is for it, " + fee.money(most);
  const bool period_end = fee.body.fee == FeeKind::Performance && !fee.body.withdrawn;
  TRY(const auto least,
      money_of(performance_of(fee.offer()).minimum_charge, calculation.currency()));
  if (period_end && least > 0) {
    calculation.require(amount >= least, "least that is charged", fee.money(least),
                        fee.money(amount));
  }
  TRY(amount, check_cap(fee, amount, how));
  calculation.check_money(
      std::string(core::EnumNames<FeeKind>::names[static_cast<std::size_t>(fee.body.fee)]) + " fee",
      how, amount, fee.body.amount);
  return core::ok();
}

core::Result<> step_shares(Fee& fee) {
  Calculation& calculation = fee.calculation;
  TRY(check_tax(fee));
  TRY(const auto shares, shares_of(fee));
  const auto& recorded = fee.body.shares;
  for (std::size_t i = 0; i < std::max(shares.size(), recorded.size()); ++i) {
    const std::string has = i < recorded.size() ? print(fee, recorded[i]) : "none";
    if (i < shares.size()) {
      calculation.check("share", how_of(fee.offer(), shares[i].of), print(fee, shares[i]), has);
    } else {
      calculation.check("share", "the offer has no more", "none", has);
    }
  }
  const core::Minor taken = taken_by(fee.body);
  calculation.check_money("entitlement after the fee",
                          fee.money(fee.body.equity_before) + " - " + fee.money(taken),
                          fee.body.equity_before - taken, fee.body.equity_after);
  return core::ok();
}

core::Result<> step_units(Fee& fee) {
  const unsigned scale = core::currency_scale(fee.calculation.currency()).value_or(0);
  const core::Minor equity = fee.rollovers.price_equity(scale);
  const core::Minor units = fee.rollovers.price_units();
  const core::Minor taken = taken_by(fee.body);
  fee.calculation.given("price of the rollover", print_price(fee.calculation, equity, units));
  core::Minor cancelled = 0;
  if (taken > 0 && equity > 0) {
    TRY(cancelled, core::multiply_divide(taken, units, equity, core::Rounding::Ceiling));
  }
  const engine::Lot* lot = fee.lot();
  const core::Minor held = lot != nullptr ? lot->units : fee.investor.units;
  fee.calculation.check_units("units cancelled",
                              fee.money(taken) + " at that price, rounded up, of what he holds",
                              std::min(cancelled, held), fee.body.units_cancelled);
  return core::ok();
}

// What the postings say must be what the body says.
core::Result<> step_postings(Fee& fee) {
  Calculation& calculation = fee.calculation;
  const FeeCharged& body = fee.body;
  const core::Minor taken = taken_by(body);
  std::map<std::string, core::Minor> payees;
  for (const FeeShare& share : body.shares) payees[account_of(fee, share)] += share.amount;
  if (body.shares.empty() && body.amount != 0) {
    payees[accounts::manager_fees(fee.terms.structure.structure.manager)] = body.amount;
  }
  core::Minor to_payees = 0;
  for (const ledger::PostingView& posting : calculation.record().postings) {
    const bool is_house = posting.account.find(":house:") != std::string_view::npos;
    if (is_house && posting.account != accounts::kInterfundHouse) to_payees -= posting.amount;
  }
  calculation.check_money(
      "out of his account", "the posting of row 14",
      calculation.posted(accounts::settled(body.structure, body.client), calculation.currency()),
      taken);
  calculation.check_money("to the payees", "all shares of the fee together", to_payees, taken);
  for (const auto& [account, amount] : payees) {
    calculation.check_money("to " + account, "the posting",
                            -calculation.posted(account, calculation.currency()), amount);
  }
  calculation.check_units(
      "units out of his account", "the posting",
      -calculation.posted(accounts::units(body.structure, body.client), fee.terms.unit_code),
      body.units_cancelled);
  calculation.check_money("mark moved", "the posting",
                          calculation.posted(accounts::mark(fee.terms.strategy(), body.client),
                                             accounts::mark_code(calculation.currency())),
                          body.mark_after - body.mark_before);
  return core::ok();
}

}  // namespace reports::explain
