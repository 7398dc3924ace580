#pragma once

#include <string>

#include "gateway/bench/options.h"
#include "gateway/bench/recorder.h"
#include "ledger/verify/verify.h"

namespace gateway::bench {

// Where the book of about so many records lies that several benchmarks read.
std::string book_folder(const Options& options, std::uint64_t records);

// The same, made and closed first if it is not there yet: its snapshot is that of its last record.
core::Result<std::string> closed_book(const Options& options, std::uint64_t records);

// A figure of a book that is damaged says nothing. Errors: the report's first finding.
core::Result<> require_clean(const ledger::verify::Report& report);

}  // namespace gateway::bench
