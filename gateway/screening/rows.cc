#include "gateway/screening/rows.h"

#include <algorithm>

#include "core/utf8.h"

namespace gateway::screening {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::string_view without_ends(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

core::Result<int> RowReader::peek() {
  if (at_ < buffer_.size()) return static_cast<unsigned char>(buffer_[at_]);
  if (finished_) return -1;
  buffer_.clear();
  at_ = 0;
  // The first piece may be shorter than a byte order mark.
  const std::size_t least = begun_ ? 1 : kByteOrderMark.size();
  while (buffer_.size() < least && !finished_) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kBufferBytes);
    TRY(const std::size_t got, source_(std::span(buffer_).subspan(before)));
    buffer_.resize(before + got);
    finished_ = got == 0;
  }
  if (!begun_ && buffer_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  begun_ = true;
  return peek();
}

core::Result<> RowReader::read_quoted() {
  ++at_;
  while (true) {
    TRY(const int c, peek());
    if (c < 0) return bad_row(line_, "A quoted field does not end: is the file whole?");
    ++at_;
    if (c == '\n') ++next_line_;
    if (c == '"') {
      TRY(const int after, peek());
      if (after != '"') return core::ok();
      ++at_;
    }
    fields_.back() += static_cast<char>(c);
    if (++row_bytes_ > kRowBytesMax) return bad_row(line_, "The row is too long.");
  }
}

// False at the end of the file.
core::Result<bool> RowReader::read_row() {
  fields_.assign(1, "");
  row_bytes_ = 0;
  line_ = next_line_;
  bool any = false;
  while (true) {
    TRY(const int c, peek());
    if (c < 0) return any;
    any = true;
    if (c == '"' && separator_ == ',' && fields_.back().empty()) {
      TRY(read_quoted());
      continue;
    }
    ++at_;
    if (c == '\n') {
      ++next_line_;
      if (fields_.back().ends_with('\r')) fields_.back().pop_back();
      return true;
    }
    if (c == separator_) {
      fields_.emplace_back();
    } else {
      fields_.back() += static_cast<char>(c);
    }
    if (++row_bytes_ > kRowBytesMax) return bad_row(line_, "The row is too long.");
  }
}

core::Result<> RowReader::check_row() const {
  for (const std::string& field : fields_) {
    if (!core::is_utf8(field)) {
      return core::invalid("list_encoding", "line " + std::to_string(line_),
                           "The file is not UTF-8; convert it.");
    }
    if (field.find('\0') != field.npos) {
      return core::invalid("list_encoding", "line " + std::to_string(line_),
                           "The file has zero bytes, as UTF-16 has; convert it to UTF-8.");
    }
  }
  return core::ok();
}

core::Result<bool> RowReader::next() {
  while (true) {
    TRY(const bool more, read_row());
    if (!more) return false;
    TRY(check_row());
    if (fields_.size() > 1 || !without_ends(fields_.front()).empty()) return true;
  }
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
