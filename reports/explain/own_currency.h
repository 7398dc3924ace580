#pragma once

#include <optional>
#include <string>

#include "engine/mam_records.h"
#include "reports/explain/calculation.h"

namespace reports::explain {

// The currency of an account: its own, or its structure's. Rests on the structure and sets the
// currency of the calculation. Errors: those of find_terms().
core::Result<std::string> account_currency(Calculation& calculation,
                                           const core::StructureId& structure,
                                           const core::PartyId& client,
                                           const core::AccountId& account);

// What an account of a group has of the group's money.
struct AccountMoney {
  core::PartyId client;
  core::AccountId account;
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
};

// That this was posted to the account: as it is, or converted into its own currency.
core::Result<> check_booked(Calculation& calculation, const AccountMoney& money,
                            const std::optional<engine::OwnCurrency>& own);

// Money that the platform told in another currency, as it was converted.
core::Result<> check_told(Calculation& calculation, const char* what, const core::Decimal& told,
                          const engine::RateUsed& rate, core::Minor recorded);

}  // namespace reports::explain
