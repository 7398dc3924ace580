#pragma once

#include <optional>
#include <vector>

#include "core/rational.h"
#include "engine/copy_state.h"

// How much of a copy is held while the master's position shrinks. Pure arithmetic on whole volumes.
namespace engine::copy {

// What is left, after the later reductions, of what was held when there were fewer of them. Exact,
// however many there were.
class Kept {
 public:
  explicit Kept(const std::vector<Reduction>& reductions);
  // `reductions`: how many there were then; never more than there are.
  const core::Rational& since(std::uint64_t reductions) const;

 private:
  std::vector<core::Rational> since_;
};

// What a copy may hold: each order's volume by what is kept since then, their sum rounded once.
// Orders that were cut count nothing.
//
// Rounding:   up to a lot step, so that less is closed rather than more.
// Guarantees: zero once the master has closed all.
// Errors:     Overflow.
core::Result<core::Minor> kept_volume(const Kept& kept, const Copy& copy,
                                      const core::Decimal& lot_step);

// What must be asked to be closed so that no more than `kept` is held; zero if nothing.
core::Minor to_ask(const Copy& copy, core::Minor kept);

// Open now.
inline core::Minor open_volume(const Copy& copy) { return copy.filled - copy.closed; }
// Open, and ordered and not filled yet: what exposure must count.
core::Minor committed_volume(const Copy& copy);

// The volume of which all that a copy may close at once is a whole number: the largest that divides
// the steps of its orders and of its position. Errors: InvalidInput/lot_step.
core::Result<core::Minor> grid_of(const CopyLineage& lineage, const Copy& copy);

// --- How a copy changes. Errors: Overflow. ---

// What hard stops of its subscription cut; of a copy that was over by then only once it changes.
void cut_by_stops(Copy& copy, const CopySubscription& subscription);
// An order of now, in steps of `lot_step`.
void place(CopyLineage& lineage, const core::AccountId& account, const std::string& signal,
           core::Minor volume, const core::Decimal& lot_step, const CopySubscription& subscription);
// More was filled of an order, or less than thought (negative).
core::Result<> change_filled(Copy& copy, const std::string& signal, core::Minor volume);
// The same of closes; what was closed less than thought counts as not asked for.
core::Result<> change_closed(Copy& copy, core::Minor volume);
// The rest of an order is over.
void end_order(Copy& copy, const std::string& signal);

// An account's copy of a lineage has changed: keeps `committed` and `working`. Errors: none.
void note_committed(CopyMaster& master, const core::AccountId& account, const std::string& lineage);
// The master's own part of a lineage has changed: keeps `CopyMaster::working`. Errors: none.
void note_working(CopyMaster& master, const std::string& lineage);
// The lineages of a symbol in `CopyMaster::working`.
const std::set<std::string>& working_lineages(const CopyMaster& master, const std::string& symbol);
// The account's lineages in `CopyMaster::committed`.
const std::set<std::string>& committed_lineages(const CopyMaster& master,
                                                const core::AccountId& account);

}  // namespace engine::copy
