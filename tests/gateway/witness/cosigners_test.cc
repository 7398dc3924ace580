#include "gateway/witness/cosigners.h"

#include <gtest/gtest.h>

#include "core/check.h"
#include "ledger/witness/add_checkpoint.h"
#include "ledger/witness/witness.h"
#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::witness {
namespace {

namespace vectors = ledger::vectors;
using namespace std::chrono_literals;
using tests::outcome;

// The example log's note of so many entries.
ledger::PublishedNote note_of(std::uint64_t size) {
  core::Sha256 sha256;
  const ledger::Checkpoint checkpoint{std::string(vectors::kLogName), size,
                                      vectors::tree().root_at(sha256, size).value()};
  return {size, ledger::sign_checkpoint(checkpoint, vectors::log_signer()).value()};
}

// Two real witnesses, w1 and w2, whose answers a test may replace.
class CosignersTest : public testing::Test {
 protected:
  using Answer = std::function<core::Result<http::Response>(const std::string& body,
                                                            const std::atomic<bool>& cancelled)>;

  CosignersTest() {
    for (int i = 0; i < 2; ++i) {
      witnesses_.push_back(
          std::move(ledger::witness::Witness::open(dir_ / ("w" + std::to_string(i + 1)), signer(i),
                                                   {vectors::log_key()})
                        .value()));
    }
  }
  ~CosignersTest() override { release(); }

  static ledger::WitnessSigner signer(int number) {
    return ledger::WitnessSigner::create(
               "witness.example/w" + std::to_string(number + 1),
               vectors::counting_key(static_cast<std::uint8_t>(0x20 + number)))
        .value();
  }
  core::Result<http::Response> honest(std::size_t number, const std::string& body) {
    const auto reply = witnesses_[number]->add_checkpoint(body, {1'795'305'600'000'000});
    http::Response response;
    response.status = reply.status;
    response.content_type = reply.content_type;
    response.body = reply.body;
    return response;
  }
  static http::Response respond(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
  }
  // w1 is honest; w2 does as it is told.
  void start(const std::string& quorum, Answer second = {}) {
    std::string text;
    for (int i = 0; i < 2; ++i) {
      text += "witness w" + std::to_string(i + 1) + " " + to_string(signer(i).key()) + " http://w" +
              std::to_string(i + 1) + "/\n";
    }
    Cosigners::Options options;
    options.round = 400ms;
    options.grace = 50ms;
    options.told = [this](const std::string& name, const std::optional<core::Error>& error) {
      told_ += name + " " + (error ? error->reason : "well") + "; ";
    };
    cosigners_ = std::make_unique<Cosigners>(
        ledger::Policy::parse(text + quorum).value(),
        [this, second](const std::string& url, const std::string& body,
                       const std::atomic<bool>& cancelled) -> core::Result<http::Response> {
          if (url == "http://w1/add-checkpoint") return honest(0, body);
          CHECK(url == "http://w2/add-checkpoint");
          return second ? second(body, cancelled) : honest(1, body);
        },
        [](std::uint64_t old_size, std::uint64_t new_size) {
          core::Sha256 sha256;
          return vectors::tree().consistency_proof(sha256, old_size, new_size);
        },
        options);
  }
  // Which witnesses cosigned, or what is wrong.
  std::string cosign(std::uint64_t size) {
    const auto note = cosigners_->cosign(note_of(size));
    if (!note) return outcome(note);
    CHECK(note.value().starts_with(note_of(size).note));
    const auto signatures = ledger::signatures_of_note(note.value()).value();
    const std::vector<ledger::WitnessKey> known{signer(0).key(), signer(1).key()};
    const auto found =
        ledger::check_cosignatures(ledger::text_of_note(note.value()), signatures, known);
    CHECK(signatures.size() == 1 + found.value().size());
    std::string out;
    for (const auto& one : found.value()) out += "w" + std::to_string(one.witness + 1) + " ";
    return out;
  }
  // Waits until it is let go, or cancelled.
  core::Result<http::Response> stall(const std::atomic<bool>& cancelled) {
    while (!cancelled && !released_) std::this_thread::yield();
    return core::unavailable("fetch_timeout", "w2", "stalled");
  }
  void release() {
    released_ = true;
    cosigners_.reset();
  }

  tests::TempDir dir_;
  std::vector<std::unique_ptr<ledger::witness::Witness>> witnesses_;
  std::atomic<bool> released_ = false;
  std::string told_;
  std::unique_ptr<Cosigners> cosigners_;
};

constexpr std::string_view kBoth = "group g all w1 w2\nquorum g\n";

TEST_F(CosignersTest, CosignaturesOfTheQuorumAreAdded) {
  start(std::string(kBoth));
  EXPECT_EQ(cosign(2), "w1 w2 ");
  EXPECT_EQ(cosign(6), "w1 w2 ");
  EXPECT_EQ(cosign(8), "w1 w2 ");
  EXPECT_EQ(told_, "");
}

TEST_F(CosignersTest, AWitnessThatIsAheadOfWhatWeKnowIsAskedAgain) {
  // As after a restart: the witnesses are at 6, and we think they know nothing.
  start(std::string(kBoth));
  ASSERT_EQ(cosign(6), "w1 w2 ");
  start(std::string(kBoth));
  EXPECT_EQ(cosign(8), "w1 w2 ");
}

TEST_F(CosignersTest, AStalledWitnessKeepsNobodyElseWaiting) {
  start(
      "group g any w1 w2\nquorum g\n",
      [this](const std::string&, const std::atomic<bool>& cancelled) { return stall(cancelled); });
  EXPECT_EQ(cosign(2), "w1 ");
  EXPECT_EQ(cosign(8), "w1 ");
  release();
}

TEST_F(CosignersTest, WithoutTheQuorumNothingIsGiven) {
  start(std::string(kBoth), [this](const std::string&, const std::atomic<bool>& cancelled) {
    return stall(cancelled);
  });
  const auto note = cosigners_->cosign(note_of(2));
  EXPECT_EQ(outcome(note), "Unavailable/quorum");
  EXPECT_NE(note.error().detail.find("w2: no answer yet"), std::string::npos);
  EXPECT_EQ(note.error().detail.find("w1:"), std::string::npos);
  release();
}

TEST_F(CosignersTest, AWitnessComesBack) {
  bool down = true;
  start(std::string(kBoth), [&](const std::string& body, const std::atomic<bool>&) {
    return down ? core::Result<http::Response>(core::unavailable("fetch", "w2", "down"))
                : honest(1, body);
  });
  EXPECT_EQ(cosign(2), "Unavailable/quorum");
  EXPECT_EQ(cosign(2), "Unavailable/quorum");
  down = false;
  EXPECT_EQ(cosign(8), "w1 w2 ");
  EXPECT_EQ(told_, "w2 fetch; w2 well; ");
}

TEST_F(CosignersTest, LiesAreNotTakenOver) {
  const auto other = ledger::WitnessSigner::create("witness.example/w2", vectors::counting_key(9));
  const std::string text = note_of(2).note.substr(0, note_of(2).note.find("\n\n") + 1);
  const std::string lies[] = {
      "",
      "nonsense\n",
      "\xe2\x80\x94 witness.example/w2\n",
      // Another key under its name, its own over another text, a log's signature for its own.
      other.value().cosign(text, 1),
      signer(1).cosign(text + "x\n", 1),
      ledger::signature_line("witness.example/w2", signer(1).key().id, core::Bytes(72, 3)),
      signer(0).cosign(text, 1),
  };
  for (const std::string& lie : lies) {
    told_.clear();
    start(std::string(kBoth),
          [&](const std::string&, const std::atomic<bool>&) -> core::Result<http::Response> {
            return respond(200, lie);
          });
    EXPECT_EQ(cosign(2), "Unavailable/quorum") << lie;
    EXPECT_EQ(told_, "w2 witness_reply; ") << lie;
    cosigners_.reset();
  }
  // Beside others' lines its own is found.
  start(std::string(kBoth),
        [&](const std::string&, const std::atomic<bool>&) -> core::Result<http::Response> {
          return respond(200, other.value().cosign(text, 1) + signer(1).cosign(text, 5));
        });
  EXPECT_EQ(cosign(2), "w1 w2 ");
}

TEST_F(CosignersTest, ConflictsEndInAClearError) {
  struct Case {
    std::string body;
    std::string told;
  };
  for (const Case& one : {Case{"9\n", "w2 witness_ahead; "}, Case{"0\n", "w2 witness_reply; "},
                          Case{"eight\n", "w2 witness_reply; "}, Case{"", "w2 witness_reply; "},
                          Case{"18446744073709551616\n", "w2 witness_reply; "}}) {
    told_.clear();
    start(std::string(kBoth),
          [&](const std::string&, const std::atomic<bool>&) -> core::Result<http::Response> {
            return respond(409, one.body);
          });
    EXPECT_EQ(cosign(8), "Unavailable/quorum");
    EXPECT_EQ(told_, one.told) << one.body;
    cosigners_.reset();
  }
  // One that names another size each time is not asked for ever.
  int asked = 0;
  told_.clear();
  start(std::string(kBoth),
        [&](const std::string&, const std::atomic<bool>&) -> core::Result<http::Response> {
          return respond(409, std::to_string(1 + ++asked % 2) + "\n");
        });
  EXPECT_EQ(cosign(8), "Unavailable/quorum");
  EXPECT_EQ(told_, "w2 witness_reply; ");
  EXPECT_EQ(asked, 3);
}

TEST_F(CosignersTest, AForkIsToldAsOne) {
  start(std::string(kBoth),
        [&](const std::string&, const std::atomic<bool>&) -> core::Result<http::Response> {
          return respond(422, "fork\n");
        });
  const auto note = cosigners_->cosign(note_of(2));
  EXPECT_EQ(outcome(note), "Unavailable/quorum");
  EXPECT_NE(note.error().detail.find("w2: witness_refused"), std::string::npos)
      << note.error().detail;
  EXPECT_EQ(told_, "w2 witness_refused; ");
}

TEST_F(CosignersTest, WithoutAQuorumWhatComesIsAdded) {
  start("quorum none\n");
  const std::string cosigned = cosign(2);
  EXPECT_TRUE(cosigned == "w1 w2 " || cosigned == "w1 " || cosigned == "w2 " || cosigned.empty());
}

}  // namespace
}  // namespace gateway::witness
