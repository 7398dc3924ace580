#include "gateway/registers/table.h"

#include <algorithm>

#include "core/utf8.h"

namespace gateway::registers {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16;
constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf";

core::Error bad_table(std::uint64_t line, std::string detail) {
  return core::invalid("register_table", at_line(line), std::move(detail));
}

}  // namespace

std::string at_line(std::uint64_t line, std::string_view column) {
  std::string at = "line " + std::to_string(line);
  return column.empty() ? at : at + ": " + std::string(column);
}

core::Result<> TableReader::header(std::span<const std::string_view> columns) {
  Row row;
  TRY(const bool any, read_row(row));
  if (!any) return bad_table(1, "The file is empty; its first line must name the columns.");
  if (row.fields.front().starts_with(kUtf8Mark)) {
    row.fields.front().erase(0, kUtf8Mark.size());
  }
  for (std::size_t i = 0; i < std::max(columns.size(), row.fields.size()); ++i) {
    const std::string_view wanted = i < columns.size() ? columns[i] : "no column";
    const std::string_view found =
        i < row.fields.size() ? row.fields[i] : std::string_view("nothing");
    if (found == wanted) continue;
    return bad_table(1, "Column " + std::to_string(i + 1) + " must be " + std::string(wanted) +
                            " and is " + std::string(found.substr(0, 60)) +
                            "; the register may have changed its file.");
  }
  columns_ = columns.size();
  return core::ok();
}

core::Result<bool> TableReader::next(Row& row) {
  do {
    TRY(const bool any, read_row(row));
    if (!any) return false;
  } while (row.fields.size() == 1 && row.fields.front().empty());
  if (row.fields.size() != columns_) {
    return bad_table(row.line, "The row has " + std::to_string(row.fields.size()) +
                                   " fields, and there are " + std::to_string(columns_) +
                                   " columns.");
  }
  return true;
}

core::Result<bool> TableReader::read_row(Row& row) {
  row.fields.clear();
  row.line = line_;
  row_bytes_ = 0;
  if (at_end()) {
    if (file_.bad()) return core::unavailable("io", at_line(line_), "The file cannot be read on.");
    return false;
  }
  std::string field;
  const char separator = form_ == TableForm::Comma ? ',' : '\t';
  bool is_done = false;
  while (!is_done && !at_end()) {
    const char c = take();
    if (row_bytes_ > kRowBytesMax) {
      return bad_table(row.line, "The row is longer than a mebibyte: this is no such list.");
    }
    if (c == '\n') {
      is_done = true;
    } else if (c == separator) {
      end_field(row, field);
    } else if (c == '"' && form_ == TableForm::Comma && field.empty()) {
      TRY(const bool ended, read_quoted(field, row.line));
      if (!ended) return bad_table(row.line, "A quoted field does not end.");
    } else {
      field += c;
    }
  }
  if (!field.empty() && field.back() == '\r') field.pop_back();
  end_field(row, field);
  for (const std::string& each : row.fields) {
    if (!core::is_utf8(each)) {
      return bad_table(row.line,
                       "The row is not UTF-8; take the file as the register publishes it.");
    }
  }
  return true;
}

// What stands up to the closing quotation mark.
core::Result<bool> TableReader::read_quoted(std::string& field, std::uint64_t begin) {
  while (!at_end()) {
    const char c = take();
    if (row_bytes_ > kRowBytesMax) {
      return bad_table(begin, "The row is longer than a mebibyte: this is no such list.");
    }
    if (c == '"' && !take_if('"')) return true;
    field += c;
  }
  return false;
}

void TableReader::end_field(Row& row, std::string& field) const {
  row.fields.push_back(std::move(field));
  field.clear();
}

char TableReader::take() {
  const char c = buffer_[at_++];
  ++row_bytes_;
  if (c == '\n') ++line_;
  return c;
}

bool TableReader::take_if(char c) {
  if (at_end() || buffer_[at_] != c) return false;
  take();
  return true;
}

bool TableReader::refill() {
  buffer_.resize(kBufferBytes);
  file_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  size_ = static_cast<std::size_t>(file_.gcount());
  at_ = 0;
  hash_.update(core::as_bytes(std::string_view(buffer_).substr(0, size_)));
  return size_ > 0;
}

}  // namespace gateway::registers
