// What partners earn by deals: worked out again from the deal's record, the programme and the line
// before.

#include <algorithm>

#include "core/amount.h"
#include "core/check.h"
#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/commission/tiers.h"
#include "engine/commission/trees.h"
#include "engine/copy_records.h"
#include "engine/mam_records.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_fee_records.h"
#include "engine/payout_records.h"
#include "engine/programme_records.h"
#include "reports/explain/kinds.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
namespace commission = engine::commission;
using engine::DealLeg;
using engine::PartnerDealRecorded;
using engine::PartnerLineAccrued;
using engine::ProgrammeTerms;

core::Result<std::string> written(const core::Rational& value) {
  TRY(const auto accrual, commission::to_accrual(value));
  return core::to_string(core::to_decimal(accrual, commission::kAccrualScale));
}

core::Result<ProgrammeTerms> terms_of(Calculation& calculation,
                                      const engine::ProgrammeId& programme, std::uint64_t version) {
  TRY(const auto found, find_body<engine::ProgrammePublished>(
                            calculation.sources(), std::nullopt, Direction::Before,
                            calculation.seq(), [&](const auto& one) {
                              return one.programme.programme == programme && one.version == version;
                            }));
  if (!found) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "Its programme is not in the book.");
  }
  calculation.rests_on(found->seq, "the programme, version " + std::to_string(version));
  return found->body.programme.terms;
}

// --- The deal
// -------------------------------------------------------------------------------------

core::Rational rate_of(const ProgrammeTerms& terms, const DealLeg& leg,
                       const engine::RulePaid& paid) {
  const engine::PayRate& row = terms.pays.at(paid.rule).rates.at(paid.row);
  // What is less than a volume can be written with is in no tier.
  if (row.tiers.empty() || leg.lots.digits == 0) return commission::exact(row.rate);
  std::vector<commission::Tier> tiers;
  for (const engine::VolumeTier& tier : row.tiers) {
    tiers.push_back({commission::exact(tier.from), commission::exact(tier.rate)});
  }
  const bool whole = terms.tier_mode == engine::VolumeTiers::Whole;
  return commission::tiered_rate(
      commission::exact(row.rate), tiers,
      whole ? commission::TierMode::Whole : commission::TierMode::Marginal,
      commission::exact(leg.volume_before), commission::exact(leg.lots));
}

// Equal but for what was cut off behind 18 decimals, on a quantity and on its product.
bool nearly(const core::Rational& a, const core::Rational& b) {
  static const core::Rational kLeast =
      core::Rational::of(1, core::power_of_ten(12).value()).value();
  return subtract(a, b) < kLeast && subtract(b, a) < kLeast;
}

core::Result<> explain_leg(Calculation& calculation, const DealLeg& leg, std::size_t place) {
  const std::string name = "tree " + std::to_string(place);
  TRY(const auto terms, terms_of(calculation, leg.programme, leg.version));
  calculation.given(
      name + ": gate",
      std::string(core::EnumNames<engine::DealGate>::names.at(static_cast<std::size_t>(leg.gate))));
  core::Rational sum;
  for (const engine::RulePaid& paid : leg.pays) {
    const core::Rational rate = rate_of(terms, leg, paid);
    const core::Rational amount = multiply(commission::exact(paid.quantity), rate);
    TRY(const auto rate_text, written(rate));
    calculation.require(
        nearly(amount, commission::exact(paid.amount)), name + ": rule pays",
        core::to_string(paid.quantity) + " x " + rate_text + " = " + core::to_string(paid.amount),
        core::to_string(paid.amount));
    sum = add(sum, commission::exact(paid.amount));
  }
  const core::Rational base = commission::exact(leg.base);
  TRY(const auto sum_text, written(commission::above_zero(sum)));
  const bool cut = !leg.cut_by.empty();
  calculation.require(
      cut ? base <= sum || nearly(base, sum) : nearly(base, commission::above_zero(sum)),
      name + ": base", cut ? "at most what the rules pay, " + sum_text + ": cut" : sum_text,
      core::to_string(leg.base));
  const core::Rational part =
      terms.revenue_cap ? commission::exact(*terms.revenue_cap) : core::Rational(1);
  const core::Rational most =
      multiply(commission::above_zero(commission::exact(leg.revenue)), part);
  TRY(const auto most_text, written(most));
  const core::Rational cap = commission::exact(leg.cap);
  const bool bounded = terms.gates && (terms.gates->max_of_deposits || terms.gates->max_of_loss);
  calculation.require(nearly(cap, most) || ((place != 0 || bounded) && cap <= most), name + ": cap",
                      most_text + " of the broker's revenue" +
                          (place == 0 ? "" : ", less what the first tree has") +
                          (bounded ? ", and at most what the client's deposits or loss leave" : ""),
                      core::to_string(leg.cap));
  return core::ok();
}

// The close that it was made of: a group's says the volume.
core::Result<> explain_close(Calculation& calculation, const PartnerDealRecorded& body) {
  if (!body.close) return core::ok();
  const engine::RecordPartnerDeal& deal = body.deal;
  const auto is_it = [&](const core::AccountId& account, const std::string& close) {
    return account == deal.account && close == body.close->close;
  };
  const ledger::SubjectId client(deal.client.bytes);
  TRY(const auto copy,
      find_body<engine::CopyClosed>(calculation.sources(), client, Direction::Before,
                                    calculation.seq(), [&](const auto& one) {
                                      return is_it(one.close.account, one.close.close) &&
                                             one.lineage == body.close->position;
                                    }));
  if (copy) calculation.rests_on(copy->seq, "the close of the copy");
  TRY(const auto part,
      find_body<engine::CloseAllocated>(calculation.sources(), client, Direction::Before,
                                        calculation.seq(), [&](const auto& one) {
                                          return is_it(one.account, one.close) &&
                                                 one.order.hex() == body.close->position;
                                        }));
  if (!part) return core::ok();
  calculation.rests_on(part->seq, "the account's part of the close");
  TRY(const auto order,
      find_body<engine::OrderAccepted>(
          calculation.sources(), ledger::SubjectId(part->body.structure.bytes), Direction::Before,
          part->seq, [&](const auto& one) { return one.order.order == part->body.order; }));
  if (!order) return core::ok();
  calculation.rests_on(order->seq, "the order, with its lot step");
  const core::Decimal& step = order->body.lot_step;
  TRY(const auto lots,
      written(multiply(core::Rational(part->body.steps), commission::exact(step))));
  calculation.check("lots",
                    core::to_string(part->body.steps) + " steps of " + core::to_string(step), lots,
                    core::to_string(deal.lots));
  return core::ok();
}

// --- A line
// ---------------------------------------------------------------------------------------

std::vector<core::Rational> lines_of(const ProgrammeTerms& terms, const DealLeg& leg) {
  const engine::TreeTerms tree = terms.tree.value_or(engine::TreeTerms{});
  std::vector<core::Rational> rates;
  for (const core::Decimal& level : tree.levels) rates.push_back(commission::exact(level));
  const core::Rational base = commission::exact(leg.base);
  std::vector<core::Rational> lines;
  switch (tree.mode) {
    case engine::TreeMode::Differential:
      for (const auto& node : leg.chain) rates.push_back(commission::exact(node.share));
      lines = commission::by_difference(base, rates);
      break;
    case engine::TreeMode::Ratio:
      lines = commission::by_ratio(base, rates, leg.chain.size());
      break;
    case engine::TreeMode::Override:
      lines = commission::by_override(base, rates, commission::exact(leg.lots), leg.chain.size());
      break;
  }
  for (std::size_t i = 0; i < leg.chain.size(); ++i) {
    if (leg.chain[i].withheld) lines[i] = {};
  }
  commission::cut_to(lines, commission::exact(leg.cap));
  return lines;
}

core::Result<> explain_amount(Calculation& calculation, const PartnerLineAccrued& body) {
  TRY(const auto deal,
      find_body<PartnerDealRecorded>(
          calculation.sources(), ledger::SubjectId(body.client.value_or(core::PartyId{}).bytes),
          Direction::Before, calculation.seq(), [&](const auto& one) {
            return one.deal.server == body.server && one.deal.ticket == body.ticket;
          }));
  const std::uint64_t place = body.leg.value_or(0);
  const std::uint64_t level = body.level.value_or(0);
  if (!deal || place >= deal->body.legs.size() || level >= deal->body.legs[place].chain.size()) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The deal that it names does not pay it.");
  }
  calculation.rests_on(deal->seq, "the deal");
  const DealLeg& leg = deal->body.legs[place];
  TRY(const auto terms, terms_of(calculation, leg.programme, leg.version));
  const auto& node = leg.chain[level];
  calculation.check("partner", "level " + std::to_string(level) + " of the chain",
                    node.partner.hex(), body.partner.hex());
  const auto lines = lines_of(terms, leg);
  TRY(const auto amount, written(lines[level]));
  calculation.check("amount",
                    "his part of " + core::to_string(leg.base) + ", share " +
                        core::to_string(node.share) + ", with those below, all of them at most " +
                        core::to_string(leg.cap),
                    amount, core::to_string(body.amount));
  return core::ok();
}

core::Result<> explain_reversal(Calculation& calculation, const PartnerLineAccrued& body) {
  TRY(const auto line, find_body<PartnerLineAccrued>(
                           calculation.sources(), ledger::SubjectId(body.partner.bytes),
                           Direction::Before, calculation.seq(), [&](const auto& one) {
                             return one.of == engine::EarnedBy::Deal && one.server == body.server &&
                                    one.ticket == body.ticket && one.leg == body.leg &&
                                    one.level == body.level;
                           }));
  if (!line) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The line that it takes back is not in the book.");
  }
  calculation.rests_on(line->seq, "the line that is taken back");
  core::Decimal back = line->body.amount;
  back.digits = -back.digits;
  calculation.check("amount", "all of the line, with the other sign", core::to_string(back),
                    core::to_string(body.amount));
  return core::ok();
}

core::Result<> explain_what(Calculation& calculation, const PartnerLineAccrued& body) {
  switch (body.of) {
    case engine::EarnedBy::Deal:
      return explain_amount(calculation, body);
    case engine::EarnedBy::Reversal:
      return explain_reversal(calculation, body);
    case engine::EarnedBy::TopUp:
    case engine::EarnedBy::Acquisition:
    case engine::EarnedBy::RevenueShare:
      calculation.given("amount", core::to_string(body.amount));
      return core::ok();
  }
  CHECK(false);
}

// Shares of fees since a line, which accrue beside the lines.
core::Result<core::Rational> shared_since(Calculation& calculation, const PartnerLineAccrued& body,
                                          std::uint64_t since, const core::Minor unit) {
  core::Rational sum;
  std::uint64_t seq = calculation.seq();
  while (true) {
    TRY(const auto share,
        find_body<engine::PartnerFeeShare>(
            calculation.sources(), ledger::SubjectId(body.partner.bytes), Direction::Before, seq,
            [&](const auto& one) { return one.currency == body.currency; }));
    if (!share || share->seq < since) return sum;
    calculation.rests_on(share->seq, "his share of a fee");
    TRY(const auto amount, core::Rational::of(share->body.amount, unit));
    sum = add(sum, amount);
    seq = share->seq;
  }
}

// What had accrued before, with shares of fees and after what was asked back since.
struct AccruedBefore {
  core::Rational exact;
  bool shared = false;  // In a fee, since the line before.
};
core::Result<AccruedBefore> accrued_before(Calculation& calculation,
                                           const PartnerLineAccrued& body) {
  const ledger::SubjectId partner(body.partner.bytes);
  TRY(const auto last, find_body<PartnerLineAccrued>(
                           calculation.sources(), partner, Direction::Before, calculation.seq(),
                           [&](const auto& one) {
                             return one.partner == body.partner && one.currency == body.currency &&
                                    one.routed == body.routed &&
                                    (!body.routed || one.client == body.client);
                           }));
  AccruedBefore before;
  if (last) {
    calculation.rests_on(last->seq, "what had accrued before");
    before.exact = commission::exact(last->body.exact);
  }
  if (body.routed) return before;
  TRY(const auto scale, core::commodity(body.currency));
  TRY(const auto unit, core::power_of_ten(scale.scale));
  TRY(const auto shared, shared_since(calculation, body, last ? last->seq : 0, unit));
  before.exact = add(before.exact, shared);
  before.shared = shared.sign() != 0;
  std::uint64_t seq = calculation.seq();
  while (true) {
    TRY(const auto reclaimed,
        find_body<engine::PayoutReclaimed>(
            calculation.sources(), partner, Direction::Before, seq,
            [&](const auto& one) { return one.reclaim.currency == body.currency; }));
    if (!reclaimed || (last && reclaimed->seq < last->seq)) return before;
    calculation.rests_on(reclaimed->seq, "what was asked back");
    TRY(const auto taken,
        core::Rational::of(reclaimed->body.amount - reclaimed->body.carried, unit));
    before.exact = subtract(before.exact, taken);
    seq = reclaimed->seq;
  }
}

// The books come up to the floor of the sum, and never below what moved on from `accrued`.
core::Result<> explain_posting(Calculation& calculation, const PartnerLineAccrued& body,
                               const AccruedBefore& before) {
  TRY(const auto scale, core::commodity(body.currency));
  TRY(const auto whole,
      core::to_minor(commission::exact(body.exact), scale.scale, core::Rounding::Floor));
  TRY(const auto whole_before, core::to_minor(before.exact, scale.scale, core::Rounding::Floor));
  const std::string account = accounts::partner_accrued(body.partner);
  TRY(const auto balance, calculation.balance_before(account, body.currency));
  const core::Minor grown = whole - whole_before;
  // What moved on is known of no more than the account, where a manager's other rebates are too.
  const core::Minor least = std::min(balance, core::Minor{0});
  if (body.posted == grown) {
    calculation.check_money("posted now",
                            calculation.money(whole) + ", rounded down, - " +
                                calculation.money(whole_before) + " before",
                            grown, body.posted);
  } else if (before.shared && body.posted < grown) {
    // What a fee posted for one who was below zero is set right by his next line.
    calculation.require(body.posted >= least, "posted now",
                        "what brings the postings to the sum again, never below what moved on",
                        calculation.money(body.posted));
  } else if (grown < 0) {
    calculation.require(
        body.posted > grown && body.posted <= 0 && body.posted >= least, "posted now",
        "of " + calculation.money(grown) + " what is not moved on: never below what moved on",
        calculation.money(body.posted));
  } else {
    calculation.require(body.posted >= 0 && body.posted <= grown, "posted now",
                        "what is left when he is no longer below zero",
                        calculation.money(body.posted));
  }
  calculation.check_money("owed", "the posting of row 23",
                          -calculation.posted(account, body.currency), body.posted);
  return core::ok();
}

}  // namespace

core::Result<> explain_partner_deal(Calculation& calculation) {
  TRY(const auto body, body_of<PartnerDealRecorded>(calculation));
  calculation.set_title("what deal " + body.deal.server + "/" + body.deal.ticket +
                        " is worth to partners");
  calculation.given("lots", core::to_string(body.deal.lots));
  TRY(explain_close(calculation, body));
  for (std::size_t i = 0; i < body.legs.size(); ++i) {
    TRY(explain_leg(calculation, body.legs[i], i));
  }
  return core::ok();
}

core::Result<> explain_partner_line(Calculation& calculation) {
  TRY(const auto body, body_of<PartnerLineAccrued>(calculation));
  calculation.set_currency(body.currency);
  calculation.set_title("a partner's line of " + core::to_string(body.amount) + " " +
                        body.currency);
  TRY(explain_what(calculation, body));
  TRY(const auto before, accrued_before(calculation, body));
  TRY(const auto before_text, written(before.exact));
  TRY(const auto sum, written(add(before.exact, commission::exact(body.amount))));
  calculation.check("accrued in all", before_text + " before + " + core::to_string(body.amount),
                    sum, core::to_string(body.exact));
  return explain_posting(calculation, body, before);
}

}  // namespace reports::explain
