#pragma once

#include <optional>
#include <string>

#include "engine/context.h"
#include "engine/copy/find.h"
#include "engine/copy_state.h"
#include "engine/partners/closes.h"

// How copies came to be open, for what their closes pay partners.
// Source: docs/decisions/0047-closes-pay-partners.md.
namespace engine::copy {

// A fill of a copy. `open`: what was open of it before; from nothing an entry begins anew.
core::Result<> enter(CopyEntry& entry, core::Minor open, const CopyExecution& fill);
// A fill was put right; nothing if it belongs to an entry before. Errors: Overflow.
core::Result<> amend_entry(CopyEntry& entry, const CopyExecution& before, const CopyExecution& now);

// Average of the fills. Rounding: half even, to 10 decimals. Empty where it is not known.
std::optional<core::Decimal> entry_price(const CopyEntry& entry);
// Of the fills' commission, what goes with so much of what is open: rounded down, and what is left
// with the last of it. Errors: Overflow.
core::Result<core::Minor> commission_of(const CopyEntry& entry, core::Minor open,
                                        core::Minor volume);

// A close of a copy as a deal that pays its partners. `commission`: of the close, signed for the
// client. Errors: Overflow.
core::Result<partners::PositionClose> position_close(const Context& context, const Named& named,
                                                     const std::string& lineage_id,
                                                     const RecordCopyClose& command,
                                                     core::Minor commission, core::Minor volume);

}  // namespace engine::copy
