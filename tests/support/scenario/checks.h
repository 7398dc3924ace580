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

}  // namespace tests::scenario
