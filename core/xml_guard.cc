#include "core/xml_guard.h"

#include <algorithm>
#include <array>

#include "core/xml.h"

namespace core {
namespace {

constexpr std::size_t kHeadBytesMax = 200;
constexpr std::size_t kNodeBytes = 64;  // What libxml2 needs for a comment beside its words.
constexpr std::string_view kTooLong = "What stands between two tags is too long.";
constexpr std::string_view kCdata = "[CDATA[";
constexpr std::string_view kComment = "--";
constexpr std::string_view kDeclaration = "xml";
constexpr std::string_view kEncoding = "encoding";
constexpr std::string_view kSpaces = " \t\r\n";
constexpr std::string_view kSpacesAndMarks = " \t\r\n='\"";
// In which '<' is the byte 0x3C and no part of another character.
constexpr auto kEncodings =
    std::to_array<std::string_view>({"utf-8", "us-ascii", "ascii", "iso-8859-", "windows-125"});

}  // namespace

std::string_view XmlGuard::take(std::string_view bytes) {
  if (bytes.find('\0') != std::string_view::npos) {
    return "The document has zero bytes, as UTF-16 has; convert it to UTF-8.";
  }
  while (!bytes.empty()) {
    if (state_ == State::Text) {
      if (const std::string_view wrong = take_text(bytes); !wrong.empty()) return wrong;
      continue;
    }
    if (const std::string_view wrong = take_markup(bytes.front()); !wrong.empty()) return wrong;
    bytes.remove_prefix(1);
  }
  return {};
}

std::string_view XmlGuard::take_text(std::string_view& bytes) {
  const std::size_t end = bytes.find('<');
  text_bytes_ += std::min(end, bytes.size());
  if (text_bytes_ > kXmlTextBytesMax) return kTooLong;
  if (end == std::string_view::npos) {
    bytes = {};
    return {};
  }
  bytes.remove_prefix(end + 1);
  state_ = State::Open;
  markup_bytes_ = 0;
  marks_ = 0;
  head_.clear();
  return {};
}

std::string_view XmlGuard::take_markup(char c) {
  // What is between two tags is freed with them, comments too.
  const bool is_between =
      state_ == State::Cdata || state_ == State::Comment || state_ == State::Instruction;
  if (is_between && ++text_bytes_ > kXmlTextBytesMax) return kTooLong;
  if (state_ != State::Cdata && ++markup_bytes_ > kXmlMarkupBytesMax) {
    return "A tag, comment or instruction is too long.";
  }
  switch (state_) {
    case State::Open:
      state_ = c == '!' ? State::Bang : c == '?' ? State::Instruction : State::Tag;
      text_bytes_ = state_ == State::Tag ? 0 : text_bytes_ + kNodeBytes;
      if (c == '>') state_ = State::Text;
      break;
    case State::Bang:
      return take_bang(c);
    case State::Tag:
      if (c == '>') state_ = State::Text;
      if (c == '"' || c == '\'') {
        quote_ = c;
        state_ = State::Quoted;
      }
      break;
    case State::Quoted:
      if (c == quote_) state_ = State::Tag;
      break;
    case State::Comment:
      if (ends(c, '-', 2)) state_ = State::Text;
      break;
    case State::Instruction:
      if (head_.size() < kHeadBytesMax) head_ += c;
      if (!ends(c, '?', 1)) break;
      state_ = State::Text;
      return check_encoding();
    case State::Cdata:
      if (ends(c, ']', 2)) state_ = State::Text;
      break;
    case State::Text:
      break;
  }
  return {};
}

std::string_view XmlGuard::take_bang(char c) {
  head_ += c;
  if (head_ == kComment) {
    state_ = State::Comment;
  } else if (head_ == kCdata) {
    state_ = State::Cdata;
  } else if (!kComment.starts_with(head_) && !kCdata.starts_with(head_)) {
    return "A document type and entities of its own are not accepted.";
  }
  return {};
}

bool XmlGuard::ends(char c, char mark, std::size_t times) {
  if (c == '>' && marks_ == times) return true;
  marks_ = c == mark ? std::min(marks_ + 1, times) : 0;
  return false;
}

// Of "<?xml version='1.0' encoding='UTF-8'?>".
std::string_view XmlGuard::check_encoding() const {
  constexpr std::string_view kUnknown =
      "The document is in another encoding than it may be; convert it to UTF-8.";
  std::string_view rest = head_;
  if (!rest.starts_with(kDeclaration)) return {};
  rest.remove_prefix(kDeclaration.size());
  if (rest.empty() || kSpaces.find(rest.front()) == kSpaces.npos) return {};  // "xml-stylesheet"
  if (head_.size() == kHeadBytesMax) return kUnknown;  // It was not kept whole.
  const std::size_t at = rest.find(kEncoding);
  if (at == rest.npos) return {};
  rest.remove_prefix(at + kEncoding.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(kSpacesAndMarks), rest.size()));
  std::string name(rest);
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  const bool known = std::ranges::any_of(
      kEncodings, [&](std::string_view encoding) { return name.starts_with(encoding); });
  return known ? std::string_view() : kUnknown;
}

}  // namespace core
