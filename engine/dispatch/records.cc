#include "engine/dispatch/records.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "core/amount.h"
#include "engine/access_records.h"
#include "engine/dispatch/appliers.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"
#include "engine/dispatch/proposals.h"

namespace engine::dispatch {
namespace {

using core::json::Object;
using core::json::Value;

struct RecordType {
  std::uint64_t kind = 0;
  std::string_view name;
  core::Result<Value> (*to_json)(core::ByteView body) = nullptr;
  core::Result<> (*apply)(State& state, const ledger::RecordView& record) = nullptr;
};

template <class Body>
core::Result<Value> body_to_json(core::ByteView bytes) {
  TRY(const auto body, core::from_cbor<Body>(bytes));
  return core::to_json(body);
}

template <class Body, class Apply>
core::Result<> apply_body(State& state, const ledger::RecordView& record, Apply apply) {
  TRY(const auto body, core::from_cbor<Body>(record.body));
  if constexpr (std::is_void_v<decltype(apply(state, body, record))>) {
    apply(state, body, record);
    return core::ok();
  } else {
    return apply(state, body, record);
  }
}

core::Result<> apply_genesis(State& state, const ledger::RecordView& record) {
  TRY(state.genesis, core::from_cbor<ledger::Genesis>(record.body));
  return ledger::follow(state.log_keys, record);
}

core::Result<> apply_nothing(State&, const ledger::RecordView&) { return core::ok(); }

// The command's fields by name; as hex if this version does not know its type.
core::Result<Value> typed_command_to_json(const ledger::CommandBody& body) {
  TRY(const CommandType* type, find_command(body.type));
  TRY(const auto command, core::from_cbor<CommandBytes>(body.command));
  TRY(auto fields, type->to_json(command.fields));
  if (command.effective_at && fields.as_object() != nullptr) {
    fields.as_object()->emplace_back("effective_at", core::to_string(*command.effective_at));
  }
  return fields;
}

core::Result<Value> command_to_json(core::ByteView bytes) {
  TRY(const auto body, core::from_cbor<ledger::CommandBody>(bytes));
  Value shown = core::to_json(body);
  auto fields = typed_command_to_json(body);
  if (!fields) return shown;
  for (auto& [name, value] : *shown.as_object()) {
    if (name == "command") value = std::move(fields.value());
  }
  return shown;
}

// With the command that is proposed by name, where this version knows its type.
core::Result<Value> proposal_to_json(core::ByteView bytes) {
  TRY(const auto body, core::from_cbor<ProposalMade>(bytes));
  Value shown = core::to_json(body);
  auto proposed = proposed_to_json(body.command, body.bytes);
  if (proposed) shown.as_object()->emplace_back("proposed", std::move(proposed.value()));
  return shown;
}

template <class Body, class Apply>
struct Entry {
  static core::Result<> apply(State& state, const ledger::RecordView& record) {
    return apply_body<Body>(state, record, Apply{});
  }
};

template <template <class> class Apply, class Body>
constexpr RecordType entry() {
  return {Body::kKind, Body::kName, body_to_json<Body>, Entry<Body, Apply<Body>>::apply};
}

constexpr auto kRecordTypes = std::to_array<RecordType>({
    {ledger::kGenesis, "genesis", body_to_json<ledger::Genesis>, apply_genesis},
    {ledger::kCommand, "command", command_to_json, apply_nothing},
    {ledger::kAccountsOpened, "accounts_opened", body_to_json<ledger::AccountsOpened>,
     apply_nothing},
    {ledger::kEvent, "event", body_to_json<ledger::Event>, apply_nothing},
    {ledger::kBatchEnd, "batch_ended", body_to_json<ledger::BatchEnded>, apply_nothing},
    {ledger::kBatchVoid, "batch_voided", body_to_json<ledger::BatchVoided>, apply_nothing},
    entry<ApplyKeys, ledger::LogKeyRotated>(),
    entry<ApplyKeys, ledger::LogKeyCompromised>(),
    {ledger::kIndexRoot, "index_root", body_to_json<ledger::IndexRoot>, apply_nothing},
    entry<ApplySetup, BankRegistered>(),
    entry<ApplySetup, ClientRegistered>(),
    entry<ApplySetup, ManagerRegistered>(),
    entry<ApplySetup, SymbolRegistered>(),
    entry<ApplySetup, OfferPublished>(),
    entry<ApplySetup, DecisionRecorded>(),
    entry<ApplySetup, StructureOpened>(),
    entry<ApplySetup, MandateAccepted>(),
    entry<ApplyCash, CashMoved>(),
    entry<ApplyCash, EntryPosted>(),
    entry<ApplyPamm, SubscriptionRequested>(),
    entry<ApplyPamm, RedemptionRequested>(),
    entry<ApplyPamm, RequestCancelled>(),
    entry<ApplyPamm, DealRecorded>(),
    entry<ApplyPamm, BalanceOperationRecorded>(),
    entry<ApplyPamm, PoolValued>(),
    entry<ApplyPamm, ResultAttributed>(),
    entry<ApplyPamm, FeeCharged>(),
    entry<ApplyPamm, RedemptionPriced>(),
    entry<ApplyPamm, SubscriptionPriced>(),
    entry<ApplyPamm, FloatingRebased>(),
    entry<ApplyPamm, RolloverCompleted>(),
    entry<ApplyPamm, OperationSent>(),
    entry<ApplyPamm, OperationConfirmed>(),
    entry<ApplyTrading, TradingAccountOpened>(),
    entry<ApplyTrading, AccountValued>(),
    entry<ApplyMam, OrderAccepted>(),
    entry<ApplyMam, OrderShareFrozen>(),
    entry<ApplyMam, FillRecorded>(),
    entry<ApplyMam, FillAllocated>(),
    entry<ApplyMam, CloseRecorded>(),
    entry<ApplyMam, CloseAllocated>(),
    entry<ApplyPamm, OperationClassified>(),
    entry<ApplyPartners, RebateAccrued>(),
    entry<ApplyPartners, RebatePaid>(),
    entry<ApplyPartners, RebatePassed>(),
    entry<ApplyReporting, ReportIssued>(),
    entry<ApplyReservations, ReservationMade>(),
    entry<ApplyReservations, ReservationPosted>(),
    entry<ApplyReservations, ReservationReleased>(),
    entry<ApplyGovernance, PersonKeyRegistered>(),
    entry<ApplyGovernance, PersonKeyRevoked>(),
    entry<ApplyGovernance, RoleGranted>(),
    entry<ApplyGovernance, RoleRevoked>(),
    entry<ApplyGovernance, ApprovalRuleSet>(),
    {ProposalMade::kKind, ProposalMade::kName, proposal_to_json,
     Entry<ProposalMade, ApplyGovernance<ProposalMade>>::apply},
    entry<ApplyGovernance, ProposalApproved>(),
    entry<ApplyGovernance, ProposalRefused>(),
    entry<ApplyGovernance, ProposalExpired>(),
    entry<ApplyClosing, PeriodClosed>(),
    entry<ApplyClosing, PeriodReopened>(),
    entry<ApplyPersonal, PersonalDataRecorded>(),
    entry<ApplyPersonal, PersonalDataErased>(),
    entry<ApplyRetention, HoldPlaced>(),
    entry<ApplyRetention, HoldReleased>(),
    entry<ApplyRetention, RetentionExtended>(),
    {ReadRecorded::kKind, ReadRecorded::kName, body_to_json<ReadRecorded>, apply_nothing},
    {AccessAnchored::kKind, AccessAnchored::kName, body_to_json<AccessAnchored>, apply_nothing},
    entry<ApplyRetention, RelationshipEnded>(),
    entry<ApplyClientMoney, PspRegistered>(),
    entry<ApplyClientMoney, CardDeposited>(),
    entry<ApplyClientMoney, PspSettled>(),
    entry<ApplyClientMoney, PspReserveReleased>(),
    entry<ApplyClientMoney, ChargedBack>(),
    entry<ApplyClientMoney, ReceiptRecorded>(),
    entry<ApplyClientMoney, ReceiptEnded>(),
    entry<ApplyClientMoney, TransferSent>(),
    entry<ApplyClientMoney, TransferEnded>(),
    entry<ApplyClientMoney, ManagerPaid>(),
    entry<ApplyClientMoney, NegativeBalanceCovered>(),
    entry<ApplyClientMoney, Converted>(),
    entry<ApplyClientMoney, SegregationRuleSet>(),
    entry<ApplyClientMoney, SegregationRecorded>(),
    entry<ApplyClientMoney, ClientMoneyBreached>(),
    entry<ApplyClientMoney, HandedOver>(),
    entry<ApplyClientMoney, HandoverReceived>(),
    entry<ApplyCorrections, FeeReversed>(),
    entry<ApplyCorrections, FeeCorrected>(),
    entry<ApplyCorrections, CompensationPaid>(),
    entry<ApplySetup, PartnerRegistered>(),
    entry<ApplySetup, OfferChanged>(),
    entry<ApplySetup, OfferConsented>(),
    entry<ApplySetup, OfferImproved>(),
    entry<ApplyMigration, MigrationBegun>(),
    entry<ApplyMigration, InvestorImported>(),
    entry<ApplyMigration, MigrationCertificate>(),
    entry<ApplyMigration, InvestorOpened>(),
    entry<ApplyMigration, ImportMatched>(),
    entry<ApplyMigration, ImportAccepted>(),
    entry<ApplySetup, JoinLinkIssued>(),
    entry<ApplySetup, JoinLinkRevoked>(),
    entry<ApplyPamm, InvestorStanding>(),
    entry<ApplyPamm, RetainedDistributed>(),
    entry<ApplyPamm, UnitsVoided>(),
    entry<ApplyPamm, UnitsRebased>(),
    entry<ApplyPamm, NegativeBalanceAbsorbed>(),
    entry<ApplyPamm, MarkMoved>(),
    entry<ApplyPamm, FeeClawedBack>(),
    entry<ApplyPamm, FeeReleased>(),
    entry<ApplyPamm, OfferSwitched>(),
    entry<ApplyPamm, RequestDeferred>(),
    entry<ApplyPamm, JoinApproved>(),
    entry<ApplyPamm, ScalingRequired>(),
    entry<ApplyPamm, CalendarSet>(),
    entry<ApplyPamm, LiquidationBegun>(),
    entry<ApplyPamm, TransferPriced>(),
    entry<ApplyPamm, ReleasedExpired>(),
    entry<ApplyPamm, RolloverHeld>(),
    entry<ApplyPamm, HoldOverdue>(),
    entry<ApplyPamm, DifferenceAccepted>(),
    entry<ApplyInstruments, ContractChanged>(),
    entry<ApplyInstruments, SymbolAliased>(),
    entry<ApplyCurrency, ReferenceRatesRecorded>(),
    entry<ApplyCurrency, PlatformRateRecorded>(),
    entry<ApplyMam, ParticipationSet>(),
    entry<ApplyMam, AccountExcluded>(),
    entry<ApplyMam, AllocationCorrected>(),
    entry<ApplyMam, ShareRejected>(),
    entry<ApplyMam, FillChanged>(),
    entry<ApplyMam, CompensationScheduled>(),
    entry<ApplyMam, ErrorClosed>(),
    entry<ApplyTrading, AccountStood>(),
    entry<ApplyTrading, AccountFeeCharged>(),
    entry<ApplyTrading, AccountFeesCompleted>(),
    entry<ApplyTrading, AccountFlow>(),
    entry<ApplyTrading, FlowAccepted>(),
    entry<ApplyTrading, AccountMarkMoved>(),
    entry<ApplyTrading, AccountFeeClawedBack>(),
    entry<ApplyTrading, AccountFeeReleased>(),
    entry<ApplyTrading, HedgeWarning>(),
    entry<ApplyTrading, AccountLimitsSet>(),
    entry<ApplyTrading, StopOutTriggered>(),
    entry<ApplyTrading, StopOutLifted>(),
    entry<ApplyTrading, AccountStopped>(),
    entry<ApplyTrading, AccountRestarted>(),
    entry<ApplyTrading, AccountReleasedExpired>(),
    entry<ApplyCopy, CopyTermsSet>(),
    entry<ApplyCopy, MasterValued>(),
    entry<ApplyCopy, SignalRecorded>(),
    entry<ApplyCopy, CopySized>(),
    entry<ApplyCopy, CopySkipped>(),
    entry<ApplyCopy, CopyOffered>(),
    entry<ApplyCopy, CopyOfferEnded>(),
    entry<ApplyCopy, CopyCloseAsked>(),
    entry<ApplyCopy, CopyFilled>(),
    entry<ApplyCopy, CopyClosed>(),
    entry<ApplyCopy, CopyRejected>(),
    entry<ApplyCopy, CopyAmended>(),
    entry<ApplyCopy, CopyStopped>(),
    entry<ApplyCopy, CopyMarginMeasured>(),
    entry<ApplyCopy, CopiesSplit>(),
    entry<ApplyCopy, CopySplitAllocated>(),
    entry<ApplyCopy, CopiesAdjusted>(),
    entry<ApplyCopy, CopyAdjusted>(),
    entry<ApplyPartners, PartnerDealAwaited>(),
    entry<ApplyPartners, ProgrammePublished>(),
    entry<ApplyPartners, ProgrammeAssigned>(),
    entry<ApplyPartners, PartnerParentSet>(),
    entry<ApplyPartners, ClientAttributed>(),
    entry<ApplyPartners, PartnerDealRecorded>(),
    entry<ApplyPartners, PartnerLineAccrued>(),
    entry<ApplyPartners, PartnerDealReversed>(),
    entry<ApplyPartners, ClientAcquired>(),
    entry<ApplyPartners, RevenueShared>(),
    entry<ApplyPartners, ChurnMeasured>(),
    entry<ApplyPartners, EarningsHeld>(),
    entry<ApplyPartners, EarningsReleased>(),
    entry<ApplyPartners, EarningsApproved>(),
    entry<ApplyPartners, PayoutBatchMade>(),
    entry<ApplyPartners, PayoutLine>(),
    entry<ApplyPartners, PayoutPaid>(),
    entry<ApplyPartners, PayoutReclaimed>(),
    entry<ApplyPartners, RebateRouted>(),
    entry<ApplyPartners, PartnerDealsReconciled>(),
    entry<ApplyPartners, PartnerBreakResolved>(),
    entry<ApplyPartners, MonthToppedUp>(),
    entry<ApplyPartners, PartnerFeeShare>(),
    entry<ApplyPartners, PartnerEvaluated>(),
    entry<ApplyPamm, TransferSentHome>(),
    entry<ApplyPamm, GainForgone>(),
    entry<ApplyMam, PositionClosed>(),
    entry<ApplyMam, PositionAdjusted>(),
    {AdjustmentAllocated::kKind, AdjustmentAllocated::kName, body_to_json<AdjustmentAllocated>,
     apply_nothing},
    entry<ApplyMam, OrderSplit>(),
    entry<ApplyMam, SplitAllocated>(),
    {RoundingBooked::kKind, RoundingBooked::kName, body_to_json<RoundingBooked>, apply_nothing},
    {HedgeResultRecorded::kKind, HedgeResultRecorded::kName, body_to_json<HedgeResultRecorded>,
     apply_nothing},
    entry<ApplyCurrency, RoundingLimitSet>(),
    entry<ApplyCurrency, RoundingAlarm>(),
    entry<ApplyGate, RulePackAdopted>(),
    entry<ApplyGate, CellSignedOff>(),
    entry<ApplyGate, CountriesExcluded>(),
    entry<ApplyGate, EvidenceRecorded>(),
    entry<ApplyGate, AuthorisationDecided>(),
    entry<ApplyGate, ManagerSuspended>(),
    entry<ApplyGate, SuspensionLifted>(),
    entry<ApplyGate, DecisionAppealed>(),
    entry<ApplySetup, MandateRevoked>(),
    entry<ApplyGate, CaseOpened>(),
    entry<ApplyGate, InformationRequested>(),
    entry<ApplyGate, InformationAnswered>(),
    entry<ApplyGate, CaseWentLive>(),
    entry<ApplyGate, CaseDeclined>(),
    entry<ApplyGate, BreachLogged>(),
    entry<ApplyGate, ComplaintRecorded>(),
    entry<ApplyGate, ComplaintAnswered>(),
    entry<ApplyGate, ExpiryAlerted>(),
    entry<ApplyGate, RecheckDue>(),
    entry<ApplyGate, ScreeningListRecorded>(),
    entry<ApplyGate, ScreeningRecorded>(),
    entry<ApplyGate, CandidateReleased>(),
    entry<ApplySetup, PapersRenewed>(),
    entry<ApplyGate, BreachClosed>(),
    entry<ApplyGate, WindDownSet>(),
    entry<ApplyGate, WindDownBegun>(),
    entry<ApplySetup, CountriesNoted>(),
});
static_assert(std::ranges::is_sorted(kRecordTypes, {}, &RecordType::kind));
static_assert(std::ranges::adjacent_find(kRecordTypes, {}, &RecordType::kind) ==
              kRecordTypes.end());

const RecordType* find_type(std::uint64_t kind, std::uint64_t version) {
  const auto found = std::ranges::lower_bound(kRecordTypes, kind, {}, &RecordType::kind);
  if (found == kRecordTypes.end() || found->kind != kind || version != 1) return nullptr;
  return &*found;
}

Value postings_to_json(const ledger::RecordView& record) {
  core::json::Array out;
  for (const ledger::PostingView& posting : record.postings) {
    const auto commodity = core::commodity(posting.commodity);
    const unsigned scale = commodity ? commodity.value().scale : 0;
    out.push_back(Object{{"account", posting.account},
                         {"amount", core::print_fixed(posting.amount, scale)},
                         {"commodity", posting.commodity}});
  }
  return out;
}

Value subjects_to_json(const ledger::RecordView& record) {
  core::json::Array out;
  for (const ledger::SubjectLink& link : record.subjects) {
    Object subject{{"id", core::to_hex(link.id)}, {"count", static_cast<std::int64_t>(link.count)}};
    if (link.prev_seq) {
      subject.emplace_back("prev_seq", static_cast<std::int64_t>(*link.prev_seq));
    }
    out.push_back(std::move(subject));
  }
  return out;
}

void add_body(const ledger::RecordView& record, Object& out) {
  const RecordType* type = find_type(record.kind, record.version);
  if (type != nullptr) {
    auto body = type->to_json(record.body);
    if (body) {
      out.emplace_back("name", type->name);
      out.emplace_back("body", std::move(body.value()));
      return;
    }
  }
  out.emplace_back("interpreted", false);
  out.emplace_back("body", core::to_hex(record.body));
}

}  // namespace

core::Result<> apply(State& state, const ledger::RecordView& record) {
  const RecordType* type = find_type(record.kind, record.version);
  if (type == nullptr) return core::ok();
  const std::string at = "seq " + std::to_string(record.seq);
  try {
    auto applied = type->apply(state, record);
    if (applied) return core::ok();
    return core::corrupt("engine_record", at, core::to_string(applied.error()));
  } catch (const std::out_of_range&) {
    // map::at on an id that no earlier record introduced: the stored record is wrong, not the code.
    return core::corrupt("engine_record", at,
                         "The record names something that no record before it introduced.");
  }
}

bool changes_state(std::uint64_t kind) {
  if (kind == ledger::kLogKeyRotated || kind == ledger::kLogKeyCompromised) return true;
  return kind >= ledger::kFirstApplicationKind && kind != CashMoved::kKind &&
         kind != EntryPosted::kKind && kind != ReadRecorded::kKind && kind != AccessAnchored::kKind;
}

std::optional<std::uint64_t> kind_named(std::string_view name) {
  const auto found = std::ranges::find(kRecordTypes, name, &RecordType::name);
  if (found == kRecordTypes.end()) return std::nullopt;
  return found->kind;
}

std::string_view kind_name(std::uint64_t kind) {
  const auto found = std::ranges::lower_bound(kRecordTypes, kind, {}, &RecordType::kind);
  return found == kRecordTypes.end() || found->kind != kind ? std::string_view() : found->name;
}

Value record_to_json(const ledger::RecordView& record) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  Object out{{"seq", number(record.seq)},
             {"prev", core::to_hex(record.prev.bytes)},
             {"salt", core::to_hex(record.salt)},
             {"recorded_at", core::to_string(record.recorded_at)},
             {"effective_at", core::to_string(record.effective_at)},
             {"batch", core::json::Array{number(record.batch.first_seq), number(record.batch.index),
                                         number(record.batch.count)}},
             {"kind", number(record.kind)},
             {"version", number(record.version)}};
  add_body(record, out);
  if (!record.postings.empty()) out.emplace_back("postings", postings_to_json(record));
  if (!record.subjects.empty()) out.emplace_back("subjects", subjects_to_json(record));
  if (!record.documents.empty()) {
    out.emplace_back("documents", core::Codec<std::vector<core::Hash>>::to_json(record.documents));
  }
  if (record.corrects) out.emplace_back("corrects", number(*record.corrects));
  return out;
}

}  // namespace engine::dispatch
