#pragma once

#include <span>
#include <vector>

#include "core/rational.h"

// How the partners above a client share in what he earns them. The one who brought him is first,
// then his parent, and so on. Amounts are exact, in one currency.
// Source: the managed-account rules, 5.2.
namespace engine::commission {

// Level k has rates[k] x base; levels without a rate have nothing.
std::vector<core::Rational> by_ratio(const core::Rational& base,
                                     std::span<const core::Rational> rates, std::size_t levels);

// Each has max(share x base - what those below him have together, 0).
std::vector<core::Rational> by_difference(const core::Rational& base,
                                          std::span<const core::Rational> shares);

// The first has the base; level k above him has amounts[k - 1] for each lot on top.
std::vector<core::Rational> by_override(const core::Rational& base,
                                        std::span<const core::Rational> amounts,
                                        const core::Rational& lots, std::size_t levels);

// Cuts lines to a sum of at most `cap`, from the top down: who brought the client is cut last.
// True if anything was cut.
bool cut_to(std::vector<core::Rational>& lines, const core::Rational& cap);

core::Rational sum_of(std::span<const core::Rational> lines);

}  // namespace engine::commission
