#pragma once

#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/partner_commands.h"
#include "engine/partner_records.h"
#include "ledger/record.h"

// Rebates on closed volume: accrued for a structure's manager, then paid to him or passed on to the
// investors, as the offer and the law say. Serves pools and groups alike.
// Source: docs/accounting.md, rows 23 to 25.
namespace engine::partners {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Settles all that is accrued on a structure. Investors are paid to their wallets by their part of
// the closed volume: in a group that of their own accounts, in a pool by the units at each deal's
// record.
//
// Errors: NotFound/unknown_structure, unknown_bank; Conflict/nothing_to_pay, nobody_to_pay,
//         wrong_bank, rebate_to_manager where a retail client is in the structure and the profile
//         is cysec, fca or asic; InvalidInput/missing_field, unused_field at bank.
Drafts decide(const Context& context, const PayRebate& command);

// Adds the rebate on one closed block or deal to `effects`; nothing if the offer has none. Call it
// once a command.
//
// Rounding: Floor of the cumulative exact accrual, less what is posted.
// Errors:   InvalidInput/precision at lots; Overflow.
core::Result<> accrue(const Context& context, Effects& effects, const core::StructureId& structure,
                      const std::string& ticket, const core::Decimal& lots);

// Counts a client's closed volume in 1e-8 lots, for passing the rebate on; nothing if the offer has
// none. Errors: Overflow.
core::Result<> add_volume(State& state, const core::StructureId& structure,
                          const core::PartyId& client, core::Minor volume);

// Errors: Overflow; InvalidInput/precision.
core::Result<> apply(State& state, const RebateAccrued& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const RebatePaid& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const RebatePassed& body, const ledger::RecordView& record);

}  // namespace engine::partners
