#include "reports/pool_units.h"

#include <algorithm>

#include "core/allocate.h"
#include "engine/accounts.h"

namespace reports {
namespace {

constexpr std::string_view kIssued = "issued";

// The accounts of holders stand beside that of the units issued.
std::string holders_prefix(const core::StructureId& pool) {
  std::string path = engine::accounts::units_issued(pool);
  CHECK(path.ends_with(kIssued));
  path.resize(path.size() - kIssued.size());
  return path;
}

}  // namespace

PoolUnits::PoolUnits(const Scope& scope)
    : prefix_(holders_prefix(scope.structure)),
      client_(engine::accounts::units(scope.structure, scope.client)) {}

core::Result<> PoolUnits::apply(const ledger::RecordView& record) {
  if (record.batch.first_seq != batch_) {
    batch_ = record.batch.first_seq;
    if (changed_) before_ = now_;
    changed_ = false;
  }
  for (const ledger::PostingView& posting : record.postings) {
    if (!posting.account.starts_with(prefix_)) continue;
    if (posting.account.substr(prefix_.size()) == kIssued) continue;
    const auto holder = holders_.try_emplace(std::string(posting.account), now_.size()).first;
    if (holder->second == now_.size()) now_.push_back(0);
    Minor& units = now_[holder->second];
    TRY(units, core::add(units, posting.amount));
    changed_ = true;
  }
  return core::ok();
}

Minor PoolUnits::of_client(const std::vector<Minor>& units) const {
  const auto holder = holders_.find(client_);
  return holder == holders_.end() || holder->second >= units.size() ? 0 : units[holder->second];
}

core::Result<Minor> PoolUnits::share(Minor total) const {
  if (total == 0 || before() == 0) return Minor{0};
  TRY(const auto parts, core::allocate(total, before_));
  return parts[holders_.find(client_)->second];
}

}  // namespace reports
