#include "gateway/service/dispute.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "engine/accounts.h"
#include "engine/correction_records.h"
#include "engine/dealing_records.h"
#include "engine/programme_commands.h"
#include "engine/trading_records.h"
#include "engine/trading_state.h"
#include "gateway/service/book_replay.h"
#include "gateway/service/corrected_world.h"
#include "gateway/service/dispute_trading.h"

namespace gateway::service {
namespace {

using engine::FeeKind;
namespace accounts = engine::accounts;

using Place = std::pair<core::StructureId, core::PartyId>;

// A fee as both courses can find it: the command that charged it, whose it is, which kind, and the
// how many-eth of these.
struct FeeKey {
  std::uint64_t command = 0;  // Its sequence in the recorded course.
  Place place;
  FeeKind fee = FeeKind::Management;
  std::uint64_t index = 0;
  auto operator<=>(const FeeKey&) const = default;
};

struct FeeSeen {
  std::uint64_t seq = 0;
  core::Minor amount = 0;  // With a tax on top of it: what left the investor.
  bool on_flow = false;
  bool is_managers = false;
};

// Counts what one course's records charge.
class Tally {
 public:
  core::Result<> take(std::uint64_t command, const std::deque<ledger::RecordView>& records) {
    for (const ledger::RecordView& record : records) {
      TRY(take(command, record));
      TRY(trading_.take(record));
    }
    return core::ok();
  }

  Standing& at(const core::StructureId& structure, const core::PartyId& client) {
    return standings_[{structure, client}];
  }
  const std::map<FeeKey, FeeSeen>& fees() const { return fees_; }
  const TradingTally& trading() const { return trading_; }

 private:
  core::Result<> take(std::uint64_t command, const ledger::RecordView& record) {
    if (record.kind == engine::FeeCharged::kKind) {
      TRY(const auto body, core::from_cbor<engine::FeeCharged>(record.body));
      const core::Minor taken = body.equity_before - body.equity_after;
      charge(body.structure, body.client, body.fee, taken);
      see({command, {body.structure, body.client}, body.fee, 0}, {record.seq, taken});
    } else if (record.kind == engine::SubscriptionPriced::kKind) {
      TRY(const auto body, core::from_cbor<engine::SubscriptionPriced>(record.body));
      charge(body.structure, body.client, FeeKind::Entry, body.entry_fee);
      see_flow(command, {body.structure, body.client}, FeeKind::Entry, record, body.entry_fee);
    } else if (record.kind == engine::RedemptionPriced::kKind) {
      TRY(const auto body, core::from_cbor<engine::RedemptionPriced>(record.body));
      const core::Minor exit = body.exit_fee.value_or(0);
      const core::Minor penalty = body.penalty.value_or(0);
      charge(body.structure, body.client, FeeKind::Exit, exit);
      charge(body.structure, body.client, FeeKind::EarlyWithdrawal, penalty);
      see_flow(command, {body.structure, body.client}, FeeKind::Exit, record, exit + penalty);
    } else if (record.kind == engine::AccountFeeCharged::kKind) {
      TRY(const auto body, core::from_cbor<engine::AccountFeeCharged>(record.body));
      charge(body.fee.structure, body.fee.client, body.fee.fee,
             body.fee.equity_before - body.fee.equity_after);
    } else if (record.kind == engine::AccountFeeClawedBack::kKind) {
      TRY(const auto body, core::from_cbor<engine::AccountFeeClawedBack>(record.body));
      charge(body.structure, body.client, FeeKind::Performance, -body.amount);
    } else if (record.kind == engine::FeeClawedBack::kKind) {
      TRY(const auto body, core::from_cbor<engine::FeeClawedBack>(record.body));
      charge(body.structure, body.client, FeeKind::Performance, -body.amount);
    } else if (record.kind == engine::FeeReversed::kKind) {
      TRY(const auto body, core::from_cbor<engine::FeeReversed>(record.body));
      charge(body.structure, body.client, body.fee, -body.amount);
    } else if (record.kind == engine::FeeCorrected::kKind) {
      TRY(const auto body, core::from_cbor<engine::FeeCorrected>(record.body));
      charge(body.structure, body.client, body.fee, body.amount);
      replace(record, body.amount);
    } else if (record.kind == engine::CompensationPaid::kKind) {
      TRY(const auto body, core::from_cbor<engine::CompensationPaid>(record.body));
      at(body.structure, body.client).compensation += body.amount;
      compensate(record, body);
    }
    return core::ok();
  }

  void charge(const core::StructureId& structure, const core::PartyId& client, FeeKind fee,
              core::Minor amount) {
    Standing& standing = at(structure, client);
    switch (fee) {
      case FeeKind::Management:
        standing.management += amount;
        break;
      case FeeKind::Performance:
        standing.performance += amount;
        break;
      case FeeKind::Entry:
        standing.entry += amount;
        break;
      case FeeKind::Exit:
        standing.exit += amount;
        break;
      case FeeKind::EarlyWithdrawal:
        standing.early_withdrawal += amount;
        break;
      case FeeKind::Subscription:
        standing.subscription += amount;
        break;
      case FeeKind::Volume:
        standing.volume += amount;
        break;
    }
  }

  void see(FeeKey key, const FeeSeen& fee) {
    while (fees_.contains(key)) ++key.index;
    fees_[key] = fee;
    keys_[fee.seq] = key;
  }
  // A request that costs nothing is counted too: it may cost something in the other course.
  void see_flow(std::uint64_t command, const Place& place, FeeKind fee,
                const ledger::RecordView& record, core::Minor amount) {
    const bool is_managers =
        std::ranges::any_of(record.postings, [](const ledger::PostingView& posting) {
          return posting.account.starts_with("liabilities:house:manager:");
        });
    see({command, place, fee, 0}, {record.seq, amount, true, is_managers});
  }

  // A correction stands for the fee from then on.
  void replace(const ledger::RecordView& record, core::Minor amount) {
    if (!record.corrects) return;
    const auto key = keys_.find(*record.corrects);
    if (key == keys_.end()) return;
    fees_[key->second].seq = record.seq;
    fees_[key->second].amount = amount;
    keys_[record.seq] = key->second;
  }
  void compensate(const ledger::RecordView& record, const engine::CompensationPaid& paid) {
    if (!record.corrects) return;
    const auto key = keys_.find(*record.corrects);
    if (key == keys_.end()) return;
    FeeSeen& fee = fees_[key->second];
    fee.amount -= fee.on_flow ? paid.amount : paid.fee_part;
  }

  std::map<Place, Standing> standings_;
  std::map<FeeKey, FeeSeen> fees_;
  std::map<std::uint64_t, FeeKey> keys_;
  TradingTally trading_;
};

void read_books(const World& world, const core::StructureId& id, const engine::Structure& pool,
                const core::PartyId& client, Standing& standing) {
  const auto& books = world.books();
  standing.entitlement = -books.balance(accounts::settled(id, client), pool.currency) -
                         books.balance(accounts::floating(id, client), pool.currency);
  standing.units =
      books.balance(accounts::units(id, client), accounts::unit_code(pool.ordinal, pool.epoch));
  standing.mark =
      books.balance(accounts::mark(pool.strategy, client), accounts::mark_code(pool.currency));
}

class Comparison {
 public:
  Comparison(ledger::Log& log, std::uint64_t size, const CorrectedTerms& terms)
      : log_(log),
        size_(size),
        terms_(terms),
        recorded_(leaf_reader(log, size)),
        corrected_(terms, dispute_) {}

  core::Result<Dispute> run() {
    TRY(for_each_batch(log_, size_, [&](const RecordedBatch& batch) { return take(batch); }));
    TRY(check_offers());
    dispute_.size = size_;
    dispute_.changed_offers = corrected_.changed_offers().size();
    add_investors();
    add_accounts();
    add_fees();
    dispute_.allocations =
        TradingTally::allocations(recorded_tally_.trading(), corrected_tally_.trading());
    dispute_.rebates = TradingTally::rebates(recorded_tally_.trading(), corrected_tally_.trading());
    return std::move(dispute_);
  }

 private:
  core::Result<> take(const RecordedBatch& batch) {
    const ledger::RecordView& command = batch.command();
    if (command.kind == ledger::kCommand) ++dispute_.commands;
    dispute_.last_recorded_at = command.recorded_at;
    // The other course looks at this one as it was before the batch.
    TRY(const auto outcome, corrected_.take(batch, recorded_));
    TRY(corrected_tally_.take(command.seq, outcome.records));
    TRY(recorded_tally_.take(command.seq, batch.records));
    return recorded_.apply(batch.records);
  }

  core::Result<> check_offers() const {
    for (const auto& [offer, fields] : terms_) {
      if (corrected_.changed_offers().contains(offer)) continue;
      return core::not_found("unknown_offer", offer.hex(), "The book has no such offer.");
    }
    return core::ok();
  }

  void add_investors() {
    for (const auto& [id, pool] : recorded_.state().structures) {
      std::vector<std::pair<std::uint64_t, core::PartyId>> order;
      for (const auto& [client, investor] : pool.investors) {
        order.emplace_back(investor.ordinal, client);
      }
      std::ranges::sort(order);
      for (const auto& [ordinal, client] : order) {
        InvestorDifference one{id, client, pool.currency, recorded_tally_.at(id, client),
                               corrected_tally_.at(id, client)};
        read_books(recorded_, id, pool, client, one.recorded);
        const auto& others = corrected_.world().state().structures;
        const auto other = others.find(id);
        if (other != others.end()) {
          read_books(corrected_.world(), id, other->second, client, one.corrected);
        }
        dispute_.investors.push_back(std::move(one));
      }
    }
  }

  // Clients of groups and copied managers: what all their accounts of a structure hold together, in
  // the currency of the accounts.
  void add_accounts() {
    for (const auto& [id, structure] : recorded_.state().structures) {
      std::map<std::pair<core::PartyId, std::string>, InvestorDifference> found;
      for (const core::AccountId& account_id : structure.accounts) {
        const auto& account = recorded_.state().trading->accounts.at(account_id);
        auto& one = found[{account.client, account.currency}];
        one.structure = id;
        one.client = account.client;
        one.currency = account.currency;
        add_account(recorded_, account_id, account, one.recorded);
        add_account(corrected_.world(), account_id, account, one.corrected);
      }
      for (auto& [key, one] : found) {
        add_fees_of(recorded_tally_.at(id, key.first), one.recorded);
        add_fees_of(corrected_tally_.at(id, key.first), one.corrected);
        dispute_.investors.push_back(std::move(one));
      }
    }
  }

  static void add_account(const World& world, const core::AccountId& id,
                          const engine::TradingAccount& account, Standing& standing) {
    const auto& books = world.books();
    standing.entitlement -=
        books.balance(accounts::account_balance(account.client, id), account.currency) +
        books.balance(accounts::account_floating(account.client, id), account.currency);
  }
  static void add_fees_of(const Standing& fees, Standing& standing) {
    const core::Minor entitlement = standing.entitlement;
    standing = fees;
    standing.entitlement = entitlement;
  }

  FeeDifference difference_of(const FeeKey& key, const FeeSeen& seen) const {
    FeeDifference out;
    out.seq = seen.seq;
    out.on_flow = seen.on_flow;
    out.is_managers = seen.is_managers;
    out.structure = key.place.first;
    out.client = key.place.second;
    out.fee = key.fee;
    const engine::Structure& pool = recorded_.state().structures.at(out.structure);
    out.currency = pool.currency;
    out.left = recorded_.books().balance(accounts::units(out.structure, out.client),
                                         accounts::unit_code(pool.ordinal, pool.epoch)) == 0;
    return out;
  }

  void add_fees() {
    const auto& right = corrected_tally_.fees();
    for (const auto& [key, seen] : recorded_tally_.fees()) {
      const auto other = right.find(key);
      FeeDifference one = difference_of(key, seen);
      one.recorded = seen.amount;
      one.corrected = other == right.end() ? core::Minor{0} : other->second.amount;
      if (one.recorded != one.corrected) dispute_.fees.push_back(std::move(one));
    }
    for (const auto& [key, seen] : right) {
      if (seen.amount == 0 || recorded_tally_.fees().contains(key)) continue;
      FeeDifference one = difference_of(key, seen);
      one.seq = key.command;
      one.corrected = seen.amount;
      dispute_.uncharged.push_back(std::move(one));
    }
    std::ranges::sort(dispute_.fees, {}, &FeeDifference::seq);
  }

  ledger::Log& log_;
  std::uint64_t size_ = 0;
  const CorrectedTerms& terms_;
  Dispute dispute_;
  World recorded_;
  CorrectedWorld corrected_;
  Tally recorded_tally_;
  Tally corrected_tally_;
};

}  // namespace

core::Result<CorrectedTerms> read_rules(std::string_view text, core::References& references) {
  TRY(const auto value, core::json::parse(text));
  if (value.as_object() == nullptr) {
    return core::invalid("wrong_type", "",
                         "The rules are an object of terms by offer or programme.");
  }
  auto known = core::field_names<engine::OfferTerms>();
  std::ranges::copy(core::field_names<engine::ProgrammeTerms>(), std::back_inserter(known));
  CorrectedTerms out;
  for (const auto& [name, fields] : *value.as_object()) {
    auto offer = core::from_json<core::OfferId>(core::json::Value(name), &references);
    if (!offer) return std::move(offer.error()).within(name);
    if (fields.as_object() == nullptr) {
      return core::invalid("wrong_type", name, "The terms of an offer are an object.");
    }
    for (const auto& [field, ignored] : *fields.as_object()) {
      if (std::ranges::find(known, field) != known.end()) continue;
      return core::invalid("unknown_field", name + ": " + field,
                           "Neither an offer nor a programme has such a term.");
    }
    out[offer.value()] = *fields.as_object();
  }
  return out;
}

core::Result<Dispute> replay_with(ledger::Log& log, std::uint64_t size,
                                  const CorrectedTerms& terms) {
  return Comparison(log, size, terms).run();
}

}  // namespace gateway::service
