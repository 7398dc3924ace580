#pragma once

#include <optional>

#include "engine/mam_records.h"
#include "reports/explain/calculation.h"

namespace reports::explain {

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

}  // namespace reports::explain
