#pragma once

#include <cstdint>
#include <functional>
#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/sha256_stream.h"
#include "gateway/tables/rows.h"

// Lists of a register, row by row, however long the file is: one row is held at a time.
namespace gateway::registers {

using tables::kRowBytesMax;

struct Row {
  std::uint64_t body = 0;  // Of an answer, which one, the first is 1; 0: a file's.
  std::uint64_t line = 0;  // On which it begins, or which record of the answer; the first is 1.
  std::vector<std::string> fields;
};

// Gives the next row of a file or of answers; false at the end.
using Rows = std::function<core::Result<bool>(Row& row)>;

// Comma: RFC 4180. Tab: no quoting, a quotation mark stands for itself (gateway/tables/rows.h).
enum class TableForm { Comma, Tab };

class TableReader {
 public:
  // The file must outlive the reader.
  TableReader(std::istream& file, TableForm form);

  // Reads the first row, which must be these columns in this order.
  // Errors: InvalidInput/register_table at line 1, naming the first column that is another.
  core::Result<> header(std::span<const std::string_view> columns);

  // The next row that is not empty; false at the end.
  // Errors: InvalidInput/register_table at the line: another number of fields than the header, not
  //         UTF-8, longer than kRowBytesMax, a quoted field that does not end; Unavailable/io.
  core::Result<bool> next(Row& row);

  // Of all bytes of the file, the byte order mark too. To be called once, after the last row.
  core::Hash digest() { return hash_.finish(); }

 private:
  // Reads on, and hashes what it read.
  core::Result<std::size_t> read(std::span<char> buffer);

  std::istream& file_;
  core::Sha256Stream hash_;
  tables::RowReader rows_;
  std::size_t columns_ = 0;
};

// "line 12", and with a column "line 12: AFS_LIC_START_DT".
std::string at_line(std::uint64_t line, std::string_view column = {});
// The same of a row, and "body 2: record 3: AFS_LIC_START_DT" of an answer's.
std::string at_row(const Row& row, std::string_view column = {});

}  // namespace gateway::registers
