#include "gateway/service/book.h"

#include <algorithm>
#include <array>

#include "core/check.h"
#include "core/files.h"
#include "engine/dispatch/authority.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/proposals.h"
#include "engine/dispatch/records.h"
#include "engine/keys/decide.h"
#include "engine/personal_records.h"
#include "gateway/documents/store.h"
#include "gateway/service/backups.h"
#include "gateway/service/derived.h"
#include "gateway/service/determinism.h"
#include "gateway/service/erasure_request.h"
#include "gateway/service/governance.h"
#include "gateway/service/log_keys.h"
#include "gateway/service/open_log.h"
#include "jurisdictions/offer_rules.h"
#include "ledger/command_envelope.h"
#include "ledger/store/rocks_index.h"
#include "ledger/store/rocks_log.h"

namespace gateway::service {
namespace {

using ledger::journal::Journal;

// A clock that is behind the book by more than this has been set back: times could no longer be
// trusted, so nothing is recorded.
constexpr std::int64_t kClockBehindMaxMicros = 10'000'000;

// After so many records a snapshot is worth the pause it takes: a crash then costs seconds, not
// more.
constexpr std::uint64_t kSnapshotRecords = 64 * ledger::index::kSegmentRecords;

// Of a dry run's effects so many are shown.
constexpr std::size_t kPreviewRecordsMax = 1000;

core::Instant simulated_now(const Submission& submission, const Journal& journal) {
  if (submission.at) return *submission.at;
  return journal.last_recorded_at().value_or(core::Instant{});
}

ledger::Draft command_draft(const ledger::CommandBody& body, core::Instant effective_at) {
  ledger::Draft draft;
  draft.kind = ledger::kCommand;
  draft.body = core::to_cbor(body);
  draft.effective_at = effective_at;
  return draft;
}

// Who signed is identified by it.
core::Result<> note_signers(const engine::State& state, const Submission& submission,
                            ledger::CommandBody& body) {
  TRY(const auto signers, engine::dispatch::check_signatures(state, body));
  if (signers.actor) body.actor_authentication = ledger::Authentication::Signature;
  if (signers.approver) body.approver_authentication = ledger::Authentication::Signature;
  if (signers.actor || !submission.must_be_signed) return core::ok();
  return core::invalid("actor_mismatch", "actor",
                       "The token belongs to another actor, and the one named did not sign.");
}

core::Result<std::unique_ptr<ledger::Log>> open_for_writing(const Folder& folder, bool& torn_tail) {
  // A read-only look first: RocksDB's own recovery would drop damaged records without a word.
  {
    TRY(const auto looked, open_log_read_only(folder));
    if (looked.damage) return *looked.damage;
    if (looked.restored) {
      return core::conflict(
          "restored", folder.root,
          "This book was restored from a backup and is read-only: whether more was "
          "signed since, only the signer's memory tells. See "
          "docs/runbooks/backup-and-restore.md.");
    }
    torn_tail = looked.torn_tail;
  }
  ledger::store::RocksOptions options;
  options.path = folder.store();
  options.cut_torn_tail = torn_tail;
  auto opened = ledger::store::open_rocks_log(options);
  if (!opened && opened.error().reason == "book_in_use") {
    return core::unavailable("book_in_use", folder.root,
                             "Another process has this book open; if it serves, send the commands "
                             "to it over HTTP or Thrift. (" +
                                 opened.error().detail + ")");
  }
  if (!opened && opened.error().code == core::Code::Unavailable) {
    return core::unavailable("store", folder.root,
                             opened.error().detail + " See docs/runbooks/does-not-open.md.");
  }
  return opened;
}

}  // namespace

Book::Book(const Folder& folder, core::Clock& clock, OpenedVault vault, refs::Mint mint)
    : folder_(folder),
      clock_(clock),
      vault_(std::move(vault)),
      references_(vault_.references(std::move(mint))) {}

core::Result<std::unique_ptr<Book>> Book::open(const Folder& folder, core::Clock& clock) {
  bool torn_tail = false;
  TRY(auto log, open_for_writing(folder, torn_tail));
  // A power cut must not bring back the file that says the book is unfinished.
  TRY(core::sync_folder(folder.root));
  TRY(auto memory, ledger::SignerMemory::open(folder.signer_memory()));
  // The seed of a simulated book stands in record 0, so salts and ids can only be set up after it.
  std::optional<std::string> seed;
  bool has_commands = false;
  TRY(const ledger::LogState log_state, log->state());
  if (log_state.size > 0) {
    ledger::RecordView record;
    TRY(log->read(0, 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
      TRY(ledger::decode_record(leaf, record));
      TRY(const auto genesis, core::from_cbor<ledger::Genesis>(record.body));
      seed = genesis.simulated_seed;
      has_commands = log_state.size > record.batch.count;
      return core::ok();
    }));
  }
  TRY(auto vault, open_vault(folder, seed, has_commands));
  std::unique_ptr<Book> book(new Book(folder, clock, std::move(vault), reference_mint(seed)));
  book->torn_tail_ = torn_tail;
  const auto open_runs = [&] {
    return ledger::store::open_rocks_index(folder.index(), ledger::store::Mode::ReadWrite);
  };
  TRY(auto derived, open_derived(folder, *log, open_runs));
  engine::State& state = book->state_;
  state = std::move(derived.state);
  TRY(book->journal_, Journal::open({std::move(log), std::move(derived.index), std::move(memory),
                                     signer_source(folder, state.log_keys), salt_source(seed),
                                     derived.snapshot ? &*derived.snapshot : nullptr},
                                    "tally", [&state](const ledger::RecordView& record) {
                                      return engine::dispatch::apply(state, record);
                                    }));
  TRY(book->published_, ledger::Published::open(folder.published()));
  book->genesis_ = state.genesis;
  book->staged_size_ = book->journal_->staged_size();
  book->snapshot_size_ = derived.snapshot ? derived.snapshot->size : 0;
  TRY(book->settle_erasure());
  return book;
}

Book::~Book() {
  // Only a cache: without it the next opening takes longer.
  if (journal_ && !stopped() && staged_size_ != snapshot_size_) {
    static_cast<void>(save_snapshot().has_value());
  }
}

core::Result<> Book::save_snapshot() {
  snapshot_size_ = staged_size_;
  TRY(auto snapshot, journal_->snapshot());
  return write_state(folder_, state_, std::move(snapshot));
}

core::Result<> Book::with_references(
    const std::function<core::Result<>(refs::ReferenceStore&)>& use) {
  const std::unique_lock lock(references_mutex_);
  return use(references_);
}

core::Result<> Book::with_vault(const std::function<core::Result<>(vault::Vault&)>& use) {
  const std::unique_lock lock(references_mutex_);
  return use(*vault_.vault);
}

// An erasure that a crash broke off: if the book says that this one was recorded, of this person,
// it is finished, else it never was.
core::Result<> Book::settle_erasure() {
  vault::Vault& vault = *vault_.vault;
  if (!vault.erasing()) return core::ok();
  TRY(const auto recorded,
      journal_->find_request(kErasureClient, erasure_request_id(vault.erasing()->erasure)));
  if (!recorded) return vault.drop_erasure();
  const core::Hash line =
      vault::line_digest(vault.erasing()->erasure, vault.blinded(vault.erasing()->id));
  std::uint64_t end = 0;
  TRY(journal_->log().read(
      *recorded, *recorded + 2, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
        ledger::RecordView record;
        TRY(ledger::decode_record(leaf, record));
        if (record.kind != engine::PersonalDataErased::kKind) return core::ok();
        TRY(const auto body, core::from_cbor<engine::PersonalDataErased>(record.body));
        if (body.erasure.list_entry == line) {
          end = record.batch.first_seq + record.batch.count;
        }
        return core::ok();
      }));
  return end == 0 ? vault.drop_erasure() : vault.finish_erasure(end);
}

core::Result<refs::IdBytes> Book::find_reference(std::string_view name) {
  const std::shared_lock lock(references_mutex_);
  return references_.find(name);
}

core::Result<> Book::read(const std::function<core::Result<>(const BookView&)>& query) {
  ledger::journal::Signed last = journal_->last_signed();
  return query(
      {journal_->index(), genesis_, journal_->log(), last.size, std::move(last.note), *published_});
}

core::Result<> Book::read_state(const std::function<core::Result<>(const engine::State&)>& query) {
  std::uint64_t rests_on = 0;
  {
    const std::shared_lock lock(state_mutex_);
    rests_on = staged_size_;
    TRY(query(state_));
  }
  return journal_->wait(rests_on);
}

std::vector<ReceiptResult> Book::execute(std::span<const Submission> submissions) {
  std::vector<Staged> staged;
  stage(submissions, staged);
  close_group();
  std::vector<ReceiptResult> answers;
  answers.reserve(staged.size());
  for (const Staged& one : staged) answers.push_back(answer(one));
  return answers;
}

void Book::stage(std::span<const Submission> submissions, std::vector<Staged>& staged) {
  const std::unique_lock lock(state_mutex_);
  for (const Submission& submission : submissions) {
    auto one = stage_one(submission);
    if (one) {
      staged.push_back(std::move(one.value()));
    } else {
      staged.push_back({std::move(one.error()), 0, 0, {}, false});
    }
  }
  staged_size_ = journal_->staged_size();
  if (staged_size_ - snapshot_size_ >= kSnapshotRecords && !stopped()) {
    static_cast<void>(save_snapshot().has_value());
  }
}

core::Result<ledger::store::Backup> Book::back_up(const std::string& folder) {
  const std::unique_lock lock(backup_mutex_, std::try_to_lock);
  if (!lock) {
    return core::unavailable("backup_running", folder,
                             "Another backup is being made; wait for it.");
  }
  if (stopped()) {
    return core::unavailable("stopped", "", "The book stopped writing; open it anew.");
  }
  // The note first: the copy then holds at least its records.
  const ledger::journal::Signed last = journal_->last_signed();
  // A record that the copy holds may cite any document that is here by now.
  TRY(auto made, ledger::store::back_up(journal_->log(), folder, last.note));
  documents::Store copies(folder + "/documents");
  TRY(documents::Store(folder_.documents()).copy_to(copies));
  TRY(back_up_vault(folder, made.number));
  TRY(prune_vault_copies(folder));
  return made;
}

// Names and texts as they are sealed; no key of theirs.
core::Result<> Book::back_up_vault(const std::string& folder, std::uint32_t number) {
  std::string data;
  {
    const std::shared_lock lock(references_mutex_);
    if (!core::file_exists(vault_.vault->paths().data())) return core::ok();
    TRY(data, vault_.vault->data());
  }
  TRY(core::make_folder(folder + "/vault", core::FileAccess::OwnerOnly));
  return core::write_file(vault_copy_path(folder, number), data, core::FileAccess::OwnerOnly);
}

ReceiptResult Book::answer(const Staged& staged) {
  if (staged.refused) return *staged.refused;
  TRY(journal_->wait(staged.end_seq()));
  Receipt receipt;
  receipt.preview = staged.preview;
  receipt.recorded_at = staged.recorded_at;
  if (staged.preview) return receipt;
  TRY(static_cast<ledger::journal::Receipt&>(receipt),
      journal_->receipt(staged.first_seq, staged.count, staged.recorded_at));
  receipt.hit = staged.hit;
  return receipt;
}

core::Result<Staged> Book::stage_one(const Submission& submission) {
  TRY(const auto known, journal_->find_request(submission.client_id, submission.request_id));
  if (known) return check_hit(submission, *known);
  TRY(const auto now, now_for(submission));
  return decide(submission, now);
}

// The request id is known: it is a hit if the command is the recorded one.
core::Result<Staged> Book::check_hit(const Submission& submission, std::uint64_t first_seq) {
  if (first_seq >= journal_->durable_size()) {
    TRY(journal_->commit());
  }
  Staged hit;
  bool same = false;
  ledger::RecordView record;
  TRY(journal_->log().read(
      first_seq, first_seq + 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
        TRY(ledger::decode_record(leaf, record));
        TRY(const auto recorded, ledger::read_command_key(record.body));
        same = recorded.type == submission.type &&
               std::ranges::equal(recorded.command, submission.command);
        hit = {std::nullopt, first_seq, record.batch.count, record.recorded_at, true};
        return core::ok();
      }));
  if (same) return hit;
  return core::conflict(
      "request_id_reused", "request_id",
      "This request id was used for another command, at seq " + std::to_string(first_seq) + ".");
}

core::Result<core::Instant> Book::now_for(const Submission& submission) {
  if (genesis_.simulated_seed) return simulated_now(submission, *journal_);
  if (submission.at) {
    return core::invalid("at_refused", "at",
                         "Only a simulated book takes its clock from the commands.");
  }
  const core::Instant now = clock_.now();
  const core::Instant last = journal_->last_recorded_at().value_or(now);
  if (last.micros - now.micros > kClockBehindMaxMicros) {
    return core::unavailable("clock_fault", "",
                             "The machine's clock is behind the book's last record (" +
                                 core::to_string(last) +
                                 "); set it right before anything is recorded.");
  }
  return now;
}

core::Result<Staged> Book::decide(const Submission& submission, core::Instant now) {
  TRY(const auto* type, engine::dispatch::find_command(submission.type));
  TRY(const auto command, core::from_cbor<engine::dispatch::CommandBytes>(submission.command));
  const core::Instant recorded_at = journal_->next_recorded_at(now);
  const core::Instant effective_at = command.effective_at.value_or(recorded_at);
  if (effective_at > recorded_at) {
    return core::invalid("effective_in_future", "effective_at",
                         "A command cannot take effect later than it is recorded.");
  }
  const engine::Context context{state_,           journal_->books(),
                                recorded_at,      effective_at,
                                *journal_,        journal_->staged_size(),
                                submission.actor, jurisdictions::offer_rules(genesis_.profile)};
  ledger::CommandBody body = command_body(submission, genesis_.semantics);
  TRY(note_signers(state_, submission, body));
  TRY(auto effects, type->decide(context, command.fields));
  if (!submission.dry_run) {
    TRY(engine::dispatch::check_authority(state_, body, effects, recorded_at));
  }
  std::vector<ledger::Draft> batch;
  batch.reserve(effects.size() + 1);
  batch.push_back(command_draft(body, effective_at));
  std::move(effects.begin(), effects.end(), std::back_inserter(batch));
  if (submission.dry_run) return preview(body, std::move(batch), recorded_at);
  // Before anything is recorded: a rotation to a key that cannot sign would end the book.
  TRY(auto hand_over, hand_over_of(submission.type, command.fields));
  TRY(const std::uint64_t first_seq, journal_->stage(
                                         std::move(batch), recorded_at,
                                         [this](const ledger::RecordView& record) {
                                           return engine::dispatch::apply(state_, record);
                                         },
                                         std::move(hand_over)));
  return Staged{std::nullopt, first_seq, journal_->staged_size() - first_seq, recorded_at, false};
}

// Of a rotation: the new key, opened.
core::Result<std::optional<ledger::journal::HandOver>> Book::hand_over_of(
    const std::string& type, core::ByteView fields) const {
  using engine::RotateLogKey;
  if (type == engine::ApproveProposal::kType) {
    TRY(const auto approved, engine::dispatch::approved_command(state_, fields));
    return hand_over_of(approved.type, approved.fields);
  }
  if (type != RotateLogKey::kType) return std::optional<ledger::journal::HandOver>();
  TRY(const auto command, core::from_cbor<RotateLogKey>(fields));
  TRY(const auto key, ledger::parse_verifier_key(command.new_key));
  TRY(auto signer, open_log_key(folder_, key, ask_ ? find_passphrase : read_passphrase));
  return std::optional(ledger::journal::HandOver{
      std::move(signer), command.authority == ledger::KeyAuthority::LogKey});
}

// The effects as they would be recorded, without what only a recorded one has.
core::Result<Staged> Book::preview(const ledger::CommandBody& body,
                                   std::vector<ledger::Draft> batch, core::Instant recorded_at) {
  core::Sha256 sha256;
  const auto command = ledger::command_digest(sha256, body.type, body.command);
  const auto outcome = ledger::outcome_digest(std::span(batch).subspan(1), recorded_at);
  constexpr std::array<std::string_view, 5> kOfRecorded = {"seq", "prev", "salt", "recorded_at",
                                                           "batch"};
  core::json::Array records;
  TRY(journal_->preview(std::move(batch), recorded_at, [&](const ledger::RecordView& record) {
    if (record.batch.index == 0 || records.size() == kPreviewRecordsMax) return core::ok();
    auto shown = engine::dispatch::record_to_json(record);
    std::erase_if(*shown.as_object(), [&](const core::json::Member& member) {
      return std::ranges::find(kOfRecorded, member.first) != kOfRecorded.end();
    });
    records.push_back(std::move(shown));
    return core::ok();
  }));
  Staged staged;
  staged.first_seq = journal_->staged_size();
  staged.recorded_at = recorded_at;
  staged.preview = core::json::Object{{"recorded_at", core::to_string(recorded_at)},
                                      {"command_digest", core::to_hex(command.bytes)},
                                      {"outcome_digest", core::to_hex(outcome.bytes)},
                                      {"records", std::move(records)}};
  return staged;
}

core::Result<std::unique_ptr<ReadOnlyBook>> ReadOnlyBook::open(const Folder& folder) {
  TRY(auto opened, open_log_read_only(folder));
  if (opened.damage) return *opened.damage;
  std::unique_ptr<ReadOnlyBook> book(new ReadOnlyBook());
  book->log_ = std::move(opened.log);
  book->signer_ = std::move(opened.signer);
  const auto open_runs = [&]() -> core::Result<std::unique_ptr<ledger::index::IndexStore>> {
    TRY(auto runs, ledger::store::open_rocks_index(folder.index(), ledger::store::Mode::ReadOnly));
    return ledger::index::make_overlay_index_store(std::move(runs));
  };
  TRY(auto derived, open_derived(folder, *book->log_, open_runs));
  book->index_ = std::move(derived.index);
  book->state_ = std::move(derived.state);
  engine::State& state = book->state_;
  const ledger::journal::RecordObserver observe = [&state](const ledger::RecordView& record) {
    return engine::dispatch::apply(state, record);
  };
  ledger::journal::Fold fold(*book->index_);
  ledger::journal::ReplayStart start;
  if (derived.snapshot) {
    TRY(fold.restore(derived.snapshot->books));
    start = {derived.snapshot->size, derived.snapshot->last_leaf, derived.snapshot->recorded_at};
  }
  ledger::journal::Replay replay(fold, *book->index_, observe, start);
  // What is beyond was not acknowledged: a crash's, or a writer's that is at work beside us.
  const std::uint64_t end = std::max(book->signer_.signed_size, start.size);
  TRY(replay.run(*book->log_, std::min(end, opened.size)));
  TRY(ledger::journal::check_against_memory(book->signer_, *book->index_, opened.size));
  book->size_ = book->signer_.signed_size;
  TRY(book->published_, ledger::Published::open_read_only(folder.published()));
  return book;
}

core::Result<> ReadOnlyBook::read(const std::function<core::Result<>(const BookView&)>& query) {
  return query({*index_, state_.genesis, *log_, size_, signer_.note, *published_});
}

core::Result<> ReadOnlyBook::read_state(
    const std::function<core::Result<>(const engine::State&)>& query) {
  return query(state_);
}

}  // namespace gateway::service
