#include "engine/retention/rules.h"

#include <algorithm>
#include <array>

#include "engine/access_records.h"
#include "engine/cash_records.h"
#include "engine/client_money_records.h"
#include "engine/closing_records.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "engine/correction_records.h"
#include "engine/currency_records.h"
#include "engine/dealing_records.h"
#include "engine/gate_records.h"
#include "engine/governance_records.h"
#include "engine/hedge_records.h"
#include "engine/instrument_records.h"
#include "engine/investor_records.h"
#include "engine/join_records.h"
#include "engine/mam_records.h"
#include "engine/mandate_gap_records.h"
#include "engine/migration_records.h"
#include "engine/offer_records.h"
#include "engine/pamm_records.h"
#include "engine/partner_deal_records.h"
#include "engine/partner_fee_records.h"
#include "engine/partner_records.h"
#include "engine/payout_records.h"
#include "engine/personal_records.h"
#include "engine/position_records.h"
#include "engine/programme_records.h"
#include "engine/report_records.h"
#include "engine/reservation_records.h"
#include "engine/retention_records.h"
#include "engine/rounding_records.h"
#include "engine/segregation_records.h"
#include "engine/setup_records.h"
#include "engine/trading_records.h"
#include "ledger/bodies.h"

namespace engine::retention {
namespace {

struct Classified {
  std::uint64_t kind = 0;
  RecordClass record_class = RecordClass::Other;
};

// By kind. A kind that is missing here is kept as long as any rule asks: what is not known is never
// let go.
constexpr auto kClasses = std::to_array<Classified>({
    {ledger::kGenesis, RecordClass::Oversight},
    {ledger::kCommand, RecordClass::Oversight},
    {ledger::kAccountsOpened, RecordClass::Accounting},
    {ledger::kEvent, RecordClass::Accounting},
    {ledger::kBatchEnd, RecordClass::Oversight},
    {ledger::kBatchVoid, RecordClass::Oversight},
    {ledger::kLogKeyRotated, RecordClass::Oversight},
    {ledger::kLogKeyCompromised, RecordClass::Oversight},
    {ledger::kIndexRoot, RecordClass::Oversight},
    {BankRegistered::kKind, RecordClass::Accounting},
    {ClientRegistered::kKind, RecordClass::Identity},
    {ManagerRegistered::kKind, RecordClass::Identity},
    {SymbolRegistered::kKind, RecordClass::Transaction},
    {OfferPublished::kKind, RecordClass::Agreement},
    {DecisionRecorded::kKind, RecordClass::Agreement},
    {StructureOpened::kKind, RecordClass::Agreement},
    {MandateAccepted::kKind, RecordClass::Agreement},
    {CashMoved::kKind, RecordClass::Accounting},
    {EntryPosted::kKind, RecordClass::Accounting},
    {SubscriptionRequested::kKind, RecordClass::Transaction},
    {RedemptionRequested::kKind, RecordClass::Transaction},
    {RequestCancelled::kKind, RecordClass::Transaction},
    {DealRecorded::kKind, RecordClass::Transaction},
    {BalanceOperationRecorded::kKind, RecordClass::Transaction},
    {PoolValued::kKind, RecordClass::Transaction},
    {ResultAttributed::kKind, RecordClass::Transaction},
    {FeeCharged::kKind, RecordClass::Transaction},
    {RedemptionPriced::kKind, RecordClass::Transaction},
    {SubscriptionPriced::kKind, RecordClass::Transaction},
    {FloatingRebased::kKind, RecordClass::Transaction},
    {RolloverCompleted::kKind, RecordClass::Transaction},
    {OperationSent::kKind, RecordClass::Transaction},
    {OperationConfirmed::kKind, RecordClass::Transaction},
    {TradingAccountOpened::kKind, RecordClass::Agreement},
    {AccountValued::kKind, RecordClass::Transaction},
    {OrderAccepted::kKind, RecordClass::Transaction},
    {OrderShareFrozen::kKind, RecordClass::Transaction},
    {FillRecorded::kKind, RecordClass::Transaction},
    {FillAllocated::kKind, RecordClass::Transaction},
    {CloseRecorded::kKind, RecordClass::Transaction},
    {CloseAllocated::kKind, RecordClass::Transaction},
    {OperationClassified::kKind, RecordClass::Transaction},
    {RebateAccrued::kKind, RecordClass::Transaction},
    {RebatePaid::kKind, RecordClass::Transaction},
    {RebatePassed::kKind, RecordClass::Transaction},
    {ReportIssued::kKind, RecordClass::Report},
    {ReservationMade::kKind, RecordClass::Accounting},
    {ReservationPosted::kKind, RecordClass::Accounting},
    {ReservationReleased::kKind, RecordClass::Accounting},
    {PersonKeyRegistered::kKind, RecordClass::Oversight},
    {PersonKeyRevoked::kKind, RecordClass::Oversight},
    {RoleGranted::kKind, RecordClass::Oversight},
    {RoleRevoked::kKind, RecordClass::Oversight},
    {ApprovalRuleSet::kKind, RecordClass::Oversight},
    {ProposalMade::kKind, RecordClass::Oversight},
    {ProposalApproved::kKind, RecordClass::Oversight},
    {ProposalRefused::kKind, RecordClass::Oversight},
    {ProposalExpired::kKind, RecordClass::Oversight},
    {PeriodClosed::kKind, RecordClass::Accounting},
    {PeriodReopened::kKind, RecordClass::Accounting},
    {PersonalDataRecorded::kKind, RecordClass::Oversight},
    {PersonalDataErased::kKind, RecordClass::Oversight},
    {HoldPlaced::kKind, RecordClass::Oversight},
    {HoldReleased::kKind, RecordClass::Oversight},
    {RetentionExtended::kKind, RecordClass::Oversight},
    {ReadRecorded::kKind, RecordClass::Oversight},
    {AccessAnchored::kKind, RecordClass::Oversight},
    {RelationshipEnded::kKind, RecordClass::Oversight},
    {PspRegistered::kKind, RecordClass::Accounting},
    {CardDeposited::kKind, RecordClass::Accounting},
    {PspSettled::kKind, RecordClass::Accounting},
    {PspReserveReleased::kKind, RecordClass::Accounting},
    {ChargedBack::kKind, RecordClass::Accounting},
    {ReceiptRecorded::kKind, RecordClass::Accounting},
    {ReceiptEnded::kKind, RecordClass::Accounting},
    {TransferSent::kKind, RecordClass::Transaction},
    {TransferEnded::kKind, RecordClass::Transaction},
    {ManagerPaid::kKind, RecordClass::Accounting},
    {NegativeBalanceCovered::kKind, RecordClass::Transaction},
    {Converted::kKind, RecordClass::Transaction},
    {SegregationRuleSet::kKind, RecordClass::Accounting},
    {SegregationRecorded::kKind, RecordClass::Accounting},
    {ClientMoneyBreached::kKind, RecordClass::Accounting},
    {HandedOver::kKind, RecordClass::Accounting},
    {HandoverReceived::kKind, RecordClass::Accounting},
    {FeeReversed::kKind, RecordClass::Transaction},
    {FeeCorrected::kKind, RecordClass::Transaction},
    {CompensationPaid::kKind, RecordClass::Transaction},
    {PartnerRegistered::kKind, RecordClass::Identity},
    {OfferChanged::kKind, RecordClass::Agreement},
    {OfferConsented::kKind, RecordClass::Agreement},
    {OfferImproved::kKind, RecordClass::Agreement},
    {MigrationBegun::kKind, RecordClass::Agreement},
    {InvestorImported::kKind, RecordClass::Transaction},
    {MigrationCertificate::kKind, RecordClass::Accounting},
    {InvestorOpened::kKind, RecordClass::Accounting},
    {ImportMatched::kKind, RecordClass::Transaction},
    {ImportAccepted::kKind, RecordClass::Transaction},
    {JoinLinkIssued::kKind, RecordClass::Agreement},
    {JoinLinkRevoked::kKind, RecordClass::Agreement},
    {InvestorStanding::kKind, RecordClass::Transaction},
    {RetainedDistributed::kKind, RecordClass::Transaction},
    {UnitsVoided::kKind, RecordClass::Transaction},
    {UnitsRebased::kKind, RecordClass::Transaction},
    {NegativeBalanceAbsorbed::kKind, RecordClass::Transaction},
    {MarkMoved::kKind, RecordClass::Transaction},
    {FeeClawedBack::kKind, RecordClass::Transaction},
    {FeeReleased::kKind, RecordClass::Transaction},
    {OfferSwitched::kKind, RecordClass::Agreement},
    {RequestDeferred::kKind, RecordClass::Transaction},
    {JoinApproved::kKind, RecordClass::Transaction},
    {ScalingRequired::kKind, RecordClass::Transaction},
    {CalendarSet::kKind, RecordClass::Agreement},
    {LiquidationBegun::kKind, RecordClass::Agreement},
    {TransferPriced::kKind, RecordClass::Transaction},
    {ReleasedExpired::kKind, RecordClass::Transaction},
    {RolloverHeld::kKind, RecordClass::Transaction},
    {HoldOverdue::kKind, RecordClass::Transaction},
    {DifferenceAccepted::kKind, RecordClass::Transaction},
    {ContractChanged::kKind, RecordClass::Transaction},
    {SymbolAliased::kKind, RecordClass::Transaction},
    {ReferenceRatesRecorded::kKind, RecordClass::Transaction},
    {PlatformRateRecorded::kKind, RecordClass::Transaction},
    {ParticipationSet::kKind, RecordClass::Agreement},
    {AccountExcluded::kKind, RecordClass::Transaction},
    {AllocationCorrected::kKind, RecordClass::Transaction},
    {ShareRejected::kKind, RecordClass::Transaction},
    {FillChanged::kKind, RecordClass::Transaction},
    {CompensationScheduled::kKind, RecordClass::Transaction},
    {ErrorClosed::kKind, RecordClass::Transaction},
    {AccountStood::kKind, RecordClass::Transaction},
    {AccountFeeCharged::kKind, RecordClass::Transaction},
    {AccountFeesCompleted::kKind, RecordClass::Transaction},
    {AccountFlow::kKind, RecordClass::Transaction},
    {FlowAccepted::kKind, RecordClass::Transaction},
    {AccountMarkMoved::kKind, RecordClass::Transaction},
    {AccountFeeClawedBack::kKind, RecordClass::Transaction},
    {AccountFeeReleased::kKind, RecordClass::Transaction},
    {HedgeWarning::kKind, RecordClass::Transaction},
    {AccountLimitsSet::kKind, RecordClass::Agreement},
    {StopOutTriggered::kKind, RecordClass::Transaction},
    {StopOutLifted::kKind, RecordClass::Transaction},
    {AccountStopped::kKind, RecordClass::Agreement},
    {AccountRestarted::kKind, RecordClass::Agreement},
    {AccountReleasedExpired::kKind, RecordClass::Transaction},
    {CopyTermsSet::kKind, RecordClass::Agreement},
    {MasterValued::kKind, RecordClass::Transaction},
    {SignalRecorded::kKind, RecordClass::Transaction},
    {CopySized::kKind, RecordClass::Transaction},
    {CopySkipped::kKind, RecordClass::Transaction},
    {CopyOffered::kKind, RecordClass::Transaction},
    {CopyOfferEnded::kKind, RecordClass::Transaction},
    {CopyCloseAsked::kKind, RecordClass::Transaction},
    {CopyFilled::kKind, RecordClass::Transaction},
    {CopyClosed::kKind, RecordClass::Transaction},
    {CopyRejected::kKind, RecordClass::Transaction},
    {CopyAmended::kKind, RecordClass::Transaction},
    {CopyStopped::kKind, RecordClass::Transaction},
    {CopyMarginMeasured::kKind, RecordClass::Transaction},
    {CopiesSplit::kKind, RecordClass::Transaction},
    {CopySplitAllocated::kKind, RecordClass::Transaction},
    {CopiesAdjusted::kKind, RecordClass::Transaction},
    {CopyAdjusted::kKind, RecordClass::Transaction},
    {ProgrammePublished::kKind, RecordClass::Agreement},
    {ProgrammeAssigned::kKind, RecordClass::Agreement},
    {PartnerParentSet::kKind, RecordClass::Agreement},
    {ClientAttributed::kKind, RecordClass::Agreement},
    {PartnerDealRecorded::kKind, RecordClass::Transaction},
    {PartnerLineAccrued::kKind, RecordClass::Transaction},
    {PartnerDealReversed::kKind, RecordClass::Transaction},
    {ClientAcquired::kKind, RecordClass::Transaction},
    {RevenueShared::kKind, RecordClass::Transaction},
    {ChurnMeasured::kKind, RecordClass::Transaction},
    {EarningsHeld::kKind, RecordClass::Transaction},
    {EarningsReleased::kKind, RecordClass::Transaction},
    {EarningsApproved::kKind, RecordClass::Transaction},
    {PayoutBatchMade::kKind, RecordClass::Accounting},
    {PayoutLine::kKind, RecordClass::Accounting},
    {PayoutPaid::kKind, RecordClass::Accounting},
    {PayoutReclaimed::kKind, RecordClass::Accounting},
    {RebateRouted::kKind, RecordClass::Accounting},
    {PartnerDealsReconciled::kKind, RecordClass::Transaction},
    {PartnerBreakResolved::kKind, RecordClass::Transaction},
    {MonthToppedUp::kKind, RecordClass::Transaction},
    {PartnerFeeShare::kKind, RecordClass::Transaction},
    {PartnerEvaluated::kKind, RecordClass::Agreement},
    {GainForgone::kKind, RecordClass::Transaction},
    {PositionClosed::kKind, RecordClass::Transaction},
    {PositionAdjusted::kKind, RecordClass::Transaction},
    {AdjustmentAllocated::kKind, RecordClass::Transaction},
    {OrderSplit::kKind, RecordClass::Transaction},
    {SplitAllocated::kKind, RecordClass::Transaction},
    {RoundingBooked::kKind, RecordClass::Transaction},
    {HedgeResultRecorded::kKind, RecordClass::Accounting},
    {RoundingLimitSet::kKind, RecordClass::Accounting},
    {RoundingAlarm::kKind, RecordClass::Accounting},
    {RulePackAdopted::kKind, RecordClass::Agreement},
    {CellSignedOff::kKind, RecordClass::Agreement},
    {CountriesExcluded::kKind, RecordClass::Agreement},
    {EvidenceRecorded::kKind, RecordClass::Identity},
    {AuthorisationDecided::kKind, RecordClass::Agreement},
    {ManagerSuspended::kKind, RecordClass::Agreement},
    {SuspensionLifted::kKind, RecordClass::Agreement},
    {DecisionAppealed::kKind, RecordClass::Agreement},
    {MandateRevoked::kKind, RecordClass::Agreement},
    {CaseOpened::kKind, RecordClass::Identity},
    {InformationRequested::kKind, RecordClass::Identity},
    {InformationAnswered::kKind, RecordClass::Identity},
    {CaseWentLive::kKind, RecordClass::Agreement},
    {CaseDeclined::kKind, RecordClass::Agreement},
    {BreachLogged::kKind, RecordClass::Transaction},
    {ComplaintRecorded::kKind, RecordClass::Transaction},
    {ComplaintAnswered::kKind, RecordClass::Transaction},
    {ExpiryAlerted::kKind, RecordClass::Agreement},
    {RecheckDue::kKind, RecordClass::Agreement},
    {ScreeningListRecorded::kKind, RecordClass::Agreement},
    {ScreeningRecorded::kKind, RecordClass::Identity},
    {CandidateReleased::kKind, RecordClass::Identity},
});
static_assert(std::ranges::is_sorted(kClasses, {}, &Classified::kind));

}  // namespace

RecordClass class_of(std::uint64_t kind) {
  const auto found = std::ranges::lower_bound(kClasses, kind, {}, &Classified::kind);
  if (found == kClasses.end() || found->kind != kind) return RecordClass::Other;
  return found->record_class;
}

bool is_business(RecordClass record_class) {
  return record_class != RecordClass::Report && record_class != RecordClass::Oversight;
}

}  // namespace engine::retention
