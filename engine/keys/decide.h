#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/key_commands.h"
#include "ledger/record.h"

// The keys that sign the log. The engine checks signatures; it never holds a private key.
namespace engine::keys {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: InvalidInput/note, key_name for a vkey that is none or not of this log;
//         those of ledger::check_rotation.
Drafts decide(const Context& context, const RotateLogKey& command);
// Errors: as above; those of ledger::check_compromise.
Drafts decide(const Context& context, const DeclareKeyCompromised& command);

// What a command would record. Errors: as decide(), for the vkeys.
core::Result<ledger::LogKeyRotated> body_of(const RotateLogKey& command, std::string_view origin);
core::Result<ledger::LogKeyCompromised> body_of(const DeclareKeyCompromised& command,
                                                std::string_view origin);

core::Result<> apply(State& state, const ledger::LogKeyRotated& body,
                     const ledger::RecordView& record);
core::Result<> apply(State& state, const ledger::LogKeyCompromised& body,
                     const ledger::RecordView& record);

}  // namespace engine::keys
