#include "engine/dispatch/second_person.h"

#include "core/exact_decimal.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/lists.h"
#include "engine/instruments/contract.h"
#include "engine/mam_state.h"

namespace engine::dispatch {
namespace {

using Limit = std::optional<core::Decimal>;

bool rises(const Limit& before, const Limit& after) {
  return before && (!after || core::rational_of(*after) > core::rational_of(*before));
}

bool falls(const Limit& before, const Limit& after) {
  return before && (!after || core::rational_of(*after) < core::rational_of(*before));
}

}  // namespace

bool may_need_by_rules(std::string_view type) {
  return type == SetContract::kType || type == SetParticipation::kType ||
         type == RecordScreeningList::kType || type == NoteCountries::kType;
}

bool needs_by_rules(const State& state, core::Instant now, std::string_view type,
                    core::ByteView fields) {
  if (!may_need_by_rules(type) || !gate::rules_have_begun(state, now)) return false;
  if (type == SetContract::kType) {
    const auto contract = core::from_cbor<SetContract>(fields);
    return !contract || says_another(state, contract.value());
  }
  if (type == RecordScreeningList::kType) {
    const auto list = core::from_cbor<RecordScreeningList>(fields);
    return !list || gate::has_shrunk(state, list.value());
  }
  if (type == NoteCountries::kType) {
    const auto noted = core::from_cbor<NoteCountries>(fields);
    return !noted || !noted.value().withdrawn.empty();
  }
  const auto participation = core::from_cbor<SetParticipation>(fields);
  return !participation || widens(state, participation.value());
}

bool says_another(const State& state, const SetContract& command) {
  const auto replaced = instruments::contract_at(state, command.symbol, command.from);
  if (!replaced) return true;
  const ContractSpec& spec = command.contract;
  if (replaced.value() == nullptr) return spec.product || spec.asset_class;
  const ContractSpec& before = replaced.value()->spec;
  return spec.product != before.product || spec.asset_class != before.asset_class;
}

bool widens(const State& state, const SetParticipation& command) {
  const auto set = state.blocks->participation.find(command.account);
  const Participation before =
      set == state.blocks->participation.end() ? Participation{} : set->second;
  const Participation& after = command.terms;
  return rises(before.max_lots, after.max_lots) || rises(before.max_leverage, after.max_leverage) ||
         falls(before.margin_floor, after.margin_floor) ||
         before.own_account != after.own_account || (after.overflow && !before.overflow);
}

}  // namespace engine::dispatch
