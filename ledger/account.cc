#include "ledger/account.h"

#include <algorithm>
#include <array>

#include "core/check.h"

namespace ledger {
namespace {

constexpr std::array<std::string_view, 5> kRoots = {"assets", "liabilities", "income", "expenses",
                                                    "equity"};
constexpr std::array<std::string_view, 3> kRings = {"cm", "house", "memo"};

bool is_part_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_part(std::string_view part) {
  return !part.empty() && part[0] != '-' && std::ranges::all_of(part, is_part_character);
}

std::string_view take_part(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  const std::string_view part = rest.substr(0, colon);
  rest = colon == std::string_view::npos ? std::string_view{} : rest.substr(colon + 1);
  return part;
}

core::Error bad_path(std::string_view path) {
  return core::invalid("account", std::string(path.substr(0, kAccountBytesMax)),
                       "An account is a colon path of lower-case parts such as "
                       "assets:cm:bank:<id>, with cm, house or memo as second part.");
}

}  // namespace

std::string_view ring_name(Ring ring) { return kRings[static_cast<std::size_t>(ring)]; }

core::Result<Ring> ring_of(std::string_view path) {
  if (path.size() > kAccountBytesMax || path.ends_with(':')) return bad_path(path);
  std::string_view rest = path;
  if (std::ranges::find(kRoots, take_part(rest)) == kRoots.end()) return bad_path(path);
  const auto ring = std::ranges::find(kRings, take_part(rest));
  if (ring == kRings.end()) return bad_path(path);
  while (!rest.empty()) {
    if (!is_part(take_part(rest))) return bad_path(path);
  }
  return static_cast<Ring>(ring - kRings.begin());
}

Ring ring_of_opened(std::string_view path) {
  take_part(path);
  const auto ring = std::ranges::find(kRings, take_part(path));
  CHECK(ring != kRings.end());
  return static_cast<Ring>(ring - kRings.begin());
}

bool is_under(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == ':');
}

}  // namespace ledger

core::Result<ledger::AccountPath> core::Codec<ledger::AccountPath>::from_json(
    const json::Value& value, References* references) {
  TRY(const auto text, json_text(value));
  std::string path;
  std::string_view rest = text;
  while (!rest.empty()) {
    if (rest.size() < text.size()) path += ':';
    const std::string_view part = ledger::take_part(rest);
    if (references != nullptr && part.starts_with('@')) {
      TRY(const auto id, references->resolve(part));
      path += to_hex(id);
    } else {
      path += part;
    }
  }
  if (text.ends_with(':')) path += ':';
  TRY(ledger::ring_of(path));
  return ledger::AccountPath{std::move(path)};
}
