#pragma once

#include <optional>
#include <string>

#include "tests/support/scenario/line.h"
#include "tests/support/scenario/test_book.h"

namespace tests::scenario {

struct Difference {
  std::string expected;
  std::string found;
};

// Compares what a line says with what the book answers; nothing if they agree.
//
//   balance ACCOUNT [+ ACCOUNT]... AMOUNT COMMODITY   debit positive
//   credit  ACCOUNT [+ ACCOUNT]... AMOUNT COMMODITY   credit positive
//   charged KIND POOL CLIENT AMOUNT CURRENCY          fees of the last command
//   record NAME [key=value]...                        among the records of the last command
//   no_record NAME [key=value]...                     not among them
//
// Errors: InvalidInput/scenario if the line cannot be read; what keeps the book from answering.
core::Result<std::optional<Difference>> check(TestBook& book, const Line& line);

// The sequence of the record that words `first` and following, NAME [key=value]..., describe among
// those of the last command. Errors: InvalidInput/scenario if it is none, or more than one.
core::Result<std::int64_t> find_record(TestBook& book, const Line& line, std::size_t first);

}  // namespace tests::scenario
