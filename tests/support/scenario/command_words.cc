#include "tests/support/scenario/command_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/sha256.h"
#include "tests/support/scenario/shorthands.h"

namespace tests::scenario {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

constexpr std::array<std::string_view, 2> kWithDocument = {"accept_mandate", "record_decision"};

Array list_of(std::string_view text) {
  Array items;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    items.emplace_back(std::string(text.substr(0, comma)));
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return items;
}

core::Result<Value> value_of(std::string_view word, std::string_view key) {
  const std::string_view sign = word.substr(key.size());
  if (sign.starts_with(":=")) return core::json::parse(sign.substr(2));
  if (sign.starts_with("[]=")) return Value(list_of(sign.substr(3)));
  const std::string_view text = sign.substr(1);
  if (text == "true") return Value(true);
  if (text == "false") return Value(false);
  return Value(text);
}

std::optional<std::size_t> index_of(std::string_view part) {
  std::size_t index = 0;
  const auto end = part.data() + part.size();
  const auto read = std::from_chars(part.data(), end, index);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return index;
}

// The member or item of `node` that `part` names, made if it is not there; null if `node` is
// something else already.
Value* step(Value& node, std::string_view part) {
  if (const auto index = index_of(part)) {
    if (node.is_null()) node = Array{};
    Array* items = node.as_array();
    if (items == nullptr || *index > items->size()) return nullptr;
    if (*index == items->size()) items->emplace_back();
    return &(*items)[*index];
  }
  if (node.is_null()) node = Object{};
  Object* members = node.as_object();
  if (members == nullptr) return nullptr;
  const auto found = std::ranges::find(*members, part, &core::json::Member::first);
  if (found != members->end()) return &found->second;
  return &members->emplace_back(std::string(part), Value()).second;
}

core::Result<> place(const Line& line, Value& root, std::string_view key, Value value) {
  Value* node = &root;
  std::string_view rest = key;
  while (node != nullptr && !rest.empty()) {
    const std::size_t dot = rest.find('.');
    node = step(*node, rest.substr(0, dot));
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(dot + 1);
  }
  if (node == nullptr || !node->is_null()) {
    return bad_line(line, "'" + std::string(key) + "' stands twice, or in what is no object.");
  }
  *node = std::move(value);
  return core::ok();
}

void add_missing(Object& command, std::string_view key, std::string_view text) {
  if (Value(command).find(key) == nullptr) command.emplace_back(std::string(key), text);
}

}  // namespace

core::Result<Object> command_of(const Line& line, std::size_t first_word) {
  if (line.words.size() <= first_word) return bad_line(line, "Name a command.");
  const std::string& type = line.words[first_word];
  Value root = Object{{"command", type}};
  std::vector<std::string_view> left_out;
  for (std::size_t i = first_word + 1; i < line.words.size(); ++i) {
    const std::string_view word = line.words[i];
    const std::string_view key = key_of(word);
    if (key.empty()) return bad_line(line, "'" + std::string(word) + "' is no key=value.");
    if (word.size() == key.size() + 1) {
      left_out.push_back(key);
      continue;
    }
    TRY(auto value, value_of(word, key));
    TRY(place(line, root, key, std::move(value)));
  }
  Object command = *root.as_object();
  add_missing(command, "actor", "@ops");
  add_missing(command, "approver", "@chief");
  if (std::ranges::find(kWithDocument, type) != kWithDocument.end()) {
    add_missing(command, "document",
                core::to_hex(core::sha256(core::as_bytes("a signed paper")).bytes));
  }
  std::erase_if(command, [&](const core::json::Member& member) {
    return std::ranges::find(left_out, member.first) != left_out.end();
  });
  return command;
}

}  // namespace tests::scenario
