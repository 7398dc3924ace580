#include "gateway/bench/pool.h"

#include <algorithm>

#include "core/decimal.h"
#include "core/time.h"
#include "engine/cash_commands.h"
#include "engine/pamm_commands.h"
#include "engine/setup_commands.h"
#include "gateway/bench/submission.h"
#include "gateway/bench/workload.h"
#include "ledger/big_endian.h"

namespace gateway::bench {
namespace {

constexpr std::string_view kCurrency = "EUR";
constexpr unsigned kScale = 2;
constexpr core::Minor kInvestedCents = 1000'00;
constexpr core::Minor kValuedCents = 1050'00;
constexpr std::uint64_t kInvestorsAtOnce = 2000;

// Ids of all kinds are told apart by their first byte; a number makes the rest.
template <class Id>
Id make_id(std::uint8_t kind, std::uint64_t number) {
  core::Bytes bytes;
  ledger::append_big_endian(bytes, number);
  Id id;
  id.bytes[0] = kind;
  std::ranges::copy(bytes, id.bytes.begin() + sizeof number);
  return id;
}

core::BankId bank() { return make_id<core::BankId>(1, 0); }
core::PartyId manager() { return make_id<core::PartyId>(2, 0); }
core::OfferId offer() { return make_id<core::OfferId>(3, 0); }
core::StructureId pool() { return make_id<core::StructureId>(4, 0); }
core::PartyId investor(std::uint64_t number) { return make_id<core::PartyId>(5, number); }

core::Decimal euros(core::Minor cents) { return core::to_decimal(cents, kScale); }

core::Date day_before(core::Instant now, std::int32_t days) {
  return {core::utc_date(now).days - days};
}

// Submissions under the pool's own client, numbered as they come.
class Commands {
 public:
  explicit Commands(std::string_view prefix) : prefix_(prefix) {}

  template <class Command>
  void add(const Command& command) {
    commands_.push_back(
        make_submission(command, "pool", std::string(prefix_) + std::to_string(next_++)));
  }
  core::Result<> execute(service::Book& book) {
    const auto accepted = all_accepted(book.execute(commands_));
    commands_.clear();
    return accepted;
  }
  service::Submission take_only() { return std::move(commands_.front()); }

 private:
  std::string_view prefix_;
  std::uint64_t next_ = 0;
  std::vector<service::Submission> commands_;
};

void add_house(Commands& commands) {
  commands.add(engine::RegisterBank{bank(), engine::BankRing::ClientMoney});
  commands.add(engine::RegisterManager{manager(), "CY"});
  engine::PublishOffer published;
  published.offer = offer();
  published.currency = kCurrency;
  published.terms.management_fee_rate = {2, 2};
  published.terms.performance_fee_rate = {2, 1};
  commands.add(published);
  engine::RecordDecision decision;
  decision.decision = make_id<core::DecisionId>(6, 0);
  decision.manager = manager();
  decision.jurisdiction = engine::Jurisdiction::Offshore;
  decision.valid_from = core::utc_midnight({0});
  decision.valid_until = core::utc_midnight(core::kDateMax);
  commands.add(decision);
  engine::OpenStructure opened;
  opened.structure = pool();
  opened.manager = manager();
  opened.offer = offer();
  opened.jurisdiction = engine::Jurisdiction::Offshore;
  commands.add(opened);
}

void add_investor(Commands& commands, std::uint64_t number) {
  const core::PartyId client = investor(number);
  engine::RegisterClient registered;
  registered.client = client;
  registered.residence = "CY";
  commands.add(registered);
  commands.add(engine::Deposit{client, bank(), euros(kInvestedCents), std::string(kCurrency)});
  engine::AcceptMandate mandate;
  mandate.structure = pool();
  mandate.client = client;
  commands.add(mandate);
  commands.add(engine::Subscribe{make_id<core::RequestId>(7, number), pool(), client,
                                 euros(kInvestedCents)});
}

engine::Rollover rollover(core::Date trade_date, bool period_end) {
  engine::Rollover command;
  command.structure = pool();
  command.trade_date = trade_date;
  command.period_end = period_end;
  return command;
}

}  // namespace

core::Result<> make_pool(service::Book& book, std::uint64_t investors) {
  Commands commands("pool-");
  add_house(commands);
  TRY(commands.execute(book));
  for (std::uint64_t first = 0; first < investors; first += kInvestorsAtOnce) {
    const std::uint64_t end = std::min(investors, first + kInvestorsAtOnce);
    for (std::uint64_t i = first; i < end; ++i) add_investor(commands, i);
    TRY(commands.execute(book));
  }
  core::SystemClock clock;
  commands.add(rollover(day_before(clock.now(), 1), false));
  return commands.execute(book);
}

core::Result<> value_pool(service::Book& book, std::uint64_t investors) {
  Commands commands("valuation-");
  engine::RecordValuation valued;
  valued.structure = pool();
  valued.equity = euros(kValuedCents * static_cast<core::Minor>(investors));
  commands.add(valued);
  return commands.execute(book);
}

service::Submission closing_rollover() {
  core::SystemClock clock;
  Commands commands("closing-");
  commands.add(rollover(day_before(clock.now(), 0), true));
  return commands.take_only();
}

}  // namespace gateway::bench
