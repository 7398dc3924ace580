#include "tests/fuzz/support/book.h"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <utility>

#include "core/check.h"
#include "core/files.h"
#include "core/json.h"
#include "core/sha256.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/records.h"
#include "engine/setup/genesis.h"
#include "ledger/bodies.h"
#include "ledger/merkle.h"
#include "tests/fuzz/support/submissions.h"

namespace fuzz {
namespace {

using gateway::service::Submission;
using ledger::journal::Journal;

// What the demo has not: an amount that is set aside.
constexpr char kReserve[] =
    R"({"command": "reserve", "actor": "@ops", "approver": "@compliance", "reservation": "@hold",)"
    R"( "debit": "liabilities:cm:client:@ben:wallet", "credit": "liabilities:cm:transit:internal",)"
    R"( "commodity": "EUR", "amount": "5.00", "expires_at": "2030-01-01T00:00:00Z"})";

// Relative to the repository's root, where the fuzz programs run.
constexpr char kCommands[] = "demo/brokerage.jsonl";
constexpr char kOrigin[] = "books.example/fuzz";

std::unique_ptr<Journal> open_journal(const std::string& memory) {
  const auto key = core::SigningKey::from_seed(core::sha256(core::as_bytes("fuzz")).bytes);
  auto signer = ledger::NoteSigner::create(kOrigin, key).value();
  ledger::SignerState initial;
  initial.origin = kOrigin;
  initial.key_id = signer.verifier_key().id;
  initial.signed_root = ledger::empty_root();
  initial.note = ledger::sign_checkpoint({kOrigin, 0, initial.signed_root}, signer).value();
  const auto salts = [](std::uint64_t, std::span<ledger::Salt> out) {
    std::ranges::fill(out, ledger::Salt{});
  };
  auto index = ledger::index::Index::open(ledger::index::make_memory_index_store(), {}).value();
  return Journal::open(
             {ledger::make_memory_log(), std::move(index),
              ledger::SignerMemory::create(memory, initial).value(), ledger::journal::one_signer(std::move(signer)), salts},
             "fuzz", {})
      .value();
}

ledger::Draft command_draft(const Submission& submission, core::Instant effective_at) {
  ledger::CommandBody body;
  body.type = submission.type;
  body.command = submission.command;
  body.client_id = submission.client_id;
  body.request_id = submission.request_id;
  body.actor = submission.actor;
  body.approver = submission.approver;
  ledger::Draft draft;
  draft.kind = ledger::kCommand;
  draft.body = core::to_cbor(body);
  draft.effective_at = effective_at;
  return draft;
}

std::vector<Submission> read_commands() {
  const auto file = core::read_file(kCommands);
  if (!file) std::fprintf(stderr, "Run this in the repository's root: %s is read.\n", kCommands);
  std::istringstream lines(file.value() + kReserve);
  std::vector<Submission> commands;
  NamedIds ids;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::string request_id = "demo-" + std::to_string(commands.size());
    commands.push_back(
        gateway::service::read_submission(core::json::parse(line).value(), {}, ids, request_id)
            .value());
  }
  return commands;
}

}  // namespace

Book::Book() : journal_(open_journal(folder_ / "signer")) {
  ledger::Genesis genesis;
  genesis.origin = kOrigin;
  genesis.book = "fuzz";
  genesis.profile = "cysec";
  genesis.time_zone = "Etc/UTC";
  stage(engine::setup::genesis_batch(genesis, {}), {});
  for (const Submission& command : read_commands()) {
    auto decided = decision(command).value();
    stage(std::move(decided.batch), decided.recorded_at);
  }
  // The past is then asked of the index, as in a book that has run for a while.
  CHECK(journal_->commit().has_value());
}

void Book::stage(std::vector<ledger::Draft> batch, core::Instant recorded_at) {
  const auto apply = [this](const ledger::RecordView& record) {
    return engine::dispatch::apply(state_, record);
  };
  CHECK(journal_->stage(std::move(batch), recorded_at, apply).has_value());
}

core::Result<Book::Decision> Book::decision(const Submission& submission) {
  TRY(const auto* type, engine::dispatch::find_command(submission.type));
  TRY(const auto command, core::from_cbor<engine::dispatch::CommandBytes>(submission.command));
  const core::Instant now =
      submission.at.value_or(journal_->last_recorded_at().value_or(core::Instant{}));
  Decision decision;
  decision.recorded_at = journal_->next_recorded_at(now);
  const core::Instant effective_at = command.effective_at.value_or(decision.recorded_at);
  if (effective_at > decision.recorded_at) {
    return core::invalid("effective_in_future", "effective_at", "It lies in the future.");
  }
  TRY(auto effects, type->decide({state_, journal_->books(), decision.recorded_at, effective_at,
                                  *journal_, journal_->staged_size()},
                                 command.fields));
  decision.batch.push_back(command_draft(submission, effective_at));
  std::ranges::move(effects, std::back_inserter(decision.batch));
  return decision;
}

void Book::decide(const Submission& submission) {
  if (journal_->find_request(submission.client_id, submission.request_id).value()) return;
  auto decided = decision(submission);
  CHECK(decided.has_value() || decided.error().code != core::Code::Corrupt);
  if (!decided) return;
  engine::State state = state_;
  const auto apply = [&](const ledger::RecordView& record) -> core::Result<> {
    CHECK(engine::dispatch::apply(state, record).has_value());
    static_cast<void>(core::json::print(engine::dispatch::record_to_json(record)));
    return core::ok();
  };
  const auto placed =
      journal_->preview(std::move(decided.value().batch), decided.value().recorded_at, apply);
  CHECK(placed.has_value() || placed.error().code != core::Code::Corrupt);
}

}  // namespace fuzz
