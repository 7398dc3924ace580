#pragma once

#include <span>
#include <string_view>

#include "gateway/registers/body.h"

// What the FCA's endpoints give, and which facts are made of it.
namespace gateway::registers::fca {

// How Data holds its entries.
enum class Shape {
  List,     // [entry, ...]
  Keyed,    // {name: entry, ...}
  Grouped,  // [{"Current Names": [entry, ...]}, ...] or {"Current": {name: entry, ...}, ...}
};

struct Endpoint {
  std::string_view code;
  std::string_view name;  // As in the path; "" for the firm itself.
  Shape shape = Shape::List;
  std::string_view fact;
  std::span<const Column> columns = {};
  DayColumns days = {};
};

inline constexpr std::string_view kFirmCode = "02-01";
inline constexpr std::string_view kPermissionsCode = "02-03";
inline constexpr std::string_view kRequirementsCode = "02-06";
inline constexpr std::string_view kExclusionsCode = "02-10";
inline constexpr std::string_view kDisciplineCode = "02-11";
inline constexpr std::string_view kIndividualsCode = "02-05";
inline constexpr std::string_view kPassportPermissionsCode = "02-08";
inline constexpr std::string_view kInvestmentTypesCode = "02-13";

// nullptr if we read none with this code.
const Endpoint* find_endpoint(std::string_view code);

}  // namespace gateway::registers::fca
