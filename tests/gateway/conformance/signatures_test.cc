#include <gtest/gtest.h>

#include "core/bytes.h"
#include "tests/gateway/conformance/answers.h"
#include "tests/ledger/tlog_vectors.h"

namespace gateway::conformance::tests {
namespace {

namespace vectors = ledger::vectors;
using core::json::Array;
using core::json::Object;

// Source: RFC 8032 section 7.1, test 3.
constexpr std::string_view kKey =
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
constexpr std::string_view kSignature =
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6"
    "59"
    "4a7c15e9716ed28dc027beceea1ec40a";

std::string ed25519(std::string_view key, std::string_view message, std::string_view signature) {
  return outcome("ed25519-verify",
                 core::json::print(
                     Object{{"public_key", key}, {"message", message}, {"signature", signature}}));
}

std::string note_line(std::string_view note, const std::vector<std::string_view>& keys) {
  Array list;
  for (const std::string_view key : keys) list.emplace_back(key);
  return core::json::print(
      Object{{"note_b64", core::to_base64(core::as_bytes(note))}, {"keys", std::move(list)}});
}

std::string note(std::string_view text, const std::vector<std::string_view>& keys) {
  return outcome("note-verify", note_line(text, keys));
}

TEST(ConformanceSignatures, Ed25519IsJudged) {
  EXPECT_EQ(ed25519(kKey, "af82", kSignature), "ok");
  EXPECT_EQ(ed25519(kKey, "af83", kSignature), "refused: signature");
  EXPECT_EQ(ed25519(kKey, "", kSignature), "refused: signature");
  EXPECT_EQ(ed25519("", "af82", kSignature), "refused: signature");
  EXPECT_EQ(ed25519(kKey, "af82", ""), "refused: signature");
  EXPECT_EQ(ed25519(kKey, "af82", kSignature.substr(2)), "refused: signature");
  EXPECT_EQ(ed25519(kKey, "af82", std::string(kSignature) + "00"), "refused: signature");
  EXPECT_EQ(ed25519(kKey, "AF82", kSignature), "error: hex at message");
}

TEST(ConformanceSignatures, ANoteIsSignedAsGoSignsIt) {
  const Object line{{"skey", vectors::kGoPrivateKey}, {"text", vectors::kGoText}};
  const auto answered = core::json::parse(answer("note-sign", core::json::print(line))).value();
  EXPECT_EQ(answered.text("note"),
            std::string(vectors::kGoText).append("\n").append(vectors::kGoSignatureLine));
}

TEST(ConformanceSignatures, WhatCannotBeSignedIsAnErrorThatDoesNotQuoteTheKey) {
  const auto sign = [](std::string_view skey, std::string_view text) {
    return answer("note-sign", core::json::print(Object{{"skey", skey}, {"text", text}}));
  };
  const std::string key(vectors::kGoPrivateKey);
  for (const std::string& answered :
       {sign(key, "no newline"), sign(key, "a\ttab\n"), sign(key.substr(1), "text\n"),
        sign(key.substr(0, key.size() - 4), "text\n"), sign(vectors::kGoVkey, "text\n")}) {
    EXPECT_NE(answered.find(R"("reason":"note")"), std::string::npos) << answered;
    EXPECT_EQ(answered.find("AYEKFALV"), std::string::npos) << answered;
  }
}

TEST(ConformanceSignatures, ANoteNamesTheKeysThatSignedIt) {
  EXPECT_EQ(answer("note-verify", note_line(vectors::witnessed_note(), {vectors::kLogVkey})),
            R"({"ok":true,"text":"ledger.example/broker-1\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz)"
            R"(+Nw7/RgQyg=\n","verified":["ledger.example/broker-1+6e5791d5+AQOhB7/zzhC+HXDdGOdL)"
            R"(wJln5NYwm6UNXx3chmQSVTG4"]})");
}

TEST(ConformanceSignatures, ANoteThatIsNotSignedByTheKeysIsRefused) {
  const std::string good = vectors::log_note();
  EXPECT_EQ(note(good, {}), "refused: note_signature");
  EXPECT_EQ(note(good, {vectors::kGoVkey}), "refused: note_signature");
  std::string nine = good;
  nine[nine.find("\n8\n") + 1] = '9';
  EXPECT_EQ(note(nine, {vectors::kLogVkey}), "refused: note_signature");
}

TEST(ConformanceSignatures, AMalformedNoteOrKeyIsRefused) {
  const std::string good = vectors::log_note();
  EXPECT_EQ(note("", {vectors::kLogVkey}), "refused: note");
  EXPECT_EQ(note("\t" + good, {vectors::kLogVkey}), "refused: note");
  EXPECT_EQ(note(good + std::string(vectors::kLogSignatureLine), {vectors::kLogVkey}),
            "refused: note");
  EXPECT_EQ(note(good, {vectors::kLogVkey, vectors::kLogVkey}), "refused: note");
  EXPECT_EQ(note(good, {"ledger.example/broker-1+6e5791d6+AQOhB7/"
                        "zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"}),
            "refused: note");
  EXPECT_EQ(note(good, {"not a key"}), "refused: note");
}

TEST(ConformanceSignatures, TheWrappingBase64HasOneFormToo) {
  EXPECT_EQ(outcome("note-verify", R"({"note_b64":"YQ","keys":[]})"), "error: base64 at note_b64");
  EXPECT_EQ(outcome("note-verify", R"({"note_b64":"YR==","keys":[]})"),
            "error: base64 at note_b64");
  EXPECT_EQ(outcome("note-verify", R"({"note_b64":"","keys":[1]})"),
            "error: wrong_type at keys[0]");
}

}  // namespace
}  // namespace gateway::conformance::tests
