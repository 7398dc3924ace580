#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/dispatch/records.h"
#include "engine/governance/decide.h"
#include "gateway/service/book.h"
#include "gateway/service/governance.h"
#include "gateway/service/init.h"
#include "gateway/service/queries.h"
#include "gateway/service/recompute.h"
#include "ledger/command_envelope.h"
#include "tests/support/hand_clock.h"
#include "tests/support/journal_book.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

// A book in a folder whose people have keys, and whose time is told.
namespace tests {

// A command that needs two people, as it is submitted and as it is proposed.
inline constexpr const char* kOpen =
    R"({"command":"open_accounts","actor":"@ops","approver":"@chief","accounts":["assets:house:till"]})";
inline constexpr const char* kOpenProposed =
    R"({"command":"open_accounts","accounts":["assets:house:till"]})";

class GovernedBook {
 public:
  GovernedBook() {
    gateway::service::InitOptions options;
    options.folder = {dir.path().string()};
    options.origin = std::string(kGoverned);
    options.officers = {vkey_of("officer-one"), vkey_of("officer-two")};
    options.root_key = vkey_of("root");
    CHECK(gateway::service::init_book(options, clock).has_value());
    book = std::move(gateway::service::Book::open(options.folder, clock).value());
  }

  static constexpr std::string_view kGoverned = "ledger.example/governed";

  // The key of this name, always the same.
  static core::SigningKey key_of(std::string_view name) {
    return core::SigningKey::from_seed(core::sha256(core::as_bytes(name)).bytes);
  }
  static core::Bytes public_key_of(std::string_view name) {
    const auto key = key_of(name).public_key().bytes;
    return {key.begin(), key.end()};
  }
  static std::string vkey_of(std::string_view name) {
    return to_string(
        ledger::make_verifier_key(std::string(name), key_of(name).public_key()).value());
  }
  static core::Bytes sign(std::string_view name, core::ByteView message) {
    const auto made = key_of(name).sign(message).bytes;
    return {made.begin(), made.end()};
  }

  // Reads a line; its request id is a new one unless it names one.
  core::Result<gateway::service::Submission> read(const std::string& line,
                                                  const gateway::service::Caller& caller = {}) {
    std::optional<gateway::service::Submission> out;
    TRY(book->with_references([&](gateway::refs::ReferenceStore& store) -> core::Result<> {
      TRY(const auto value, core::json::parse(line));
      const std::string request_id = "r-" + std::to_string(++requests);
      TRY(out, gateway::service::read_submission(value, caller, store, request_id));
      return store.save();
    }));
    return std::move(*out);
  }

  // Adds the signatures of these keys.
  static void sign_with(gateway::service::Submission& submission,
                        const std::vector<std::string>& keys) {
    const core::Bytes message =
        ledger::envelope_message(kGoverned, gateway::service::command_body(submission, 1));
    for (const std::string& key : keys) {
      submission.signed_part.signatures.push_back(
          {ledger::kSchemeEd25519, public_key_of(key), sign(key, message), {}});
    }
  }

  gateway::service::ReceiptResult execute(const gateway::service::Submission& submission) {
    return book->execute(std::span(&submission, 1)).front();
  }

  // Submits the line, signed by these keys: "a value", or what it was refused with.
  std::string submit(const std::string& line, const std::vector<std::string>& keys = {}) {
    auto submission = read(line);
    if (!submission) return outcome(submission);
    sign_with(submission.value(), keys);
    auto receipt = execute(submission.value());
    if (receipt) last = receipt.value();
    if (!receipt) refusal = receipt.error();
    return outcome(receipt);
  }

  // What a dry run says of the line.
  core::json::Value preview(const std::string& line) {
    auto submission = read(line);
    CHECK(submission.has_value());
    submission.value().dry_run = true;
    auto receipt = execute(submission.value());
    CHECK(receipt.has_value() && receipt.value().preview);
    return *receipt.value().preview;
  }

  core::PartyId person(const std::string& name) {
    core::PartyId id;
    CHECK(book->with_references([&](gateway::refs::ReferenceStore& store) -> core::Result<> {
                TRY(id.bytes, store.resolve(name));
                return store.save();
              })
              .has_value());
    return id;
  }

  // The line that gives a person a key.
  std::string key_line(const std::string& command, const std::string& name, const std::string& key,
                       const std::string& more = "") {
    const core::PartyId id = person(name);
    const core::Bytes possession =
        sign(key, engine::governance::person_key_message(kGoverned, id, public_key_of(key)));
    return R"({"command":")" + command + R"(","actor":")" + name + R"(","person":")" + name +
           R"(","key":")" + core::to_hex(public_key_of(key)) + R"(","possession":")" +
           core::to_hex(possession) + "\"" + more + "}";
  }

  // That the person agrees to another key, with one that he has.
  std::string consent(const std::string& name, const std::string& key, const std::string& own) {
    const core::Bytes made = sign(
        own, engine::governance::person_key_message(kGoverned, person(name), public_key_of(key)));
    return R"(,"consent":")" + core::to_hex(made) + "\"";
  }

  // From here on signatures are required.
  void enrol_officers() {
    CHECK(submit(key_line("enrol_officer", "@one", "officer-one")) == "a value");
    CHECK(submit(key_line("enrol_officer", "@two", "officer-two")) == "a value");
  }

  // Proposes the command and gives the approval of it, as a line.
  std::string propose(const std::string& proposal, const std::string& command,
                      const std::string& proposer, const std::vector<std::string>& keys,
                      const std::string& until = "2026-02-01T00:00:00Z") {
    return submit(R"({"command":"propose","actor":")" + proposer + R"(","proposal":")" + proposal +
                      R"(","valid_until":")" + until + R"(","proposed":)" + command + "}",
                  keys);
  }
  std::string approval(const std::string& proposal, const std::string& approver) {
    core::json::Value shown;
    const engine::ProposalId id{person(proposal).bytes};
    CHECK(book->read_state([&](const engine::State& state) -> core::Result<> {
                TRY(shown, gateway::service::proposal_to_json(state, id));
                return core::ok();
              })
              .has_value());
    return R"({"command":"approve_proposal","actor":")" + approver + R"(","proposal":")" +
           proposal + R"(","command_digest":")" + std::string(shown.text("command_digest")) +
           R"(","outcome_digest":")" + std::string(shown.text("outcome_digest")) + "\"}";
  }

  core::json::Value record(std::uint64_t seq) {
    core::json::Value out;
    CHECK(book->read([&](const gateway::service::BookView& view) -> core::Result<> {
                TRY(out, gateway::service::query_record(view, seq));
                return core::ok();
              })
              .has_value());
    return out;
  }
  // The names of the records that the last command came to.
  std::vector<std::string> names_of_last() {
    std::vector<std::string> out;
    for (const auto& leaf : last.leaf_hashes) {
      static_cast<void>(leaf);
      out.emplace_back(record(last.first_seq + out.size()).text("name"));
    }
    return out;
  }

  std::vector<core::Bytes> leaves() {
    std::vector<core::Bytes> out;
    CHECK(book->read([&](const gateway::service::BookView& view) -> core::Result<> {
                out = all_leaves(view.log);
                return core::ok();
              })
              .has_value());
    return out;
  }
  // What deciding everything again finds: the first finding's text, or nothing.
  static std::string recomputed(const std::vector<core::Bytes>& leaves) {
    const auto log = log_of(leaves);
    const auto report = gateway::service::recompute(*log, leaves.size());
    CHECK(report.has_value());
    if (report.value().differences.empty()) return "";
    return core::to_string(gateway::service::to_error(report.value().differences.front()));
  }

  TempDir dir;
  HandClock clock;
  std::unique_ptr<gateway::service::Book> book;
  gateway::service::Receipt last;
  core::Error refusal;
  int requests = 0;
};

// The book in a test, with what its officers do together.
class GovernedTest : public testing::Test {
 protected:
  // Has a key and a role, given by the officers.
  void appoint(const std::string& name, const std::string& key, const std::string& role) {
    both(book.key_line("register_person_key", name, key, R"(,"approver":"@two")"));
    both(R"({"command":"grant_role","actor":"@one","approver":"@two","person":")" + name +
         R"(","role":")" + role + "\"}");
  }
  // Submits a line as officer one, approved by officer two.
  void both(const std::string& line, const std::string& expected = "a value") {
    auto submission = book.read(line);
    ASSERT_EQ(outcome(submission), "a value");
    submission.value().actor = book.person("@one");
    cosign(submission.value());
    EXPECT_EQ(outcome(book.execute(submission.value())), expected);
  }
  // What a dry run of the line comes to.
  std::string dry(const std::string& line) {
    auto submission = book.read(line);
    if (!submission) return outcome(submission);
    submission.value().dry_run = true;
    return outcome(book.execute(submission.value()));
  }
  void cosign(gateway::service::Submission& submission,
              const std::vector<std::string>& keys = {"officer-one", "officer-two"}) {
    gateway::service::Submission dry = submission;
    dry.dry_run = true;
    const auto preview = book.execute(dry);
    ASSERT_EQ(outcome(preview), "a value");
    submission.signed_part.outcome_digest =
        core::parse_hash(preview.value().preview->text("outcome_digest")).value();
    book.sign_with(submission, keys);
  }

  GovernedBook book;
};

}  // namespace tests
