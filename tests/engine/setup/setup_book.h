#pragma once

#include <gtest/gtest.h>

#include "engine/setup/decide.h"
#include "tests/support/engine_fixture.h"

namespace tests {

// A book on which what sets the house up can be tried.
class SetupBook : public testing::Test {
 protected:
  SetupBook()
      : book([](engine::State& state, const ledger::RecordView& record) {
          using namespace engine;
          return apply_one_of<PartnerRegistered, ManagerRegistered, OfferPublished, StructureOpened,
                              MandateAccepted, OfferChanged, OfferConsented, OfferImproved,
                              JoinLinkIssued, JoinLinkRevoked>(
              state, record, [](State& s, const auto& body, const ledger::RecordView& r) {
                return setup::apply(s, body, r);
              });
        }) {
    book.state.genesis.profile = "cysec";
  }
  template <class Command>
  std::string give(const Command& command) {
    return book.commit(engine::setup::decide(book.context(), command));
  }
  static engine::PublishOffer offer(std::uint64_t number, engine::OfferTerms terms = {},
                                    std::optional<core::OfferId> supersedes = {}) {
    return {id<core::OfferId>(number), engine::Model::Pamm, "EUR", std::move(terms), supersedes};
  }

  EngineBook book;
};

}  // namespace tests
