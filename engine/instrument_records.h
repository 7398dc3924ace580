#pragma once

#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "engine/instrument_commands.h"

// Records of instruments.
namespace engine {

// A version of a symbol's contract.
struct ContractChanged {
  static constexpr std::uint64_t kKind = 170;
  static constexpr std::string_view kName = "contract_changed";

  SetContract contract;
  std::uint64_t version = 0;  // From 1 on, in order of recording.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "contract", self.contract);
    field(2, "version", self.version);
  }
};

// Another spelling of a symbol.
struct SymbolAliased {
  static constexpr std::uint64_t kKind = 171;
  static constexpr std::string_view kName = "symbol_aliased";

  AliasSymbol alias;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "alias", self.alias);
  }
};

}  // namespace engine
