#include "engine/copy/lineage.h"

#include <algorithm>
#include <utility>

#include "core/check.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

template <class Key>
const std::set<std::string>& found_in(const std::map<Key, std::set<std::string>>& index,
                                      const Key& key) {
  static const std::set<std::string> kNone;
  const auto found = index.find(key);
  return found == index.end() ? kNone : found->second;
}

template <class Key>
void forget(std::map<Key, std::set<std::string>>& index, const Key& key,
            const std::string& lineage) {
  const auto found = index.find(key);
  if (found == index.end()) return;
  found->second.erase(lineage);
  if (found->second.empty()) index.erase(found);
}

}  // namespace

Kept::Kept(const std::vector<Reduction>& reductions) {
  since_.assign(reductions.size() + 1, core::Rational(1));
  for (std::size_t i = reductions.size(); i > 0; --i) {
    const Reduction& reduction = reductions[i - 1];
    // A reduction starts from something.
    since_[i - 1] =
        core::multiply(core::Rational::of(reduction.to, reduction.from).value(), since_[i]);
  }
}

const core::Rational& Kept::since(std::uint64_t reductions) const {
  CHECK(reductions < since_.size());
  return since_[reductions];
}

core::Result<core::Minor> kept_volume(const Kept& kept, const Copy& copy,
                                      const core::Decimal& lot_step) {
  core::Rational sum;
  for (const auto& [signal, order] : copy.orders) {
    if (order.cut) continue;
    sum =
        core::add(sum, core::multiply(core::Rational(order.ordered), kept.since(order.reductions)));
  }
  TRY(const auto step, trading::step_volume(lot_step));
  TRY(const auto in_steps, core::divide(sum, core::Rational(step)));
  TRY(const auto steps, core::to_minor(in_steps, 0, core::Rounding::Ceiling));
  return core::multiply(steps, step);
}

core::Minor to_ask(const Copy& copy, core::Minor kept) {
  return std::max<core::Minor>(0, copy.filled - copy.asked - kept);
}

core::Minor committed_volume(const Copy& copy) {
  core::Minor volume = open_volume(copy);
  for (const auto& [signal, order] : copy.orders) {
    if (!order.over && !order.cut) volume += order.ordered - order.filled;
  }
  return volume;
}

core::Result<core::Minor> grid_of(const CopyLineage& lineage, const Copy& copy) {
  TRY(core::Minor grid, trading::step_volume(lineage.lot_step));
  for (const auto& [signal, order] : copy.orders) {
    TRY(core::Minor rest, trading::step_volume(order.lot_step));
    while (rest != 0) grid = std::exchange(rest, grid % rest);
  }
  return grid;
}

void cut_by_stops(Copy& copy, const CopySubscription& subscription) {
  if (copy.hard_stops == subscription.hard_stops) return;
  for (auto& [signal, order] : copy.orders) order.cut = true;
  copy.hard_stops = subscription.hard_stops;
}

void place(CopyLineage& lineage, const core::AccountId& account, const std::string& signal,
           core::Minor volume, const core::Decimal& lot_step,
           const CopySubscription& subscription) {
  Copy& copy = lineage.copies[account];
  cut_by_stops(copy, subscription);
  CopyOrder& order = copy.orders[signal];
  order = {};
  order.sized = volume;
  order.ordered = volume;
  order.reductions = lineage.reductions.size();
  order.lot_step = lot_step;
  order.splits = lineage.splits;
}

core::Result<> change_filled(Copy& copy, const std::string& signal, core::Minor volume) {
  CopyOrder& order = copy.orders.at(signal);
  TRY(order.filled, core::add(order.filled, volume));
  TRY(copy.filled, core::add(copy.filled, volume));
  // Of an order that is over nothing counts but what was filled after all.
  if (order.over) order.ordered = order.filled;
  copy.asked = std::clamp(copy.asked, copy.closed, std::max(copy.filled, copy.closed));
  return core::ok();
}

core::Result<> change_closed(Copy& copy, core::Minor volume) {
  TRY(copy.closed, core::add(copy.closed, volume));
  // What was not closed after all was perhaps never asked for: whoever takes it back asks anew.
  if (volume < 0) copy.asked += volume;
  copy.asked = std::max(copy.asked, copy.closed);
  return core::ok();
}

void end_order(Copy& copy, const std::string& signal) {
  CopyOrder& order = copy.orders.at(signal);
  order.over = true;
  order.ordered = order.filled;
}

void note_committed(CopyMaster& master, const core::AccountId& account,
                    const std::string& lineage) {
  CopyLineage& changed = master.lineages.at(lineage);
  if (committed_volume(changed.copies.at(account)) > 0) {
    master.committed[account].insert(lineage);
    changed.committed.insert(account);
  } else {
    forget(master.committed, account, lineage);
    changed.committed.erase(account);
  }
  note_working(master, lineage);
}

void note_working(CopyMaster& master, const std::string& lineage) {
  const CopyLineage& changed = master.lineages.at(lineage);
  if (changed.open > 0 || !changed.committed.empty()) {
    master.working[changed.symbol].insert(lineage);
  } else {
    forget(master.working, changed.symbol, lineage);
  }
}

const std::set<std::string>& working_lineages(const CopyMaster& master, const std::string& symbol) {
  return found_in(master.working, symbol);
}

const std::set<std::string>& committed_lineages(const CopyMaster& master,
                                                const core::AccountId& account) {
  return found_in(master.committed, account);
}

}  // namespace engine::copy
