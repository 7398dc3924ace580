#include "gateway/registers/member_states.h"

#include <algorithm>
#include <array>
#include <string>

namespace gateway::registers {
namespace {

struct State {
  std::string_view name;
  std::string_view code;
};

constexpr auto kStates = std::to_array<State>({
    {"AUSTRIA", "AT"},       {"BELGIUM", "BE"},     {"BULGARIA", "BG"},
    {"CROATIA", "HR"},       {"CYPRUS", "CY"},      {"CZECH REPUBLIC", "CZ"},
    {"CZECHIA", "CZ"},       {"DENMARK", "DK"},     {"ESTONIA", "EE"},
    {"FINLAND", "FI"},       {"FRANCE", "FR"},      {"GERMANY", "DE"},
    {"GREECE", "GR"},        {"HUNGARY", "HU"},     {"ICELAND", "IS"},
    {"IRELAND", "IE"},       {"ITALY", "IT"},       {"LATVIA", "LV"},
    {"LIECHTENSTEIN", "LI"}, {"LITHUANIA", "LT"},   {"LUXEMBOURG", "LU"},
    {"MALTA", "MT"},         {"NETHERLANDS", "NL"}, {"THE NETHERLANDS", "NL"},
    {"NORWAY", "NO"},        {"POLAND", "PL"},      {"PORTUGAL", "PT"},
    {"ROMANIA", "RO"},       {"SLOVAKIA", "SK"},    {"SLOVAK REPUBLIC", "SK"},
    {"SLOVENIA", "SI"},      {"SPAIN", "ES"},       {"SWEDEN", "SE"},
});

}  // namespace

std::string_view member_state_code(std::string_view name) {
  std::string capital(name);
  std::ranges::transform(capital, capital.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  for (const State& state : kStates) {
    if (capital == state.name || capital == state.code) return state.code;
  }
  return "";
}

}  // namespace gateway::registers
