#include "ledger/bodies.h"

#include <gtest/gtest.h>

#include "tests/support/drafts.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using tests::outcome;

core::Bytes unhex(std::string_view hex) { return core::from_hex(hex).value(); }

CommandBody command() {
  CommandBody body;
  body.type = "deposit";
  body.command = unhex("a10241a0");
  body.client_id = "local";
  body.request_id = "r-1";
  body.actor.bytes[15] = 1;
  return body;
}

// The layouts of docs/formats/record.md, so that they cannot change unseen.
TEST(Bodies, CommandHasTheBytesOfTheFormat) {
  EXPECT_EQ(core::to_hex(core::to_cbor(command())),
            "a7"
            "01676465706f736974"                    // type
            "0244a10241a0"                          // command
            "03656c6f63616c"                        // client_id
            "0463722d31"                            // request_id
            "055000000000000000000000000000000001"  // actor
            "0600"                                  // actor_authentication: asserted_local
            "0d01");                                // semantics
}

TEST(Bodies, SignedCommandHasTheBytesOfTheFormat) {
  CommandBody body = command();
  body.actor_authentication = Authentication::Signature;
  body.approver = core::PartyId{};
  body.approver->bytes[15] = 2;
  body.approver_authentication = Authentication::Asserted;
  body.signatures = {{1, unhex("6e5791d5"), unhex("ff"), {}},
                     {2, unhex("01"), unhex("02"), unhex("03")}};
  body.valid_until = core::Instant{1};
  body.outcome_digest = core::Hash{};
  body.rule_packs = {core::Hash{}};
  const core::Bytes bytes = core::to_cbor(body);
  const std::string zeros(64, '0');
  EXPECT_EQ(core::to_hex(bytes),
            "ad01676465706f7369740244a10241a003656c6f63616c0463722d31"
            "0550000000000000000000000000000000010603"
            "075000000000000000000000000000000002"  // approver
            "0802"                                  // approver_authentication: asserted
            "0982"                                  // signatures
            "a3010102446e5791d50341ff"
            "a40102024101034102044103"
            "0a01"  // valid_until
            "0b5820" +
                zeros +               // outcome_digest
                "0c815820" + zeros +  // rule_packs
                "0d01");
  EXPECT_EQ(core::to_cbor(core::from_cbor<CommandBody>(bytes).value()), bytes);
}

TEST(Bodies, AccountsOpenedHasTheBytesOfTheFormat) {
  AccountOpening wallet = tests::opening_of("assets:cm:x", {{LawKind::NeverCredit, {}, {}}});
  AccountOpening pending =
      tests::opening_of("assets:cm:y", {{LawKind::GroupNeverDebit, "assets:cm", "rollover"}});
  const core::Bytes bytes = core::to_cbor(AccountsOpened{{wallet, pending}});
  EXPECT_EQ(core::to_hex(bytes),
            "a10182"
            "a2016b6173736574733a636d3a78"
            "0281a10101"
            "a3016b6173736574733a636d3a79"
            "0281a301020269"
            "6173736574733a636d"
            "0368726f6c6c6f766572"
            "035000000000000000000000000000000001");
  EXPECT_EQ(core::to_cbor(core::from_cbor<AccountsOpened>(bytes).value()), bytes);
}

TEST(Bodies, EventHasTheBytesOfTheFormat) {
  EXPECT_EQ(core::to_hex(core::to_cbor(Event{"rollover", tests::scope_of(1)})),
            "a20168726f6c6c6f766572025000000000000000000000000000000001");
}

TEST(Bodies, GenesisHasTheBytesOfTheFormat) {
  const core::Bytes bytes = core::to_cbor(tests::genesis_of("a/b"));
  EXPECT_EQ(core::to_hex(bytes),
            "ab"
            "0163612f62"      // origin
            "0265616c706861"  // book
            "0301"            // format
            "045820" +
                std::string(64, '1') +  // log_key
                "0564726f6f74"          // root_key
                "06686f666673686f7265"  // profile
                "07674574632f555443"    // time_zone
                "0882636f6e656374776f"  // officers
                "095820" +
                std::string(64, '0') +  // commodity_table
                "0a01"                  // semantics
                "0b6473656564");        // simulated_seed
  EXPECT_EQ(core::to_cbor(core::from_cbor<Genesis>(bytes).value()), bytes);
}

TEST(ReadCommandKey, ReadsWhatTheWholeBodySays) {
  const core::Bytes bytes = core::to_cbor(command());
  const CommandKey key = read_command_key(bytes).value();
  EXPECT_EQ(key.type, "deposit");
  EXPECT_EQ(core::to_hex(key.command), "a10241a0");
  EXPECT_EQ(key.client_id, "local");
  EXPECT_EQ(key.request_id, "r-1");
}

TEST(ReadCommandKey, RefusesABodyWithoutIt) {
  for (const char* hex : {"a0", "a101676465706f736974", "a2020041a0", "a10500",
                          "a301676465706f7369740244a10241a003656c6f63616c"}) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(outcome(read_command_key(unhex(hex))), "InvalidInput/missing_field");
  }
  for (const char* hex : {"80", "a1016101ff", "a10100", "a2016101026101", ""}) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(outcome(read_command_key(unhex(hex))).substr(0, 13), "InvalidInput/");
  }
}

}  // namespace
}  // namespace ledger
