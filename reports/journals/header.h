#pragma once

#include <string>
#include <string_view>

#include "reports/journals/journal.h"

namespace reports::journals {

// The comment at the top, in the form that all three programs know: which book, of what size, and
// with what command to check this file.
std::string header_comment(const JournalHeader& header, std::string_view check_command);

}  // namespace reports::journals
