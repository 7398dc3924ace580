#include <gtest/gtest.h>

#include "ledger/key_history_file.h"
#include "ledger/verify/verify.h"
#include "tests/support/journal_book.h"
#include "tests/support/key_statements.h"

namespace ledger::verify {
namespace {

using tests::compromise_of;
using tests::key_of;
using tests::kKeysOrigin;
using tests::outcome;
using tests::rotation_of;

// A log whose records say what a test wants them to: whoever holds the machine can write that.
class LogWithKeys {
 public:
  LogWithKeys() {
    CHECK(book_.stage({tests::draft_of(kGenesis, tests::genesis_with_keys())}) == "a value");
    CHECK(book_.commit() == "a value");
  }
  template <class Body>
  LogWithKeys& say(const Body& body) {
    Draft draft = tests::draft_of(Body::kKind, body);
    draft.subjects = {log_key_subject()};
    CHECK(book_.stage("r-" + std::to_string(requests_++), {draft}) == "a value");
    CHECK(book_.commit() == "a value");
    seqs_.push_back(size() - 1);
    return *this;
  }
  std::uint64_t size() { return book_.journal().durable_size(); }

  // "key_history seq 2", or nothing; and the history as far as it could be followed.
  std::string verify(KeyHistory& history) {
    auto log = tests::log_of(book_.leaves());
    const Report report = verify_log(
        *log, size(), {},
        [&](const RecordView& record, core::ByteView) { return follow(history, record); });
    std::string told;
    for (const core::Error& finding : report.findings) told += finding.reason + " " + finding.at;
    return told;
  }
  std::string verify() {
    KeyHistory unused;
    return verify(unused);
  }

  std::string note(std::initializer_list<std::string_view> keys) {
    std::vector<NoteSigner> signers;
    for (const std::string_view key : keys) signers.push_back(key_of(key));
    std::vector<const Signer*> all;
    for (const NoteSigner& signer : signers) all.push_back(&signer);
    return sign_checkpoint({kKeysOrigin, size(), book_.journal().index().root()}, all).value();
  }
  KeyHistoryFile file(const std::string& note) {
    KeyHistoryFile out;
    out.checkpoint = note;
    std::vector<std::uint64_t> seqs{0};
    seqs.insert(seqs.end(), seqs_.begin(), seqs_.end());
    const auto leaves = book_.leaves();
    for (const std::uint64_t seq : seqs) {
      out.records.push_back(
          {seq, leaves[seq], book_.journal().index().inclusion_proof(seq, size()).value()});
    }
    return out;
  }

 private:
  tests::JournalBook book_;
  std::vector<std::uint64_t> seqs_;
  int requests_ = 0;
};

KeyTrust trust_in(std::string_view key) { return {key_of(key).verifier_key(), std::nullopt}; }

TEST(VerifyKeys, HistoryIsFollowedThroughTheLog) {
  LogWithKeys log;
  log.say(rotation_of("log 1", "log 2", 1)).say(rotation_of("log 2", "log 3", 3));
  KeyHistory history;
  EXPECT_EQ(log.verify(history), "");
  EXPECT_EQ(history.keys.size(), 3u);
  EXPECT_EQ(outcome(open_checkpoint(log.note({"log 3"}), history)), "a value");
  EXPECT_EQ(outcome(open_checkpoint(log.note({"log 2"}), history)), "Corrupt/key_retired");
}

// The chain, the tree and the checkpoint of such a log can be flawless.
TEST(VerifyKeys, RotationWithoutPossessionOrAuthorityIsFound) {
  LogKeyRotated borrowed = rotation_of("log 1", "log 2", 1);
  borrowed.possession = borrowed.authority_signature;
  EXPECT_EQ(LogWithKeys().say(borrowed).verify(), "key_history seq 2");
  LogKeyRotated body = rotation_of("log 1", "log 2", 1);
  body.authority_signature =
      tests::signature_of(key_of("thief"), rotation_message(kKeysOrigin, body));
  EXPECT_EQ(LogWithKeys().say(body).verify(), "key_history seq 2");
  body.authority = KeyAuthority::RootKey;
  EXPECT_EQ(LogWithKeys().say(body).verify(), "key_history seq 2");
  EXPECT_EQ(LogWithKeys().say(rotation_of("thief", "log 2", 1)).verify(), "key_history seq 2");
  EXPECT_EQ(LogWithKeys().say(rotation_of("log 1", "log 2", 3)).verify(), "key_history seq 2");
}

TEST(VerifyKeys, CompromiseWithoutAuthorityIsFound) {
  LogWithKeys log;
  log.say(rotation_of("log 1", "log 2", 1));
  LogKeyCompromised body = compromise_of("log 1", 3, "log 2");
  body.authority_signature =
      tests::signature_of(key_of("log 1"), compromise_message(kKeysOrigin, body));
  EXPECT_EQ(log.say(body).verify(), "key_history seq 4");
}

TEST(KeyHistoryFile, PrintsAndReadsTheSameAndLeadsFromAnyKey) {
  LogWithKeys log;
  log.say(rotation_of("log 1", "log 2", 1)).say(compromise_of("log 1", 3, "log 2"));
  const KeyHistoryFile file = log.file(log.note({"log 2"}));
  EXPECT_EQ(parse_key_history_file(to_string(file)).value(), file);
  for (const std::string_view key : {"log 1", "log 2"}) {
    const auto history = verify_key_history(file, trust_in(key));
    ASSERT_EQ(outcome(history), "a value") << key;
    EXPECT_EQ(history.value().keys.front().compromised_from, 3u);
  }
  EXPECT_EQ(outcome(verify_key_history(file, trust_in("log 3"))), "Corrupt/key_untrusted");
}

TEST(KeyHistoryFile, WhatIsMissingAlteredOrForgedIsSeen) {
  LogWithKeys log;
  log.say(rotation_of("log 1", "log 2", 1)).say(rotation_of("log 2", "log 3", 3));
  log.say(compromise_of("log 1", 3, "log 3"));
  const KeyHistoryFile file = log.file(log.note({"log 3"}));
  const auto refused = [&](auto change, std::string_view key = "log 1") {
    KeyHistoryFile changed = file;
    change(changed);
    return outcome(verify_key_history(changed, trust_in(key)));
  };
  EXPECT_EQ(refused([](KeyHistoryFile&) {}), "a value");
  const auto drop = [](std::size_t at) {
    return [at](KeyHistoryFile& f) { f.records.erase(f.records.begin() + static_cast<long>(at)); };
  };
  EXPECT_EQ(refused(drop(0)), "Corrupt/key_history");
  EXPECT_EQ(refused(drop(1)), "Corrupt/key_history");
  EXPECT_EQ(refused(drop(2)), "Corrupt/key_history");
  // The end can be cut off unseen, unless the key that signed the checkpoint goes with it.
  EXPECT_EQ(refused(drop(3)), "a value");
  EXPECT_EQ(refused([](KeyHistoryFile& f) { f.records.resize(2); }), "Corrupt/note_signature");
  EXPECT_EQ(refused([](KeyHistoryFile& f) { f.records[2].leaf.back() ^= 1; }),
            "Corrupt/proof_mismatch");
  EXPECT_EQ(refused([](KeyHistoryFile& f) { std::swap(f.records[1], f.records[2]); }),
            "Corrupt/key_history");
  EXPECT_EQ(refused([&](KeyHistoryFile& f) { f.checkpoint = log.note({"log 2"}); }),
            "Corrupt/key_retired");
  EXPECT_EQ(refused([&](KeyHistoryFile& f) { f.checkpoint = log.note({"thief"}); }),
            "Corrupt/note_signature");
  // A log of the thief's own, with everything signed as it should be, under his keys.
  LogWithKeys forged;
  LogKeyRotated body = rotation_of("thief", "thief 2", 1);
  forged.say(body);
  EXPECT_EQ(outcome(verify_key_history(forged.file(forged.note({"thief 2"})), trust_in("log 1"))),
            "Corrupt/key_history");
}

TEST(KeyHistoryFile, MalformedLinesAreNamed) {
  LogWithKeys log;
  const std::string text = to_string(log.file(log.note({"log 1"})));
  const auto at = [](const std::string& bad) {
    const auto parsed = parse_key_history_file(bad);
    return parsed ? "" : outcome(parsed) + " " + parsed.error().at;
  };
  EXPECT_EQ(at(""), "InvalidInput/key_history_file line 2");
  EXPECT_EQ(at("{}\n"), "InvalidInput/key_history_file line 1");
  EXPECT_EQ(at("x" + text), "InvalidInput/key_history_file line 1");
  EXPECT_EQ(at(text.substr(0, text.size() - 1)), "InvalidInput/key_history_file line 2");
  EXPECT_EQ(at(text.substr(0, text.find('\n') + 1) + "{\"seq\":-1}\n"),
            "InvalidInput/key_history_file line 2");
}

}  // namespace
}  // namespace ledger::verify
