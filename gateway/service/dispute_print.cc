// What a dispute came to: for people, as JSON, and as the commands that put it right.

#include <algorithm>
#include <map>
#include <optional>

#include "core/iso4217.h"
#include "gateway/service/dispute.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

// A proposal holds 32 KiB.
constexpr std::size_t kCorrectionsInProposal = 200;

std::string money(core::Minor amount, const std::string& currency) {
  return core::print_fixed(amount, core::currency_scale(currency).value_or(0));
}

std::string_view name_of(engine::FeeKind fee) {
  return core::EnumNames<engine::FeeKind>::names[static_cast<std::size_t>(fee)];
}

// A figure of both courses.
struct Figure {
  const char* name;
  core::Minor recorded = 0;
  core::Minor corrected = 0;
  core::Minor difference() const { return corrected - recorded; }
};

std::vector<Figure> money_figures(const InvestorDifference& one) {
  const Standing& was = one.recorded;
  const Standing& right = one.corrected;
  return {{"management_fees", was.management, right.management},
          {"performance_fees", was.performance, right.performance},
          {"entry_fees", was.entry, right.entry},
          {"exit_fees", was.exit, right.exit},
          {"early_withdrawal_penalties", was.early_withdrawal, right.early_withdrawal},
          {"subscription_fees", was.subscription, right.subscription},
          {"volume_fees", was.volume, right.volume},
          {"compensation", was.compensation, right.compensation},
          {"entitlement", was.entitlement, right.entitlement},
          {"mark", was.mark, right.mark}};
}

Object figure_to_json(const Figure& figure, const std::string& currency) {
  return {{"recorded", money(figure.recorded, currency)},
          {"corrected", money(figure.corrected, currency)},
          {"difference", money(figure.difference(), currency)}};
}

std::map<std::string, Figure> totals_of(const Dispute& dispute) {
  std::map<std::string, Figure> out;
  for (const InvestorDifference& one : dispute.investors) {
    Figure& total = out[one.currency];
    total.recorded += one.recorded.fees();
    total.corrected += one.corrected.fees();
  }
  return out;
}

Object fee_to_json(const FeeDifference& fee) {
  return {{"seq", static_cast<std::int64_t>(fee.seq)},
          {"structure", fee.structure.hex()},
          {"client", fee.client.hex()},
          {"fee", name_of(fee.fee)},
          {"recorded", money(fee.recorded, fee.currency)},
          {"corrected", money(fee.corrected, fee.currency)},
          {"difference", money(fee.corrected - fee.recorded, fee.currency)},
          {"left", fee.left}};
}

std::string row(const std::string& what, const Figure& figure, const std::string& currency) {
  return "  " + what + ": recorded " + money(figure.recorded, currency) + ", corrected " +
         money(figure.corrected, currency) + ", difference " +
         money(figure.difference(), currency) + " " + currency + "\n";
}

// Who left, or paid on a flow, is paid; who left with too much is not asked for it.
std::optional<Object> correction_of(const FeeDifference& fee) {
  const auto seq = static_cast<std::int64_t>(fee.seq);
  if (!fee.left && !fee.on_flow) {
    return Object{
        {"command", "correct_fee"}, {"fee", seq}, {"amount", money(fee.corrected, fee.currency)}};
  }
  if (fee.corrected >= fee.recorded) return std::nullopt;
  const std::string amount = money(fee.recorded - fee.corrected, fee.currency);
  const bool by_house = fee.on_flow && !fee.is_managers;
  return Object{{"command", "compensate"},
                {"structure", fee.structure.hex()},
                {"client", fee.client.hex()},
                {"amount", amount},
                {"fee_part", by_house ? money(0, fee.currency) : amount},
                {"record", seq}};
}

}  // namespace

std::vector<Value> correcting_commands(const Dispute& dispute, const std::string& proposer,
                                       core::Instant valid_until) {
  std::vector<Array> lists;
  for (const FeeDifference& fee : dispute.fees) {
    auto correction = correction_of(fee);
    if (!correction) continue;
    if (lists.empty() || lists.back().size() == kCorrectionsInProposal) lists.emplace_back();
    lists.back().push_back(std::move(*correction));
  }
  std::vector<Value> out;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::string id = "@replay-" + std::to_string(dispute.size) + "-" + std::to_string(i + 1);
    out.emplace_back(
        Object{{"command", "propose"},
               {"actor", proposer},
               {"request_id", id.substr(1)},
               {"proposal", id},
               {"valid_until", core::to_string(valid_until)},
               {"proposed", Object{{"command", "linked"}, {"commands", std::move(lists[i])}}}});
  }
  return out;
}

Value to_json(const Dispute& dispute) {
  Array investors;
  for (const InvestorDifference& one : dispute.investors) {
    Object shown{{"structure", one.structure.hex()},
                 {"client", one.client.hex()},
                 {"currency", one.currency}};
    for (const Figure& figure : money_figures(one)) {
      shown.emplace_back(figure.name, figure_to_json(figure, one.currency));
    }
    shown.emplace_back(
        "units",
        Object{{"recorded", core::print_fixed(one.recorded.units, 8)},
               {"corrected", core::print_fixed(one.corrected.units, 8)},
               {"difference", core::print_fixed(one.corrected.units - one.recorded.units, 8)}});
    investors.push_back(std::move(shown));
  }
  Array totals;
  for (const auto& [currency, figure] : totals_of(dispute)) {
    Object total = figure_to_json(figure, currency);
    total.insert(total.begin(), {"currency", currency});
    totals.push_back(std::move(total));
  }
  Array fees;
  for (const FeeDifference& fee : dispute.fees) fees.push_back(fee_to_json(fee));
  Array uncharged;
  for (const FeeDifference& fee : dispute.uncharged) uncharged.push_back(fee_to_json(fee));
  Array allocations;
  for (const AllocationDifference& one : dispute.allocations) {
    allocations.push_back(Object{{"order", one.order.hex()},
                                 {"account", one.account.hex()},
                                 {"client", one.client.hex()},
                                 {"recorded_steps", core::to_string(one.recorded)},
                                 {"corrected_steps", core::to_string(one.corrected)}});
  }
  Array rebates;
  for (const RebateDifference& one : dispute.rebates) {
    Object shown = figure_to_json({"", one.recorded, one.corrected}, one.currency);
    shown.insert(shown.begin(), {"currency", one.currency});
    shown.insert(shown.begin(), {"partner", one.partner.hex()});
    rebates.push_back(std::move(shown));
  }
  Array notes;
  for (const Dispute::Note& note : dispute.notes) {
    notes.push_back(Object{{"seq", static_cast<std::int64_t>(note.seq)}, {"what", note.what}});
  }
  return Object{{"size", static_cast<std::int64_t>(dispute.size)},
                {"commands", static_cast<std::int64_t>(dispute.commands)},
                {"changed_offers", static_cast<std::int64_t>(dispute.changed_offers)},
                {"investors", std::move(investors)},
                {"fees", std::move(fees)},
                {"uncharged", std::move(uncharged)},
                {"allocations", std::move(allocations)},
                {"rebates", std::move(rebates)},
                {"totals", std::move(totals)},
                {"notes", std::move(notes)}};
}

std::string to_text(const Dispute& dispute) {
  std::string out = "replayed " + std::to_string(dispute.commands) + " commands, " +
                    std::to_string(dispute.changed_offers) + " offers changed\n";
  for (const InvestorDifference& one : dispute.investors) {
    const auto figures = money_figures(one);
    const bool same =
        one.recorded.units == one.corrected.units &&
        std::ranges::all_of(figures, [](const Figure& figure) { return figure.difference() == 0; });
    if (same) continue;
    out += "\ninvestor " + one.client.hex() + " in " + one.structure.hex() + "\n";
    for (const Figure& figure : figures) {
      if (figure.difference() != 0) out += row(figure.name, figure, one.currency);
    }
    out += "  units: recorded " + core::print_fixed(one.recorded.units, 8) + ", corrected " +
           core::print_fixed(one.corrected.units, 8) + "\n";
  }
  out += "\nfees that differ\n";
  for (const FeeDifference& fee : dispute.fees) {
    out += row("seq " + std::to_string(fee.seq) + ", " + std::string(name_of(fee.fee)) + " of " +
                   fee.client.hex() + (fee.left ? ", who left" : ""),
               {"", fee.recorded, fee.corrected}, fee.currency);
  }
  if (dispute.fees.empty()) out += "  none\n";
  if (!dispute.uncharged.empty()) out += "\nfees that were not charged\n";
  for (const FeeDifference& fee : dispute.uncharged) {
    out += row("command " + std::to_string(fee.seq) + ", " + std::string(name_of(fee.fee)) +
                   " of " + fee.client.hex(),
               {"", fee.recorded, fee.corrected}, fee.currency);
  }
  if (!dispute.allocations.empty()) out += "\nparts of orders that differ, in lot steps\n";
  for (const AllocationDifference& one : dispute.allocations) {
    out += "  order " + one.order.hex() + ", account " + one.account.hex() + ": recorded " +
           core::to_string(one.recorded) + ", corrected " + core::to_string(one.corrected) + "\n";
  }
  if (!dispute.rebates.empty()) out += "\nrebates that differ\n";
  for (const RebateDifference& one : dispute.rebates) {
    out += row("partner " + one.partner.hex(), {"", one.recorded, one.corrected}, one.currency);
  }
  out += "\nall fees less compensation\n";
  for (const auto& [currency, figure] : totals_of(dispute)) out += row("total", figure, currency);
  if (!dispute.notes.empty()) out += "\nnotes\n";
  for (const Dispute::Note& note : dispute.notes) {
    out += "  seq " + std::to_string(note.seq) + ": " + note.what + "\n";
  }
  return out;
}

}  // namespace gateway::service
