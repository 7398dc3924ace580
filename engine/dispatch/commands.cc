#include "engine/dispatch/commands.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/cash/decide.h"
#include "engine/closing/decide.h"
#include "engine/dispatch/linked.h"
#include "engine/keys/decide.h"
#include "engine/mam/decide.h"
#include "engine/pamm/decide.h"
#include "engine/partners/decide.h"
#include "engine/personal/decide.h"
#include "engine/reporting/decide.h"
#include "engine/reservations/decide.h"
#include "engine/setup/decide.h"

namespace engine::dispatch {
namespace {

using Drafts = core::Result<std::vector<ledger::Draft>>;

template <class Command>
core::Result<core::Bytes> bytes_from_json(const core::json::Value& fields,
                                          core::References* references) {
  TRY(const auto command, core::from_json<Command>(fields, references));
  return core::to_cbor(command);
}

template <class Command>
core::Result<core::json::Value> json_from_bytes(core::ByteView bytes) {
  TRY(const auto command, core::from_cbor<Command>(bytes));
  return core::to_json(command);
}

template <class Command, Drafts (*Decide)(const Context&, const Command&)>
Drafts decide_bytes(const Context& context, core::ByteView bytes) {
  TRY(const auto command, core::from_cbor<Command>(bytes));
  return Decide(context, command);
}

template <class Command, Drafts (*Decide)(const Context&, const Command&)>
constexpr CommandType entry(bool always_needs_approver = false) {
  return {Command::kType,
          always_needs_approver,
          bytes_from_json<Command>,
          json_from_bytes<Command>,
          decide_bytes<Command, Decide>,
          core::field_names<Command>};
}

constexpr bool kNeedsApprover = true;

core::Result<core::Bytes> refuse_from_outside(const core::json::Value&, core::References*) {
  return core::invalid("service_command", "command",
                       "The service makes this command itself; see docs/commands.md.");
}

// A command that is only ever made inside.
template <class Command, Drafts (*Decide)(const Context&, const Command&)>
constexpr CommandType own_entry(bool always_needs_approver = false) {
  CommandType type = entry<Command, Decide>(always_needs_approver);
  type.from_json = refuse_from_outside;
  return type;
}

constexpr CommandType kLinked{Linked::kType,  false,         linked_from_json,
                              linked_to_json, decide_linked, core::field_names<Linked>};

// By name: found by binary search.
constexpr auto kTypes = std::to_array<CommandType>({
    entry<AcceptMandate, setup::decide>(),
    entry<AcceptOrder, mam::decide>(),
    entry<AnnounceEvent, cash::decide>(kNeedsApprover),
    entry<CancelRequest, pamm::decide>(),
    entry<ClassifyOperation, pamm::decide>(kNeedsApprover),
    own_entry<CommitIndex, closing::decide>(),
    entry<DeclareKeyCompromised, keys::decide>(kNeedsApprover),
    entry<DefundAccount, mam::decide>(),
    entry<Deposit, cash::decide>(),
    own_entry<ErasePersonalData, personal::decide>(kNeedsApprover),
    entry<FundAccount, mam::decide>(),
    entry<IssueReport, reporting::decide>(),
    kLinked,
    entry<OpenAccounts, cash::decide>(kNeedsApprover),
    entry<OpenStructure, setup::decide>(),
    entry<OpenTradingAccount, mam::decide>(),
    entry<PayRebate, partners::decide>(),
    entry<PayWithdrawal, cash::decide>(),
    entry<PostEntry, cash::decide>(kNeedsApprover),
    entry<PostReservation, reservations::decide>(),
    entry<PublishOffer, setup::decide>(),
    entry<RecordBalanceOperation, pamm::decide>(),
    entry<RecordClose, mam::decide>(),
    entry<RecordDeal, pamm::decide>(),
    entry<RecordDecision, setup::decide>(kNeedsApprover),
    entry<RecordFill, mam::decide>(),
    own_entry<RecordPersonalData, personal::decide>(),
    entry<RecordValuation, pamm::decide>(),
    entry<Redeem, pamm::decide>(),
    entry<RegisterBank, setup::decide>(),
    entry<RegisterClient, setup::decide>(),
    entry<RegisterManager, setup::decide>(),
    entry<RegisterSymbol, setup::decide>(),
    entry<Reserve, reservations::decide>(kNeedsApprover),
    entry<Rollover, pamm::decide>(),
    entry<RotateLogKey, keys::decide>(kNeedsApprover),
    entry<Subscribe, pamm::decide>(),
    entry<Tick, reservations::decide>(),
    entry<ValueAccount, mam::decide>(),
    entry<VoidReservation, reservations::decide>(),
    entry<Withdraw, cash::decide>(),
});
static_assert(std::ranges::is_sorted(kTypes, {}, &CommandType::type));

}  // namespace

bool needs_approver(const CommandType& type, core::ByteView bytes) {
  if (type.type == Linked::kType) return linked_needs_approver(bytes);
  return type.always_needs_approver;
}

std::span<const CommandType> command_types() { return kTypes; }

core::Result<const CommandType*> find_command(std::string_view type) {
  const auto found = std::ranges::lower_bound(kTypes, type, {}, &CommandType::type);
  if (found != kTypes.end() && found->type == type) return &*found;
  return core::invalid("unknown_command", "command",
                       "No such command: '" + std::string(type.substr(0, 64)) +
                           "'; see docs/commands.md.");
}

}  // namespace engine::dispatch
