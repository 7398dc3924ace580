#include "engine/trading/volume.h"

#include "engine/accounts.h"

namespace engine::trading {
namespace {

constexpr std::size_t kPlatformIdBytesMax = 64;

core::Error not_in_steps(const core::Decimal& lot_step) {
  return core::invalid(
      "lot_step", "lots",
      "The volume must be a multiple of the lot step, " + core::to_string(lot_step) + ".");
}

}  // namespace

core::Result<core::Minor> step_volume(const core::Decimal& lot_step) {
  auto volume = core::to_minor(lot_step, kLotScale);
  if (volume && volume.value() > 0) return volume;
  return core::invalid("lot_step", "lot_step",
                       "The lot step must be above zero and have at most 8 decimals.");
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

core::Result<> check_platform_id(const std::string& id, std::string_view field) {
  if (!id.empty() && id.size() <= kPlatformIdBytesMax) return core::ok();
  return core::invalid(std::string(field), std::string(field),
                       "The platform's id has 1 to 64 bytes.");
}

PositionMoves::PositionMoves(std::uint64_t symbol, Side side, const core::Decimal& lot_step)
    : symbol_(symbol), lot_(accounts::lot_code(symbol)), street_(accounts::street(symbol)) {
  const core::Minor volume = core::to_minor(lot_step, kLotScale).value();
  debit_ = side == Side::Buy ? volume : -volume;
}

void PositionMoves::add(const core::AccountId& account, core::Minor steps,
                        Postings& postings) const {
  add(accounts::position(account, symbol_), steps, postings);
}

void PositionMoves::add(std::string position, core::Minor steps, Postings& postings) const {
  // Whoever counted the steps has seen that a step fits this unit, and so does a part of them.
  const core::Minor debit = steps * debit_;
  postings.add(std::move(position), lot_, debit);
  postings.add(street_, lot_, -debit);
}

}  // namespace engine::trading
