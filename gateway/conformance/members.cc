#include "gateway/conformance/members.h"

#include <algorithm>
#include <string>

#include "gateway/conformance/conformance.h"

namespace gateway::conformance {
namespace {

using core::json::Value;

core::Result<const Value*> find(const Value& line, std::string_view name) {
  const Value* const found = line.find(name);
  if (found == nullptr) {
    return core::invalid("missing_field", std::string(name), "A member is missing.");
  }
  return found;
}

core::Error wrong_type(std::string_view at, const char* expected) {
  return core::invalid("wrong_type", std::string(at), std::string("Expected ") + expected + ".");
}

std::string item(std::string_view list, std::size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

core::Result<core::Bytes> from_hex(std::string_view hex, std::string_view at) {
  auto read = core::from_hex(hex);
  if (!read) return std::move(read.error()).within(at);
  return read;
}

}  // namespace

core::Result<std::string_view> text(const Value& line, std::string_view name) {
  TRY(const Value* const value, find(line, name));
  if (value->as_string() == nullptr) return wrong_type(name, "text");
  return std::string_view(*value->as_string());
}

core::Result<std::int64_t> integer(const Value& line, std::string_view name) {
  TRY(const Value* const value, find(line, name));
  if (value->as_integer() == nullptr) return wrong_type(name, "a whole number");
  return *value->as_integer();
}

core::Result<std::uint64_t> count(const Value& line, std::string_view name) {
  TRY(const std::int64_t value, integer(line, name));
  if (value < 0) return core::invalid("number", std::string(name), "The number is below zero.");
  return static_cast<std::uint64_t>(value);
}

core::Result<core::Bytes> bytes(const Value& line, std::string_view name) {
  TRY(const std::string_view hex, text(line, name));
  return from_hex(hex, name);
}

core::Result<std::span<const Value>> list(const Value& line, std::string_view name) {
  TRY(const Value* const value, find(line, name));
  if (value->is_null()) return std::span<const Value>();
  if (value->as_array() == nullptr) return wrong_type(name, "a list");
  if (value->as_array()->size() > kListMax) {
    return core::invalid("too_long", std::string(name), "A list has at most 65,536 items.");
  }
  return std::span<const Value>(*value->as_array());
}

core::Result<std::vector<std::string_view>> texts(const Value& line, std::string_view name) {
  TRY(const auto items, list(line, name));
  std::vector<std::string_view> result;
  result.reserve(items.size());
  for (const Value& value : items) {
    if (value.as_string() == nullptr) return wrong_type(item(name, result.size()), "text");
    result.emplace_back(*value.as_string());
  }
  return result;
}

core::Result<std::vector<core::Bytes>> byte_strings(const Value& line, std::string_view name) {
  TRY(const auto hex, texts(line, name));
  std::vector<core::Bytes> result;
  result.reserve(hex.size());
  for (const std::string_view one : hex) {
    TRY(auto read, from_hex(one, item(name, result.size())));
    result.push_back(std::move(read));
  }
  return result;
}

core::Result<core::Hash> to_hash(core::ByteView bytes, std::string_view name) {
  core::Hash hash;
  if (bytes.size() != hash.bytes.size()) {
    return core::invalid("hash", std::string(name), "A hash has 32 bytes.");
  }
  std::ranges::copy(bytes, hash.bytes.begin());
  return hash;
}

core::Result<std::vector<core::Hash>> to_hashes(std::span<const core::Bytes> list,
                                                std::string_view name) {
  std::vector<core::Hash> hashes;
  hashes.reserve(list.size());
  for (const core::Bytes& bytes : list) {
    TRY(const core::Hash hash, to_hash(bytes, item(name, hashes.size())));
    hashes.push_back(hash);
  }
  return hashes;
}

core::json::Array to_json(std::span<const core::Hash> hashes) {
  core::json::Array list;
  list.reserve(hashes.size());
  for (const core::Hash& hash : hashes) list.emplace_back(core::to_hex(hash.view()));
  return list;
}

}  // namespace gateway::conformance
