#include "engine/copy/scaling.h"

#include "engine/fees/exact.h"
#include "engine/trading/volume.h"

namespace engine::copy {

core::Result<ScaledVolume> scale_volume(core::Minor volume, const SplitRatio& ratio,
                                        const core::Decimal& lot_step) {
  if (ratio.new_units <= 0 || ratio.old_units <= 0) {
    return core::invalid("not_positive", "ratio", "Both sides of a split are above zero.");
  }
  TRY(const auto step, trading::step_volume(lot_step));
  TRY(const fees::Exact scaled,
      fees::multiply(fees::whole(volume), {ratio.new_units, ratio.old_units}));
  TRY(const auto whole, fees::floor_of(scaled));
  ScaledVolume out;
  out.volume = whole - whole % step;
  TRY(const fees::Exact rest, fees::subtract(scaled, fees::whole(out.volume)));
  out.fraction = {rest.numerator, rest.denominator};
  return out;
}

}  // namespace engine::copy
