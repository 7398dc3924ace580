#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gateway/screening/entry.h"

namespace gateway::screening {

inline constexpr std::size_t kRowBytesMax = std::size_t{1} << 20;

// Reads a table row by row, holding one row and one buffer: the file may be of any size. A comma
// table is RFC 4180: quoted fields may hold commas, line ends and doubled quotes. A tab table knows
// no quotes. A byte order mark of UTF-8 is skipped, empty lines too.
class RowReader {
 public:
  RowReader(Source source, char separator) : source_(std::move(source)), separator_(separator) {}

  // False at the end.
  // Errors: InvalidInput/list_encoding if a row is not UTF-8; InvalidInput/list_row if a quote does
  //         not end or a row is longer than kRowBytesMax; what the source gives.
  core::Result<bool> next();

  const std::vector<std::string>& fields() const { return fields_; }
  std::uint64_t line() const { return line_; }  // On which the row begins; the first is 1.

 private:
  core::Result<int> peek();  // -1 at the end.
  core::Result<bool> read_row();
  core::Result<> read_quoted();
  core::Result<> check_row() const;

  Source source_;
  char separator_;
  std::string buffer_ = std::string();
  std::size_t at_ = 0;
  bool finished_ = false;
  bool begun_ = false;
  std::uint64_t next_line_ = 1;
  std::uint64_t line_ = 0;
  std::size_t row_bytes_ = 0;
  std::vector<std::string> fields_;
};

// The columns of a table by their names.
class Columns {
 public:
  // Errors: InvalidInput/list_file at the line if a name stands twice, or one of `wanted` does not
  //         stand there.
  static core::Result<Columns> read(const RowReader& header,
                                    std::span<const std::string_view> wanted);

  // Errors: InvalidInput/list_row if the row has another number of fields than the header.
  core::Result<> check(const RowReader& row) const;
  // The row's field in that column, without spaces at its ends; empty if there is no such column.
  std::string_view of(const RowReader& row, std::string_view name) const;

 private:
  std::vector<std::string> names_;
};

}  // namespace gateway::screening
