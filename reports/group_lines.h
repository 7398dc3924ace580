#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "core/rational.h"
#include "engine/mam_records.h"
#include "engine/position_records.h"
#include "engine/trading_records.h"
#include "reports/statement_lines.h"

namespace reports {

// The lines of a client's accounts in a group (MAM).
class GroupLines {
 public:
  // The client's accounts, as they are opened.
  void watch_account(const core::AccountId& account) { accounts_.insert(account); }

  // Errors: those of body_of() and add_line(); Overflow; Corrupt/record if a fill or a close names
  //         what was not recorded before it.
  core::Result<> read(const Change& change, Statement& out);

  // Adds what is open at the end of the period. Errors: Overflow.
  core::Result<> add_positions(Statement& out) const;

 private:
  // A block order and what it was filled at. Average price = value / steps.
  struct Block {
    std::string symbol;
    engine::Side side = engine::Side::Buy;
    core::Decimal lot_step;
    bool averaged = false;  // Shared out once, at the average price of all fills.
    Minor steps = 0;
    core::Rational value;
    core::Decimal price;  // Of the last fill.
    core::Decimal close_price;
    std::map<core::AccountId, Minor> open;  // The client's steps at the end of the period.
  };

  core::Result<> read_valuation(const Change& change, Statement& out) const;
  core::Result<> read_order(const Change& change);
  core::Result<> read_fill(const Change& change);
  core::Result<> read_fill_change(const Change& change);
  // An account's volume of an order changed: by a fill, or by what put its part right.
  struct FillPart {
    core::OrderId order;
    core::AccountId account;
    std::string fill;
    Minor steps = 0;  // Below zero: taken back.
    Minor commission = 0;
  };
  core::Result<> read_fill_part(const Change& change, FillPart part, Statement& out);
  core::Result<> read_close(const Change& change);
  core::Result<> read_close_part(const Change& change, Statement& out);
  static core::Result<> add_fill_part(Transaction line, const Change& change, Statement& out);
  core::Result<> read_adjustment(const Change& change, Statement& out) const;
  core::Result<> read_split(const Change& change);
  core::Result<> read_split_part(const Change& change, Statement& out);
  core::Result<Block*> find_block(const Change& change, const core::OrderId& order);
  static core::Result<core::Decimal> average_price(const Block& block);

  std::set<core::AccountId> accounts_;
  std::map<core::OrderId, Block> blocks_;
};

}  // namespace reports
