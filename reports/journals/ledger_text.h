#pragma once

#include <memory>

#include "reports/journals/balances.h"

namespace reports::journals {

// The journal in the text that hledger (1.25) and ledger (3.3) have in common.
core::Result<std::unique_ptr<Writer>> make_ledger_text_writer(Format format,
                                                              const JournalHeader& header,
                                                              Balances balances, Sink sink);

}  // namespace reports::journals
