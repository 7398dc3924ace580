#pragma once

#include <functional>
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

// Ends every open offer that `which` names. Errors: none.
using WhichOffers = std::function<bool(const CopyOfferKey&, const CopyOffer&)>;
void end_offers(const Context& context, OfferEnd end, const WhichOffers& which, Effects& effects);

}  // namespace engine::copy
