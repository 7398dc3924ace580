#include "engine/setup/join_links.h"

#include "tests/engine/setup/setup_book.h"
#include "tests/support/key_statements.h"

namespace engine::setup {
namespace {

using tests::client_id;
using tests::id;

const auto kManager = client_id(50);
const auto kClient = client_id(1);
const auto kPartner = client_id(70);
const auto kItsPool = id<core::StructureId>(60);
const auto kLink = id<LinkId>(80);
constexpr std::int64_t kHour = 3'600'000'000;

class JoinLinks : public tests::SetupBook {
 protected:
  JoinLinks() {
    book.state.genesis.origin = tests::kKeysOrigin;
    book.state.log_keys = tests::begun_history();
    book.add_client(kClient, ClientCategory::Retail);
    book.add_manager(kManager);
    book.add_decision(kManager, Model::Pamm, Verdict::Allow);
    Structure& pool = book.add_structure(kItsPool, Model::Pamm, kManager, {});
    EXPECT_EQ(give(offer(1)), "done");
    pool.offer = id<core::OfferId>(1);
    EXPECT_EQ(give(RegisterPartner{kPartner, PartnerKind::IntroducingBroker, "CY"}), "done");
    EXPECT_EQ(
        give(IssueJoinLink{
            kLink, kItsPool, id<core::OfferId>(1), kPartner, {book.now.micros + kHour}, true, {}}),
        "done");
  }
  JoinToken token() { return token_of(book.state.join_links.at(kLink), book.state.genesis.origin); }
  std::string accept(const std::string& text) {
    AcceptMandate command;
    command.structure = kItsPool;
    command.client = kClient;
    command.token = text;
    return give(command);
  }
  static std::string signed_by(std::string_view key, const JoinToken& token) {
    return sign_join_token(token, tests::key_of(key)).value();
  }
};

TEST_F(JoinLinks, ATokenLeadsToItsLink) {
  EXPECT_EQ(accept(signed_by("log 1", token())), "done");
  const auto accepted = book.last<MandateAccepted>();
  ASSERT_EQ(accepted.size(), 1u);
  EXPECT_EQ(accepted.front().link, kLink);
  EXPECT_EQ(accepted.front().partner, kPartner);
  EXPECT_EQ(book.state.join_links.at(kLink).uses, 1u);
}

TEST_F(JoinLinks, ATokenIsTextForAUrl) {
  const std::string text = signed_by("log 1", token());
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                   "0123456789-_"),
            std::string::npos);
  const auto opened = open_join_token(text, book.state.log_keys);
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened.value(), token());
}

TEST_F(JoinLinks, WhatTheBookDidNotSignIsForged) {
  EXPECT_EQ(accept(signed_by("somebody", token())), "InvalidInput/link_forged");
  EXPECT_EQ(accept(""), "InvalidInput/link_forged");
  EXPECT_EQ(accept("####"), "InvalidInput/link_forged");
  std::string text = signed_by("log 1", token());
  EXPECT_EQ(accept(text + "="), "InvalidInput/link_forged");
  text[text.size() / 2] = text[text.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_EQ(accept(text), "InvalidInput/link_forged");
  JoinToken other = token();
  other.origin = "books.example/beta";
  EXPECT_EQ(accept(signed_by("log 1", other)), "InvalidInput/link_forged");
  book.state.log_keys.keys.front().compromised_from = 1;
  EXPECT_EQ(accept(signed_by("log 1", token())), "InvalidInput/link_forged");
}

TEST_F(JoinLinks, ATokenSaysWhatTheBookSays) {
  JoinToken longer = token();
  longer.expires_at.micros += kHour;
  EXPECT_EQ(accept(signed_by("log 1", longer)), "Conflict/link_mismatch");
  JoinToken unknown = token();
  unknown.link = id<LinkId>(81);
  EXPECT_EQ(accept(signed_by("log 1", unknown)), "Conflict/link_mismatch");
}

TEST_F(JoinLinks, TimeEndsALink) {
  book.now.micros += kHour;
  EXPECT_EQ(accept(signed_by("log 1", token())), "Conflict/link_expired");
}

TEST_F(JoinLinks, ARevokedLinkIsOver) {
  EXPECT_EQ(give(RevokeJoinLink{kLink}), "done");
  EXPECT_EQ(accept(signed_by("log 1", token())), "Conflict/link_revoked");
  EXPECT_EQ(give(RevokeJoinLink{kLink}), "Conflict/link_revoked");
}

}  // namespace
}  // namespace engine::setup
