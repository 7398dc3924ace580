// Deals through a tree of three partners, decided in memory.

#include "engine/commission/amount.h"
#include "engine/commission/trees.h"
#include "engine/instruments_state.h"
#include "engine/partner_state.h"
#include "engine/partners/decide.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/figures.h"
#include "gateway/bench/machine.h"
#include "ledger/journal/past_of_books.h"

namespace gateway::bench {
namespace {

template <class Id>
Id id_of(std::uint8_t number) {
  Id id;
  id.bytes[15] = number;
  return id;
}

constexpr core::Instant kStart{1'767'225'600'000'000};  // 2026-01-01T00:00:00Z
constexpr std::int64_t kMinute = 60'000'000;

// Three partners above each other with 60 %, 70 % and 80 % of 5 a lot; one client of the lowest.
engine::State make_tree() {
  engine::State state;
  state.genesis.profile = "offshore";
  state.instruments->symbols["EURUSD"] = {1, "EUR", {}};
  const auto programme = id_of<engine::ProgrammeId>(1);
  engine::ProgrammeTerms terms;
  terms.pays = {{engine::PayBasis::PerLot, {{{}, {}, {5, 0}, {}}}, false, false}};
  engine::PartnerBook& book = *state.partner_book;
  book.programmes[programme] = {"EUR", {{kStart, terms, 1}}};
  for (std::uint8_t i = 1; i <= 3; ++i) {
    const auto partner = id_of<core::PartyId>(i);
    state.partners[partner] = {partner, engine::PartnerKind::IntroducingBroker, "CY"};
    engine::PartnerPlace& place = book.places[partner];
    place.assignments = {{kStart, programme, core::Decimal{5 + i, 1}}};
    if (i < 3) {
      place.parents = {{kStart, id_of<core::PartyId>(static_cast<std::uint8_t>(i + 1))}};
    }
  }
  const auto client = id_of<core::PartyId>(9);
  state.clients[client] = {client, engine::ClientCategory::Retail, "CY"};
  book.clients[client] = {{kStart, id_of<core::PartyId>(1), false}};
  return state;
}

engine::RecordPartnerDeal deal_of(std::uint64_t number) {
  engine::RecordPartnerDeal deal;
  deal.server = "live-1";
  deal.ticket = std::to_string(number);
  deal.client = id_of<core::PartyId>(9);
  deal.symbol = "EURUSD";
  deal.lots = core::to_decimal(static_cast<core::Minor>(1 + number % 500), 2);
  deal.opened_at = core::Instant{kStart.micros + static_cast<std::int64_t>(number)};
  deal.closed_at = core::Instant{deal.opened_at.micros + 10 * kMinute};
  deal.open_price = {109'123, 5};
  deal.close_price = {109'223, 5};
  deal.commission = core::Decimal{50, 0};
  return deal;
}

// The exact arithmetic of a deal alone.
core::Result<core::Minor> share_out(const engine::RecordPartnerDeal& deal) {
  namespace commission = engine::commission;
  static const std::vector<core::Rational> kShares{
      commission::exact({6, 1}), commission::exact({7, 1}), commission::exact({8, 1})};
  auto lines =
      commission::by_difference(multiply(commission::exact(deal.lots), core::Rational(5)), kShares);
  commission::cut_to(lines, commission::exact(*deal.commission));
  core::Minor sum = 0;
  for (const core::Rational& line : lines) {
    TRY(const auto amount, commission::to_accrual(line));
    sum += amount;
  }
  return sum;
}

}  // namespace

core::Result<> bench_partners(const Options& options) {
  const engine::State state = make_tree();
  const ledger::journal::Books books;
  const ledger::invariants::SubjectsConsecutive subjects;
  ledger::journal::PastOfBooks past(books, subjects);
  const engine::Context context{state, books, kStart, kStart, past};
  std::vector<engine::RecordPartnerDeal> deals;
  for (std::uint64_t i = 0; i < options.records; ++i) deals.push_back(deal_of(i));

  const Stopwatch deciding;
  std::uint64_t records = 0;
  for (const engine::RecordPartnerDeal& deal : deals) {
    TRY(const auto drafts, engine::partners::decide(context, deal));
    records += drafts.size();
  }
  const std::uint64_t micros = deciding.micros();

  const Stopwatch sharing;
  core::Minor sum = 0;
  for (const engine::RecordPartnerDeal& deal : deals) {
    TRY(const auto shared, share_out(deal));
    sum += shared;
  }
  const std::uint64_t raw_micros = sharing.micros();
  if (sum <= 0) return core::corrupt("bench_answer", "partners", "The deals pay nothing.");

  Line line("partners");
  line.add("deals", deals.size())
      .add("records", records)
      .add_beside_raw("deals_per_second", per_second(deals.size(), micros),
                      per_second(deals.size(), raw_micros));
  options.print(line.text());
  return core::ok();
}

}  // namespace gateway::bench
