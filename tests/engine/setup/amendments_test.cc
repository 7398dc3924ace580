#include "engine/gate/mandates.h"
#include "engine/gate_state.h"
#include "tests/engine/setup/setup_book.h"

namespace engine::setup {
namespace {

using tests::client_id;
using tests::decimal;
using tests::id;

const auto kMia = client_id(50);
const auto kAnna = client_id(1);
const auto kBen = client_id(2);
const auto kPool = id<core::StructureId>(60);
const core::Hash kPaper = core::sha256(core::as_bytes("consent"));

core::OfferId version(std::uint64_t number) { return id<core::OfferId>(number); }

// A pool of two investors on version 1, of which 2 is a dearer and 3 a cheaper successor.
class Amendments : public tests::SetupBook {
 protected:
  Amendments() {
    book.add_client(kAnna, ClientCategory::Retail);
    book.add_client(kBen, ClientCategory::Retail);
    book.add_manager(kMia);
    Structure& pool = book.add_structure(kPool, Model::Pamm, kMia, {});
    EXPECT_EQ(give(offer(1, performance_fee("0.20"))), "done");
    EXPECT_EQ(give(offer(2, performance_fee("0.25"), version(1))), "done");
    EXPECT_EQ(give(offer(3, performance_fee("0.10"), version(2))), "done");
    pool.offer = version(1);
    for (const auto& client : {kAnna, kBen}) {
      pool.mandates[client] = {};
      pool.investors[client].offer = version(1);
    }
  }
  static OfferTerms performance_fee(std::string_view rate) {
    OfferTerms terms;
    terms.performance_fee_rate = decimal(rate);
    return terms;
  }
  Structure& pool() { return book.state.structures.at(kPool); }
  std::string consent(const core::PartyId& client, std::uint64_t number) {
    return give(ConsentToOffer{kPool, client, version(number), kPaper, {}});
  }
};

TEST_F(Amendments, ADearerVersionIsForNewInvestors) {
  EXPECT_EQ(give(ChangeOffer{kPool, version(2)}), "done");
  EXPECT_EQ(pool().offer, version(2));
  EXPECT_EQ(pool().investors.at(kAnna).offer, version(1));
  EXPECT_EQ(pool().investors.at(kAnna).next_offer, std::nullopt);
}

TEST_F(Amendments, OnlyLaterVersionsFollow) {
  EXPECT_EQ(give(ChangeOffer{kPool, version(1)}), "Conflict/offer_agreed");
  EXPECT_EQ(give(ChangeOffer{kPool, version(9)}), "NotFound/unknown_offer");
  EXPECT_EQ(give(offer(8)), "done");
  EXPECT_EQ(give(ChangeOffer{kPool, version(8)}), "Conflict/not_a_successor");
  EXPECT_EQ(give(ChangeOffer{kPool, version(3)}), "done");
  EXPECT_EQ(give(ChangeOffer{kPool, version(2)}), "Conflict/not_a_successor");
  EXPECT_EQ(give(ChangeOffer{id<core::StructureId>(99), version(2)}), "NotFound/unknown_structure");
}

TEST_F(Amendments, ConsentIsToTheCurrentVersionAlone) {
  EXPECT_EQ(consent(kAnna, 2), "Conflict/offer_superseded");
  EXPECT_EQ(give(ChangeOffer{kPool, version(2)}), "done");
  EXPECT_EQ(consent(kAnna, 9), "NotFound/unknown_offer");
  EXPECT_EQ(consent(kAnna, 3), "Conflict/offer_superseded");
  EXPECT_EQ(consent(kAnna, 2), "done");
  EXPECT_EQ(pool().investors.at(kAnna).offer, version(1));
  EXPECT_EQ(pool().investors.at(kAnna).next_offer, version(2));
  EXPECT_EQ(pool().investors.at(kBen).next_offer, std::nullopt);
  EXPECT_EQ(consent(kAnna, 2), "Conflict/offer_agreed");
  EXPECT_EQ(consent(client_id(7), 2), "NotFound/unknown_client");
  book.add_client(client_id(7), ClientCategory::Retail);
  EXPECT_EQ(consent(client_id(7), 2), "Conflict/no_mandate");
}

// A query of his mandate lists what he signed since.
TEST_F(Amendments, ConsentIsASignatureUnderTheMandate) {
  gate::keep_mandate(*book.state.gate, {kPool, kAnna, version(1), {}, {}, {0}, 1, {}});
  EXPECT_EQ(give(ChangeOffer{kPool, version(2)}), "done");
  EXPECT_EQ(consent(kAnna, 2), "done");
  const HeldMandate& held = book.state.gate->mandates.at(0);
  ASSERT_EQ(held.versions.size(), 1u);
  EXPECT_EQ(held.versions.front().offer, version(2));
  EXPECT_EQ(held.versions.front().document, kPaper);
  EXPECT_EQ(held.offer, version(1));
}

TEST_F(Amendments, AFeeIncreaseNeedsConsent) {
  const auto refused = decide(book.context(), ImproveOffer{kPool, version(2)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "consent_needed");
  EXPECT_EQ(refused.error().at, "offer: terms: performance_fee_rate");
}

TEST_F(Amendments, AnImprovementIsForEverybody) {
  EXPECT_EQ(give(ImproveOffer{kPool, version(3)}), "done");
  EXPECT_EQ(book.last_size(), 3u);
  EXPECT_EQ(pool().offer, version(3));
  for (const auto& client : {kAnna, kBen}) {
    EXPECT_EQ(pool().investors.at(client).offer, version(1));
    EXPECT_EQ(pool().investors.at(client).next_offer, version(3));
  }
  EXPECT_EQ(give(ImproveOffer{kPool, version(3)}), "Conflict/offer_agreed");
}

TEST_F(Amendments, AnImprovementIsMeasuredByWhatEachConsentedTo) {
  EXPECT_EQ(give(offer(4, performance_fee("0.22"), version(3))), "done");
  EXPECT_EQ(give(ChangeOffer{kPool, version(2)}), "done");
  EXPECT_EQ(consent(kAnna, 2), "done");
  // 0.22 is less than Anna's 0.25, and more than Ben's 0.20.
  EXPECT_EQ(give(ImproveOffer{kPool, version(4)}), "Conflict/consent_needed");
  EXPECT_EQ(consent(kBen, 2), "done");
  EXPECT_EQ(give(ImproveOffer{kPool, version(4)}), "done");
}

TEST_F(Amendments, AGroupIsChangedForTheBetterOnly) {
  const auto group = id<core::StructureId>(61);
  book.add_structure(group, Model::Mam, kMia, {}).offer = version(11);
  const auto publish = [&](std::uint64_t number, std::string_view rebate,
                           std::optional<core::OfferId> supersedes) {
    auto command = offer(number, {}, supersedes);
    command.model = Model::Mam;
    command.terms.rebate_per_lot = decimal(rebate);
    command.terms.rebate_to = RebateTo::Investors;
    return give(command);
  };
  EXPECT_EQ(publish(11, "2", {}), "done");
  EXPECT_EQ(publish(12, "3", version(11)), "done");
  EXPECT_EQ(publish(13, "1", version(12)), "done");
  EXPECT_EQ(give(ChangeOffer{group, version(13)}), "Conflict/consent_needed");
  EXPECT_EQ(give(ChangeOffer{group, version(12)}), "done");
  EXPECT_EQ(give(ImproveOffer{group, version(12)}), "Conflict/wrong_model");
}

TEST_F(Amendments, WhoAcceptsHasSeenTheVersionInForce) {
  const auto cleo = client_id(3);
  book.add_client(cleo, ClientCategory::Retail);
  book.add_decision(kMia, Model::Pamm, Verdict::Allow);
  EXPECT_EQ(give(ChangeOffer{kPool, version(2)}), "done");
  const auto accept = [&](std::optional<core::OfferId> shown) {
    AcceptMandate command;
    command.structure = kPool;
    command.client = cleo;
    command.offer = shown;
    return give(command);
  };
  EXPECT_EQ(accept(version(1)), "Conflict/offer_superseded");
  EXPECT_EQ(accept(version(9)), "NotFound/unknown_offer");
  EXPECT_EQ(accept(version(2)), "done");
  EXPECT_EQ(pool().investors.at(cleo).offer, version(2));
}

}  // namespace
}  // namespace engine::setup
