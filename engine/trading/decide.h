#pragma once

#include <string_view>
#include <vector>

#include "engine/context.h"
#include "engine/trading_records.h"
#include "ledger/record.h"

// Clients' own trading accounts under a manager, in groups (MAM) and in copy trading: opened,
// funded, valued, charged, limited. Money to the smallest unit of the account's currency.
// Source: docs/accounting.md, rows 7, 8, 15 to 17 and 21, and "Accounts' fees and marks".
namespace engine::trading {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// At its end the laws of an account must hold. They listen to its own valuation, not to the whole
// group's: accounts are valued one by one, and one in deficit must not stop the valuation that
// would show it.
inline constexpr std::string_view kValuation = "valuation";
inline core::StructureId scope_of(const core::AccountId& account) { return {account.bytes}; }

// accounts.cc

// Errors: Conflict/not_authorised, exists, wrong_model, mode_differs; those of gate::admit_money();
//         NotFound/unknown_structure, unknown_client; InvalidInput/unknown_currency, login.
Drafts decide(const Context& context, const OpenTradingAccount& command);

// flows.cc

// An overdrawn wallet is refused by its law (Conflict/law_never_debit).
// Errors: NotFound/unknown_account; InvalidInput/not_positive, precision; Conflict/balance_differs,
//         negative_equity.
Drafts decide(const Context& context, const FundAccount& command);
// Errors: as above; Conflict/insufficient_balance, insufficient_equity, equity_unstated.
Drafts decide(const Context& context, const DefundAccount& command);
// Errors: NotFound/unknown_account; Conflict/flow_not_waiting.
Drafts decide(const Context& context, const AcceptFlow& command);

// valuation.cc

// Errors: NotFound/unknown_account; Conflict/negative_equity, balance_differs, reconcile_drift.
Drafts decide(const Context& context, const ValueAccount& command);

// charging.cc

// Errors: NotFound/unknown_structure, unknown_account; Conflict/wrong_model, no_mandate,
//         trade_date, valuation_missing, period_not_over.
Drafts decide(const Context& context, const ChargeAccountFees& command);
// Errors: as above; Conflict/account_stopped.
Drafts decide(const Context& context, const StopAccount& command);
// Errors: NotFound/unknown_account; Conflict/account_running, trade_date, not_authorised.
Drafts decide(const Context& context, const RestartAccount& command);

// limits.cc

// Errors: NotFound/unknown_account; InvalidInput/rate_range, not_positive, precision.
Drafts decide(const Context& context, const SetAccountLimits& command);
// Errors: as above; Conflict/limit_looser.
Drafts decide(const Context& context, const TightenAccountLimits& command);
// Errors: NotFound/unknown_account; Conflict/not_stopped_out; InvalidInput/reason.
Drafts decide(const Context& context, const LiftStopOut& command);

// Errors of each that returns a Result: Overflow.
void apply(State& state, const TradingAccountOpened& body, const ledger::RecordView& record);
void apply(State& state, const AccountValued& body, const ledger::RecordView& record);
void apply(State& state, const AccountStood& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const AccountFeeCharged& body, const ledger::RecordView& record);
void apply(State& state, const AccountFeesCompleted& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const AccountFlow& body, const ledger::RecordView& record);
void apply(State& state, const FlowAccepted& body, const ledger::RecordView& record);
void apply(State& state, const AccountMarkMoved& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const AccountFeeClawedBack& body,
                     const ledger::RecordView& record);
void apply(State& state, const AccountFeeReleased& body, const ledger::RecordView& record);
void apply(State& state, const HedgeWarning& body, const ledger::RecordView& record);
void apply(State& state, const AccountLimitsSet& body, const ledger::RecordView& record);
void apply(State& state, const StopOutTriggered& body, const ledger::RecordView& record);
void apply(State& state, const StopOutLifted& body, const ledger::RecordView& record);
void apply(State& state, const AccountStopped& body, const ledger::RecordView& record);
void apply(State& state, const AccountRestarted& body, const ledger::RecordView& record);
void apply(State& state, const AccountReleasedExpired& body, const ledger::RecordView& record);

}  // namespace engine::trading
