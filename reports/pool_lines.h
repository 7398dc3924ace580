#pragma once

#include <optional>

#include "engine/dealing_records.h"
#include "engine/migration_records.h"
#include "engine/pamm_records.h"
#include "reports/pool_units.h"
#include "reports/statement_lines.h"

namespace reports {

// The lines of an investor in a pool (PAMM).
class PoolLines {
 public:
  explicit PoolLines(const Scope& scope) : units_(scope) {}

  // Errors: those of body_of() and add_line(); Overflow.
  core::Result<Meaning> read(const Change& change, Statement& out);

 private:
  // Parts of the pool's results that a statement shows apart, since the last rollover.
  struct Apart {
    Minor swap = 0;
    Minor commission = 0;
    Minor taxes = 0;
  };

  core::Result<> read_deal(const Change& change, Statement& out);
  core::Result<> read_operation(const Change& change);
  core::Result<> read_valuation(const Change& change);
  core::Result<> read_result(const Change& change, Statement& out) const;
  core::Result<Meaning> read_redemption(const Change& change, Statement& out) const;
  core::Result<Meaning> read_transfer(const Change& change, Statement& out) const;
  core::Result<Meaning> read_opening(const Change& change, Statement& out) const;
  core::Result<Meaning> read_subscription(const Change& change, Statement& out) const;
  core::Result<> read_rebasing(const Change& change, Statement& out) const;
  core::Result<Meaning> read_rollover(const Change& change, Statement& out);
  core::Result<> share_apart(const Change& change, Statement& out) const;
  void price(const Change& change, const engine::RolloverCompleted& body, Statement& out) const;

  PoolUnits units_;
  Apart apart_;
  std::optional<Valuation> valuation_;
};

}  // namespace reports
