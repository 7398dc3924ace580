#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "reports/journals/balances.h"

namespace reports::journals {

// An account as Beancount spells it: the first letter of every part is a capital. Our paths have
// none, so lower case gives the path back.
std::string beancount_account(std::string_view path);

// The journal for Beancount (2.3), which counts in 28 significant digits: a book with more in one
// account is refused by bean-check, not miscounted silently.
core::Result<std::unique_ptr<Writer>> make_beancount_writer(const JournalHeader& header,
                                                            Balances balances, Sink sink);

}  // namespace reports::journals
