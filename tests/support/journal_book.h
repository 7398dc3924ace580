#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/journal/journal.h"
#include "ledger/merkle.h"
#include "tests/support/drafts.h"
#include "tests/support/faulty_log.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace tests {

// Lends a log to a journal, so that a test holds it too and another journal can open it again.
class LentLog final : public ledger::Log {
 public:
  explicit LentLog(std::shared_ptr<ledger::Log> log) : log_(std::move(log)) {}
  core::Result<ledger::Tenure> open(std::string_view holder) override { return log_->open(holder); }
  ledger::AppendOutcome append_group(std::uint64_t expected_size, std::uint64_t epoch,
                                     const ledger::LeafGroup& leaves) override {
    return log_->append_group(expected_size, epoch, leaves);
  }
  core::Result<ledger::LogState> read(std::uint64_t first, std::uint64_t end,
                                      const Visitor& visit) override {
    return log_->read(first, end, visit);
  }
  core::Result<ledger::LogState> state() override { return log_->state(); }

 private:
  std::shared_ptr<ledger::Log> log_;
};

inline std::vector<core::Bytes> all_leaves(ledger::Log& log) {
  std::vector<core::Bytes> leaves;
  const std::uint64_t size = log.state().value().size;
  const auto read = log.read(0, size, [&](std::uint64_t, core::ByteView leaf) {
    leaves.emplace_back(leaf.begin(), leaf.end());
    return core::ok();
  });
  CHECK(read.has_value());
  return leaves;
}

// A log in memory that holds these.
inline std::shared_ptr<FaultyLog> log_of(const std::vector<core::Bytes>& leaves) {
  auto log = std::make_shared<FaultyLog>(ledger::make_memory_log());
  const auto tenure = log->open("test").value();
  for (std::size_t first = 0; first < leaves.size();) {
    const std::size_t count = std::min<std::size_t>(leaves.size() - first, 64);
    const auto some = std::span(leaves).subspan(first, count);
    CHECK(log->append(first, tenure.epoch, some) == ledger::AppendOutcome::Durable);
    first += count;
  }
  return log;
}

inline core::Hash root_of(const std::vector<core::Bytes>& leaves) {
  core::Sha256 sha256;
  ledger::Frontier frontier;
  for (const core::Bytes& leaf : leaves) frontier.append(sha256, ledger::leaf_hash(sha256, leaf));
  return frontier.root(sha256);
}

inline const std::string kOrigin = "books.example/alpha";

inline ledger::NoteSigner signer_of(std::string_view seed) {
  const auto key = core::SigningKey::from_seed(core::sha256(core::as_bytes(seed)).bytes);
  return ledger::NoteSigner::create(kOrigin, key).value();
}

// A book whose log is in memory and whose signer's memory is in a folder: everything a journal
// needs, and the journal itself.
class JournalBook {
 public:
  // Batches are recorded a second apart.
  static constexpr std::int64_t kStepMicros = 1'000'000;

  JournalBook() {
    ledger::SignerState initial;
    initial.origin = kOrigin;
    initial.key_id = signer_of("log").verifier_key().id;
    initial.signed_root = ledger::empty_root();
    initial.note =
        ledger::sign_checkpoint({kOrigin, 0, initial.signed_root}, signer_of("log")).value();
    CHECK(ledger::SignerMemory::create(memory_path(), initial).has_value());
    CHECK(reopen() == "a value");
  }

  // Opens the log anew, or another one in its place; the signer's memory is as it was.
  std::string reopen(const ledger::journal::RecordObserver& observe = {},
                     std::string_view key = "log") {
    journal_.reset();
    auto opened = ledger::journal::Journal::open(
        {std::make_unique<LentLog>(log_),
         ledger::index::Index::open(ledger::index::make_memory_index_store(), {}).value(),
         ledger::SignerMemory::open(memory_path()).value(), ledger::journal::one_signer(signer_of(key)), salts},
        "test", observe);
    if (!opened) error_ = opened.error();
    if (opened) journal_ = std::move(opened.value());
    return outcome(opened);
  }
  std::string reopen_with(std::shared_ptr<FaultyLog> log) {
    log_ = std::move(log);
    return reopen();
  }

  // Stages a batch; "a value" or what was refused.
  std::string stage(const std::vector<ledger::Draft>& batch) {
    const core::Instant now{kStart.micros + step_++ * kStepMicros};
    const auto staged = journal_->stage(batch, journal_->next_recorded_at(now), {});
    if (staged) last_seq_ = staged.value();
    if (!staged) error_ = staged.error();
    return outcome(staged);
  }
  // A command's batch.
  std::string stage(const std::string& request_id, std::vector<ledger::Draft> effects) {
    effects.insert(effects.begin(), command_draft(request_id));
    return stage(effects);
  }
  std::string commit() {
    const auto committed = journal_->commit();
    if (!committed) error_ = committed.error();
    return outcome(committed);
  }
  // The genesis and two accounts, committed.
  void begin() {
    CHECK(stage({genesis_draft()}) == "a value");
    CHECK(stage("accounts",
                {opened_draft({opening_of(kBank),
                               opening_of(kWallet, {{ledger::LawKind::NeverDebit, {}, {}}})})}) ==
          "a value");
    CHECK(commit() == "a value");
  }
  // Money in, for a subject.
  ledger::Draft deposit(core::Minor amount, std::uint8_t subject = 1) const {
    return moved_draft(kBank, kWallet, amount, "EUR", {subject_of(subject)});
  }

  // What the journal knows that does not depend on how it came to know it: what is staged by its
  // balances, what is durable by all that the index tells.
  std::string told() {
    const ledger::index::Index& index = journal_->index();
    std::string text = "staged " + std::to_string(journal_->staged_size()) + " durable " +
                       std::to_string(journal_->durable_size()) + " size " +
                       std::to_string(index.size()) + " root " +
                       core::to_hex(index.root().bytes) + " last " +
                       core::to_hex(index.last_leaf().bytes) + "\n";
    for (const ledger::journal::Account* account : books().accounts()) {
      text += account->path + " " + std::to_string(account->opened_seq);
      for (const ledger::journal::Holding& holding : account->holdings) {
        const std::string& code = books().commodity(holding.commodity).code;
        text += " " + code + " " + core::to_string(holding.balance) + steps(account->path, code);
      }
      text += "\n";
    }
    for (const std::string& code : books().commodity_codes()) text += code + " ";
    for (std::uint64_t end = index.size(); end > 0;) {
      const auto batch = index.batch_before(end).value();
      if (!batch) break;
      text += std::to_string(batch->first_seq) + "-" + std::to_string(batch->end_seq()) + "@" +
              std::to_string(batch->recorded_at.micros) + " ";
      end = batch->first_seq;
    }
    for (std::uint8_t subject = 0; subject < 10; ++subject) {
      const auto last = index.last_of_subject(subject_of(subject)).value();
      if (!last) continue;
      text += std::to_string(last->count) + "/" + std::to_string(last->seq) + " ";
    }
    return text;
  }

  // The first record of a request, or nothing.
  std::optional<std::uint64_t> find_request(std::string_view client, std::string_view id) {
    return journal_->find_request(client, id).value();
  }
  std::string checkpoint() { return journal_->last_signed().note; }
  ledger::journal::Journal& journal() { return *journal_; }
  const ledger::journal::Books& books() { return journal_->books(); }
  FaultyLog& log() { return *log_; }
  std::vector<core::Bytes> leaves() { return all_leaves(*log_); }
  std::uint64_t last_seq() const { return last_seq_; }
  const core::Error& error() const { return error_; }
  std::string memory_path() const { return folder_ / "signer"; }

  static ledger::Salt salt(std::uint64_t seq) {
    const core::Hash hash = core::sha256(core::as_bytes("salt " + std::to_string(seq)));
    ledger::Salt out{};
    std::copy_n(hash.bytes.begin(), out.size(), out.begin());
    return out;
  }

  static void salts(std::uint64_t first_seq, std::span<ledger::Salt> out) {
    for (ledger::Salt& one : out) one = salt(first_seq++);
  }

  inline static const std::string kBank = "assets:cm:bank:1";
  inline static const std::string kWallet = "liabilities:cm:client:1:wallet";

 private:
  std::string steps(const std::string& account, const std::string& commodity) {
    const auto page = journal_->index().history(account, commodity, {.end = UINT64_MAX});
    std::string text;
    // An account that is staged only is not in the index yet.
    if (!page) return text;
    for (const auto& entry : page.value().entries) {
      text += " " + std::to_string(entry.seq) + "=" + core::to_string(entry.balance);
    }
    return text;
  }

  TempDir folder_;
  std::shared_ptr<FaultyLog> log_ = std::make_shared<FaultyLog>(ledger::make_memory_log());
  std::unique_ptr<ledger::journal::Journal> journal_;
  std::int64_t step_ = 0;
  std::uint64_t last_seq_ = 0;
  core::Error error_;
};

}  // namespace tests
