#include "gateway/screening/rows.h"

#include <algorithm>

namespace gateway::screening {

using tables::without_ends;

core::Error refused_row(tables::Fault fault, std::uint64_t line, std::string detail) {
  if (fault == tables::Fault::Row) return bad_row(line, std::move(detail));
  return core::invalid("list_encoding", "line " + std::to_string(line), std::move(detail));
}

core::Result<Columns> Columns::read(const RowReader& header,
                                    std::span<const std::string_view> wanted) {
  Columns columns;
  for (const std::string& field : header.fields()) {
    std::string name(without_ends(field));
    if (!name.empty() && std::ranges::find(columns.names_, name) != columns.names_.end()) {
      return bad_file(header.line(), "The column \"" + name + "\" stands twice.");
    }
    columns.names_.push_back(std::move(name));
  }
  for (const std::string_view name : wanted) {
    if (std::ranges::find(columns.names_, name) == columns.names_.end()) {
      return bad_file(header.line(), "There is no column \"" + std::string(name) + "\".");
    }
  }
  return columns;
}

core::Result<> Columns::check(const RowReader& row) const {
  if (row.fields().size() == names_.size()) return core::ok();
  return bad_row(row.line(), "The row has " + std::to_string(row.fields().size()) +
                                 " fields and the header has " + std::to_string(names_.size()) +
                                 ".");
}

std::string_view Columns::of(const RowReader& row, std::string_view name) const {
  const auto column = std::ranges::find(names_, name);
  if (column == names_.end()) return {};
  return without_ends(row.fields()[static_cast<std::size_t>(column - names_.begin())]);
}

}  // namespace gateway::screening
