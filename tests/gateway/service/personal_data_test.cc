#include "gateway/service/personal_data.h"

#include <gtest/gtest.h>

#include "core/check.h"
#include "core/files.h"
#include "gateway/service/erasure.h"
#include "gateway/service/init.h"
#include "gateway/service/queries.h"
#include "gateway/service/submission.h"
#include "gateway/service/verify_book.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

using tests::outcome;

class PersonalDataTest : public testing::Test {
 protected:
  void SetUp() override {
    make_book("book");
    anna = party("@anna");
    ops = party("@ops");
    chief = party("@chief");
  }
  void make_book(const std::string& name) {
    InitOptions options;
    options.folder = {dir / name};
    options.origin = "ledger.example/test-book";
    options.simulated_seed = "personal";
    ASSERT_TRUE(init_book(options, clock).has_value());
    book.reset();
    book = std::move(Book::open(options.folder, clock).value());
  }
  core::PartyId party(const std::string& name) {
    core::PartyId out;
    CHECK(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      TRY(out.bytes, store.resolve(name));
      return store.save();
    }));
    return out;
  }
  ReceiptResult import(const std::string& json) {
    TRY(const auto line, core::json::parse(json));
    PersonalData data;
    TRY(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      TRY(data, read_personal_data(line, store));
      return store.save();
    }));
    TRY(auto command, store_personal_data(*book, data, {}, ops));
    return book->execute({&command, 1}).front();
  }
  core::Result<ErasureReport> erase(bool dry_run = false) {
    ErasureOrder order{anna, ops, chief};
    order.dry_run = dry_run;
    const auto submit = [&](std::vector<Submission> commands) { return book->execute(commands); };
    return erase_person(*book, submit, clock, order);
  }
  std::string shown(const core::PartyId& person) {
    std::string out;
    const auto done = book->with_vault([&](const vault::Vault& vault) -> core::Result<> {
      TRY(const auto value, view_person(vault, person));
      out = core::json::print(value);
      return core::ok();
    });
    return done ? out : outcome(done);
  }
  std::uint64_t size() {
    std::uint64_t size = 0;
    CHECK(book->read([&](const BookView& view) {
      size = view.size;
      return core::ok();
    }));
    return size;
  }

  static constexpr const char* kAnna =
      R"({"person":"@anna","fields":{"name":"Anna","city":"Paphos"}})";

  tests::TempDir dir;
  core::SystemClock clock;
  std::unique_ptr<Book> book;
  int requests = 0;
  core::PartyId anna, ops, chief;
};

TEST_F(PersonalDataTest, TheSameDataIsTheSameCommandInWhateverOrderItStands) {
  const auto first = import(kAnna);
  ASSERT_EQ(outcome(first), "a value");
  EXPECT_FALSE(first.value().hit);
  const auto again =
      import(R"({"fields":{"city":"Paphos","name":"Anna"},"person":")" + anna.hex() + "\"}");
  ASSERT_EQ(outcome(again), "a value");
  EXPECT_TRUE(again.value().hit);
  EXPECT_EQ(again.value().first_seq, first.value().first_seq);
}

TEST_F(PersonalDataTest, AnotherTextUnderTheSameRequestIdIsAConflict) {
  ASSERT_EQ(outcome(import(R"({"person":"@anna","request_id":"r","fields":{"name":"Anna"}})")),
            "a value");
  EXPECT_EQ(outcome(import(R"({"person":"@anna","request_id":"r","fields":{"name":"Ann"}})")),
            "Conflict/request_id_reused");
  EXPECT_TRUE(
      import(R"({"person":"@anna","request_id":"r","fields":{"name":"Anna"}})").value().hit);
}

TEST_F(PersonalDataTest, TheNewestTextIsShown) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  ASSERT_EQ(outcome(import(R"({"person":"@anna","fields":{"city":"Limassol"}})")), "a value");
  const std::string text = shown(anna);
  EXPECT_NE(text.find("Limassol"), std::string::npos) << text;
  EXPECT_EQ(text.find("Paphos"), std::string::npos) << text;
  EXPECT_NE(text.find("\"names\":[\"@anna\"]"), std::string::npos) << text;
}

TEST_F(PersonalDataTest, LinesAreReadStrictly) {
  EXPECT_EQ(outcome(import(R"({"fields":{"name":"A"}})")), "InvalidInput/missing_field");
  EXPECT_EQ(outcome(import(R"({"person":"@anna"})")), "InvalidInput/missing_field");
  EXPECT_EQ(outcome(import(R"({"person":"@anna","fields":{}})")), "InvalidInput/missing_field");
  EXPECT_EQ(outcome(import(R"({"person":"@anna","fields":{"name":7}})")),
            "InvalidInput/wrong_type");
  EXPECT_EQ(outcome(import(R"({"person":"@anna","fields":{"Name":"A"}})")),
            "InvalidInput/personal_field");
  EXPECT_EQ(outcome(import(R"({"person":"@anna","fields":{"name":"A"},"color":"red"})")),
            "InvalidInput/unknown_field");
  EXPECT_EQ(outcome(import(R"({"person":"anna","fields":{"name":"A"}})")), "InvalidInput/id");
  EXPECT_EQ(outcome(import("[]")), "InvalidInput/wrong_type");
}

// Commitments stand in records, and records of a simulated book follow from its seed.
TEST_F(PersonalDataTest, ASimulatedBookRepeats) {
  std::vector<core::Hash> leaves[2];
  for (int i = 0; i < 2; ++i) {
    make_book("again" + std::to_string(i));
    leaves[i] = import(kAnna).value().leaf_hashes;
  }
  EXPECT_EQ(leaves[0], leaves[1]);
}

TEST_F(PersonalDataTest, ADryRunChangesNothing) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  const std::uint64_t before = size();
  const auto report = erase(/*dry_run=*/true);
  ASSERT_EQ(outcome(report), "a value");
  EXPECT_EQ(report.value().names, 1u);
  EXPECT_EQ(report.value().fields, 2u);
  EXPECT_FALSE(report.value().receipt.has_value());
  EXPECT_EQ(size(), before);
  EXPECT_NE(shown(anna).find("Paphos"), std::string::npos);
}

TEST_F(PersonalDataTest, AnErasureIsOnceAndForAll) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  ASSERT_EQ(outcome(erase()), "a value");
  EXPECT_EQ(shown(anna), "Conflict/person_erased");
  EXPECT_EQ(outcome(erase()), "Conflict/person_erased");
  EXPECT_EQ(outcome(import(R"({"person":")" + anna.hex() + R"(","fields":{"name":"A"}})")),
            "Conflict/person_erased");
  // The name is free, and whoever bears it is another.
  EXPECT_NE(party("@anna").hex(), std::string(32, '0'));
  core::PartyId other = anna;
  other.bytes[0] ^= 1;
  anna = other;
  EXPECT_EQ(outcome(erase()), "NotFound/nothing_held");
}

TEST_F(PersonalDataTest, OfAnErasedPersonOnlyWhatIsNotPersonalIsCompared) {
  const std::string of_anna = R"({"person":")" + anna.hex() + R"(","request_id":"r","fields":)";
  const auto first = import(of_anna + R"({"name":"Anna"}})");
  ASSERT_EQ(outcome(first), "a value");
  ASSERT_EQ(outcome(erase()), "a value");
  const auto again = import(of_anna + R"({"name":"whatever"}})");
  ASSERT_EQ(outcome(again), "a value");
  EXPECT_TRUE(again.value().hit);
  EXPECT_EQ(again.value().first_seq, first.value().first_seq);
  EXPECT_EQ(outcome(import(of_anna + R"({"city":"Paphos"}})")), "Conflict/person_erased");
}

// A client's years: his business, the end of the relationship, and what the profile asks.
TEST_F(PersonalDataTest, AClientIsErasedOnceHisYearsAreOver) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  const auto submit = [&](const std::string& line) {
    std::optional<Submission> command;
    CHECK(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
      TRY(const auto value, core::json::parse(line));
      TRY(command, read_submission(value, {}, store, "r-" + std::to_string(++requests)));
      return store.save();
    }));
    return outcome(book->execute({&*command, 1}).front());
  };
  ASSERT_EQ(submit(R"({"command":"register_client","actor":"@ops","at":"2026-01-05T08:00:00Z",
      "client":"@anna","category":"retail","residence":"CY"})"),
            "a value");
  EXPECT_EQ(outcome(erase(/*dry_run=*/true)), "Conflict/under_retention");
  ASSERT_EQ(submit(R"({"command":"end_relationship","actor":"@ops","approver":"@chief",
      "at":"2027-01-05T08:00:00Z","party":"@anna"})"),
            "a value");
  const auto refused = erase();
  ASSERT_EQ(outcome(refused), "Conflict/under_retention");
  // The first day of which it is told is the first on which it is allowed.
  const std::string detail = core::to_string(refused.error());
  constexpr std::string_view kEarliest = "Earliest date: ";
  const std::size_t at = detail.find(kEarliest);
  ASSERT_NE(at, std::string::npos) << detail;
  const core::Date first = core::parse_date(detail.substr(at + kEarliest.size(), 10)).value();
  const auto pass_to = [&](core::Date day) {
    ASSERT_EQ(submit(R"({"command":"register_symbol","actor":"@ops","symbol":"S)" +
                     std::to_string(requests) + R"(","currency":"EUR","at":")" +
                     core::to_string(day) + R"(T12:00:00Z"})"),
              "a value");
  };
  pass_to({first.days - 1});
  EXPECT_EQ(outcome(erase()), "Conflict/under_retention");
  pass_to(first);
  EXPECT_EQ(outcome(erase()), "a value");
}

TEST_F(PersonalDataTest, AHoldKeepsWhatNoYearsKeep) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  std::optional<Submission> command;
  CHECK(book->with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    TRY(const auto value,
        core::json::parse(
            R"({"command":"place_hold","actor":"@ops","approver":"@chief","hold":"@case-1",)"
            R"("subject":"@anna","basis":"litigation","document":")" +
            std::string(64, 'a') + "\"}"));
    TRY(command, read_submission(value, {}, store, "hold"));
    return store.save();
  }));
  ASSERT_EQ(outcome(book->execute({&*command, 1}).front()), "a value");
  EXPECT_EQ(outcome(erase()), "Conflict/under_hold");
}

TEST_F(PersonalDataTest, ARefusedRecordErasesNothing) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  const auto refuse = [](const std::vector<Submission>&) {
    return std::vector<ReceiptResult>{core::unavailable("queue_full", "", "")};
  };
  EXPECT_EQ(outcome(erase_person(*book, refuse, clock, {anna, ops, chief})),
            "Unavailable/queue_full");
  EXPECT_NE(shown(anna).find("Paphos"), std::string::npos);
  ASSERT_EQ(outcome(erase()), "a value");
}

// Whether it landed, only the next opening knows.
TEST_F(PersonalDataTest, AnUnknownOutcomeIsSettledByTheNextOpening) {
  for (const bool landed : {false, true}) {
    make_book(landed ? "landed" : "lost");
    anna = party("@anna");
    ops = party("@ops");
    chief = party("@chief");
    ASSERT_EQ(outcome(import(kAnna)), "a value");
    const auto unknown = [&](std::vector<Submission> commands) {
      if (landed) CHECK(book->execute(commands).front().has_value());
      return std::vector<ReceiptResult>{core::unavailable("outcome_unknown", "", "")};
    };
    EXPECT_EQ(outcome(erase_person(*book, unknown, clock, {anna, ops, chief})),
              "Unavailable/outcome_unknown");
    EXPECT_EQ(outcome(erase()), "Unavailable/erasure_running");
    const Folder folder = book->folder();
    book.reset();
    book = std::move(Book::open(folder, clock).value());
    EXPECT_EQ(shown(anna) == "Conflict/person_erased", landed);
    book.reset();
    VerifyOptions options;
    options.folder = folder;
    const auto verified = verify_book(options).value();
    EXPECT_TRUE(verified.report.clean());
    EXPECT_EQ(verified.vault->commitments_erased, landed ? 2u : 0u);
    EXPECT_EQ(verified.vault->commitments_kept, landed ? 0u : 2u);
  }
}

TEST_F(PersonalDataTest, VerifyTellsErasedFromMissing) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  const Folder folder = book->folder();
  book.reset();
  const vault::Paths paths = vault_paths(folder);
  // The entries from before the texts came, under a number of their own again.
  const std::string data = core::read_file(paths.data()).value();
  const auto entries = vault::read_entries(core::as_bytes(data), "").value();
  std::size_t end = data.size();
  for (const vault::Place& place : entries.places) {
    if (place.type == vault::EntryType::Field) end = std::min(end, place.begin);
  }
  ASSERT_TRUE(core::write_file(paths.data(), data.substr(0, end)).has_value());
  VerifyOptions options;
  options.folder = folder;
  const auto verified = verify_book(options).value();
  EXPECT_EQ(verified.report.findings_count, 2u);
  ASSERT_FALSE(verified.report.findings.empty());
  EXPECT_EQ(verified.report.findings[0].reason, "vault_text_missing");
}

TEST_F(PersonalDataTest, AnErasureThatTheListLacksIsFound) {
  ASSERT_EQ(outcome(import(kAnna)), "a value");
  const vault::Paths paths = vault_paths(book->folder());
  const std::string before = core::read_file(paths.erasures()).value();
  ASSERT_EQ(outcome(erase()), "a value");
  VerifyOptions options;
  options.folder = book->folder();
  book.reset();
  EXPECT_TRUE(verify_book(options).value().report.clean());
  ASSERT_TRUE(core::write_file(paths.erasures(), before).has_value());
  const auto verified = verify_book(options).value();
  std::set<std::string> reasons;
  for (const core::Error& finding : verified.report.findings) reasons.insert(finding.reason);
  EXPECT_EQ(reasons, (std::set<std::string>{"erasure_list", "vault_text_missing"}));
}

}  // namespace
}  // namespace gateway::service
