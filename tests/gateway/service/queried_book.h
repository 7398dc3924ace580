#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gateway/service/history.h"
#include "gateway/service/trial_balance.h"
#include "tests/support/journal_book.h"

// A book in memory that is asked questions, and all of its records read one by one to say what the
// answers must be.
namespace tests {

struct PlainRecord {
  std::uint64_t seq = 0;
  std::uint64_t kind = 0;
  core::Instant recorded_at;
  core::Instant effective_at;
  std::vector<ledger::Posting> postings;
  std::vector<ledger::SubjectId> subjects;
};

class QueriedBook : public JournalBook {
 public:
  // Every reference stands for subject_of() of its number: "@3".
  class NumberedReferences final : public core::References {
   public:
    core::Result<std::array<std::uint8_t, 16>> resolve(std::string_view name) override {
      return subject_of(static_cast<std::uint8_t>(std::stoi(std::string(name.substr(1)))));
    }
  };

  gateway::service::BookView view() {
    static const ledger::Genesis genesis = genesis_of(kOrigin);
    auto last = journal().last_signed();
    static const auto published = ledger::Published::open_read_only("/nowhere").value();
    return {journal().index(), genesis, journal().log(), last.size, std::move(last.note), *published};
  }

  // What a command does not ask for itself: recorded a second after the batch before.
  core::Instant next_time() const { return {kStart.micros + batches_ * kStepMicros}; }
  void record(std::vector<ledger::Draft> batch) {
    const auto staged = journal().stage(std::move(batch), next_time(), {});
    ASSERT_EQ(outcome(staged), "a value");
    ASSERT_EQ(commit(), "a value");
    ++batches_;
  }

  core::Result<core::json::Value> ask(const gateway::service::HistoryRequest& request) {
    NumberedReferences references;
    TRY(const auto query, gateway::service::read_history_query(request, references));
    return gateway::service::query_history(view(), query);
  }

  // All records that took effect, from their bytes.
  std::vector<PlainRecord> records() {
    std::vector<PlainRecord> out;
    ledger::RecordView record;
    const auto read = journal().log().read(
        0, view().size, [&](std::uint64_t seq, core::ByteView leaf) -> core::Result<> {
          TRY(ledger::decode_record(leaf, record));
          if (seq >= voided_first_ && seq < voided_end_) return core::ok();
          PlainRecord plain{seq, record.kind, record.recorded_at, record.effective_at, {}, {}};
          for (const auto& posting : record.postings) {
            plain.postings.push_back(
                {std::string(posting.account), std::string(posting.commodity), posting.amount});
          }
          for (const auto& subject : record.subjects) plain.subjects.push_back(subject.id);
          out.push_back(std::move(plain));
          return core::ok();
        });
    CHECK(read.has_value());
    return out;
  }

  // A very large batch that a crash breaks off.
  void break_off() {
    std::vector<ledger::Draft> effects(2 * ledger::kGroupRecordsMax,
                                       entry_draft({}, {subject_of(1)}));
    for (auto& effect : effects) effect.effective_at = kStart;
    effects.insert(effects.begin(), command_draft("broken off"));
    voided_first_ = view().size;
    log().inject(Fault::UnknownNotLanded, 1);
    CHECK(journal().stage(std::move(effects), next_time(), {}).has_value());
    CHECK(commit() == "Unavailable/stopped");
    CHECK(reopen() == "a value");
    voided_end_ = view().size - 1;
    batches_ += 10;
  }

 private:
  std::int64_t batches_ = 10;
  std::uint64_t voided_first_ = 0;
  std::uint64_t voided_end_ = 0;
};

// A book that grows by chance, the same for the same seed.
class RandomBook : public QueriedBook {
 public:
  static constexpr std::size_t kAccounts = 5;

  explicit RandomBook(std::uint64_t seed) : random_(seed) {
    record({genesis_draft()});
    for (std::size_t i = 0; i < kAccounts; ++i) {
      record({command_draft("open " + std::to_string(i)), opened_draft({opening_of(account(i))})});
    }
  }

  static std::string account(std::size_t number) {
    return "assets:house:account-" + std::to_string(number);
  }
  std::uint64_t draw(std::uint64_t below) { return random_() % below; }

  void grow(std::size_t batches) {
    for (; batches > 0; --batches) {
      std::vector<ledger::Draft> batch{command_draft("r " + std::to_string(number_++))};
      batch.front().effective_at = next_time();
      for (std::uint64_t left = 1 + draw(4); left > 0; --left) batch.push_back(move());
      record(std::move(batch));
    }
  }

  // A time about which the book knows something.
  core::Instant some_time() {
    const std::int64_t span = next_time().micros - kStart.micros;
    const auto offset =
        static_cast<std::int64_t>(draw(static_cast<std::uint64_t>(span + 2 * kStepMicros)));
    // As often as not exactly when a batch was recorded.
    return {kStart.micros + (draw(2) == 0 ? offset : offset / kStepMicros * kStepMicros)};
  }

 private:
  ledger::Draft move() {
    const std::size_t debit = draw(kAccounts);
    const std::size_t credit = (debit + 1 + draw(kAccounts - 1)) % kAccounts;
    const std::string commodity = std::array{"EUR", "EUR", "USD", "GBP"}.at(draw(4));
    auto draft = moved_draft(account(debit), account(credit),
                             1 + static_cast<std::int64_t>(draw(1000)), commodity);
    if (draw(5) == 0) {
      draft.postings.push_back({account(debit), "JPY", 7});
      draft.postings.push_back({account(credit), "JPY", -7});
    }
    for (std::uint8_t subject = 1; subject < 5; ++subject) {
      if (draw(6) == 0) draft.subjects.push_back(subject_of(subject));
    }
    draft.kind = kEntryKind + draw(3);
    draft.effective_at = next_time();
    if (draw(3) == 0) draft.effective_at = std::min(some_time(), next_time());
    return draft;
  }

  std::mt19937_64 random_;
  std::uint64_t number_ = 0;
};

}  // namespace tests
