#pragma once

#include <set>
#include <string>

#include "engine/context.h"
#include "engine/copy/lineage.h"
#include "engine/effects.h"

// Records that ask for closes and that end offers.
namespace engine::copy {

// Whose copy must close, of which position and because of what.
struct Demand {
  core::StructureId structure;
  core::AccountId account;
  core::PartyId client;
  std::string signal;
  std::string lineage;
  CopyCloseReason reason = CopyCloseReason::Signal;
};

// Asks for what `copy`, as it is after the command, holds beyond `kept`; nothing if it does not.
void add_ask(const Demand& demand, const Copy& copy, core::Minor kept, Effects& effects);

// The open offers to an account.
std::set<CopyOfferKey> offers_to(const Context& context, const core::AccountId& account);

// Ends open offers. Errors: none.
void end_offers(const Context& context, OfferEnd end, const std::set<CopyOfferKey>& keys,
                Effects& effects);

}  // namespace engine::copy
