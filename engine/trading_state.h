#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"

// What the engine knows of clients' trading accounts (engine/state.h).
namespace engine {

struct TradingAccount {
  core::StructureId structure;
  core::PartyId client;
  std::uint64_t ordinal = 0;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "ordinal", self.ordinal);
  }
};

struct Trading {
  std::map<core::AccountId, TradingAccount> accounts;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "accounts", self.accounts);
  }
};

}  // namespace engine
