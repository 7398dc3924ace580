#include "gateway/tables/rows.h"

#include "core/byte_order_mark.h"
#include "core/utf8.h"

namespace gateway::tables {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} * 1024;

}  // namespace

core::Result<int> RowReader::peek() {
  if (at_ < buffer_.size()) return static_cast<unsigned char>(buffer_[at_]);
  if (finished_) return -1;
  buffer_.clear();
  at_ = 0;
  // The first piece may be shorter than a byte order mark.
  const std::size_t least = begun_ ? 1 : core::kByteOrderMark.size();
  while (buffer_.size() < least && !finished_) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kBufferBytes);
    TRY(const std::size_t got, source_(std::span(buffer_).subspan(before)));
    buffer_.resize(before + got);
    finished_ = got == 0;
  }
  if (!begun_ && buffer_.starts_with(core::kByteOrderMark)) at_ = core::kByteOrderMark.size();
  begun_ = true;
  return peek();
}

core::Result<> RowReader::read_quoted() {
  ++at_;
  while (true) {
    TRY(const int c, peek());
    if (c < 0) return refuse_(Fault::Row, line_, "A quoted field does not end: is the file whole?");
    ++at_;
    if (c == '\n') ++next_line_;
    if (c == '"') {
      TRY(const int after, peek());
      if (after != '"') return core::ok();
      ++at_;
    }
    fields_.back() += static_cast<char>(c);
    if (++row_bytes_ > kRowBytesMax) return refuse_(Fault::Row, line_, "The row is too long.");
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
    if (++row_bytes_ > kRowBytesMax) return refuse_(Fault::Row, line_, "The row is too long.");
  }
}

core::Result<> RowReader::check_row() const {
  for (const std::string& field : fields_) {
    if (!core::is_utf8(field)) {
      return refuse_(Fault::Encoding, line_, "The file is not UTF-8; convert it.");
    }
    if (field.find('\0') != field.npos) {
      return refuse_(Fault::Encoding, line_,
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

std::string_view without_ends(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace gateway::tables
