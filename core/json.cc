#include "core/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

#include "core/check.h"

namespace core::json {
namespace {

namespace bj = boost::json;
using ErrorCode = bj::error_code;

// Builds our values from Boost.JSON's events; refuses what our interfaces do not speak.
struct Builder {
  // What the first member makes room for: enough for a posting, little for who sends many small ones.
  static constexpr std::size_t kUsualMembers = 3;

  static constexpr std::size_t max_object_size = kMembersMax;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;

  std::vector<Value> open;         // Containers not yet closed, outermost first.
  std::vector<std::string> keys;   // The pending key of each open object.
  std::string piece;               // Text collected so far.
  Value result;
  std::string complaint;

  bool refuse(ErrorCode& ec, const char* why) {
    complaint = why;
    ec = bj::error::syntax;
    return false;
  }

  bool put(Value value) {
    if (open.empty()) {
      result = std::move(value);
    } else if (Array* array = open.back().as_array()) {
      array->push_back(std::move(value));
    } else {
      Object& members = *open.back().as_object();
      if (members.empty()) members.reserve(kUsualMembers);
      members.emplace_back(std::move(keys.back()), std::move(value));
    }
    return true;
  }

  bool close(bool is_object) {
    Value value = std::move(open.back());
    open.pop_back();
    if (is_object) keys.pop_back();
    return put(std::move(value));
  }

  bool on_document_begin(ErrorCode&) { return true; }
  bool on_document_end(ErrorCode&) { return true; }
  bool on_object_begin(ErrorCode&) {
    open.emplace_back(Object{});
    keys.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, ErrorCode&) { return close(true); }
  bool on_array_begin(ErrorCode&) {
    open.emplace_back(Array{});
    return true;
  }
  bool on_array_end(std::size_t, ErrorCode&) { return close(false); }
  bool on_key_part(bj::string_view part, std::size_t, ErrorCode&) {
    piece.append(part.data(), part.size());
    return true;
  }
  bool on_key(bj::string_view part, std::size_t, ErrorCode& ec) {
    piece.append(part.data(), part.size());
    if (open.back().find(piece) != nullptr) return refuse(ec, "a key stands twice");
    keys.back() = std::exchange(piece, {});
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t, ErrorCode&) {
    piece.append(part.data(), part.size());
    return true;
  }
  bool on_string(bj::string_view part, std::size_t, ErrorCode&) {
    piece.append(part.data(), part.size());
    return put(std::exchange(piece, {}));
  }
  bool on_number_part(bj::string_view, ErrorCode&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, ErrorCode&) { return put(value); }
  bool on_uint64(std::uint64_t, bj::string_view, ErrorCode& ec) {
    return refuse(ec, "a number is beyond 64 bits");
  }
  bool on_double(auto, bj::string_view, ErrorCode& ec) {
    return refuse(ec, "a number is not whole; write amounts, rates and prices as strings");
  }
  bool on_bool(bool value, ErrorCode&) { return put(value); }
  bool on_null(ErrorCode&) { return put(nullptr); }
  bool on_comment_part(bj::string_view, ErrorCode&) { return true; }
  bool on_comment(bj::string_view, ErrorCode&) { return true; }
};

void print_string(const std::string& text, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

struct Printer {
  std::string& out;
  bool pretty;

  void line(std::size_t depth) const {
    if (!pretty) return;
    out += '\n';
    out.append(depth * 2, ' ');
  }

  void array(const Array& items, std::size_t depth) const {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += ',';
      line(depth + 1);
      value(items[i], depth + 1);
    }
    if (!items.empty()) line(depth);
    out += ']';
  }

  void object(const Object& members, std::size_t depth) const {
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) out += ',';
      line(depth + 1);
      print_string(members[i].first, out);
      out += pretty ? ": " : ":";
      value(members[i].second, depth + 1);
    }
    if (!members.empty()) line(depth);
    out += '}';
  }

  void value(const Value& item, std::size_t depth) const {
    if (const bool* boolean = item.as_bool()) {
      out += *boolean ? "true" : "false";
    } else if (const std::int64_t* integer = item.as_integer()) {
      out += std::to_string(*integer);
    } else if (const std::string* text = item.as_string()) {
      print_string(*text, out);
    } else if (const Array* items = item.as_array()) {
      array(*items, depth);
    } else if (const Object* members = item.as_object()) {
      object(*members, depth);
    } else {
      out += "null";
    }
  }
};

}  // namespace

const Value* Value::find(std::string_view key) const {
  const Object* members = as_object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, key, &Member::first);
  return found == members->end() ? nullptr : &found->second;
}

std::string_view Value::text(std::string_view key) const {
  const Value* member = find(key);
  const std::string* text = member == nullptr ? nullptr : member->as_string();
  return text == nullptr ? std::string_view{} : std::string_view{*text};
}

Result<Value> parse(std::string_view text) {
  bj::parse_options options;
  options.max_depth = kDepthMax;
  bj::basic_parser<Builder> parser(options);
  ErrorCode ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  const std::string& complaint = parser.handler().complaint;
  if (!ec && used < text.size()) ec = bj::error::extra_data;
  if (ec) {
    return invalid("json", "byte " + std::to_string(used),
                   "Not valid JSON here: " + (complaint.empty() ? ec.message() : complaint) + ".");
  }
  return std::move(parser.handler().result);
}

std::string print(const Value& value) {
  std::string out;
  Printer{out, false}.value(value, 0);
  return out;
}

std::string print_pretty(const Value& value) {
  std::string out;
  Printer{out, true}.value(value, 0);
  out += '\n';
  return out;
}

}  // namespace core::json
