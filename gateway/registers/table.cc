#include "gateway/registers/table.h"

#include <algorithm>

namespace gateway::registers {
namespace {

core::Error bad_table(std::uint64_t line, std::string detail) {
  return core::invalid("register_table", at_line(line), std::move(detail));
}

core::Error refused_table_row(tables::Fault, std::uint64_t line, std::string detail) {
  return bad_table(line, std::move(detail));
}

}  // namespace

std::string at_line(std::uint64_t line, std::string_view column) {
  std::string at = "line " + std::to_string(line);
  return column.empty() ? at : at + ": " + std::string(column);
}

std::string at_row(const Row& row, std::string_view column) {
  if (row.body == 0) return at_line(row.line, column);
  const std::string at =
      "body " + std::to_string(row.body) + ": record " + std::to_string(row.line);
  return column.empty() ? at : at + ": " + std::string(column);
}

TableReader::TableReader(std::istream& file, TableForm form)
    : file_(file),
      rows_([this](std::span<char> buffer) { return read(buffer); },
            form == TableForm::Comma ? ',' : '\t', refused_table_row) {}

core::Result<> TableReader::header(std::span<const std::string_view> columns) {
  TRY(const bool any, rows_.next());
  if (!any) return bad_table(1, "The file is empty; its first line must name the columns.");
  const std::vector<std::string>& fields = rows_.fields();
  for (std::size_t i = 0; i < std::max(columns.size(), fields.size()); ++i) {
    const std::string_view wanted = i < columns.size() ? columns[i] : "no column";
    const std::string_view found = i < fields.size() ? fields[i] : std::string_view("nothing");
    if (found == wanted) continue;
    return bad_table(1, "Column " + std::to_string(i + 1) + " must be " + std::string(wanted) +
                            " and is " + std::string(found.substr(0, 60)) +
                            "; the register may have changed its file.");
  }
  columns_ = columns.size();
  return core::ok();
}

core::Result<bool> TableReader::next(Row& row) {
  TRY(const bool any, rows_.next());
  if (!any) return false;
  row.line = rows_.line();
  row.fields = rows_.fields();
  if (row.fields.size() != columns_) {
    return bad_table(row.line, "The row has " + std::to_string(row.fields.size()) +
                                   " fields, and there are " + std::to_string(columns_) +
                                   " columns.");
  }
  return true;
}

core::Result<std::size_t> TableReader::read(std::span<char> buffer) {
  file_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
  if (file_.bad()) {
    return core::unavailable("io", at_line(rows_.line()), "The file cannot be read on.");
  }
  const auto size = static_cast<std::size_t>(file_.gcount());
  hash_.update(core::as_bytes(std::string_view(buffer.data(), size)));
  return size;
}

}  // namespace gateway::registers
