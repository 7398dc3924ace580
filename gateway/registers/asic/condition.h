#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/gate_values.h"

// The conditions of an Australian licence: prose, and the licence itself.
namespace gateway::registers::asic {

struct Condition {
  std::vector<engine::Fact> limbs;  // asic.afsl.limb
  std::vector<std::string> remarks;
};

// Reads the segments between '~'. Each limb and product becomes one fact: `limb` (by the names that
// the gate's cells use; one sentence may be two of them), `product`, `client` ("retail",
// "wholesale"), `restriction` in the licence's words (residue too: only a person knows what they
// leave), `advice`. Both grammars are read: the older one, with clients at the end or inside, and
// the newer "limited to ... to wholesale clients".
//
// Guarantees: never wider than the text. Words that are not understood are the residue of every
//             fact that they might limit; a limb that names no clients has residue; what follows
//             "limited to" is never a product of its own.
Condition read_condition(std::string_view text);

}  // namespace gateway::registers::asic
