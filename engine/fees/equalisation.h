#pragma once

#include "engine/fees/exact.h"

// One mark for a whole fund, made fair to those who enter above or below it. For books of funds
// that are imported; a mark for each lot does the same without.
//
// Everything is for one share: gross asset values (GAV, before the fund's accrued performance fee),
// net ones (NAV, after it) and the fund's mark, in smallest units.
namespace engine::fees {

// The value before the accrued fee: mark + (NAV - mark) / (1 - rate) above the mark, else the NAV.
// A subscriber pays it.
//
// Errors: InvalidInput/rate_range if the rate is not from 0 to below 1; Overflow.
// Source: Quantos Global Fund: equalisation accounting (EQ-01).
core::Result<Exact> gross_asset_value(const Exact& nav, const Exact& mark,
                                      const core::Decimal& rate);

// Entry above the mark: rate x (entry GAV - mark), which the subscriber has paid towards a fee on
// gains that were not his. Nothing for an entry at or below it.
//
// Errors: Overflow.
core::Result<Exact> equalisation_credit(const Exact& entry, const Exact& mark,
                                        const core::Decimal& rate);

// What the credit is worth at a GAV: it floats down with losses, and up again to where it began. At
// crystallisation it is returned, in shares.
//
// Errors: Overflow.
core::Result<Exact> credit_now(const Exact& credit, const Exact& gav, const Exact& mark,
                               const core::Decimal& rate);

// Entry below the mark: rate x (the lower of GAV and mark - entry GAV), the fee on the holder's
// gain up to the mark that the fund does not charge; taken by cancelling his shares (a contingent
// redemption, or the depreciation deposit). Nothing for an entry at or above the mark, or without a
// gain.
//
// Errors: Overflow.
core::Result<Exact> contingent_redemption(const Exact& entry, const Exact& gav, const Exact& mark,
                                          const core::Decimal& rate);

// What the holder of one share bears in all at crystallisation: the fund's fee, less the credit
// returned, and the contingent redemption.
//
// Guarantees: rate x (GAV - entry), or nothing without a gain: as with a mark for each lot.
// Errors:     Overflow.
// Source:     EQ-05-series-equals-equalisation.
core::Result<Exact> equalised_fee(const Exact& entry, const Exact& gav, const Exact& mark,
                                  const core::Decimal& rate);

}  // namespace engine::fees
