#include "gateway/service/corrected_world.h"

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/correction_commands.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/proposals.h"
#include "engine/linked_commands.h"
#include "engine/trading_commands.h"
#include "engine/trading_state.h"

namespace gateway::service {
namespace {

using core::json::Object;
using core::json::Value;
namespace accounts = engine::accounts;

// What puts the recorded course right has no place in the corrected one.
bool is_correction(std::string_view type) {
  return type == engine::CorrectFee::kType || type == engine::Compensate::kType;
}

core::Minor open_operation(const World& world, const core::StructureId& structure) {
  const auto found = world.state().structures.find(structure);
  if (found == world.state().structures.end()) return 0;
  return world.books().balance(accounts::operation(structure),
                               accounts::operation_code(found->second.currency));
}

Value* member(Value& value, std::string_view key) {
  if (value.as_object() == nullptr) return nullptr;
  for (auto& [name, one] : *value.as_object()) {
    if (name == key) return &one;
  }
  return nullptr;
}

// Puts corrected terms over recorded ones, group by group; null takes a term away.
void merge(Value& terms, const Object& corrected) {
  for (const auto& [name, value] : corrected) {
    Value* there = member(terms, name);
    if (value.is_null()) {
      std::erase_if(*terms.as_object(), [&](const auto& one) { return one.first == name; });
    } else if (there == nullptr) {
      terms.as_object()->emplace_back(name, value);
    } else if (value.as_object() != nullptr && there->as_object() != nullptr) {
      merge(*there, *value.as_object());
    } else {
      *there = value;
    }
  }
}

bool all_corrections(core::ByteView fields) {
  const auto linked = core::from_cbor<engine::Linked>(fields);
  if (!linked) return false;
  for (const auto& command : linked.value().commands) {
    if (!is_correction(command.command)) return false;
  }
  return true;
}

bool is_left_out(std::string_view type, core::ByteView fields) {
  return is_correction(type) || (type == engine::Linked::kType && all_corrections(fields));
}

}  // namespace

core::Minor owed_by_pool(const World& world, const core::StructureId& structure) {
  const engine::Structure& pool = world.state().structures.at(structure);
  const auto& books = world.books();
  core::Minor owed = -books.balance(accounts::undistributed(structure), pool.currency);
  for (const auto& [client, investor] : pool.investors) {
    owed -= books.balance(accounts::settled(structure, client), pool.currency);
    owed -= books.balance(accounts::floating(structure, client), pool.currency);
  }
  return owed;
}

void CorrectedWorld::note(const RecordedBatch& batch, std::string what) {
  dispute_.notes.push_back({batch.command().seq, std::move(what)});
}

// What an approval approves is decided by itself: proposals of another outcome would be refused.
core::Result<CorrectedWorld::Command> CorrectedWorld::command_of(const RecordedBatch& batch) {
  Command out;
  TRY(out.body, core::from_cbor<ledger::CommandBody>(batch.command().body));
  TRY(auto bytes, core::from_cbor<engine::dispatch::CommandBytes>(out.body.command));
  out.fields = std::move(bytes.fields);
  if (out.body.type == engine::ApproveProposal::kType) {
    auto approved = engine::dispatch::approved_command(world_.state(), out.fields);
    if (!approved) return std::move(approved.error());
    out.body.type = std::move(approved.value().type);
    out.fields = std::move(approved.value().fields);
  }
  return out;
}

// An offer's terms wherever a command states them: {"offer": id, "terms": {...}}.
core::Result<bool> CorrectedWorld::correct_terms(Value& fields) {
  // A partners' programme is named by its id as an offer is: ids are random, so none means both.
  Value* offer = member(fields, "offer");
  if (offer == nullptr) offer = member(fields, "programme");
  Value* terms = member(fields, "terms");
  if (offer == nullptr || terms == nullptr || offer->as_string() == nullptr) return false;
  const auto id = core::parse_id<core::OfferId>(*offer->as_string());
  if (!id || terms->as_object() == nullptr) return false;
  const auto found = terms_.find(id.value());
  if (found == terms_.end()) return false;
  merge(*terms, found->second);
  changed_.insert(id.value());
  ++changes_;
  return true;
}

core::Result<bool> CorrectedWorld::correct_json(std::string_view type, Value& fields) {
  if (type != engine::Linked::kType) return correct_terms(fields);
  bool changed = false;
  Value* commands = member(fields, "commands");
  if (commands == nullptr || commands->as_array() == nullptr) return false;
  for (Value& command : *commands->as_array()) {
    TRY(const bool one, correct_terms(command));
    changed = changed || one;
  }
  return changed;
}

// The platform's equity holds the wrong fees: what they differ by is in the pool or out of it, in
// cash.
core::Result<bool> CorrectedWorld::correct_valuation(Command& command,
                                                     const World& recorded) const {
  TRY(auto valued, core::from_cbor<engine::RecordValuation>(command.fields));
  if (!world_.state().structures.contains(valued.structure)) return false;
  const core::Minor moved =
      owed_by_pool(world_, valued.structure) - owed_by_pool(recorded, valued.structure);
  if (moved == 0) return false;
  const std::string& currency = world_.state().structures.at(valued.structure).currency;
  const unsigned scale = core::currency_scale(currency).value_or(0);
  const auto add = [&](core::Decimal& figure) -> core::Result<> {
    TRY(const auto minor, core::to_minor(figure, scale));
    TRY(const auto sum, core::add(minor, moved));
    figure = core::to_decimal(sum, scale);
    return core::ok();
  };
  TRY(add(valued.equity));
  if (valued.balance) {
    TRY(add(*valued.balance));
  }
  command.fields = core::to_cbor(valued);
  return true;
}

// The platform's equity of an account holds the wrong fees and results: what they differ by is on
// it or not, in cash.
core::Result<bool> CorrectedWorld::correct_account(Command& command, const World& recorded) const {
  TRY(auto valued, core::from_cbor<engine::ValueAccount>(command.fields));
  const auto found = world_.state().trading->accounts.find(valued.account);
  if (found == world_.state().trading->accounts.end()) return false;
  const std::string path = accounts::account_balance(found->second.client, valued.account);
  const std::string& currency = found->second.currency;
  const core::Minor moved =
      recorded.books().balance(path, currency) - world_.books().balance(path, currency);
  if (moved == 0) return false;
  const unsigned scale = core::currency_scale(currency).value_or(0);
  const auto add = [&](core::Decimal& figure) -> core::Result<> {
    TRY(const auto minor, core::to_minor(figure, scale));
    TRY(const auto sum, core::add(minor, moved));
    figure = core::to_decimal(sum, scale);
    return core::ok();
  };
  TRY(add(valued.equity));
  for (auto* figure : {&valued.balance, &valued.free_margin}) {
    if (!*figure) continue;
    TRY(add(**figure));
  }
  command.fields = core::to_cbor(valued);
  return true;
}

// The platform confirms what was sent here, where it confirmed what was sent there.
core::Result<bool> CorrectedWorld::correct_capital(Command& command, const World& recorded) const {
  TRY(auto row, core::from_cbor<engine::RecordBalanceOperation>(command.fields));
  if (row.cash_class != engine::CashClass::Capital) return false;
  const core::Minor sent = open_operation(world_, row.structure);
  if (sent == open_operation(recorded, row.structure)) return false;
  const std::string& currency = world_.state().structures.at(row.structure).currency;
  row.amount = core::to_decimal(sent, core::currency_scale(currency).value_or(0));
  command.fields = core::to_cbor(row);
  return true;
}

core::Result<> CorrectedWorld::correct(Command& command, const RecordedBatch& batch,
                                       const World& recorded) {
  if (command.body.type == engine::RecordValuation::kType) {
    TRY(const bool moved, correct_valuation(command, recorded));
    if (moved) note(batch, "the valuation is moved by the cash that the fees differ by");
    return core::ok();
  }
  if (command.body.type == engine::ValueAccount::kType) {
    TRY(const bool moved, correct_account(command, recorded));
    if (moved) note(batch, "the account's valuation is moved by the cash that it differs by");
    return core::ok();
  }
  if (command.body.type == engine::RecordBalanceOperation::kType) {
    TRY(const bool moved, correct_capital(command, recorded));
    if (moved) note(batch, "the platform's confirmation is of what was sent here");
    return core::ok();
  }
  if (command.body.type == engine::Rollover::kType) {
    TRY(const auto rollover, core::from_cbor<engine::Rollover>(command.fields));
    return settle(batch, recorded, rollover.structure);
  }
  TRY(const auto* type, engine::dispatch::find_command(command.body.type));
  TRY(auto fields, type->to_json(command.fields));
  TRY(const bool changed, correct_json(command.body.type, fields));
  if (changed) {
    TRY(command.fields, type->from_json(fields, nullptr));
  }
  return core::ok();
}

// Capital was sent here and none there, so no row confirms it.
core::Result<> CorrectedWorld::settle(const RecordedBatch& batch, const World& recorded,
                                      const core::StructureId& structure) {
  const core::Minor sent = open_operation(world_, structure);
  if (sent == 0 || open_operation(recorded, structure) != 0) return core::ok();
  const engine::Structure& pool = world_.state().structures.at(structure);
  engine::RecordBalanceOperation row;
  row.structure = structure;
  row.server = pool.server.value_or("");
  row.ticket = "replay-" + std::to_string(++settled_);
  row.cash_class = engine::CashClass::Capital;
  row.amount = core::to_decimal(sent, core::currency_scale(pool.currency).value_or(0));
  ledger::CommandBody body;
  body.type = engine::RecordBalanceOperation::kType;
  TRY(auto drafts, world_.decide(batch.command(), body, core::to_cbor(row), next_seq_));
  note(batch, "the platform's confirmation of what was sent here is assumed");
  TRY(place(std::move(drafts), batch));
  return core::ok();
}

core::Result<CorrectedWorld::Outcome> CorrectedWorld::place(std::vector<ledger::Draft> drafts,
                                                            const RecordedBatch& batch) {
  const ledger::RecordView& command = batch.command();
  ledger::Draft first;
  first.kind = command.kind;
  first.version = command.version;
  first.body.assign(command.body.begin(), command.body.end());
  first.effective_at = command.effective_at;
  for (const ledger::PostingView& posting : command.postings) {
    first.postings.push_back(
        {std::string(posting.account), std::string(posting.commodity), posting.amount});
  }
  drafts.insert(drafts.begin(), std::move(first));
  Outcome out;
  std::map<ledger::SubjectId, ledger::SubjectLink> links;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    ledger::Place place{
        next_seq_ + i, {}, command.salt, command.recorded_at, {next_seq_, i, drafts.size()}, {}};
    for (const ledger::SubjectId& subject : drafts[i].subjects) {
      auto [link, added] = links.try_emplace(subject, world_.subjects().next(subject));
      place.subjects.push_back(link->second);
      link->second = {subject, link->second.count + 1, place.seq};
    }
    TRY(auto leaf, ledger::encode_record(drafts[i], place));
    out.leaves.push_back(std::move(leaf));
    TRY(ledger::decode_record(out.leaves.back(), out.records.emplace_back()));
  }
  TRY(world_.try_books(out.records));
  TRY(world_.apply(out.records));
  next_seq_ += drafts.size();
  return out;
}

core::Result<CorrectedWorld::Outcome> CorrectedWorld::take(const RecordedBatch& batch,
                                                           const World& recorded) {
  if (batch.command().kind != ledger::kCommand) {
    // The genesis and what it brings.
    std::vector<ledger::Draft> drafts;
    for (std::size_t i = 1; i < batch.records.size(); ++i) {
      const ledger::RecordView& record = batch.records[i];
      ledger::Draft draft;
      draft.kind = record.kind;
      draft.version = record.version;
      draft.body.assign(record.body.begin(), record.body.end());
      draft.effective_at = record.effective_at;
      drafts.push_back(std::move(draft));
    }
    if (batch.command().kind == ledger::kBatchVoid) return Outcome{};
    return place(std::move(drafts), batch);
  }
  auto command = command_of(batch);
  if (!command) {
    note(batch, "left out: " + core::to_string(command.error()));
    return Outcome{};
  }
  if (is_left_out(command.value().body.type, command.value().fields)) {
    note(batch, "left out: it puts the recorded course right");
    return Outcome{};
  }
  // Wrong terms are the caller's error; any other refusal is what this course comes to.
  const std::size_t changed_before = changes_;
  TRY(correct(command.value(), batch, recorded));
  auto drafts =
      world_.decide(batch.command(), command.value().body, command.value().fields, next_seq_);
  if (drafts) {
    auto placed = place(std::move(drafts.value()), batch);
    if (placed) return placed;
    note(batch, command.value().body.type + " is refused: " + core::to_string(placed.error()));
    return Outcome{};
  }
  if (changes_ != changed_before) return std::move(drafts.error());
  note(batch, command.value().body.type + " is refused: " + core::to_string(drafts.error()));
  return Outcome{};
}

}  // namespace gateway::service
