#pragma once

#include <cstdint>
#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/sha256_stream.h"

// Lists of a register, row by row, however long the file is: one row is held at a time.
namespace gateway::registers {

inline constexpr std::size_t kRowBytesMax = std::size_t{1} << 20;

struct Row {
  std::uint64_t line = 0;  // On which it begins; the first is 1.
  std::vector<std::string> fields;
};

// Comma: RFC 4180, quoted fields may hold commas, line ends and doubled quotes. Tab: no quoting, a
// quotation mark stands for itself.
enum class TableForm { Comma, Tab };

class TableReader {
 public:
  // The file must outlive the reader.
  TableReader(std::istream& file, TableForm form) : file_(file), form_(form) {}

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
  core::Result<bool> read_row(Row& row);
  core::Result<bool> read_quoted(std::string& field, std::uint64_t begin);
  void end_field(Row& row, std::string& field) const;
  bool refill();
  bool at_end() { return at_ == size_ && !refill(); }
  char take();
  bool take_if(char c);

  std::istream& file_;
  TableForm form_;
  core::Sha256Stream hash_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::uint64_t line_ = 1;
  std::size_t row_bytes_ = 0;
  std::size_t columns_ = 0;
};

// "line 12", and with a column "line 12: AFS_LIC_START_DT".
std::string at_line(std::uint64_t line, std::string_view column = {});

}  // namespace gateway::registers
