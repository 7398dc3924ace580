#pragma once

#include <string>
#include <vector>

#include "engine/accounts.h"
#include "engine/cash_records.h"
#include "engine/effects.h"
#include "engine/mam_records.h"
#include "engine/pamm_records.h"
#include "engine/partner_records.h"
#include "engine/setup_records.h"
#include "engine/trading_records.h"
#include "reports/statement.h"
#include "tests/support/record_maker.h"

// Books whose every record is written here by hand, with the postings of docs/accounting.md, so
// that statements can be held against figures worked out on paper.
namespace tests {

namespace accounts = engine::accounts;
using core::Minor;

template <class Id>
Id make_id(std::uint8_t last) {
  Id id;
  id.bytes.back() = last;
  return id;
}

inline const core::StructureId kStructure = make_id<core::StructureId>(0x51);
inline const core::StructureId kOtherStructure = make_id<core::StructureId>(0x52);
inline const core::PartyId kManager = make_id<core::PartyId>(0x4d);
inline const core::PartyId kAnna = make_id<core::PartyId>(0xa1);
inline const core::PartyId kBoris = make_id<core::PartyId>(0xb1);
inline const core::OfferId kOffer = make_id<core::OfferId>(0x0f);
inline const core::BankId kBank = make_id<core::BankId>(0xba);

inline core::Decimal dec(std::string_view text) { return core::parse_decimal(text).value(); }

inline ledger::Genesis genesis(bool simulated = false) {
  ledger::Genesis out;
  out.origin = "ledger.broker.example/main";
  out.book = "main";
  out.profile = "cysec";
  out.time_zone = "Asia/Nicosia";
  if (simulated) out.simulated_seed = "seed-1";
  return out;
}

inline reports::Profile test_profile() {
  reports::Profile profile;
  profile.id = "test";
  profile.title = {"Periodic statement", "Περιοδική κατάσταση"};
  profile.citations = {{.text = {"Article 60(2)", "Άρθρο 60 παράγραφος 2"},
                        .source = "https://law.example/60",
                        .in_force = core::parse_date("2018-01-03").value(),
                        .checked = core::parse_date("2026-11-22").value(),
                        .uncertain = true}};
  profile.frequency_reason = {"Leverage.", "Μόχλευση."};
  profile.language = "en";
  profile.time_zone = "UTC";
  return profile;
}

// A book in EUR with one structure, Anna and Boris.
class Book : public RecordMaker {
 public:
  explicit Book(engine::Model model, bool simulated = false) : RecordMaker(genesis(simulated)) {
    const core::Instant start = instant("2026-01-02T00:00:00Z");
    for (const core::PartyId& client : {kAnna, kBoris}) {
      add(engine::ClientRegistered{{client, engine::ClientCategory::Retail, "CY"}}, start);
    }
    engine::OfferPublished published;
    published.offer.offer = kOffer;
    published.offer.model = model;
    published.offer.currency = "EUR";
    add(published, start);
    engine::StructureOpened opened;
    opened.structure.structure = kStructure;
    opened.structure.manager = kManager;
    opened.structure.offer = kOffer;
    opened.ordinal = 1;
    add(opened, start);
  }

  std::uint64_t deposit(const core::PartyId& client, Minor amount, core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::bank(kBank, engine::BankRing::ClientMoney), "EUR", amount);
    postings.add(accounts::wallet(client), "EUR", -amount);
    return add(engine::CashMoved{"deposit", client, "EUR", amount}, at, postings.take());
  }

  // --- The records of a pool. ---

  std::uint64_t subscribe(const core::PartyId& client, Minor amount, core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::wallet(client), "EUR", amount);
    postings.add(accounts::pending_in(kStructure, client), "EUR", -amount);
    return add(engine::SubscriptionRequested{{}, kStructure, client, amount}, at, postings.take());
  }

  struct Deal {
    std::string ticket = "1";
    std::string symbol = "EURUSD";
    std::string_view profit = "0";
    std::string_view swap = "0";
    std::string_view commission = "0";
    std::string_view taxes = "0";
  };
  std::uint64_t deal(const Deal& deal, core::Instant at) {
    engine::DealRecorded body;
    body.deal.structure = kStructure;
    body.deal.server = "mt4";
    body.deal.ticket = deal.ticket;
    body.deal.symbol = deal.symbol;
    body.deal.lots = dec("0.5");
    body.deal.open_time = {at.micros - 3'600'000'000};
    body.deal.open_price = dec("1.1");
    body.deal.close_time = at;
    body.deal.close_price = dec("1.1006");
    body.deal.profit = dec(deal.profit);
    body.deal.swap = dec(deal.swap);
    body.deal.commission = dec(deal.commission);
    body.deal.taxes = dec(deal.taxes);
    for (const core::Decimal& part :
         {body.deal.profit, body.deal.swap, body.deal.commission, body.deal.taxes}) {
      body.result += core::to_minor(part, 2).value();
    }
    engine::Postings postings;
    postings.add(accounts::undistributed(kStructure), "EUR", -body.result);
    postings.in("EUR", body.result);
    postings.add(std::string(accounts::kClientTradingRealised), "EUR", body.result);
    return add(body, at, postings.take());
  }

  std::uint64_t value_pool(Minor equity, core::Instant at) {
    engine::Source source{core::sha256(core::as_bytes("valuation file")), 7};
    return add(engine::PoolValued{kStructure, equity, {}, {}, source}, at);
  }

  // One record each of a rollover's batch.
  static ledger::Draft attributed(const core::PartyId& client, Minor settled, Minor floating,
                                  core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::undistributed(kStructure), "EUR", settled);
    postings.add(accounts::settled(kStructure, client), "EUR", -settled);
    postings.add(accounts::floating(kStructure, client), "EUR", -floating);
    postings.in("EUR", floating);
    postings.add(std::string(accounts::kClientTradingFloating), "EUR", floating);
    return record(engine::ResultAttributed{kStructure, client, 0, 0, settled, floating}, at,
                  postings.take());
  }

  // `posted` differs from the body's amount where a test wants a broken book.
  static ledger::Draft charged(const core::PartyId& client, engine::FeeKind fee, Minor amount,
                               Minor units, core::Instant at, Minor posted) {
    engine::FeeCharged body;
    body.structure = kStructure;
    body.client = client;
    body.fee = fee;
    body.amount = amount;
    body.base = 98'000;
    body.rate = dec("0.2");
    body.days = fee == engine::FeeKind::Management ? 10 : 0;
    engine::Postings postings;
    postings.add(accounts::settled(kStructure, client), "EUR", posted);
    postings.out("EUR", posted);
    postings.add(accounts::manager_fees(kManager), "EUR", -posted);
    add_units(postings, client, -units);
    return record(body, at, postings.take());
  }
  static ledger::Draft charged(const core::PartyId& client, engine::FeeKind fee, Minor amount,
                               Minor units, core::Instant at) {
    return charged(client, fee, amount, units, at, amount);
  }

  static ledger::Draft redeemed(const core::PartyId& client, Minor gross, Minor units,
                                core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::settled(kStructure, client), "EUR", gross);
    postings.add(accounts::pending_out(kStructure, client), "EUR", -gross);
    add_units(postings, client, -units);
    return record(engine::RedemptionPriced{{}, kStructure, client, gross, units, 0, 0, 0, false},
                  at, postings.take());
  }

  static ledger::Draft redemption_paid(const core::PartyId& client, Minor amount,
                                       core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::pending_out(kStructure, client), "EUR", amount);
    postings.add(accounts::wallet(client), "EUR", -amount);
    return record(engine::CashMoved{"redemption_paid", client, "EUR", amount}, at, postings.take());
  }

  static ledger::Draft subscribed(const core::PartyId& client, Minor amount, Minor entry_fee,
                                  Minor units, core::Instant at) {
    engine::SubscriptionPriced body;
    body.structure = kStructure;
    body.client = client;
    body.amount = amount;
    body.entry_fee = entry_fee;
    body.units_issued = units;
    const Minor net = amount - entry_fee;
    engine::Postings postings;
    postings.add(accounts::pending_in(kStructure, client), "EUR", amount);
    postings.add(accounts::settled(kStructure, client), "EUR", -net);
    postings.out("EUR", entry_fee);
    postings.add(std::string(accounts::kEntryFee), "EUR", -entry_fee);
    add_units(postings, client, units);
    postings.add(accounts::mark(core::StrategyId{kStructure.bytes}, client), "MARK.EUR", net);
    postings.add(std::string(accounts::kMemoContra), "MARK.EUR", -net);
    return record(body, at, postings.take());
  }

  static ledger::Draft rebased(const core::PartyId& client, Minor moved, core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::settled(kStructure, client), "EUR", moved);
    postings.add(accounts::floating(kStructure, client), "EUR", -moved);
    return record(engine::FloatingRebased{kStructure, client, moved}, at, postings.take());
  }

  struct Price {
    Minor equity_before = 0;
    Minor units_before = 0;
    Minor equity_after = 0;
    Minor units_after = 0;
  };
  static ledger::Draft completed(const Price& price, core::Instant at) {
    engine::RolloverCompleted body;
    body.structure = kStructure;
    body.equity_before = price.equity_before;
    body.units_before = price.units_before;
    body.equity_after = price.equity_after;
    body.units_after = price.units_after;
    return record(body, at);
  }

  // --- The records of a group. ---

  std::uint64_t open_account(const core::AccountId& account, const core::PartyId& client,
                             core::Instant at) {
    engine::TradingAccountOpened body;
    body.account = {account, kStructure, client};
    return add(body, at);
  }

  std::uint64_t move_cash(std::string_view type, const core::AccountId& account, Minor amount,
                          core::Instant at) {
    const Minor in = type == "account_funded" ? amount : -amount;
    engine::Postings postings;
    postings.add(accounts::wallet(kAnna), "EUR", in);
    postings.add(accounts::account_balance(kAnna, account), "EUR", -in);
    return add(engine::CashMoved{std::string(type), kAnna, "EUR", amount}, at, postings.take());
  }

  std::uint64_t value_account(const core::AccountId& account, Minor equity, Minor change,
                              core::Instant at) {
    engine::Postings postings;
    postings.add(accounts::account_floating(kAnna, account), "EUR", -change);
    postings.in("EUR", change);
    postings.add(std::string(accounts::kClientTradingFloating), "EUR", change);
    return add(engine::AccountValued{account, kStructure, kAnna, equity, change, {}}, at,
               postings.take());
  }

 private:
  static void add_units(engine::Postings& postings, const core::PartyId& client, Minor units) {
    const std::string unit = accounts::unit_code(1, 1);
    postings.add(accounts::units(kStructure, client), unit, units);
    postings.add(accounts::units_issued(kStructure), unit, -units);
  }
};

}  // namespace tests
