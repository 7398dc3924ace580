#include "engine/reservations/decide.h"

#include <algorithm>
#include <optional>
#include <string>

#include "core/amount.h"
#include "engine/accounts.h"
#include "engine/effects.h"

namespace engine::reservations {
namespace {

constexpr std::string_view kClientPart = ":client:";
constexpr std::size_t kIdDigits = 32;

const std::string& held_account(const ReservationMade& made) {
  return made.hold == HoldSide::Debit ? made.debit : made.credit;
}

std::string reserved_account(const ReservationMade& made) {
  return held_account(made) +
         (made.hold == HoldSide::Debit ? ":reserved:debit" : ":reserved:credit");
}

// Debit positive: what leaves the held account when it is set aside.
core::Minor signed_amount(const ReservationMade& made, core::Minor amount) {
  return made.hold == HoldSide::Debit ? amount : -amount;
}

// The client whose account it is, if it is a client's.
std::optional<ledger::SubjectId> client_of(std::string_view path) {
  const std::size_t found = path.find(kClientPart);
  if (found == std::string_view::npos) return std::nullopt;
  const auto id = core::parse_id_bytes(path.substr(found + kClientPart.size(), kIdDigits));
  if (!id) return std::nullopt;
  return id.value();
}

Subjects client_subject(const ReservationMade& made) {
  auto client = client_of(made.debit);
  if (!client) client = client_of(made.credit);
  return client ? Subjects{*client} : Subjects{};
}

// The reservation, and the client that it concerns.
Subjects subjects_of(const ReservationMade& made) {
  Subjects subjects = client_subject(made);
  subjects.insert(subjects.begin(), made.reservation.bytes);
  return subjects;
}

core::Result<> check_accounts(const Reserve& command) {
  if (command.debit == command.credit) {
    return core::invalid("account", "credit", "Debit and credit must be two accounts.");
  }
  auto debit_ring = ledger::ring_of(command.debit.text);
  if (!debit_ring) return std::move(debit_ring.error()).within("debit");
  auto credit_ring = ledger::ring_of(command.credit.text);
  if (!credit_ring) return std::move(credit_ring.error()).within("credit");
  if (debit_ring.value() != credit_ring.value()) {
    return core::invalid("unbalanced", "credit", "Debit and credit must be of one ring.");
  }
  const auto debit_client = client_of(command.debit.text);
  const auto credit_client = client_of(command.credit.text);
  if (debit_client && credit_client && *debit_client != *credit_client) {
    return core::invalid("two_clients", "credit",
                         "A record concerns one client: use two linked commands.");
  }
  return core::ok();
}

core::Result<core::Minor> positive(const core::Decimal& value, std::string_view commodity) {
  auto known = core::commodity(commodity);
  if (!known) {
    return core::invalid("unknown_commodity", "commodity",
                         "Not a currency of ISO 4217 and not a registered quantity.");
  }
  auto minor = core::to_minor(value, known.value().scale);
  if (!minor) return std::move(minor.error()).within("amount");
  if (minor.value() > 0) return minor.value();
  return core::invalid("not_positive", "amount", "The amount must be above zero.");
}

core::Result<const ReservationMade*> find_open(const Context& context, const ReservationId& id) {
  const auto found = context.state.reservations.find(id);
  if (found != context.state.reservations.end()) return &found->second;
  return core::not_found("unknown_reservation", "reservation",
                         "No such reservation is open: it was never made, or was posted, voided or "
                         "expired.");
}

void release(const ReservationMade& made, ReleaseReason reason, Effects& effects) {
  const core::Minor amount = signed_amount(made, made.amount);
  Postings postings;
  postings.add(reserved_account(made), made.commodity, amount);
  postings.add(held_account(made), made.commodity, -amount);
  effects.add(ReservationReleased{made.reservation, made.amount, reason}, std::move(postings),
              subjects_of(made));
}

bool is_over(const ReservationMade& made, core::Instant now) {
  return made.expires_at && *made.expires_at <= now;
}

}  // namespace

Drafts decide(const Context& context, const Reserve& command) {
  TRY(check_accounts(command));
  TRY(const auto amount, positive(command.amount, command.commodity));
  if (command.expires_at && *command.expires_at <= context.now) {
    return core::invalid("expired", "expires_at", "This time is over already.");
  }
  // Ended reservations are not kept in memory: the index knows every subject that ever was.
  TRY(const bool used, context.past.has_subject(command.reservation.bytes));
  if (used) return core::conflict("exists", "reservation", "This id was used before.");
  const ReservationMade made{command.reservation,
                             command.debit.text,
                             command.credit.text,
                             command.commodity,
                             amount,
                             command.hold.value_or(HoldSide::Debit),
                             command.expires_at};
  Effects effects(context.effective_at);
  std::string reserved = reserved_account(made);
  if (!context.books.is_open(reserved)) {
    const auto law =
        made.hold == HoldSide::Debit ? ledger::LawKind::NeverDebit : ledger::LawKind::NeverCredit;
    effects.open({account(reserved, {law})}, client_subject(made));
  }
  Postings postings;
  postings.add(held_account(made), made.commodity, signed_amount(made, amount));
  postings.add(std::move(reserved), made.commodity, -signed_amount(made, amount));
  effects.add(made, std::move(postings), subjects_of(made));
  return effects.take();
}

Drafts decide(const Context& context, const PostReservation& command) {
  TRY(const auto* made, find_open(context, command.reservation));
  core::Minor posted = made->amount;
  if (command.amount) {
    TRY(posted, positive(*command.amount, made->commodity));
  }
  if (posted > made->amount) {
    return core::conflict("insufficient_reservation", "amount",
                          "More is to be posted than was set aside.");
  }
  const core::Minor released = made->amount - posted;
  const std::string& other = made->hold == HoldSide::Debit ? made->credit : made->debit;
  Postings postings;
  postings.add(reserved_account(*made), made->commodity, signed_amount(*made, made->amount));
  postings.add(held_account(*made), made->commodity, -signed_amount(*made, released));
  postings.add(other, made->commodity, -signed_amount(*made, posted));
  Effects effects(context.effective_at);
  effects.add(ReservationPosted{command.reservation, posted, released}, std::move(postings),
              subjects_of(*made));
  return effects.take();
}

Drafts decide(const Context& context, const VoidReservation& command) {
  TRY(const auto* made, find_open(context, command.reservation));
  Effects effects(context.effective_at);
  release(*made, ReleaseReason::Voided, effects);
  return effects.take();
}

void expire(const Context& context, Effects& effects) {
  for (const auto& [id, made] : context.state.reservations) {
    if (is_over(made, context.now)) release(made, ReleaseReason::Expired, effects);
  }
}

bool has_expired(const State& state, core::Instant now) {
  return std::ranges::any_of(state.reservations,
                             [&](const auto& open) { return is_over(open.second, now); });
}

void apply(State& state, const ReservationMade& body, const ledger::RecordView&) {
  state.reservations[body.reservation] = body;
}

void apply(State& state, const ReservationPosted& body, const ledger::RecordView&) {
  state.reservations.erase(body.reservation);
}

void apply(State& state, const ReservationReleased& body, const ledger::RecordView&) {
  state.reservations.erase(body.reservation);
}

}  // namespace engine::reservations
