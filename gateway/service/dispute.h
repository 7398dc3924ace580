#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json.h"
#include "engine/pamm_records.h"
#include "ledger/log.h"

// What a book would have come to under other rules. The book itself is only read: both courses of
// events are made in memory, the recorded one and the one under the corrected rules.
namespace gateway::service {

// Corrected terms by offer: only the fields that were wrong, in groups of terms too; null takes one
// away. {"<id of the offer>": {"field": ..., "performance": {"hurdle": {"rate": ...}}}}
using CorrectedTerms = std::map<core::OfferId, core::json::Object>;

// Reads a rules file; "@name" may stand for an offer.
// Errors: InvalidInput/json, wrong_type, unknown_field, id; NotFound/unknown_reference.
core::Result<CorrectedTerms> read_rules(std::string_view text, core::References& references);

// An investor in one structure, at the end of either course.
struct Standing {
  core::Minor management = 0;   // Fees and their corrections in all, with a tax on top.
  core::Minor performance = 0;  // Less what was paid back for losses.
  core::Minor entry = 0;
  core::Minor exit = 0;
  core::Minor early_withdrawal = 0;
  core::Minor subscription = 0;
  core::Minor volume = 0;
  core::Minor compensation = 0;
  core::Minor entitlement = 0;
  core::Minor units = 0;
  core::Minor mark = 0;
  core::Minor fees() const {
    return management + performance + entry + exit + early_withdrawal + subscription + volume -
           compensation;
  }
};

struct InvestorDifference {
  core::StructureId structure;
  core::PartyId client;
  std::string currency;
  Standing recorded;
  Standing corrected;
};

// A recorded fee that the corrected rules make another one.
struct FeeDifference {
  std::uint64_t seq = 0;  // Of the fee that stands: fee_charged, or its last correction.
  core::StructureId structure;
  core::PartyId client;
  engine::FeeKind fee = engine::FeeKind::Management;
  std::string currency;
  core::Minor recorded = 0;
  core::Minor corrected = 0;
  bool left = false;  // He holds no units any more.
  // On a flow (exit fees with the penalty): it cannot be charged anew, only be paid back.
  bool on_flow = false;
  bool is_managers = false;  // On a flow: the manager has it.
};

// An account's part of an order that the corrected rules make another one, in lot steps.
struct AllocationDifference {
  core::OrderId order;
  core::AccountId account;
  core::PartyId client;
  core::Minor recorded = 0;
  core::Minor corrected = 0;
};

// What a partner or manager accrued in a currency under the recorded rules and the corrected ones.
struct RebateDifference {
  core::PartyId partner;
  std::string currency;
  core::Minor recorded = 0;
  core::Minor corrected = 0;
};

struct Dispute {
  std::uint64_t commands = 0;
  std::uint64_t changed_offers = 0;
  std::vector<InvestorDifference> investors;  // All of them, by structure and registration.
  std::vector<FeeDifference> fees;            // In order of their sequence.
  // Fees that the corrected rules charge and nobody recorded: there is nothing to correct.
  std::vector<FeeDifference> uncharged;
  std::vector<AllocationDifference> allocations;  // By order and account.
  std::vector<RebateDifference> rebates;          // By partner and currency.
  // Commands that cannot be done under the corrected rules, and those that were adjusted because
  // the platform's figures hold the wrong fees.
  struct Note {
    std::uint64_t seq = 0;
    std::string what;
  };
  std::vector<Note> notes;
  core::Instant last_recorded_at;
  std::uint64_t size = 0;
};

// Decides every recorded command below `size` again under the corrected terms.
// Errors: NotFound/unknown_offer for terms of an offer that is not in the book; those of the terms;
//         those of reading the log.
core::Result<Dispute> replay_with(ledger::Log& log, std::uint64_t size,
                                  const CorrectedTerms& terms);

// The correcting commands, each a list of corrections in a proposal, as lines of JSON.
std::vector<core::json::Value> correcting_commands(const Dispute& dispute,
                                                   const std::string& proposer,
                                                   core::Instant valid_until);

core::json::Value to_json(const Dispute& dispute);
std::string to_text(const Dispute& dispute);

}  // namespace gateway::service
