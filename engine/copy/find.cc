#include "engine/copy/find.h"

#include "engine/copy/lineage.h"
#include "engine/lookup.h"
#include "engine/trading/equity.h"
#include "engine/trading/volume.h"

namespace engine::copy {
namespace {

core::Error wrong_model() {
  return core::conflict("wrong_model", "structure",
                        "This command is for structures of the models copy_automatic and "
                        "copy_confirmed.");
}

}  // namespace

bool is_copy(Model model) { return model == Model::CopyAutomatic || model == Model::CopyConfirmed; }

core::Result<const Structure*> find_copy_structure(const Context& context,
                                                   const core::StructureId& structure) {
  TRY(const Structure* found, find_structure(context, structure));
  if (is_copy(found->model)) return found;
  return wrong_model();
}

core::Result<const TradingAccount*> find_copy_account(const Context& context,
                                                      const core::AccountId& account) {
  TRY(const TradingAccount* found, trading::find_account(context, account));
  if (is_copy(context.state.structures.at(found->structure).model)) return found;
  return wrong_model();
}

const std::string& currency_of(const Context&, const TradingAccount& account) {
  return account.currency;
}

core::Result<Named> find_named(const Context& context, const core::AccountId& account,
                               const std::string& signal) {
  Named named;
  TRY(named.account, find_copy_account(context, account));
  named.structure = &context.state.structures.at(named.account->structure);
  const CopyTrading& copy = *context.state.copy;
  const auto master = copy.masters.find(named.account->structure);
  const auto* found = master == copy.masters.end() ? nullptr : &master->second;
  if (found == nullptr || !found->signals.contains(signal)) {
    return core::not_found("unknown_signal", "signal",
                           "No such signal of this structure; record record_signal first.");
  }
  named.master = found;
  named.signal = &found->signals.at(signal);
  const auto subscription = copy.subscriptions.find(account);
  if (subscription == copy.subscriptions.end()) {
    return core::conflict("no_terms", "account",
                          "The account has no copy terms; record set_copy_terms first.");
  }
  named.subscription = &subscription->second;
  return named;
}

core::Result<NamedOrder> find_order(const Named& named, const core::AccountId& account,
                                    const std::string& signal) {
  if (named.signal->opens) {
    const CopyLineage& lineage = named.master->lineages.at(*named.signal->opens);
    const auto copy = lineage.copies.find(account);
    if (copy != lineage.copies.end()) {
      const auto order = copy->second.orders.find(signal);
      if (order != copy->second.orders.end()) {
        return NamedOrder{*named.signal->opens, &lineage, &copy->second, &order->second};
      }
    }
  }
  return core::not_found("unknown_copy", "signal",
                         "This account was given no order for that signal.");
}

core::Result<core::Minor> volume_of(const core::Decimal& lots) {
  if (lots.digits <= 0) {
    return core::invalid("not_positive", "lots", "The volume must be above zero.");
  }
  auto volume = core::to_minor(lots, kLotScale);
  if (!volume) return std::move(volume.error()).within("lots");
  return volume;
}

core::Result<> check_steps(core::Minor volume, const core::Decimal& lot_step) {
  TRY(const auto step, trading::step_volume(lot_step));
  if (volume % step == 0) return core::ok();
  return core::invalid(
      "lot_step", "lots",
      "The volume is no whole number of lot steps of " + core::to_string(lot_step) + ".");
}

core::Result<> check_grid(const CopyLineage& lineage, const Copy& copy, core::Minor volume,
                          core::Minor all) {
  if (volume == all) return core::ok();
  TRY(const auto grid, grid_of(lineage, copy));
  return check_steps(volume, core::to_decimal(grid, kLotScale));
}

core::Result<> check_unsplit(const CopyLineage& lineage, std::uint64_t splits) {
  if (lineage.splits == splits) return core::ok();
  return core::conflict("order_split", "signal",
                        "The position was split since: volumes of before count other shares. Put "
                        "it right by a manual entry.");
}

core::Result<> check_price(const core::Decimal& price, std::string_view field) {
  // Above any price there is, and small enough that a lot's notional can be told exactly.
  constexpr std::int64_t kPriceMax = 1'000'000'000'000;
  const auto most = core::multiply(kPriceMax, core::power_of_ten(price.scale).value()).value();
  if (price.digits <= most && price.digits >= -most) return core::ok();
  return core::overflow(std::string(field), "No price is as large as that.");
}

core::Result<> check_repetition(const core::Hash& recorded, const core::Hash& now,
                                std::string_view field) {
  if (recorded == now) return core::ok();
  return core::conflict("different_content", std::string(field),
                        "This id is recorded with other content; a correction is a record of its "
                        "own (amend_copy).");
}

}  // namespace engine::copy
