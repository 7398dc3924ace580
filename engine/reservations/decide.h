#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/effects.h"
#include "engine/reservation_commands.h"
#include "engine/reservation_records.h"
#include "ledger/record.h"

// Pending amounts. An amount is set aside by moving it from the account that it will be taken from
// to one below it, `<account>:reserved:debit` or `:credit`, so that the laws of the account already
// count it as gone. Source: docs/accounting.md, "Reservations".
namespace engine::reservations {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: Conflict/exists if the id was used before; InvalidInput/account if both accounts are one;
//         InvalidInput/unbalanced if they are of two rings; InvalidInput/two_clients if they are of
//         two clients; InvalidInput/unknown_commodity, precision, not_positive, expired; what the
//         books refuse, such as Conflict/law_never_debit.
Drafts decide(const Context& context, const Reserve& command);
// Errors: NotFound/unknown_reservation if it is not open; InvalidInput/not_positive, precision;
//         Conflict/insufficient_reservation if more is to be posted than was set aside.
Drafts decide(const Context& context, const PostReservation& command);
// Errors: NotFound/unknown_reservation.
Drafts decide(const Context& context, const VoidReservation& command);
// Releases every reservation whose time is over.
void expire(const Context& context, Effects& effects);
// Whether a tick recorded at `now` would end anything.
bool has_expired(const State& state, core::Instant now);

void apply(State& state, const ReservationMade& body, const ledger::RecordView& record);
void apply(State& state, const ReservationPosted& body, const ledger::RecordView& record);
void apply(State& state, const ReservationReleased& body, const ledger::RecordView& record);

}  // namespace engine::reservations
