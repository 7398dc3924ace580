#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/personal_records.h"
#include "ledger/record.h"

// That the vault holds texts of a person, and that it erased one. The engine cannot reach the
// vault, and nothing that it decides depends on what is in it.
namespace engine::personal {

inline constexpr std::size_t kCommitmentsMax = 64;

// Errors: InvalidInput/missing_field without commitments; too_long beyond kCommitmentsMax;
//         personal_field if one stands twice.
core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const RecordPersonalData& command);
core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const ErasePersonalData& command);

void apply(State& state, const PersonalDataRecorded& body, const ledger::RecordView& record);
void apply(State& state, const PersonalDataErased& body, const ledger::RecordView& record);

}  // namespace engine::personal
