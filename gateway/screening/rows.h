#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gateway/screening/entry.h"
#include "gateway/tables/rows.h"

namespace gateway::screening {

using tables::kRowBytesMax;

// InvalidInput/list_encoding or list_row at the line.
core::Error refused_row(tables::Fault fault, std::uint64_t line, std::string detail);

// A list's rows.
class RowReader : public tables::RowReader {
 public:
  RowReader(Source source, char separator)
      : tables::RowReader(std::move(source), separator, refused_row) {}
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
