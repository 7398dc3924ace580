#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/rational.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "reports/statement_lines.h"

namespace reports {

// The lines of a client's accounts under a copied manager: what was ordered, skipped, filled and
// closed.
class CopyLines {
 public:
  // The client's accounts, as they are opened.
  void watch_account(const core::AccountId& account) { accounts_.insert(account); }

  // Errors: those of body_of() and add_line(); Overflow; Corrupt/record if a copy or what puts it
  //         right names what was not recorded before it.
  core::Result<> read(const Change& change, Statement& out);

  // Adds what is open at the end of the period. Errors: Overflow.
  core::Result<> add_positions(Statement& out) const;

 private:
  // What a signal opens, or a position of the master is in.
  struct Instrument {
    std::string symbol;
    engine::Side side = engine::Side::Buy;
  };
  // A fill, or a close, as it stands.
  struct Step {
    bool opens = false;
    std::string id;
    Minor volume = 0;
    core::Decimal price;
  };
  // What an account's copy of one position comes to. A close leaves the average as it is.
  struct Held {
    Minor open = 0;
    std::optional<core::Rational> average;  // Price of what is open; of what was, if nothing is.
  };
  // Since the last split, which leaves nothing of fills and closes but `start`.
  struct Course {
    Held now;
    Held start;
    std::vector<Step> steps;
  };
  // A result that a record brought, and the transaction that it is.
  struct Traded {
    TransactionKind kind = TransactionKind::Fill;
    core::AccountId account;
    std::string lineage;
    std::string reference;
    Minor volume = 0;  // Below zero: taken back.
    core::Decimal price;
    Minor profit = 0;
    Minor swap = 0;
    Minor commission = 0;
  };

  core::Result<> read_signal(const Change& change);
  core::Result<> read_order(const Change& change, Statement& out);
  core::Result<> read_execution(const Change& change, Statement& out);
  core::Result<> read_fill(const Change& change, Statement& out);
  core::Result<> read_close(const Change& change, Statement& out);
  core::Result<> read_amendment(const Change& change, Statement& out);
  static core::Result<> take_step(Held& held, const Step& step);
  static core::Result<> change_step(Course& course, const engine::CopyAmended& body);
  core::Result<> read_split(const Change& change, Statement& out);
  core::Result<> read_adjustment(const Change& change, Statement& out) const;

  core::Result<> add_event(const Change& change, CopyLine line, Statement& out) const;
  core::Result<> add_traded(const Change& change, const Traded& traded, Statement& out) const;

  bool concerns(const Change& change, const core::StructureId& structure,
                const core::AccountId& account) const {
    return change.span != Span::After && structure == change.scope.structure &&
           accounts_.contains(account);
  }
  core::Result<const Instrument*> find_lineage(const Change& change,
                                               const std::string& lineage) const;

  std::set<core::AccountId> accounts_;
  std::map<std::string, Instrument> signals_;   // By the signal that opens.
  std::map<std::string, Instrument> lineages_;  // By the signal that opened the position.
  std::map<std::pair<core::AccountId, std::string>, Course> held_;  // By lineage.
};

}  // namespace reports
