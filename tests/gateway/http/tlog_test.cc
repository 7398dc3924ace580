#include "gateway/http/tlog.h"

#include <gtest/gtest.h>

#include "core/sha256.h"
#include "gateway/service/publisher.h"
#include "ledger/merkle.h"
#include "ledger/proof_file.h"
#include "ledger/tile.h"
#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::header;
using tests::json_of;
using tests::problem;
using tests::ServedBook;

core::Hash hash_of(std::string_view base64) {
  const core::Bytes bytes = core::from_base64(base64).value();
  core::Hash hash;
  std::copy(bytes.begin(), bytes.end(), hash.bytes.begin());
  return hash;
}

std::vector<core::Hash> hashes_of(const core::json::Value& proof) {
  std::vector<core::Hash> out;
  for (const auto& text : *proof.find("hashes")->as_array())
    out.push_back(hash_of(*text.as_string()));
  return out;
}

// A book of more than a tile, an auditor, and a publisher that waits to be told.
class Tlog : public ::testing::Test {
 protected:
  Tlog() {
    served_.service().auditor_token = "auditor";
    for (int i = 0; i < 150; ++i) add_client();
    publish();
  }
  void add_client() {
    const std::string number = std::to_string(++clients_);
    ASSERT_EQ(served_.post("commands", ServedBook::client("c-" + number, "@c" + number)).status,
              201);
  }
  void publish() { ASSERT_TRUE(publisher_.publish().has_value()); }
  std::uint64_t published() { return std::stoull(line(served_.get("checkpoint").body, 1)); }
  std::uint64_t signed_size() {
    return static_cast<std::uint64_t>(
        *json_of(served_.get("records?limit=1")).find("size")->as_integer());
  }
  static std::string line(const std::string& text, int number) {
    std::istringstream lines(text);
    std::string out;
    for (int i = 0; i <= number; ++i) std::getline(lines, out);
    return out;
  }
  Response audit(const std::string& path) {
    auto request = ServedBook::request("GET", "/v1/books/test-book/" + path);
    request.headers["authorization"] = "Bearer auditor";
    return served_.ask(request);
  }
  Response ask_stranger(const std::string& path) {
    auto request = ServedBook::request("GET", "/v1/books/test-book/" + path);
    request.headers.erase("authorization");
    return served_.ask(request);
  }
  // The tree of the first `size` records, made of the records' own bytes.
  ledger::MerkleTree tree(std::uint64_t size) {
    ledger::MerkleTree tree;
    for (std::uint64_t seq = 0; seq < size; ++seq) {
      const Response leaf =
          served_.get("records/" + std::to_string(seq), "application/octet-stream");
      tree.append(sha256_, ledger::leaf_hash(sha256_, core::as_bytes(leaf.body)));
    }
    return tree;
  }

  ServedBook served_;
  service::Publisher publisher_{served_.book(), {}};
  core::Sha256 sha256_;
  int clients_ = 0;
};

TEST_F(Tlog, TilesHoldTheTreesHashes) {
  const std::uint64_t size = published();
  ASSERT_GT(size, 256u);
  const ledger::MerkleTree expected = tree(size);
  const auto bytes = [](std::span<const core::Hash> hashes) {
    std::string out;
    for (const core::Hash& hash : hashes) out += core::as_text(hash.view());
    return out;
  };
  const Response full = served_.get("tile/0/000");
  EXPECT_EQ(full.status, 200);
  EXPECT_EQ(full.content_type, "application/octet-stream");
  EXPECT_EQ(full.body, bytes(expected.level(0).first(256)));
  // Every partial one up to the published size.
  for (std::uint64_t width = 1; width <= size - 256; ++width) {
    EXPECT_EQ(served_.get("tile/0/001.p/" + std::to_string(width)).body,
              bytes(expected.level(0).subspan(256, width)));
  }
  EXPECT_EQ(served_.get("tile/1/000.p/1").body, bytes(expected.level(8).first(1)));
  EXPECT_EQ(served_.get("tile/0/000.p/17").body, bytes(expected.level(0).first(17)));
}

TEST_F(Tlog, BeyondThePublishedSizeThereAreNoTiles) {
  const std::uint64_t size = published();
  add_client();
  ASSERT_GT(signed_size(), size);
  const std::string beyond = std::to_string(size - 256 + 1);
  for (const std::string& path :
       {"tile/0/001.p/" + beyond, std::string("tile/0/001"), std::string("tile/0/002.p/1"),
        std::string("tile/0/x001/000.p/1"), std::string("tile/1/000"),
        std::string("tile/1/000.p/2"), std::string("tile/2/000.p/1"),
        std::string("tile/63/000.p/1"), std::string("tile/0/x018/x446/x744/x073/x709/x551/615")}) {
    EXPECT_EQ(problem(served_.get(path)), "404 unknown_tile") << path;
  }
  EXPECT_EQ(problem(audit("tile/entries/001.p/" + beyond)), "404 unknown_tile");
  EXPECT_EQ(problem(audit("tile/entries/001")), "404 unknown_tile");
  publish();
  EXPECT_EQ(served_.get("tile/0/001.p/" + beyond).status, 200);
  EXPECT_EQ(audit("tile/entries/001.p/" + beyond).status, 200);
}

TEST_F(Tlog, OtherSpellingsOfATileAreRefused) {
  for (const std::string path :
       {"tile/0/0", "tile/00/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
        "tile/0/x000/000", "tile/0/001/000", "tile/64/000", "tile/8/0/000", "tile/-1/000",
        "tile/0/000.p", "tile/0/000.p/1/2", "tile/0/000/", "tile/x/000"}) {
    EXPECT_EQ(problem(served_.get(path)), "400 tile_path") << path;
  }
  EXPECT_EQ(problem(audit("tile/entries/1")), "400 tile_path");
  for (const std::string path : {"tile", "tile/", "tile/0", "tile/0/", "tile/entries/"}) {
    EXPECT_EQ(problem(audit(path)), "404 unknown_path") << path;
  }
}

TEST_F(Tlog, BundlesHoldTheRecordsAsStored) {
  const std::uint64_t size = published();
  const Response full = audit("tile/entries/000");
  EXPECT_EQ(full.content_type, "application/octet-stream");
  const Response rest = audit("tile/entries/001.p/" + std::to_string(size - 256));
  std::uint64_t seq = 0;
  for (const std::string& body : {full.body, rest.body}) {
    const auto entries = ledger::decode_bundle(core::as_bytes(body)).value();
    for (const core::ByteView entry : entries) {
      EXPECT_EQ(core::as_text(entry),
                served_.get("records/" + std::to_string(seq++), "application/octet-stream").body);
    }
  }
  EXPECT_EQ(seq, size);
}

TEST_F(Tlog, BundlesAreForAuditorsAndAuditorsChangeNothing) {
  EXPECT_EQ(problem(served_.get("tile/entries/000")), "403 not_permitted");
  EXPECT_EQ(problem(ask_stranger("tile/entries/000")), "401 unauthorized");
  served_.service().public_tiles = true;
  EXPECT_EQ(problem(served_.get("tile/entries/000")), "403 not_permitted");
  EXPECT_EQ(problem(ask_stranger("tile/entries/000")), "401 unauthorized");
  for (const std::string path : {"records/0", "balances", "checkpoint", "proofs/0", "tile/0/000"}) {
    EXPECT_EQ(audit(path).status, 200) << path;
  }
  for (const std::string path : {"commands", "backups", "statements"}) {
    auto request =
        ServedBook::request("POST", "/v1/books/test-book/" + path, "{}", "application/json");
    request.headers["authorization"] = "Bearer auditor";
    EXPECT_EQ(problem(served_.ask(request)), "403 not_permitted") << path;
  }
  // Without an auditor's token nobody is one.
  served_.service().auditor_token.clear();
  auto request = ServedBook::request("GET", "/v1/books/test-book/tile/entries/000");
  request.headers["authorization"] = "Bearer ";
  EXPECT_EQ(problem(served_.ask(request)), "401 unauthorized");
}

TEST_F(Tlog, HashesArePublicIfTheServerIsToldSo) {
  const std::vector<std::string> hashes = {"checkpoint", "tile/0/000", "inclusion/5/100",
                                           "consistency/5/100"};
  for (const std::string& path : hashes) {
    EXPECT_EQ(problem(ask_stranger(path)), "401 unauthorized") << path;
  }
  served_.service().public_tiles = true;
  for (const std::string& path : hashes) EXPECT_EQ(ask_stranger(path).status, 200) << path;
  for (const std::string path : {"records/0", "records", "balances", "proofs/0", "history"}) {
    EXPECT_EQ(problem(ask_stranger(path)), "401 unauthorized") << path;
  }
}

TEST_F(Tlog, WhatNeverChangesMayBeKept) {
  EXPECT_EQ(header(served_.get("tile/0/000"), "Cache-Control"),
            "private, max-age=31536000, immutable");
  EXPECT_EQ(header(served_.get("checkpoint"), "Cache-Control"), "private, max-age=1");
  served_.service().public_tiles = true;
  EXPECT_EQ(header(served_.get("tile/0/000"), "Cache-Control"),
            "public, max-age=31536000, immutable");
  EXPECT_EQ(header(served_.get("checkpoint"), "Cache-Control"), "public, max-age=1");
  EXPECT_EQ(header(audit("tile/entries/000"), "Cache-Control"),
            "private, max-age=31536000, immutable");
  EXPECT_EQ(header(served_.get("tile/0/009"), "Cache-Control"), "no-store");
}

TEST_F(Tlog, InclusionIsProvedForEverySize) {
  const ledger::MerkleTree expected = tree(published());
  for (const std::uint64_t size : {1u, 2u, 100u, 255u, 256u, 257u, 300u}) {
    for (const std::uint64_t index : {std::uint64_t{0}, size / 3, size - 1}) {
      const auto proof =
          json_of(served_.get("inclusion/" + std::to_string(index) + "/" + std::to_string(size)));
      EXPECT_EQ(hash_of(proof.text("leaf_hash")), expected.level(0)[index]);
      EXPECT_EQ(hash_of(proof.text("root")), expected.root_at(sha256_, size).value());
      EXPECT_TRUE(ledger::verify_inclusion(
                      sha256_,
                      {index, size, hash_of(proof.text("leaf_hash")), hash_of(proof.text("root"))},
                      hashes_of(proof))
                      .has_value());
    }
  }
}

TEST_F(Tlog, ConsistencyIsProvedBetweenAllSizes) {
  const ledger::MerkleTree expected = tree(published());
  for (const std::uint64_t old_size : {0u, 1u, 2u, 100u, 255u, 256u, 257u, 300u}) {
    for (const std::uint64_t new_size : {0u, 1u, 2u, 100u, 255u, 256u, 257u, 300u}) {
      const Response response =
          served_.get("consistency/" + std::to_string(old_size) + "/" + std::to_string(new_size));
      if (old_size > new_size) {
        EXPECT_EQ(problem(response), "400 proof_range");
        continue;
      }
      const auto proof = json_of(response);
      EXPECT_EQ(hash_of(proof.text("old_root")), expected.root_at(sha256_, old_size).value());
      EXPECT_EQ(hash_of(proof.text("new_root")), expected.root_at(sha256_, new_size).value());
      EXPECT_TRUE(ledger::verify_consistency(sha256_,
                                             {old_size, new_size, hash_of(proof.text("old_root")),
                                              hash_of(proof.text("new_root"))},
                                             hashes_of(proof))
                      .has_value());
    }
  }
}

TEST_F(Tlog, SizesThatTheBookNeverHadAreRefused) {
  const std::string beyond = std::to_string(signed_size() + 1);
  for (const std::string& path :
       {"inclusion/0/" + beyond, std::string("inclusion/5/5"), std::string("inclusion/6/5"),
        std::string("inclusion/0/0"), "consistency/1/" + beyond, "consistency/" + beyond + "/1",
        std::string("inclusion/0/18446744073709551615"),
        std::string("consistency/0/18446744073709551615")}) {
    EXPECT_EQ(problem(served_.get(path)), "400 proof_range") << path;
  }
  for (const std::string path : {"inclusion/x/5", "inclusion/5/x", "consistency/-1/5",
                                 "consistency/1/18446744073709551616"}) {
    EXPECT_EQ(problem(served_.get(path)), "400 number") << path;
  }
}

TEST_F(Tlog, WhatIsSignedAndNotPublishedIsNotTheCheckpoint) {
  const std::string before = served_.get("checkpoint").body;
  const std::uint64_t size = published();
  add_client();
  EXPECT_EQ(served_.get("checkpoint").body, before);
  // A new record's receipt cannot wait for that.
  const auto fresh = ledger::parse_proof_file(served_.get("proofs/" + std::to_string(size)).body);
  EXPECT_EQ(line(fresh.value().checkpoint, 1), std::to_string(signed_size()));
  const auto known = ledger::parse_proof_file(served_.get("proofs/0").body);
  EXPECT_EQ(known.value().checkpoint, before);
  publish();
  EXPECT_EQ(published(), signed_size());
  const auto book = json_of(served_.ask(ServedBook::request("GET", "/v1/books")));
  EXPECT_EQ(*book.find("books")->as_array()->front().find("published_size")->as_integer(),
            static_cast<std::int64_t>(signed_size()));
}

TEST_F(Tlog, EveryPublishedCheckpointIsKept) {
  const std::string first = served_.get("checkpoint").body;
  const std::string first_size = std::to_string(published());
  add_client();
  publish();
  EXPECT_EQ(served_.get("checkpoints/" + first_size).body, first);
  EXPECT_EQ(served_.get("checkpoints/" + std::to_string(published())).body,
            served_.get("checkpoint").body);
  EXPECT_EQ(problem(served_.get("checkpoints/5")), "404 unknown_checkpoint");
  EXPECT_EQ(problem(served_.get("checkpoints/x")), "400 number");
  const auto proof = ledger::parse_proof_file(served_.get("proofs/3?size=" + first_size).body);
  EXPECT_EQ(proof.value().checkpoint, first);
  const Response leaf = served_.get("records/3", "application/octet-stream");
  const auto vkey =
      ledger::parse_verifier_key(json_of(served_.ask(ServedBook::request("GET", "/v1/books")))
                                     .find("books")
                                     ->as_array()
                                     ->front()
                                     .text("verifier_key"));
  EXPECT_TRUE(
      ledger::verify_proof_file(to_string(proof.value()), core::as_bytes(leaf.body), vkey.value())
          .has_value());
  EXPECT_EQ(problem(served_.get("proofs/3?size=5")), "404 unknown_checkpoint");
  EXPECT_EQ(problem(served_.get("proofs/" + first_size + "?size=" + first_size)),
            "400 proof_range");
}

}  // namespace
}  // namespace gateway::http
