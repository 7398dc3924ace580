// Row 27: what is held for clients and what is owed to them, day by day, and the money that goes
// between house and client banks so that nothing is lacking.

#include <algorithm>
#include <set>

#include "core/amount.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/client_money/breaches.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/due_days.h"
#include "engine/client_money/owed.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

constexpr std::uint64_t kCutOffMinutesMax = std::uint64_t{7} * 24 * 60;

// Of a currency without rule and days: the first calculation makes it.
const SegregationStanding& standing_in(const Context& context, const std::string& currency) {
  static const SegregationStanding kNone;
  const auto found = context.state.client_money.segregation.find(currency);
  return found == context.state.client_money.segregation.end() ? kNone : found->second;
}

core::Result<> check_date(const Context& context, const SegregationStanding& standing,
                          core::Date date) {
  if (date > core::utc_date(context.now)) {
    return core::invalid("segregation_date", "date", "This day has not begun yet.");
  }
  if (standing.last == date) {
    return core::conflict("segregation_done", "date",
                          "The client money of this day and currency is calculated already.");
  }
  if (standing.last && date < *standing.last) {
    return core::conflict("segregation_order", "date",
                          "A later day is calculated already (" + core::to_string(*standing.last) +
                              "): days go forward.");
  }
  return core::ok();
}

// The measure and the cut-off: the rule's if there is one, or else the command's.
core::Result<> choose(const RecordSegregation& command, const SegregationStanding& standing,
                      SegregationRecorded& body) {
  if (standing.rule) {
    if (command.cut_off || (command.measure && *command.measure != standing.rule->measure)) {
      return core::conflict("segregation_rule", command.cut_off ? "cut_off" : "measure",
                            "A rule says it for this currency: leave it out, or change the rule.");
    }
    body.measure = standing.rule->measure;
    body.cut_off = cut_off_of(*standing.rule, command.date);
    return core::ok();
  }
  if (!command.measure) {
    return core::invalid("missing_field", "measure",
                         "No rule says what counts as owed in this currency: name the measure.");
  }
  body.measure = *command.measure;
  body.cut_off = command.cut_off;
  return core::ok();
}

core::Result<StatementCompared> compare(const Context& context, const BankStatement& statement,
                                        const std::string& currency) {
  TRY(require_bank(context, statement.bank, BankRing::ClientMoney));
  StatementCompared out{statement.bank};
  out.books =
      context.books.balance(accounts::bank(statement.bank, BankRing::ClientMoney), currency);
  TRY(out.stated, signed_money(statement.balance, currency, "balance"));
  TRY(out.difference, core::subtract(out.stated, out.books));
  core::Minor known = 0;
  if (statement.difference) {
    TRY(known, signed_money(*statement.difference, currency, "difference"));
  }
  if (known == out.difference) return out;
  const unsigned scale = *core::currency_scale(currency);
  return core::conflict("bank_difference", statement.difference ? "difference" : "balance",
                        "The books hold " + core::print_fixed(out.books, scale) +
                            " there, so the difference is " +
                            core::print_fixed(out.difference, scale) +
                            ": record what is missing, or state the difference.");
}

core::Result<> compare_all(const Context& context, const RecordSegregation& command,
                           SegregationRecorded& body) {
  std::set<core::BankId> seen;
  for (std::size_t i = 0; i < command.statements.size(); ++i) {
    const BankStatement& statement = command.statements[i];
    const std::string at = "statements: item " + std::to_string(i);
    if (!seen.insert(statement.bank).second) {
      return core::invalid("duplicate_bank", at + ": bank", "This bank stands in the list twice.");
    }
    auto compared = compare(context, statement, command.currency);
    if (!compared) return std::move(compared.error()).within(at);
    // A bank that has more than the books say makes nothing good.
    const core::Minor missing = std::max<core::Minor>(-compared.value().difference, 0);
    TRY(body.statement_shortage, core::add(body.statement_shortage, missing));
    body.statements.push_back(compared.value());
  }
  return core::ok();
}

core::Result<> calculate(const Context& context, SegregationRecorded& body) {
  TRY(const Standing standing, standing_of(context, body.currency, body.measure));
  body.held = standing.held;
  body.owed = standing.owed;
  body.held_total = standing.held_total;
  body.owed_total = standing.owed_total;
  body.owed_measured = standing.owed_measured;
  body.interfund_before = standing.interfund;
  TRY(const auto lacking, required(standing, body.statement_shortage));
  body.shortfall = std::max<core::Minor>(lacking, 0);
  body.excess = std::max<core::Minor>(-lacking, 0);
  return core::ok();
}

// All of a shortfall is funded; of an excess is removed what the command says.
core::Result<> settle(const RecordSegregation& command, SegregationRecorded& body) {
  body.funded = body.shortfall;
  body.removed = body.excess;
  if (command.remove) {
    TRY(body.removed, signed_money(*command.remove, command.currency, "remove"));
    if (body.removed < 0 || body.removed > body.excess) {
      return core::invalid(
          "segregation_remove", "remove",
          "At most the excess may be removed, and that is " +
              core::print_fixed(body.excess, *core::currency_scale(command.currency)) + ".");
    }
  }
  TRY(const auto moved, core::subtract(body.funded, body.removed));
  TRY(body.interfund_after, core::add(body.interfund_before, moved));
  TRY(const auto held, core::add(body.held_total, moved));
  TRY(const auto counted, core::subtract(held, body.statement_shortage));
  TRY(body.surplus_after, core::subtract(counted, body.owed_measured));
  return core::ok();
}

core::Result<Postings> moved(const Context& context, const RecordSegregation& command,
                             SegregationRecorded& body) {
  Postings postings;
  const core::Minor into_client_bank = body.funded - body.removed;
  if (into_client_bank == 0) return postings;
  if (!command.client_bank || !command.house_bank) {
    const unsigned scale = *core::currency_scale(body.currency);
    return core::conflict(
        "segregation_banks", command.client_bank ? "house_bank" : "client_bank",
        body.funded > 0
            ? core::print_fixed(body.funded, scale) + " must be paid in: name both banks."
            : core::print_fixed(body.removed, scale) +
                  " is to be taken out: name both banks, or remove 0.");
  }
  auto client_bank = require_bank(context, *command.client_bank, BankRing::ClientMoney);
  if (!client_bank) return std::move(client_bank.error()).within("client_bank");
  auto house_bank = require_bank(context, *command.house_bank, BankRing::House);
  if (!house_bank) return std::move(house_bank.error()).within("house_bank");
  body.client_bank = command.client_bank;
  body.house_bank = command.house_bank;
  postings.add(accounts::bank(*command.client_bank, BankRing::ClientMoney), body.currency,
               into_client_bank);
  postings.out(body.currency, into_client_bank);
  postings.add(accounts::bank(*command.house_bank, BankRing::House), body.currency,
               -into_client_bank);
  return postings;
}

}  // namespace

Drafts decide(const Context& context, const SetSegregationRule& command) {
  TRY(check_currency(command.currency, "currency"));
  if (command.first_date < core::utc_date(context.now)) {
    return core::invalid("segregation_date", "first_date", "A rule begins today or later.");
  }
  if (command.cut_off_minutes > kCutOffMinutesMax) {
    return core::invalid("cut_off", "cut_off_minutes",
                         "The cut-off is at most 10080 minutes, a week, after the day began.");
  }
  Effects effects(context.effective_at);
  const SegregationStanding& standing = standing_in(context, command.currency);
  // A new rule does not hide what was missed under the old one.
  if (standing.rule) {
    TRY(const auto shortfall, shortfall_of(context, command.currency, standing.rule->measure));
    add_missed_days({command.currency, standing, shortfall}, context.now, effects);
  }
  effects.add(SegregationRuleSet{command}, {}, {}).documents = {command.document};
  return effects.take();
}

Drafts decide(const Context& context, const RecordSegregation& command) {
  TRY(check_currency(command.currency, "currency"));
  const SegregationStanding& standing = standing_in(context, command.currency);
  TRY(check_date(context, standing, command.date));
  SegregationRecorded body;
  body.date = command.date;
  body.currency = command.currency;
  TRY(choose(command, standing, body));
  body.late = body.cut_off && *body.cut_off <= context.now;
  TRY(compare_all(context, command, body));
  TRY(calculate(context, body));
  TRY(settle(command, body));
  TRY(auto postings, moved(context, command, body));
  Effects effects(context.effective_at);
  if (standing.rule) {
    add_breaches_of({command.currency, standing, body.shortfall}, command.date, context.now,
                    effects);
  }
  if (!standing.rule && body.late) {
    effects.add(
        ClientMoneyBreached{
            BreachReason::Late, body.currency, *body.cut_off, body.date, body.shortfall, {}},
        {}, {});
  }
  effects.add(body, std::move(postings), {});
  return effects.take();
}

void apply(State& state, const SegregationRuleSet& body, const ledger::RecordView&) {
  state.client_money.segregation[body.rule.currency].rule = body.rule;
}

void apply(State& state, const SegregationRecorded& body, const ledger::RecordView&) {
  state.client_money.segregation[body.currency].last = body.date;
}

}  // namespace engine::client_money
