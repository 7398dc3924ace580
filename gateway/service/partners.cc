#include "gateway/service/partners.h"

#include <algorithm>

#include "core/iso4217.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_state.h"
#include "engine/partners/earnings.h"
#include "engine/partners/places.h"
#include "gateway/service/csv.h"
#include "gateway/service/history.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
namespace partners = engine::partners;

std::string money(core::Minor amount, const std::string& currency) {
  return core::print_fixed(amount, core::currency_scale(currency).value_or(0));
}

Value earnings_to_json(const engine::PartnerBook& book, const core::PartyId& partner) {
  Array out;
  const auto found = book.earnings.find(partner);
  if (found == book.earnings.end()) return out;
  for (const auto& [currency, earnings] : found->second) {
    const auto balance = partners::accrued_balance(earnings);
    out.push_back(Object{{"currency", currency},
                         {"exact", core::to_string(partners::written(earnings.exact))},
                         {"accrued", balance ? money(balance.value(), currency) : ""},
                         {"held", money(earnings.held, currency)},
                         {"approved", money(earnings.approved, currency)},
                         {"payable", money(earnings.payable, currency)},
                         {"paid", money(earnings.paid, currency)},
                         {"owed", money(earnings.owed, currency)}});
  }
  return out;
}

void add_lots(const engine::PartnerBook& book, const core::PartyId& partner, Object& out) {
  const auto found = book.windows.find(partner);
  if (found == book.windows.end()) return;
  Array months;
  for (const auto& [programme, windows] : found->second) {
    for (const auto& [month, window] : windows) {
      months.push_back(Object{{"programme", programme.hex()},
                              {"month", static_cast<std::int64_t>(month)},
                              {"lots", core::to_string(partners::written(window.lots))}});
    }
  }
  out.emplace_back("months", std::move(months));
}

constexpr std::string_view kColumns[] = {"partner",  "of",     "server",    "ticket",
                                         "level",    "client", "programme", "version",
                                         "currency", "amount", "exact",     "posted"};

// Bodies that hold the command which they carry out.
constexpr std::string_view kCommands[] = {"hold", "release", "approval", "reclaim"};

// A field of the body, or of the command in it.
const Value* field_of(const Value& body, std::string_view name) {
  if (const Value* own = body.find(name); own != nullptr) return own;
  for (const std::string_view command : kCommands) {
    const Value* inner = body.find(command);
    if (inner == nullptr || inner->as_object() == nullptr) continue;
    if (const Value* found = inner->find(name); found != nullptr) return found;
  }
  return nullptr;
}

// Whole units: only a line's amount and its sum are written as such, all else counts in the
// currency's smallest unit.
bool counts_smallest_units(std::string_view record, std::string_view column) {
  if (column == "posted") return true;
  return column == "amount" && record != engine::PartnerLineAccrued::kName;
}

std::string cell(const Value* value) {
  if (value == nullptr) return "";
  const std::string* text = value->as_string();
  return csv_cell(text != nullptr ? *text : core::json::print(*value));
}

std::string cell_of(const Value& record, const Value& body, std::string_view column) {
  if (column == "currency") return cell(record.find(column));
  const Value* value = field_of(body, column);
  if (value == nullptr || !counts_smallest_units(record.text("name"), column)) return cell(value);
  const auto amount = core::Codec<core::Minor>::from_json(*value, nullptr);
  const std::string currency(record.text("currency"));
  if (!amount || currency.empty()) return "";
  return money(amount.value(), currency);
}

}  // namespace

Value partner_tree(const engine::State& state, core::Instant at) {
  const engine::PartnerBook& book = *state.partner_book;
  Array out;
  for (const auto& [partner, place] : book.places) {
    Object node{{"partner", partner.hex()}};
    const auto chain = partners::chain_at(state, partner, at);
    if (chain.size() > 1) node.emplace_back("parent", chain[1].hex());
    node.emplace_back("level", static_cast<std::int64_t>(chain.size()));
    if (const auto* assigned = partners::assignment_at(state, partner, at)) {
      node.emplace_back("programme", assigned->programme.hex());
      node.emplace_back("share", core::to_string(assigned->share));
    }
    add_lots(book, partner, node);
    node.emplace_back("earnings", earnings_to_json(book, partner));
    out.push_back(std::move(node));
  }
  return Object{{"at", core::to_string(at)}, {"partners", std::move(out)}};
}

core::Result<Value> partner_statement(const BookView& view, const core::PartyId& partner,
                                      core::Instant from, core::Instant to) {
  HistoryQuery query;
  query.subject = partner.bytes;
  query.effective_from = from;
  query.effective_to = to;
  query.limit = kHistoryLinesMax;
  Array records;
  while (true) {
    TRY(auto page, query_history(view, query));
    if (const Value* found = page.find("records"); found != nullptr) {
      for (const Value& record : *found->as_array()) records.push_back(record);
    }
    const std::string_view cursor = page.text("cursor");
    if (cursor.empty()) break;
    TRY(query.cursor, parse_cursor(cursor));
  }
  return Object{{"partner", partner.hex()},
                {"from", core::to_string(from)},
                {"to", core::to_string(to)},
                {"records", std::move(records)}};
}

void name_currencies(const engine::State& state, Value& statement) {
  const auto records = std::ranges::find(*statement.as_object(), "records",
                                         [](const auto& member) { return member.first; });
  for (Value& record : *records->second.as_array()) {
    const Value* body = record.find("body");
    if (body == nullptr || body->as_object() == nullptr) continue;
    std::string currency;
    if (const Value* named = field_of(*body, "currency"); named != nullptr && named->as_string()) {
      currency = *named->as_string();
    } else if (const auto id = core::parse_id<core::StructureId>(body->text("structure"))) {
      const auto structure = state.structures.find(id.value());
      if (structure != state.structures.end()) currency = structure->second.currency;
    }
    if (!currency.empty()) record.as_object()->emplace_back("currency", std::move(currency));
  }
}

std::string statement_to_csv(const Value& statement) {
  std::string out = "seq,effective_at,name";
  for (const std::string_view column : kColumns) out += "," + std::string(column);
  out += "\n";
  for (const Value& record : *statement.find("records")->as_array()) {
    out += cell(record.find("seq")) + "," + cell(record.find("effective_at")) + "," +
           cell(record.find("name"));
    const Value* body = record.find("body");
    const bool named = body != nullptr && body->as_object() != nullptr;
    for (const std::string_view column : kColumns) {
      out += "," + (named ? cell_of(record, *body, column) : "");
    }
    out += "\n";
  }
  return out;
}

core::Result<Value> partner_batch(const engine::State& state, const engine::BatchId& batch) {
  const engine::PartnerBook& book = *state.partner_book;
  const auto found = book.batches.find(batch);
  if (found == book.batches.end()) {
    return core::not_found("unknown_batch", "--batch", "Make the batch first.");
  }
  Array lines;
  for (const auto& [partner, amount] : found->second.lines) {
    Object line{{"partner", partner.hex()}, {"amount", money(amount, found->second.currency)}};
    if (const auto kept = found->second.kept.find(partner); kept != found->second.kept.end()) {
      line.emplace_back("kept", money(kept->second, found->second.currency));
    }
    lines.emplace_back(std::move(line));
  }
  Array left_out;
  for (const auto& [partner, why] : found->second.left_out) {
    left_out.push_back(Object{{"partner", partner.hex()},
                              {"why", core::Codec<engine::PayoutCarried>::to_json(why)}});
  }
  Array breaks;
  for (const std::string& open : book.breaks) breaks.emplace_back(open);
  Array servers;
  for (const auto& [server, days] : book.servers) {
    for (const auto& [day, sums] : days) {
      servers.push_back(Object{{"server", server},
                               {"day", core::to_string(day)},
                               {"deals", static_cast<std::int64_t>(sums.deals)},
                               {"without_lines", static_cast<std::int64_t>(sums.without_lines)},
                               {"lots", core::to_string(partners::written(sums.lots))}});
    }
  }
  return Object{{"batch", batch.hex()},
                {"currency", found->second.currency},
                {"paid", found->second.paid},
                {"lines", std::move(lines)},
                {"left_out", std::move(left_out)},
                {"breaks", std::move(breaks)},
                {"servers", std::move(servers)}};
}

}  // namespace gateway::service
