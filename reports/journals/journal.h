#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "ledger/record.h"

// A whole book as a text that other people's accounting programs read, so that its double entry and
// its balances can be checked without our code.
namespace reports::journals {

// Hledger and Ledger differ in one line of the header: either program accepts either text.
enum class Format { Hledger, Ledger, Beancount, Leaves };

// "hledger", "ledger", "beancount" or "leaves". Errors: InvalidInput/unknown_choice.
core::Result<Format> parse_format(std::string_view name);

// Which book this is, for the comment at the top.
struct JournalHeader {
  std::string origin;
  std::uint64_t size = 0;  // Records.
  std::string root;        // Of the tree of that size, base64.
  bool simulated = false;
};

// Every account path and commodity code that the records use, in any order. They are needed before
// the first record, because a declaration stands above its use.
struct Declarations {
  std::vector<std::string> accounts;
  std::vector<std::string> commodities;
};

// Takes the text piece by piece; an error ends the export.
using Sink = std::function<core::Result<>(std::string_view text)>;

// Writes a book record by record, holding the balances in memory and nothing else.
class Writer {
 public:
  virtual ~Writer() = default;

  // Takes the records of the whole book in order, each with its stored bytes.
  //
  // Errors: InvalidInput/unknown_account or unknown_commodity if it was not declared; Overflow; the
  //         sink's.
  virtual core::Result<> write(const ledger::RecordView& record, core::ByteView leaf) = 0;

  // States the closing balance of every account in every commodity that ever moved in it, so that
  // the reader's own sum is compared with ours. To be called once, after the last record.
  //
  // Errors: Overflow; the sink's.
  virtual core::Result<> finish() = 0;
};

// Writes the header and the declarations, and gives the writer of the rest. Leaves has neither: it
// is one leaf a line, in lower-case hex.
//
// Guarantees: equal input gives equal bytes. A record without postings is left out, except by
// Leaves. Errors:     InvalidInput/commodity; the sink's. Source:     docs/accounting.md, "Names"
core::Result<std::unique_ptr<Writer>> make_writer(Format format, const JournalHeader& header,
                                                  const Declarations& declarations, Sink sink);

}  // namespace reports::journals
