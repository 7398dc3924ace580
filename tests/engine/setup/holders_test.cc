#include "engine/setup/holders.h"

#include <gtest/gtest.h>

#include "tests/support/engine_fixture.h"

namespace engine::setup {
namespace {

using tests::client_id;
using tests::outcome;

RegisterClient client_of(std::optional<HolderKind> kind, std::vector<core::PartyId> holders,
                         std::optional<Signing> signing) {
  return {client_id(1), ClientCategory::Retail, "CY", kind, std::move(holders), signing};
}
std::string checked(const RegisterClient& client) {
  const auto result = check_holders(client);
  return result ? "right" : outcome(result) + " at " + result.error().at;
}
std::string signed_by(const RegisterClient& client, std::vector<core::PartyId> parties) {
  const auto result = check_signed(client, parties);
  return result ? "right" : outcome(result);
}

const auto kA = client_id(11);
const auto kB = client_id(12);

TEST(Holders, APersonHoldsForHimself) {
  EXPECT_EQ(checked(client_of({}, {}, {})), "right");
  EXPECT_EQ(checked(client_of(HolderKind::Person, {}, {})), "right");
  EXPECT_EQ(checked(client_of({}, {kA}, {})), "InvalidInput/holders at holders");
  EXPECT_EQ(checked(client_of({}, {}, Signing::Any)), "InvalidInput/holders at holders");
}

TEST(Holders, AJointClientHasTwoToFour) {
  const auto joint = [](std::vector<core::PartyId> holders) {
    return checked(client_of(HolderKind::Joint, std::move(holders), Signing::Any));
  };
  EXPECT_EQ(joint({kA}), "InvalidInput/holders at holders");
  EXPECT_EQ(joint({kA, kB}), "right");
  EXPECT_EQ(joint({kA, kB, client_id(13), client_id(14)}), "right");
  EXPECT_EQ(joint({kA, kB, client_id(13), client_id(14), client_id(15)}),
            "InvalidInput/holders at holders");
  EXPECT_EQ(joint({kA, kA}), "InvalidInput/holders at holders");
  EXPECT_EQ(joint({kA, client_id(1)}), "InvalidInput/holders at holders");
  EXPECT_EQ(checked(client_of(HolderKind::Joint, {kA, kB}, {})), "InvalidInput/holders at signing");
}

TEST(Holders, ACorporateClientHasSomebodyWhoSigns) {
  EXPECT_EQ(checked(client_of(HolderKind::Corporate, {kA}, Signing::All)), "right");
  EXPECT_EQ(checked(client_of(HolderKind::Corporate, {}, Signing::All)),
            "InvalidInput/holders at holders");
}

TEST(Holders, AnyOrAllSign) {
  const auto any = client_of(HolderKind::Joint, {kA, kB}, Signing::Any);
  const auto all = client_of(HolderKind::Joint, {kA, kB}, Signing::All);
  EXPECT_EQ(signed_by(any, {}), "Conflict/holders_sign");
  EXPECT_EQ(signed_by(any, {kB}), "right");
  EXPECT_EQ(signed_by(all, {kB}), "Conflict/holders_sign");
  EXPECT_EQ(signed_by(all, {kB, kA}), "right");
  EXPECT_EQ(signed_by(all, {kB, kB}), "InvalidInput/holders");
  EXPECT_EQ(signed_by(any, {client_id(9)}), "InvalidInput/holders");
  const auto person = client_of({}, {}, {});
  EXPECT_EQ(signed_by(person, {}), "right");
  EXPECT_EQ(signed_by(person, {kA}), "InvalidInput/holders");
}

}  // namespace
}  // namespace engine::setup
