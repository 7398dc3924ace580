#include "jurisdictions/cysec/offer_rules.h"

#include <array>

#include "reports/profile.h"

namespace jurisdictions::cysec {
namespace {

using engine::OfferOption;
using engine::OfferRule;
using namespace std::chrono;

// Made for UCITS and retail AIFs; the yardstick that a supervisor in the Union has for pools.
constexpr core::Date kGuidelines = reports::day(2020y / November / 5);
constexpr core::Date kChecked = reports::day(2026y / November / 26);
constexpr std::string_view kSource =
    "https://www.esma.europa.eu, Guidelines on performance fees, ESMA34-39-992";

constexpr auto kRules = std::to_array<OfferRule>({
    {.forbids = OfferOption::MarkReset,
     .in_force = kGuidelines,
     .citation = "ESMA34-39-992 of 5 November 2020: losses are made up before a fee, "
                 "and a mark is not reset",
     .source = kSource,
     .checked = kChecked,
     .uncertain = true},
    {.forbids = OfferOption::PoolScope,
     .in_force = kGuidelines,
     .citation = "ESMA34-39-992 of 5 November 2020: an investor pays for his own gain "
                 "alone; one mark for all lets some pay for what others lost",
     .source = kSource,
     .checked = kChecked,
     .uncertain = true},
    {.forbids = OfferOption::ShortWindow,
     .in_force = kGuidelines,
     .citation = "ESMA34-39-992 of 5 November 2020: a performance reference period "
                 "that is shorter than the life of the fund is at least five years",
     .source = kSource,
     .checked = kChecked,
     .uncertain = true},
    {.forbids = OfferOption::FrequentCharges,
     .in_force = kGuidelines,
     .citation = "ESMA34-39-992 of 5 November 2020: a fee is taken once a year at "
                 "most, unless the mark holds for life",
     .source = kSource,
     .checked = kChecked,
     .uncertain = true},
    {.forbids = OfferOption::RestoreExpiry,
     .in_force = kGuidelines,
     .citation = "ESMA34-39-992 of 5 November 2020: losses are made up before a fee; a "
                 "released loss that expires is not",
     .source = kSource,
     .checked = kChecked,
     .uncertain = true},
});

}  // namespace

std::span<const OfferRule> offer_rules() { return kRules; }

}  // namespace jurisdictions::cysec
