#include "gateway/service/book.h"

#include "core/check.h"
#include "core/files.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/records.h"
#include "gateway/service/determinism.h"
#include "gateway/service/open_log.h"
#include "ledger/store/rocks_log.h"

namespace gateway::service {
namespace {

using ledger::journal::Journal;

// A clock that is behind the book by more than this has been set back: times could no longer be
// trusted, so nothing is recorded.
constexpr std::int64_t kClockBehindMaxMicros = 10'000'000;

core::Result<core::Instant> simulated_now(const Submission& submission, const Journal& journal) {
  const auto& batches = journal.index().batches();
  if (submission.at) return *submission.at;
  return batches.empty() ? core::Instant{} : batches.back().recorded_at;
}

ledger::Draft command_draft(const Submission& submission, core::Instant effective_at,
                            std::uint64_t semantics) {
  ledger::CommandBody body;
  body.type = submission.type;
  body.command = submission.command;
  body.client_id = submission.client_id;
  body.request_id = submission.request_id;
  body.actor = submission.actor;
  body.actor_authentication = submission.actor_authentication;
  if (submission.approver) {
    body.approver = submission.approver;
    body.approver_authentication = ledger::Authentication::Asserted;
  }
  body.semantics = semantics;
  ledger::Draft draft;
  draft.kind = ledger::kCommand;
  draft.body = core::to_cbor(body);
  draft.effective_at = effective_at;
  return draft;
}

core::Result<ledger::NoteSigner> load_log_key(const Folder& folder) {
  TRY(const std::string text, core::read_file(folder.log_key(), 4096));
  std::string_view line = text;
  if (line.ends_with('\n')) line.remove_suffix(1);
  return ledger::NoteSigner::parse(line);
}

core::Result<std::unique_ptr<ledger::Log>> open_for_writing(const Folder& folder,
                                                            bool& torn_tail) {
  // A read-only look first: RocksDB's own recovery would drop damaged records without a word.
  {
    TRY(const auto looked, open_log_read_only(folder));
    if (looked.damage) return *looked.damage;
    torn_tail = looked.torn_tail;
  }
  ledger::store::RocksOptions options;
  options.path = folder.store();
  options.cut_torn_tail = torn_tail;
  auto opened = ledger::store::open_rocks_log(options);
  if (!opened && opened.error().code == core::Code::Unavailable) {
    return core::unavailable("book_in_use", folder.root,
                             "Another process has this book open; if it serves, send the commands "
                             "to it over HTTP or Thrift. (" +
                                 opened.error().detail + ")");
  }
  return opened;
}

}  // namespace

Book::Book(const Folder& folder, core::Clock& clock, refs::ReferenceStore references)
    : folder_(folder), clock_(clock), references_(std::move(references)) {}

core::Result<std::unique_ptr<Book>> Book::open(const Folder& folder, core::Clock& clock) {
  bool torn_tail = false;
  TRY(auto log, open_for_writing(folder, torn_tail));
  TRY(auto memory, ledger::SignerMemory::open(folder.signer_memory()));
  TRY(auto signer, load_log_key(folder));
  // The seed of a simulated book stands in record 0, so salts and ids can only be set up after it.
  std::optional<std::string> seed;
  TRY(const ledger::LogState log_state, log->state());
  if (log_state.size > 0) {
    ledger::RecordView record;
    TRY(log->read(0, 1, [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
      TRY(ledger::decode_record(leaf, record));
      TRY(const auto genesis, core::from_cbor<ledger::Genesis>(record.body));
      seed = genesis.simulated_seed;
      return core::ok();
    }));
  }
  TRY(auto references, refs::ReferenceStore::open(folder.references(), reference_mint(seed)));
  std::unique_ptr<Book> book(new Book(folder, clock, std::move(references)));
  book->torn_tail_ = torn_tail;
  engine::State& state = book->state_;
  TRY(book->journal_,
      Journal::open({std::move(log), std::move(memory), std::move(signer), salt_source(seed)},
                    "tally", [&state](const ledger::RecordView& record) {
                      return engine::dispatch::apply(state, record);
                    }));
  return book;
}

core::Result<> Book::with_references(
    const std::function<core::Result<>(refs::ReferenceStore&)>& use) {
  const std::lock_guard lock(references_mutex_);
  return use(references_);
}

core::Result<> Book::read(const std::function<core::Result<>(const BookView&)>& query) {
  const std::shared_lock lock(mutex_);
  // After a failed write the index may hold what never became durable: nothing is answered from it.
  if (stopped_) return *stopped_;
  return query({journal_->index(), state_, journal_->log(), journal_->durable_size(),
                journal_->checkpoint()});
}

std::vector<ReceiptResult> Book::execute(std::span<const Submission> submissions) {
  const std::unique_lock lock(mutex_);
  std::vector<Pending> pending;
  std::size_t group_begin = 0;
  for (const Submission& submission : submissions) {
    Pending staged = stage(submission);
    if (staged.refused && staged.refused->reason == "group_full") {
      commit_group(pending, group_begin);
      group_begin = pending.size();
      staged = stage(submission);
    }
    pending.push_back(std::move(staged));
  }
  commit_group(pending, group_begin);
  std::vector<ReceiptResult> answers;
  answers.reserve(pending.size());
  for (const Pending& one : pending) {
    if (one.refused) {
      answers.emplace_back(*one.refused);
      continue;
    }
    auto receipt = journal_->receipt(one.first_seq);
    receipt.hit = one.hit;
    answers.emplace_back(std::move(receipt));
  }
  return answers;
}

void Book::commit_group(std::vector<Pending>& pending, std::size_t first) {
  if (stopped_) return;
  const auto committed = journal_->commit();
  if (committed) return;
  // Nothing of this group may be believed, hits on it included; the state in memory is ahead of the
  // store. The book answers no more until it is opened anew.
  stopped_ = committed.error();
  for (std::size_t i = first; i < pending.size(); ++i) {
    if (!pending[i].refused) pending[i].refused = *stopped_;
  }
}

Book::Pending Book::stage(const Submission& submission) {
  auto staged = try_stage(submission);
  if (staged) return staged.value();
  return {std::move(staged.error()), 0, false};
}

core::Result<Book::Pending> Book::try_stage(const Submission& submission) {
  if (stopped_) return *stopped_;
  TRY(const auto hit, find_hit(submission));
  if (hit) return *hit;
  TRY(const auto now, now_for(submission));
  TRY(const std::uint64_t first_seq, stage_batch(submission, now));
  return Pending{std::nullopt, first_seq, false};
}

core::Result<std::optional<Book::Pending>> Book::find_hit(const Submission& submission) const {
  const auto* entry =
      journal_->index().requests().find(submission.client_id, submission.request_id);
  if (entry == nullptr) return std::optional<Pending>{};
  core::Sha256 sha256;
  if (entry->command_digest !=
      ledger::journal::command_digest(sha256, submission.type, submission.command)) {
    return core::conflict("request_id_reused", "request_id",
                          "This request id was used for another command, at seq " +
                              std::to_string(entry->first_seq) + ".");
  }
  return std::optional<Pending>(Pending{std::nullopt, entry->first_seq, true});
}

core::Result<core::Instant> Book::now_for(const Submission& submission) {
  if (state_.genesis.simulated_seed) return simulated_now(submission, *journal_);
  if (submission.at) {
    return core::invalid("at_refused", "at",
                         "Only a simulated book takes its clock from the commands.");
  }
  const core::Instant now = clock_.now();
  const auto& batches = journal_->index().batches();
  if (!batches.empty() && batches.back().recorded_at.micros - now.micros > kClockBehindMaxMicros) {
    return core::unavailable("clock_fault", "",
                             "The machine's clock is behind the book's last record (" +
                                 core::to_string(batches.back().recorded_at) +
                                 "); set it right before anything is recorded.");
  }
  return now;
}

core::Result<std::uint64_t> Book::stage_batch(const Submission& submission, core::Instant now) {
  TRY(const auto* type, engine::dispatch::find_command(submission.type));
  TRY(const auto command,
      core::from_cbor<engine::dispatch::CommandBytes>(submission.command));
  const core::Instant recorded_at = journal_->next_recorded_at(now);
  const core::Instant effective_at = command.effective_at.value_or(recorded_at);
  if (effective_at > recorded_at) {
    return core::invalid("effective_in_future", "effective_at",
                         "A command cannot take effect later than it is recorded.");
  }
  const engine::Context context{state_, journal_->index().books(), recorded_at, effective_at};
  TRY(auto effects, type->decide(context, command.fields));
  std::vector<ledger::Draft> batch;
  batch.reserve(effects.size() + 1);
  batch.push_back(command_draft(submission, effective_at, state_.genesis.semantics));
  std::move(effects.begin(), effects.end(), std::back_inserter(batch));
  if (journal_->has_staged() && !journal_->fits(batch.size())) {
    return core::unavailable("group_full", "", "The open group has no room for this command.");
  }
  return journal_->stage(batch, recorded_at, [this](const ledger::RecordView& record) {
    return engine::dispatch::apply(state_, record);
  });
}

core::Result<std::unique_ptr<ReadOnlyBook>> ReadOnlyBook::open(const Folder& folder) {
  TRY(auto opened, open_log_read_only(folder));
  if (opened.damage) return *opened.damage;
  std::unique_ptr<ReadOnlyBook> book(new ReadOnlyBook());
  book->log_ = std::move(opened.log);
  book->signer_ = std::move(opened.signer);
  engine::State& state = book->state_;
  TRY(ledger::journal::load(*book->log_, opened.size, book->index_,
                            [&state](const ledger::RecordView& record) {
                              return engine::dispatch::apply(state, record);
                            }));
  TRY(ledger::journal::check_against_memory(book->signer_, book->index_));
  return book;
}

core::Result<> ReadOnlyBook::read(const std::function<core::Result<>(const BookView&)>& query) {
  return query({index_, state_, *log_, index_.size(), signer_.note});
}

}  // namespace gateway::service
