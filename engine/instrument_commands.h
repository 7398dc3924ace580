#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/fields.h"
#include "core/time.h"
#include "engine/gate_choices.h"
#include "engine/values.h"

// Commands about instruments: what a lot of a symbol is, and by which other names platforms call
// it.
namespace engine {

// What one lot of a symbol is and how it may be traded. Volumes in lots.
struct ContractSpec {
  core::Decimal contract_size;  // Units of the base in one lot.
  core::Decimal lot_step;       // Smallest difference of two volumes.
  core::Decimal min_lots;
  std::optional<core::Decimal> max_lots;       // Of one ticket; no limit if absent.
  std::uint64_t price_digits = 0;              // Decimals of a price.
  std::optional<core::Decimal> tick_size;      // 10^-price_digits if absent.
  std::optional<std::string> base_currency;    // ISO 4217, if the base is a currency.
  std::optional<core::Decimal> margin_rate;    // Margin as a part of the notional.
  std::optional<GateInstrument> product = {};  // What it is in law, for the gate.
  // What it is on, as rule packs name it where they limit leverage, such as "fx_major".
  std::optional<std::string> asset_class = {};

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "contract_size", self.contract_size);
    field(2, "lot_step", self.lot_step);
    field(3, "min_lots", self.min_lots);
    field(4, "max_lots", self.max_lots);
    field(5, "price_digits", self.price_digits);
    field(6, "tick_size", self.tick_size);
    field(7, "base_currency", self.base_currency);
    field(8, "margin_rate", self.margin_rate);
    field(9, "product", self.product);
    field(10, "asset_class", self.asset_class);
  }
};

// A new version of a symbol's contract, in force from an instant on. What was dealt before keeps
// the version of its own time.
struct SetContract {
  static constexpr std::string_view kType = "set_contract";

  std::string symbol;
  core::Instant from;
  ContractSpec contract;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "symbol", self.symbol);
    field(2, "from", self.from);
    field(3, "contract", self.contract);
  }
};

// Another spelling of a registered symbol, such as "EURUSD.m".
struct AliasSymbol {
  static constexpr std::string_view kType = "alias_symbol";

  std::string alias;
  std::string symbol;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "alias", self.alias);
    field(2, "symbol", self.symbol);
  }
};

}  // namespace engine
