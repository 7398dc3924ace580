#pragma once

#include <span>

#include "core/time.h"
#include "engine/offer_rules.h"
#include "engine/state.h"
#include "ledger/journal/balances.h"
#include "ledger/journal/past.h"

namespace engine {

// Everything a decision may depend on. `now` is the batch's recorded_at.
struct Context {
  const State& state;
  const ledger::journal::Balances& books;
  core::Instant now;
  core::Instant effective_at;
  ledger::journal::Past& past;
  std::uint64_t command_seq = 0;                // Of the command record; its effects follow it.
  core::PartyId actor = {};                     // Who gives the command.
  std::span<const OfferRule> offer_rules = {};  // Of the book's profile.
};

}  // namespace engine
