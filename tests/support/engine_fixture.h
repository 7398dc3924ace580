#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/accounts.h"
#include "engine/context.h"
#include "engine/effects.h"
#include "engine/instruments_state.h"
#include "engine/lookup.h"
#include "ledger/journal/past_of_books.h"
#include "ledger/record.h"
#include "tests/support/outcome.h"

namespace tests {

// A readable id: `number` in its last bytes.
template <class Id>
Id id(std::uint64_t number) {
  Id out;
  for (std::size_t i = 0; i < 8; ++i) {
    out.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return out;
}

inline core::PartyId client_id(std::uint64_t number) { return id<core::PartyId>(number); }
inline core::Decimal decimal(std::string_view text) { return core::parse_decimal(text).value(); }

// Reads the record's body as `Body` and applies it, whether apply() can fail or not.
template <class Body, class Apply>
core::Result<> apply_body(engine::State& state, const ledger::RecordView& record, Apply apply) {
  TRY(const auto body, core::from_cbor<Body>(record.body));
  if constexpr (std::is_void_v<decltype(apply(state, body, record))>) {
    apply(state, body, record);
    return core::ok();
  } else {
    return apply(state, body, record);
  }
}

// Applies a record of any of the kinds; the others are left alone.
template <class... Bodies, class Apply>
core::Result<> apply_one_of(engine::State& state, const ledger::RecordView& record, Apply apply) {
  core::Result<> applied = core::ok();
  const auto try_kind = [&]<class Body>(std::type_identity<Body>) {
    if (record.kind == Body::kKind) applied = apply_body<Body>(state, record, apply);
  };
  (try_kind(std::type_identity<Bodies>{}), ...);
  return applied;
}

// A book in memory: books and state, folded from drafts as the journal would.
class EngineBook {
 public:
  using Apply = std::function<core::Result<>(engine::State&, const ledger::RecordView&)>;
  using Drafts = core::Result<std::vector<ledger::Draft>>;

  explicit EngineBook(Apply apply) : apply_(std::move(apply)) {
    for (const std::string_view path :
         {engine::accounts::kInterfundClient, engine::accounts::kInterfundHouse,
          engine::accounts::kClientTradingRealised, engine::accounts::kClientTradingFloating,
          engine::accounts::kSwap, engine::accounts::kCommission, engine::accounts::kMemoContra,
          engine::accounts::kTransitInternal, kBank}) {
      open(std::string(path));
    }
  }

  engine::State state;
  ledger::journal::Books books;
  ledger::invariants::SubjectsConsecutive subjects;
  core::Instant now{1'000'000};

  engine::Context context() const { return {state, books, now, now, past_}; }

  // Places a command's records, whole or not at all: "done", or what was refused.
  std::string commit(const Drafts& drafts) {
    if (!drafts) return outcome(drafts);
    const auto committed = place(drafts.value());
    return committed ? "done" : outcome(committed);
  }

  void open(std::string path, std::vector<ledger::LawKind> laws = {}) {
    engine::Effects effects(now);
    effects.open({engine::account(std::move(path), std::move(laws))}, {});
    EXPECT_EQ(commit(effects.take()), "done");
  }
  // Moves money or a quantity by hand; kind 25 is entry_posted.
  void post(const std::string& debit, const std::string& credit, std::string_view commodity,
            core::Minor amount) {
    ledger::Draft draft;
    draft.kind = 25;
    draft.body = {0xa0};  // An empty map.
    draft.postings = {{debit, std::string(commodity), amount},
                      {credit, std::string(commodity), -amount}};
    draft.effective_at = now;
    EXPECT_EQ(commit(std::vector{std::move(draft)}), "done");
  }

  core::Minor balance(const std::string& account, std::string_view commodity = "EUR") const {
    return books.balance(account, commodity);
  }

  // The bodies of one kind in the last batch.
  template <class Body>
  std::vector<Body> last() const {
    std::vector<Body> out;
    for (const ledger::RecordView& record : views_) {
      if (record.kind == Body::kKind) out.push_back(core::from_cbor<Body>(record.body).value());
    }
    return out;
  }
  std::size_t last_size() const { return views_.size(); }

  // --- What setup would record. ---

  void add_client(const core::PartyId& client, engine::ClientCategory category,
                  core::Minor wallet = 0) {
    state.clients[client] = {client, category, "CY"};
    open(engine::accounts::wallet(client), {ledger::LawKind::NeverDebit});
    if (wallet != 0) post(std::string(kBank), engine::accounts::wallet(client), "EUR", wallet);
  }
  void add_manager(const core::PartyId& manager) {
    state.managers[manager] = {manager, "CY"};
    open(engine::accounts::rebate_accrued(manager), {ledger::LawKind::NeverDebit});
    open(engine::accounts::rebate_expense(manager));
  }
  void add_symbol(const std::string& symbol, const std::string& currency) {
    const std::uint64_t ordinal = state.instruments->symbols.size() + 1;
    state.instruments->symbols[symbol] = {ordinal, currency};
    open(engine::accounts::street(ordinal));
  }
  // A structure in EUR under an offer with these terms.
  engine::Structure& add_structure(const core::StructureId& structure, engine::Model model,
                                   const core::PartyId& manager, engine::OfferTerms terms) {
    const auto offer = id<core::OfferId>(9000 + state.offers.size());
    state.offers[offer] = {model, "EUR", std::move(terms)};
    engine::Structure& added = state.structures[structure];
    added.ordinal = state.structures.size();
    added.manager = manager;
    added.offer = offer;
    added.model = model;
    added.currency = "EUR";
    return added;
  }
  // A decision in force from the start of time for a million seconds.
  void add_decision(const core::PartyId& manager, engine::Model model, engine::Verdict verdict) {
    const auto decision = id<core::DecisionId>(9500 + state.decisions.size());
    engine::keep_decision(state, {decision,
                                  manager,
                                  model,
                                  engine::Jurisdiction::Cysec,
                                  verdict,
                                  {0},
                                  {1'000'000'000'000},
                                  {}});
  }

  static constexpr std::string_view kBank = "assets:cm:bank:0";

 private:
  mutable ledger::journal::PastOfBooks past_{books, subjects};

  core::Result<> place(const std::vector<ledger::Draft>& drafts) {
    now.micros += 1;
    leaves_.clear();
    leaves_.reserve(drafts.size());
    views_.assign(drafts.size(), {});
    books.begin_batch();
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      const auto placed = place_one(drafts[i], {size_, i, drafts.size()}, views_[i]);
      if (!placed) {
        books.roll_back();
        return placed;
      }
    }
    const auto lawful = books.check_laws();
    if (!lawful) {
      books.roll_back();
      return lawful;
    }
    size_ += drafts.size();
    for (const ledger::RecordView& record : views_) {
      TRY(apply_(state, record));
    }
    return core::ok();
  }

  core::Result<> place_one(const ledger::Draft& draft, const ledger::BatchPlace& batch,
                           ledger::RecordView& view) {
    ledger::Place at;
    at.seq = batch.first_seq + batch.index;
    at.recorded_at = now;
    at.batch = batch;
    for (const ledger::SubjectId& subject : draft.subjects) at.subjects.push_back({subject, 1, {}});
    TRY(auto leaf, ledger::encode_record(draft, at));
    leaves_.push_back(std::move(leaf));
    TRY(ledger::decode_record(leaves_.back(), view));
    expect_balanced(view);
    expect_one_investor(view);
    return books.apply(view);
  }

  // The books check it too; a test's fixture does not take their word for it.
  static void expect_balanced(const ledger::RecordView& record) {
    std::map<std::pair<ledger::Ring, std::string>, core::Minor> sums;
    for (const ledger::PostingView& posting : record.postings) {
      sums[{ledger::ring_of_opened(posting.account), std::string(posting.commodity)}] +=
          posting.amount;
    }
    for (const auto& [ring, sum] : sums) {
      EXPECT_TRUE(sum == 0) << "kind " << record.kind << " " << ring.second << " "
                            << core::to_string(sum);
    }
  }
  void expect_one_investor(const ledger::RecordView& record) const {
    std::set<std::string> investors;
    for (const ledger::SubjectLink& subject : record.subjects) {
      const core::PartyId party{subject.id};
      if (state.clients.contains(party)) investors.insert(party.hex());
    }
    for (const ledger::PostingView& posting : record.postings) {
      const std::size_t found = posting.account.find(":client:");
      if (found != std::string_view::npos) {
        investors.insert(std::string(posting.account.substr(found + 8, 32)));
      }
    }
    EXPECT_LE(investors.size(), 1u) << "kind " << record.kind;
  }

  Apply apply_;
  std::uint64_t size_ = 0;
  std::vector<core::Bytes> leaves_;  // Of the last batch; the views look into them.
  std::vector<ledger::RecordView> views_;
};

}  // namespace tests
