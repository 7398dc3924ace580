#include "ledger/command_envelope.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/outcome.h"

namespace ledger {
namespace {

CommandBody deposit() {
  CommandBody body;
  body.type = "deposit";
  body.command = {0xa1, 0x02, 0x41, 0xa0};
  body.client_id = "local";
  body.request_id = "r-1";
  return body;
}

// The vectors of docs/formats/governance.md; Python's cbor2 and hashlib made them.
TEST(CommandEnvelopeTest, DigestCoversTypeAndBytes) {
  core::Sha256 sha256;
  const CommandBody body = deposit();
  const core::Hash digest = command_digest(sha256, body.type, body.command);
  EXPECT_EQ(core::to_hex(digest.bytes),
            "0a39e4fab16f7331c2e7f3b935c2fbe779713e91c6d1a5a14af6aeafb9325ebb");
  EXPECT_NE(digest, command_digest(sha256, "deposi", body.command));
  EXPECT_NE(digest, command_digest(sha256, body.type, {}));
}

TEST(CommandEnvelopeTest, MessageIsDeterministicCbor) {
  CommandBody body = deposit();
  EXPECT_EQ(
      core::to_hex(envelope_message("ledger.example/b", body)),
      "877574616c6c79737469636b2f636f6d6d616e642f7631706c65646765722e6578616d706c652f62656c6f63616c"
      "63722d314058200a39e4fab16f7331c2e7f3b935c2fbe779713e91c6d1a5a14af6aeafb9325ebb40");
  body.valid_until = core::Instant{1'767'605'400'000'000};
  body.outcome_digest = core::Hash{};
  EXPECT_EQ(core::to_hex(envelope_message("ledger.example/b", body)),
            "877574616c6c79737469636b2f636f6d6d616e642f7631706c65646765722e6578616d706c652f62656c6f"
            "63616c63722d311b000647a0b3f8560058200a39e4fab16f7331c2e7f3b935c2fbe779713e91c6d1a5a14a"
            "f6aeafb9325ebb58200000000000000000000000000000000000000000000000000000000000000000");
}

std::vector<Draft> effects() {
  Draft moved;
  moved.kind = 24;
  moved.body = {0xa1, 0x01, 0x05};
  moved.postings = {{"assets:cm:bank:1", "EUR", 100},
                    {"liabilities:cm:client:1:wallet", "EUR", -100}};
  moved.subjects = {SubjectId{1}, SubjectId{2}};
  moved.effective_at = {7};
  Draft corrected;
  corrected.kind = 1000;
  corrected.version = 2;
  corrected.body = {0xa0};
  corrected.documents = {core::Hash{}};
  corrected.corrects = 9;
  corrected.effective_at = {8};
  return {moved, corrected};
}

TEST(CommandEnvelopeTest, OutcomeIsTheEffectsWithoutTheirPlace) {
  EXPECT_EQ(core::to_hex(outcome_digest(effects(), {8}).bytes),
            "2fc6d7e80d9f7cb8c3eab9e1e733538ccb5c8ce7ce15ecd056879eab9023bf15");
  // What takes effect when it is recorded does so whenever that is.
  EXPECT_EQ(core::to_hex(outcome_digest(effects(), {9}).bytes),
            "883a1580f4438931d216e1aa12f1a822a0feb1cfa23e5f344a49237fe2acf276");
  EXPECT_EQ(core::to_hex(outcome_digest({}, {9}).bytes),
            "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71");
}

TEST(CommandEnvelopeTest, EveryPartOfAnEffectCounts) {
  const core::Hash known = outcome_digest(effects(), {8});
  const auto changed = [&](const std::function<void(Draft&)>& change) {
    auto other = effects();
    change(other[0]);
    return outcome_digest(other, {8}) != known;
  };
  EXPECT_TRUE(changed([](Draft& draft) { draft.kind = 25; }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.version = 2; }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.body.back() = 6; }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.postings[0].amount = 101; }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.postings[1].account += "s"; }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.subjects.pop_back(); }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.documents.emplace_back(); }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.corrects = 3; }));
  EXPECT_TRUE(changed([](Draft& draft) { draft.effective_at = {6}; }));
}

TEST(CommandEnvelopeTest, SignatureHoldsForItsMessageAlone) {
  const auto key = core::SigningKey::from_seed({3});
  const core::Bytes message = envelope_message("ledger.example/b", deposit());
  const auto public_key = key.public_key().bytes;
  const auto made = key.sign(message).bytes;
  CommandSignature signature{
      kSchemeEd25519, {public_key.begin(), public_key.end()}, {made.begin(), made.end()}, {}};
  EXPECT_EQ(tests::outcome(check_command_signature(signature, message)), "a value");
  CommandBody other = deposit();
  other.request_id = "r-2";
  EXPECT_EQ(tests::outcome(
                check_command_signature(signature, envelope_message("ledger.example/b", other))),
            "InvalidInput/signature");
  EXPECT_EQ(tests::outcome(check_command_signature(
                signature, envelope_message("ledger.example/c", deposit()))),
            "InvalidInput/signature");
  for (std::size_t i = 0; i < signature.signature.size(); ++i) {
    CommandSignature flipped = signature;
    flipped.signature[i] ^= 1;
    EXPECT_EQ(tests::outcome(check_command_signature(flipped, message)), "InvalidInput/signature");
  }
  CommandSignature longer = signature;
  longer.signature.push_back(0);
  EXPECT_EQ(tests::outcome(check_command_signature(longer, message)), "InvalidInput/signature");
  CommandSignature without_key = signature;
  without_key.key_id.pop_back();
  EXPECT_EQ(tests::outcome(check_command_signature(without_key, message)),
            "InvalidInput/signature");
  CommandSignature web = signature;
  web.scheme = 2;
  EXPECT_EQ(tests::outcome(check_command_signature(web, message)), "InvalidInput/signature_scheme");
  CommandSignature with_context = signature;
  with_context.context = core::Bytes{1};
  EXPECT_EQ(tests::outcome(check_command_signature(with_context, message)),
            "InvalidInput/signature_scheme");
}

}  // namespace
}  // namespace ledger
