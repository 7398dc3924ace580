#include "engine/copy/entry.h"

#include "core/exact_decimal.h"
#include "engine/copy/lineage.h"

namespace engine::copy {
namespace {

constexpr unsigned kAverageDigits = 10;

// What is recorded always folds: a sum that is too large is not known.
core::Result<> add_at(CopyEntry& entry, const core::Decimal& price, core::Minor volume) {
  TRY(entry.volume, core::add(entry.volume, volume));
  const auto sum = core::add_times(entry.price_volume, price, volume);
  if (sum) {
    entry.price_volume = sum.value();
  } else {
    entry.unknown = true;
  }
  return core::ok();
}

void add_commission(CopyEntry& entry, core::Minor more) {
  const auto sum = core::add(entry.commission, more);
  if (sum) {
    entry.commission = sum.value();
  } else {
    entry.unknown = true;
  }
}

}  // namespace

core::Result<> enter(CopyEntry& entry, core::Minor open, const CopyExecution& fill) {
  if (open == 0) {
    entry = {};
    entry.opened_at = fill.at;
  }
  add_commission(entry, fill.commission);
  return add_at(entry, fill.price, fill.volume);
}

core::Result<> amend_entry(CopyEntry& entry, const CopyExecution& before,
                           const CopyExecution& now) {
  if (before.at < entry.opened_at) return core::ok();
  add_commission(entry, -before.commission);
  add_commission(entry, now.commission);
  TRY(add_at(entry, before.price, -before.volume));
  return add_at(entry, now.price, now.volume);
}

std::optional<core::Decimal> entry_price(const CopyEntry& entry) {
  if (entry.unknown || entry.volume <= 0) return std::nullopt;
  const auto unit = core::power_of_ten(entry.price_volume.scale);
  if (!unit) return std::nullopt;
  const auto sum = core::Rational::of(entry.price_volume.digits, unit.value());
  const auto average = core::divide(sum.value(), core::Rational(entry.volume));
  const auto rounded = core::to_minor(average.value(), kAverageDigits, core::Rounding::HalfEven);
  if (!rounded) return std::nullopt;
  return core::to_decimal(rounded.value(), kAverageDigits);
}

core::Result<core::Minor> commission_of(const CopyEntry& entry, core::Minor open,
                                        core::Minor volume) {
  if (volume == open) return core::Minor{entry.commission};
  return core::multiply_divide(entry.commission, volume, open, core::Rounding::Floor);
}

core::Result<partners::PositionClose> position_close(const Context& context, const Named& named,
                                                     const std::string& lineage_id,
                                                     const RecordCopyClose& command,
                                                     core::Minor commission, core::Minor volume) {
  const CopyLineage& lineage = named.master->lineages.at(lineage_id);
  const Copy& copy = lineage.copies.at(command.account);
  partners::PositionClose close;
  close.structure = named.account->structure;
  close.account = command.account;
  close.client = named.account->client;
  close.position = lineage_id;
  close.close = command.close;
  close.symbol = lineage.symbol;
  close.side = lineage.side;
  close.lots = command.lots;
  close.opened_at = copy.entry.opened_at;
  close.open_price = entry_price(copy.entry);
  close.close_price = command.price;
  close.currency = currency_of(context, *named.account);
  TRY(const auto opening, commission_of(copy.entry, open_volume(copy), volume));
  TRY(const auto paid, core::add(commission, opening));
  close.commission = -paid;
  for (const std::string& id : committed_lineages(*named.master, command.account)) {
    const CopyLineage& other = named.master->lineages.at(id);
    if (other.symbol == lineage.symbol && other.side != lineage.side &&
        open_volume(other.copies.at(command.account)) > 0) {
      close.hedges.push_back(id);
    }
  }
  return close;
}

}  // namespace engine::copy
