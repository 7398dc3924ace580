#include "engine/dispatch/commands.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/access/decide.h"
#include "engine/cash/decide.h"
#include "engine/client_money/decide.h"
#include "engine/closing/decide.h"
#include "engine/copy/decide.h"
#include "engine/corrections/decide.h"
#include "engine/currency/decide.h"
#include "engine/currency/rounding.h"
#include "engine/dispatch/approval.h"
#include "engine/dispatch/linked.h"
#include "engine/dispatch/proposals.h"
#include "engine/dispatch/tick.h"
#include "engine/gate/cases.h"
#include "engine/gate/decide.h"
#include "engine/gate/lists.h"
#include "engine/gate/screening.h"
#include "engine/gate/wind_down.h"
#include "engine/governance/decide.h"
#include "engine/instruments/decide.h"
#include "engine/keys/decide.h"
#include "engine/mam/decide.h"
#include "engine/migration/decide.h"
#include "engine/pamm/decide.h"
#include "engine/partners/decide.h"
#include "engine/personal/decide.h"
#include "engine/reporting/decide.h"
#include "engine/reservations/decide.h"
#include "engine/retention/decide.h"
#include "engine/setup/decide.h"
#include "engine/trading/decide.h"

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
constexpr CommandType entry(bool always_needs_approver = false,
                            Placing placing = Placing::Anywhere) {
  return {Command::kType,
          always_needs_approver,
          placing,
          false,
          bytes_from_json<Command>,
          json_from_bytes<Command>,
          decide_bytes<Command, Decide>,
          core::field_names<Command>};
}

constexpr bool kNeedsApprover = true;

// A command that is only ever made inside.
template <class Command, Drafts (*Decide)(const Context&, const Command&)>
constexpr CommandType own_entry(bool always_needs_approver = false) {
  CommandType type = entry<Command, Decide>(always_needs_approver);
  type.service_only = true;
  type.placing = Placing::OnItsOwn;
  return type;
}

constexpr CommandType kLinked{
    Linked::kType,    false,          Placing::NotInList, false,
    linked_from_json, linked_to_json, decide_linked,      core::field_names<Linked>};

constexpr CommandType kPropose{Propose::kType,
                               false,
                               Placing::OnItsOwn,
                               false,
                               propose_from_json,
                               propose_to_json,
                               decide_bytes<Propose, decide>,
                               propose_field_names};

// By name: found by binary search.
constexpr auto kCommandTypes = std::to_array<CommandType>({
    entry<AcceptDifference, pamm::decide>(kNeedsApprover),
    entry<AcceptFlow, trading::decide>(kNeedsApprover),
    entry<AcceptImport, migration::decide>(kNeedsApprover),
    entry<AcceptMandate, setup::decide>(),
    entry<AcceptOrder, mam::decide>(),
    entry<AccruePeriod, partners::decide>(),
    entry<AdjustCopies, copy::decide>(),
    entry<AdjustPosition, mam::decide>(),
    entry<AdoptRulePack, gate::decide>(kNeedsApprover),
    entry<AliasSymbol, instruments::decide>(),
    entry<AmendCopy, copy::decide>(),
    entry<AmendFill, mam::decide>(),
    own_entry<AnchorAccess, access::decide>(),
    entry<AnnounceEvent, cash::decide>(kNeedsApprover),
    entry<AnnulRequest, pamm::decide>(kNeedsApprover),
    entry<AnswerComplaint, gate::decide>(),
    entry<AnswerInformation, gate::decide>(),
    entry<AppealDecision, gate::decide>(),
    entry<ApproveEarnings, partners::decide>(kNeedsApprover),
    entry<ApproveJoin, pamm::decide>(),
    entry<ApproveProposal, decide>(false, Placing::OnItsOwn),
    entry<AssignProgramme, partners::decide>(),
    entry<AttributeClient, partners::decide>(),
    entry<BeginMigration, migration::decide>(),
    entry<BeginWindDown, gate::decide>(kNeedsApprover),
    entry<BustFill, mam::decide>(),
    entry<CancelRequest, pamm::decide>(),
    entry<CancelWithdrawal, cash::decide>(),
    entry<ChangeOffer, setup::decide>(),
    entry<ChargeAccountFees, trading::decide>(),
    entry<ChargeBack, client_money::decide>(),
    entry<CheckChurn, partners::decide>(),
    entry<CheckCopyStops, copy::decide>(),
    entry<ClassifyOperation, pamm::decide>(kNeedsApprover),
    entry<CloseBreach, gate::decide>(kNeedsApprover),
    entry<CloseError, mam::decide>(),
    entry<ClosePeriod, closing::decide>(kNeedsApprover, Placing::NotInList),
    entry<ClosePosition, mam::decide>(),
    own_entry<CommitIndex, closing::decide>(),
    entry<Compensate, corrections::decide>(kNeedsApprover),
    entry<CompleteMigration, migration::decide>(kNeedsApprover),
    entry<ConfirmCopy, copy::decide>(),
    entry<ConfirmTransfer, client_money::decide>(),
    entry<ConsentToOffer, setup::decide>(),
    entry<Convert, client_money::decide>(),
    entry<CorrectFee, corrections::decide>(kNeedsApprover),
    entry<CoverNegativeBalance, client_money::decide>(),
    // Records of one list have one time, by which a replay tells what was known.
    entry<DecideAuthorisation, gate::decide>(kNeedsApprover, Placing::NotInList),
    entry<DeclareKeyCompromised, keys::decide>(kNeedsApprover, Placing::NotInList),
    entry<DeclineCase, gate::decide>(),
    entry<DeclineCopy, copy::decide>(),
    entry<DefundAccount, trading::decide>(),
    entry<Deposit, cash::decide>(),
    entry<DepositByCard, client_money::decide>(),
    entry<EndRelationship, retention::decide>(kNeedsApprover),
    entry<EnrolOfficer, governance::decide>(false, Placing::OnItsOwn),
    own_entry<ErasePersonalData, personal::decide>(kNeedsApprover),
    entry<EvaluatePartner, partners::decide>(),
    entry<ExcludeCountries, gate::decide>(kNeedsApprover),
    entry<ExtendRetention, retention::decide>(kNeedsApprover),
    entry<FundAccount, trading::decide>(),
    entry<GoLive, gate::decide>(kNeedsApprover),
    entry<GrantRole, governance::decide>(kNeedsApprover),
    entry<HandOver, client_money::decide>(),
    entry<HoldEarnings, partners::decide>(),
    entry<HoldRollover, pamm::decide>(),
    entry<IdentifyReceipt, client_money::decide>(),
    entry<ImportInvestor, migration::decide>(),
    entry<ImproveOffer, setup::decide>(),
    entry<IssueJoinLink, setup::decide>(),
    entry<IssueReport, reporting::decide>(),
    entry<LiftStopOut, trading::decide>(kNeedsApprover),
    entry<LiftSuspension, gate::decide>(kNeedsApprover),
    kLinked,
    entry<LiquidateStructure, pamm::decide>(kNeedsApprover),
    entry<LogBreach, gate::decide>(),
    entry<MakePayoutBatch, partners::decide>(),
    entry<MatchImport, migration::decide>(),
    entry<NoteCountries, setup::decide>(),
    entry<OpenAccounts, cash::decide>(kNeedsApprover),
    entry<OpenCase, gate::decide>(),
    entry<OpenStructure, setup::decide>(),
    entry<OpenTradingAccount, trading::decide>(),
    entry<PayManager, client_money::decide>(),
    entry<PayPayoutBatch, partners::decide>(kNeedsApprover),
    entry<PayRebate, partners::decide>(),
    entry<PayWithdrawal, cash::decide>(),
    entry<PlaceHold, retention::decide>(kNeedsApprover),
    entry<PostEntry, cash::decide>(kNeedsApprover),
    entry<PostReservation, reservations::decide>(),
    kPropose,
    entry<PublishOffer, setup::decide>(),
    entry<PublishProgramme, partners::decide>(),
    entry<ReceiveHandover, client_money::decide>(),
    entry<ReclaimPayout, partners::decide>(kNeedsApprover),
    entry<ReconcilePartnerDeals, partners::decide>(),
    entry<RecordBalanceOperation, pamm::decide>(),
    entry<RecordCapture, gate::decide>(kNeedsApprover),
    entry<RecordClose, mam::decide>(),
    entry<RecordComplaint, gate::decide>(),
    entry<RecordCopyClose, copy::decide>(),
    entry<RecordCopyFill, copy::decide>(),
    entry<RecordDeal, pamm::decide>(),
    entry<RecordDecision, setup::decide>(kNeedsApprover),
    entry<RecordEvidence, gate::decide>(),
    entry<RecordFill, mam::decide>(),
    entry<RecordHedgeResult, client_money::decide>(),
    entry<RecordPartnerDeal, partners::decide>(),
    own_entry<RecordPersonalData, personal::decide>(),
    entry<RecordPlatformRate, currency::decide>(),
    own_entry<RecordRead, access::decide>(),
    entry<RecordReceipt, client_money::decide>(),
    entry<RecordReferenceRates, currency::decide>(),
    entry<RecordScreening, gate::decide>(),
    entry<RecordScreeningList, gate::decide>(),
    entry<RecordSegregation, client_money::decide>(),
    entry<RecordSignal, copy::decide>(),
    entry<RecordValuation, pamm::decide>(),
    entry<Redeem, pamm::decide>(),
    entry<RefuseJoin, pamm::decide>(),
    entry<RefuseProposal, governance::decide>(false, Placing::OnItsOwn),
    entry<RefuseTransfer, client_money::decide>(),
    entry<RegisterBank, setup::decide>(),
    entry<RegisterClient, setup::decide>(),
    entry<RegisterManager, setup::decide>(),
    entry<RegisterPartner, setup::decide>(),
    entry<RegisterPersonKey, governance::decide>(kNeedsApprover),
    entry<RegisterPsp, client_money::decide>(),
    entry<RegisterSymbol, setup::decide>(),
    entry<RejectCopy, copy::decide>(),
    entry<RejectShare, mam::decide>(),
    entry<ReleaseCandidate, gate::decide>(kNeedsApprover),
    entry<ReleaseEarnings, partners::decide>(kNeedsApprover),
    entry<ReleaseHold, retention::decide>(kNeedsApprover),
    entry<ReleasePspReserve, client_money::decide>(),
    entry<RenewPapers, setup::decide>(),
    entry<ReopenPeriod, closing::decide>(kNeedsApprover, Placing::NotInList),
    entry<RequestInformation, gate::decide>(),
    entry<Reserve, reservations::decide>(kNeedsApprover),
    entry<ResolvePartnerBreak, partners::decide>(kNeedsApprover),
    entry<RestartAccount, trading::decide>(),
    entry<ReturnReceipt, client_money::decide>(),
    entry<ReturnWithdrawal, cash::decide>(),
    entry<ReversePartnerDeal, partners::decide>(),
    entry<RevokeJoinLink, setup::decide>(),
    entry<RevokeMandate, setup::decide>(),
    entry<RevokePersonKey, governance::decide>(kNeedsApprover),
    entry<RevokeRole, governance::decide>(kNeedsApprover),
    entry<Rollover, pamm::decide>(),
    // The checkpoint of the batch changes hands with it.
    entry<RotateLogKey, keys::decide>(kNeedsApprover, Placing::NotInList),
    entry<RouteRebates, partners::decide>(),
    entry<SendTransfer, client_money::decide>(),
    entry<SetAccountLimits, trading::decide>(kNeedsApprover),
    entry<SetApprovalRule, decide>(kNeedsApprover),
    entry<SetCalendar, pamm::decide>(),
    entry<SetContract, instruments::decide>(),
    entry<SetCopyTerms, copy::decide>(),
    entry<SetParticipation, mam::decide>(),
    entry<SetPartnerParent, partners::decide>(),
    entry<SetRoundingLimit, currency::decide>(kNeedsApprover),
    entry<SetSegregationRule, client_money::decide>(kNeedsApprover),
    entry<SetWindDown, gate::decide>(kNeedsApprover),
    entry<SettlePsp, client_money::decide>(),
    entry<SignOffCell, gate::decide>(kNeedsApprover),
    entry<SplitCopies, copy::decide>(),
    entry<SplitPosition, mam::decide>(),
    entry<StopAccount, trading::decide>(),
    entry<StopCopying, copy::decide>(),
    entry<Subscribe, pamm::decide>(),
    entry<SuspendManager, gate::decide>(),
    entry<Tick, decide>(),
    entry<TightenAccountLimits, trading::decide>(),
    entry<TransferInvestor, pamm::decide>(),
    entry<ValueAccount, trading::decide>(),
    entry<ValueMaster, copy::decide>(),
    entry<VoidReservation, reservations::decide>(),
    entry<Withdraw, cash::decide>(),
});
static_assert(std::ranges::is_sorted(kCommandTypes, {}, &CommandType::type));
static_assert(std::ranges::adjacent_find(kCommandTypes, {}, &CommandType::type) ==
              kCommandTypes.end());

}  // namespace

bool needs_approver(const CommandType& type, core::ByteView bytes) {
  if (type.type == Linked::kType) return linked_needs_approver(bytes);
  return type.always_needs_approver;
}

core::Result<> check_sender(const CommandType& type) {
  if (!type.service_only) return core::ok();
  return core::invalid("service_command", "command",
                       "The service makes this command itself; see docs/commands.md.");
}

std::span<const CommandType> command_types() { return kCommandTypes; }

core::Result<const CommandType*> find_command(std::string_view type) {
  const auto found = std::ranges::lower_bound(kCommandTypes, type, {}, &CommandType::type);
  if (found != kCommandTypes.end() && found->type == type) return &*found;
  return core::invalid(
      "unknown_command", "command",
      "No such command: '" + std::string(type.substr(0, 64)) + "'; see docs/commands.md.");
}

}  // namespace engine::dispatch
