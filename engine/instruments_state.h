#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/codec_containers.h"
#include "core/ids.h"
#include "engine/instrument_commands.h"

// What the engine knows of instruments (engine/state.h).
namespace engine {

struct ContractVersion {
  core::Instant from;
  ContractSpec spec;
  std::uint64_t version = 0;
  std::uint64_t seq = 0;  // Of its record.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "from", self.from);
    field(2, "spec", self.spec);
    field(3, "version", self.version);
    field(4, "seq", self.seq);
  }
};

struct Symbol {
  std::uint64_t ordinal = 0;
  std::string currency;
  std::vector<ContractVersion> contracts =
      {};  // By `from`; of two from one instant the later rules.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "ordinal", self.ordinal);
    field(2, "currency", self.currency);
    field(3, "contracts", self.contracts);
  }
};

struct Instruments {
  std::map<std::string, Symbol> symbols;
  std::map<std::string, std::string> aliases;  // Other spellings, to the registered one.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "symbols", self.symbols);
    field(2, "aliases", self.aliases);
  }
};

}  // namespace engine
