#include "gateway/witness/handler.h"

#include <gtest/gtest.h>

#include "ledger/witness/add_checkpoint.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/temp_dir.h"

namespace gateway::witness {
namespace {

namespace vectors = ledger::vectors;

class FixedClock final : public core::Clock {
 public:
  core::Instant now() override { return {1'795'305'600'000'000}; }
};

class WitnessHandler : public testing::Test {
 protected:
  http::Response ask(const std::string& method, const std::string& target,
                     const std::string& body = "") {
    return handle({method, target, {}, body}, service_);
  }
  static std::string request(std::uint64_t old_size) {
    core::Sha256 sha256;
    return to_string(ledger::witness::AddCheckpoint{
        old_size, vectors::tree().consistency_proof(sha256, old_size, 8).value(),
        vectors::log_note()});
  }

  tests::TempDir dir_;
  FixedClock clock_;
  std::unique_ptr<ledger::witness::Witness> witness_ = std::move(
      ledger::witness::Witness::open(
          dir_ / "witness",
          ledger::WitnessSigner::create("witness.example/w1", vectors::counting_key(0x20)).value(),
          {vectors::log_key()})
          .value());
  std::vector<std::string> reports_;
  Service service_{*witness_, clock_,
                   [this](const core::Error& error) { reports_.push_back(error.reason); }};
};

constexpr std::string_view kMonitor =
    "/7fc17c1cbc6b30ee6c5426009ad11096635b0faf93ea453eb5c1403bf78809c1/checkpoint";

TEST_F(WitnessHandler, CosignsAndShowsWhatItCosigned) {
  EXPECT_EQ(ask("GET", std::string(kMonitor)).status, 404);
  const auto cosigned = ask("POST", "/add-checkpoint", request(0));
  EXPECT_EQ(cosigned.status, 200);
  EXPECT_EQ(cosigned.body, vectors::kWitnessSignatureLine);
  const auto shown = ask("GET", std::string(kMonitor));
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(shown.body, vectors::witnessed_note());
  const auto conflict = ask("POST", "/add-checkpoint", request(6));
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(conflict.content_type, "text/x.tlog.size");
  EXPECT_EQ(conflict.body, "8\n");
  EXPECT_TRUE(reports_.empty());
}

TEST_F(WitnessHandler, ReportsALogThatShrank) {
  ask("POST", "/add-checkpoint", request(0));
  core::Sha256 sha256;
  const ledger::Checkpoint old{std::string(vectors::kLogName), 2,
                               vectors::tree().root_at(sha256, 2).value()};
  const std::string note = ledger::sign_checkpoint(old, vectors::log_signer()).value();
  EXPECT_EQ(ask("POST", "/add-checkpoint", "old 2\n\n" + note).status, 409);
  EXPECT_EQ(reports_, std::vector<std::string>{"log_shrank"});
}

TEST_F(WitnessHandler, OtherPathsAndMethodsAreRefused) {
  for (const std::string path : {"/", "/checkpoint", "//checkpoint", "/x/checkpoint",
                                 "/add-checkpoint/", "/add-checkpoint?x", "/metadata", ""}) {
    EXPECT_EQ(ask("GET", path).status, 404) << path;
  }
  const auto get = ask("GET", "/add-checkpoint");
  EXPECT_EQ(get.status, 405);
  EXPECT_EQ(get.headers.back().second, "POST");
  EXPECT_EQ(ask("POST", std::string(kMonitor)).status, 405);
  EXPECT_EQ(ask("POST", "/add-checkpoint", "nonsense").status, 400);
}

}  // namespace
}  // namespace gateway::witness
