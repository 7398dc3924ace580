#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/currency_records.h"
#include "ledger/record.h"

// Exchange rates enter the book. Which one counts: rates.h.
namespace engine::currency {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: Conflict/exists if the day has rates already; InvalidInput/rates for none, a currency
//         twice, the euro itself or no three capitals; not_positive.
Drafts decide(const Context& context, const RecordReferenceRates& command);
// Errors: InvalidInput/server, unknown_currency, same_currency, not_positive; Conflict/exists for
//         another rate of the same moment.
Drafts decide(const Context& context, const RecordPlatformRate& command);

void apply(State& state, const ReferenceRatesRecorded& body, const ledger::RecordView& record);
void apply(State& state, const PlatformRateRecorded& body, const ledger::RecordView& record);

}  // namespace engine::currency
