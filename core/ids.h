#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/random.h"

namespace core {

// A random 128-bit identifier, minted per book, printed as 32 lower-case hex digits. The tag keeps
// an account's id from being passed where a client's is meant.
template <class Tag>
struct Id {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Id&) const = default;
  std::string hex() const { return to_hex(bytes); }
};

// A person or firm the book has records about: client, manager, partner, staff member.
using PartyId = Id<struct PartyTag>;
// A trading account at a platform.
using AccountId = Id<struct AccountTag>;
// A pool (PAMM) or group of accounts under one manager (MAM): what a manager manages.
using StructureId = Id<struct StructureTag>;
// What a manager trades, whatever structure it is run in.
using StrategyId = Id<struct StrategyTag>;
using OfferId = Id<struct OfferTag>;
using OrderId = Id<struct OrderTag>;
using DecisionId = Id<struct DecisionTag>;
using BankId = Id<struct BankTag>;
using RequestId = Id<struct RequestTag>;
using ReportId = Id<struct ReportTag>;

// Errors: InvalidInput/id if the text is not 32 lower-case hex digits.
Result<std::array<std::uint8_t, 16>> parse_id_bytes(std::string_view hex);

template <class T>
Result<T> parse_id(std::string_view hex) {
  TRY(auto bytes, parse_id_bytes(hex));
  return T{bytes};
}

}  // namespace core
