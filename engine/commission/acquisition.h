#pragma once

#include <span>

#include "core/rational.h"

// Pay for clients rather than for deals. Amounts are exact, in one currency.
// Source: the managed-account rules, 5.3.
namespace engine::commission {

// An amount that a client is worth from a sum of net deposits on.
struct Step {
  core::Rational net_deposits;
  core::Rational amount;
};

// What is still to be paid for a client: the amount of the highest step his cumulative net deposits
// reach, less what was paid for him. Never below zero: what was paid is not taken back because he
// withdraws.
core::Rational acquisition_due(std::span<const Step> ladder, const core::Rational& net_deposits,
                               const core::Rational& paid);

// A part of the net revenue of a period. `carried` is what earlier periods left below zero, as a
// number that is not above it.
struct RevenueShare {
  core::Rational earned;   // Not below zero.
  core::Rational carried;  // Into the next period; not above zero.
};
RevenueShare revenue_share(const core::Rational& net_revenue, const core::Rational& rate,
                           const core::Rational& carried, bool carry_negative);

// What of a revenue share repays acquisition pay first.
core::Rational repaid(const core::Rational& earned, const core::Rational& outstanding);

}  // namespace engine::commission
