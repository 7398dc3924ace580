// Copies: what was filled of their orders, what was amended, and why a subscription stopped.

#include "core/exact_decimal.h"
#include "engine/accounts.h"
#include "engine/copy_records.h"
#include "reports/explain/kinds.h"
#include "reports/explain/own_currency.h"

namespace reports::explain {
namespace {

using engine::CopyAmended;
using engine::CopyClosed;
using engine::CopyFilled;
using engine::CopyStopped;

std::string tell_lots(core::Minor volume) {
  return core::to_string(core::to_decimal(volume, engine::kLotScale)) + " lots";
}

core::Error lacks(const Calculation& calculation, std::string what) {
  return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                       "The records have no " + std::move(what) + " that this one rests on.");
}

// Money of the account that the record moved.
void check_moved(Calculation& calculation, const std::string& how, const core::PartyId& client,
                 const core::AccountId& account, core::Minor result) {
  calculation.check_money("booked", how,
                          -calculation.posted(engine::accounts::account_balance(client, account),
                                              calculation.currency()),
                          result);
}

// --- A fill. ---

// What was filled of the order before this record.
core::Result<core::Minor> filled_before(Calculation& calculation, const CopyFilled& body) {
  core::Minor filled = 0;
  const ledger::SubjectId client(body.client.bytes);
  TRY(each_before<CopyFilled>(calculation, client, [&](const CopyFilled& one) {
    if (one.fill.account == body.fill.account && one.fill.signal == body.fill.signal) {
      filled += one.volume;
    }
  }));
  TRY(each_before<CopyAmended>(calculation, client, [&](const CopyAmended& one) {
    const bool of_order = one.amended.fill && one.amended.account == body.fill.account &&
                          one.signal == body.fill.signal;
    if (of_order) filled += one.volume_change;
  }));
  return filled;
}

// --- An amendment. ---

// A fill or close as it stood before.
struct Recorded {
  core::Minor volume = 0;
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
};

bool amends_same(const CopyAmended& one, const CopyAmended& body) {
  return one.amended.account == body.amended.account && one.amended.fill == body.amended.fill &&
         one.amended.close == body.amended.close;
}

core::Result<Recorded> recorded_at_first(Calculation& calculation, const CopyAmended& body) {
  const ledger::SubjectId client(body.client.bytes);
  const engine::AmendCopy& command = body.amended;
  if (command.fill) {
    TRY(const auto fill, find_body<CopyFilled>(calculation.sources(), client, Direction::Before,
                                               calculation.seq(), [&](const CopyFilled& one) {
                                                 return one.fill.account == command.account &&
                                                        one.fill.fill == *command.fill;
                                               }));
    if (!fill) return lacks(calculation, "fill");
    calculation.rests_on(fill->seq, "the fill as it was recorded");
    return Recorded{fill->body.volume, 0, 0, fill->body.commission};
  }
  TRY(const auto close, find_body<CopyClosed>(calculation.sources(), client, Direction::Before,
                                              calculation.seq(), [&](const CopyClosed& one) {
                                                return command.close &&
                                                       one.close.account == command.account &&
                                                       one.close.close == *command.close;
                                              }));
  if (!close) return lacks(calculation, "close");
  calculation.rests_on(close->seq, "the close as it was recorded");
  const CopyClosed& closed = close->body;
  return Recorded{closed.volume, closed.profit, closed.swap, closed.commission};
}

core::Result<Recorded> stood_before(Calculation& calculation, const CopyAmended& body) {
  TRY(const auto last,
      find_body<CopyAmended>(calculation.sources(), ledger::SubjectId(body.client.bytes),
                             Direction::Before, calculation.seq(),
                             [&](const CopyAmended& one) { return amends_same(one, body); }));
  if (!last) return recorded_at_first(calculation, body);
  calculation.rests_on(last->seq, "its last amendment");
  const CopyAmended& before = last->body;
  return Recorded{before.volume, before.profit, before.swap, before.commission};
}

// --- A stop. ---

core::Result<> check_level(Calculation& calculation, const CopyStopped& body) {
  TRY(const auto terms,
      find_body<engine::CopyTermsSet>(
          calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.terms.account == body.account; }));
  if (!terms) return lacks(calculation, "copy terms");
  calculation.rests_on(terms->seq, "the subscription's terms");
  calculation.check("version of the terms", "the last one set", std::to_string(terms->body.version),
                    std::to_string(body.terms_version));
  if (terms->body.terms.terms.base_on_flow) {
    calculation.given("base, which follows the flows", calculation.money(body.base));
  } else {
    calculation.check_money("base", "set with the terms", terms->body.base, body.base);
  }
  if (body.by_client) return core::ok();
  const auto& level = body.stop == engine::CopyStop::Hard ? terms->body.terms.terms.hard_stop
                                                          : terms->body.terms.terms.soft_stop;
  const auto print = [](const std::optional<core::Decimal>& part) {
    return part ? core::to_string(*part) : std::string("none");
  };
  calculation.check("level", "the terms'", print(level), print(body.level));
  if (!level) return core::ok();
  const bool reached = core::Rational(body.equity) <=
                       core::multiply(core::Rational(body.base), core::rational_of(*level));
  calculation.require(reached, "stops",
                      calculation.money(body.equity) + " are at or below " + print(level) + " of " +
                          calculation.money(body.base),
                      "the equity is above the level");
  return core::ok();
}

}  // namespace

core::Result<> explain_copy_filled(Calculation& calculation) {
  TRY(const auto body, body_of<CopyFilled>(calculation));
  TRY(account_currency(calculation, body.structure, body.client, body.fill.account));
  calculation.set_title("a fill of " + tell_lots(body.volume) + " of a copy's order");
  TRY(const auto lots, core::to_minor(body.fill.lots, engine::kLotScale));
  calculation.check("volume", "the platform's", tell_lots(lots), tell_lots(body.volume));
  TRY(const auto before, filled_before(calculation, body));
  calculation.check("filled of the order",
                    tell_lots(before) + " before + " + tell_lots(body.volume),
                    tell_lots(before + body.volume), tell_lots(body.filled));
  if (body.late) calculation.given("late", "the order, or the master's position, was over by then");
  if (body.rate) {
    TRY(check_told(calculation, "commission", body.fill.commission.value_or(core::Decimal{}),
                   *body.rate, body.commission));
  }
  check_moved(calculation, "the commission, by the posting of row 20", body.client,
              body.fill.account, body.commission);
  return core::ok();
}

core::Result<> explain_copy_amended(Calculation& calculation) {
  TRY(const auto body, body_of<CopyAmended>(calculation));
  TRY(account_currency(calculation, body.structure, body.client, body.amended.account));
  const std::string what = body.amended.fill ? "a fill" : "a close";
  calculation.set_title(what + " of a copy put right, to " + tell_lots(body.volume));
  TRY(const Recorded before, stood_before(calculation, body));
  calculation.check("volume changes by",
                    tell_lots(body.volume) + " less " + tell_lots(before.volume),
                    tell_lots(body.volume - before.volume), tell_lots(body.volume_change));
  const auto check = [&](std::string name, core::Minor now, core::Minor then, core::Minor change) {
    calculation.check_money(std::move(name) + " changes by",
                            calculation.money(now) + " less " + calculation.money(then), now - then,
                            change);
  };
  check("profit", body.profit, before.profit, body.profit_change);
  check("swap", body.swap, before.swap, body.swap_change);
  check("commission", body.commission, before.commission, body.commission_change);
  check_moved(calculation, "the changes together", body.client, body.amended.account,
              body.profit_change + body.swap_change + body.commission_change);
  return core::ok();
}

core::Result<> explain_copy_stopped(Calculation& calculation) {
  TRY(const auto body, body_of<CopyStopped>(calculation));
  TRY(const auto currency,
      account_currency(calculation, body.structure, body.client, body.account));
  const bool hard = body.stop == engine::CopyStop::Hard;
  calculation.set_title(hard ? "a subscription that stops and closes all"
                             : "a subscription that copies nothing new");
  calculation.given("why", body.by_client ? "its client's word" : "its equity");
  TRY(const auto balance,
      calculation.balance_before(engine::accounts::account_balance(body.client, body.account),
                                 currency));
  TRY(const auto floating,
      calculation.balance_before(engine::accounts::account_floating(body.client, body.account),
                                 currency));
  calculation.check_money("equity", "balance + floating in the books", -balance - floating,
                          body.equity);
  return check_level(calculation, body);
}

}  // namespace reports::explain
