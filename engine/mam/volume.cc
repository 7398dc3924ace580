#include "engine/mam/volume.h"

#include "engine/accounts.h"

namespace engine::mam {
namespace {

constexpr core::Decimal kDefaultLotStep{1, 2};
constexpr unsigned kLotScale = 8;  // Of LOT commodities. Source: docs/accounting.md, "Commodities".
constexpr std::size_t kPlatformIdBytesMax = 64;

core::Error not_in_steps(const core::Decimal& lot_step) {
  return core::invalid(
      "lot_step", "lots",
      "The volume must be a multiple of the lot step, " + core::to_string(lot_step) + ".");
}

}  // namespace

core::Decimal lot_step_of(const Offer& offer) {
  return offer.terms.lot_step.value_or(kDefaultLotStep);
}

core::Result<core::Minor> step_volume(const core::Decimal& lot_step) {
  auto volume = core::to_minor(lot_step, kLotScale);
  if (volume && volume.value() > 0) return volume;
  return core::invalid("lot_step", "structure",
                       "The offer's lot step must be above zero and have at most 8 decimals.");
}

core::Result<core::Minor> steps_of(const core::Decimal& lots, const core::Decimal& lot_step) {
  if (lots.digits <= 0) {
    return core::invalid("not_positive", "lots", "The volume must be above zero.");
  }
  TRY(const auto step, step_volume(lot_step));
  auto volume = core::to_minor(lots, kLotScale);
  if (!volume) {
    if (volume.error().reason == "precision") return not_in_steps(lot_step);
    return std::move(volume.error()).within("lots");
  }
  if (volume.value() % step != 0) return not_in_steps(lot_step);
  return volume.value() / step;
}

core::Result<const Order*> find_order(const Context& context, const core::OrderId& order) {
  const auto found = context.state.orders.find(order);
  if (found != context.state.orders.end()) return &found->second;
  return core::not_found("unknown_order", "order",
                         "No such order was accepted; record accept_order first.");
}

core::Result<> check_platform_id(const std::string& id, std::string_view field) {
  if (!id.empty() && id.size() <= kPlatformIdBytesMax) return core::ok();
  return core::invalid(std::string(field), std::string(field),
                       "The platform's id has 1 to 64 bytes.");
}

void move_position(const Context& context, const Order& order, const core::AccountId& account,
                   core::Minor steps, Postings& postings) {
  const std::uint64_t ordinal = context.state.symbols.at(order.symbol).ordinal;
  const std::string lot = accounts::lot_code(ordinal);
  // The order's whole volume was counted in this unit when it was accepted, so a part fits too.
  const core::Minor volume = steps * core::to_minor(order.lot_step, kLotScale).value();
  const core::Minor debit = order.side == Side::Buy ? volume : -volume;
  postings.add(accounts::position(account, ordinal), lot, debit);
  postings.add(accounts::street(ordinal), lot, -debit);
}

}  // namespace engine::mam
