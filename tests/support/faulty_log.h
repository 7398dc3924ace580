#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "ledger/log.h"

namespace tests {

// What becomes of the group whose append answers Unknown.
enum class Fault { UnknownLanded, UnknownNotLanded };

// A log whose appends fail when told so; in everything else the log it was given.
class FaultyLog final : public ledger::Log {
 public:
  explicit FaultyLog(std::unique_ptr<ledger::Log> log) : log_(std::move(log)) {}

  // The next append answers Unknown, after as many good ones as said.
  void inject(Fault fault, int good_appends_before = 0) {
    fault_ = fault;
    countdown_ = good_appends_before;
  }

  core::Result<ledger::Tenure> open(std::string_view holder) override {
    unknown_ = false;
    return log_->open(holder);
  }

  ledger::AppendOutcome append_group(std::uint64_t expected_size, std::uint64_t epoch,
                                     const ledger::LeafGroup& leaves) override {
    using ledger::AppendOutcome;
    if (unknown_) return AppendOutcome::Conflict;
    if (!fault_ || countdown_-- > 0) return log_->append_group(expected_size, epoch, leaves);
    const Fault fault = *std::exchange(fault_, std::nullopt);
    durable_ = expected_size;
    if (fault == Fault::UnknownLanded) {
      const AppendOutcome outcome = log_->append_group(expected_size, epoch, leaves);
      if (outcome != AppendOutcome::Durable) return outcome;
    }
    unknown_ = true;
    return AppendOutcome::Unknown;
  }

  core::Result<ledger::LogState> read(std::uint64_t first, std::uint64_t end,
                                      const Visitor& visit) override {
    if (unknown_) {
      TRY(ledger::check_range(first, end, durable_));
    }
    return log_->read(first, end, visit);
  }

  core::Result<ledger::LogState> state() override {
    if (unknown_) return ledger::outcome_unknown();
    return log_->state();
  }

 private:
  std::unique_ptr<ledger::Log> log_;
  std::optional<Fault> fault_;
  int countdown_ = 0;
  bool unknown_ = false;
  std::uint64_t durable_ = 0;  // Records before the append that answered Unknown.
};

}  // namespace tests
