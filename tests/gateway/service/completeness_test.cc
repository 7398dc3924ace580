#include "gateway/service/completeness.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/closing_commands.h"
#include "engine/dispatch/command_bytes.h"
#include "ledger/completeness/history_proof.h"
#include "ledger/verify/verify.h"
#include "tests/gateway/service/queried_book.h"

namespace gateway::service {
namespace {

using Lines = std::vector<std::string>;

// The counts and last records of all subjects below `size`, from the records one by one.
struct Counted {
  std::uint64_t count = 0;
  std::uint64_t last = 0;
};
std::map<ledger::SubjectId, Counted> count_subjects(tests::QueriedBook& book, std::uint64_t size) {
  std::map<ledger::SubjectId, Counted> out;
  for (const tests::PlainRecord& record : book.records()) {
    if (record.seq >= size) break;
    for (const ledger::SubjectId& id : record.subjects) {
      ++out[id].count;
      out[id].last = record.seq;
    }
  }
  return out;
}

ledger::IndexRoot index_root_of(const BookView& view) {
  const auto command = index_root_command(view, core::PartyId{{9}});
  CHECK(command.has_value());
  const auto bytes =
      core::from_cbor<engine::dispatch::CommandBytes>(command.value().command).value();
  return core::from_cbor<engine::CommitIndex>(bytes.fields).value().index;
}

class Completeness : public testing::Test {
 protected:
  void SetUp() override {
    book.grow(40);
    book.break_off();
    book.grow(40);
    commit_index([](ledger::IndexRoot&) {});
    book.grow(20);
  }

  template <class Change>
  void commit_index(const Change& change, std::vector<ledger::Draft> others = {}) {
    ledger::IndexRoot body = index_root_of(book.view());
    change(body);
    size = body.size;
    ledger::Draft draft;
    draft.kind = ledger::kIndexRoot;
    draft.body = core::to_cbor(body);
    draft.effective_at = book.next_time();
    std::vector<ledger::Draft> batch{
        tests::command_draft("index root " + std::to_string(body.size)), draft};
    for (ledger::Draft& other : others) batch.push_back(std::move(other));
    for (ledger::Draft& one : batch) one.effective_at = book.next_time();
    book.record(std::move(batch));
  }

  Lines prove(const ledger::SubjectId& subject) {
    Lines lines;
    const auto proven = prove_history(book.view(), tables, subject, [&](std::string_view line) {
      lines.emplace_back(line);
      return core::ok();
    });
    EXPECT_EQ(tests::outcome(proven), "a value");
    return lines;
  }

  static core::Result<ledger::completeness::ProvenHistory> check(const Lines& lines,
                                                                 std::string_view key = "log") {
    const std::vector<ledger::VerifierKey> keys{tests::signer_of(key).verifier_key()};
    ledger::completeness::HistoryProofCheck checker(
        [&](std::string_view note) { return ledger::open_checkpoint(note, keys); });
    for (const std::string& line : lines) {
      TRY(checker.take(line));
    }
    return checker.finish();
  }

  // A subject with so many records, at least.
  ledger::SubjectId busy(std::uint64_t records) {
    for (const auto& [id, counted] : count_subjects(book, size)) {
      if (counted.count >= records) return id;
    }
    ADD_FAILURE() << "no subject has " << records << " records";
    return {};
  }

  tests::RandomBook book{42};
  SubjectTables tables;
  std::uint64_t size = 0;
};

TEST_F(Completeness, TheTableSaysWhatTheRecordsSay) {
  const auto counted = count_subjects(book, book.view().size);
  const ledger::IndexRoot body = index_root_of(book.view());
  EXPECT_EQ(body.size, book.view().size);
  EXPECT_EQ(body.subjects, counted.size());
  core::Sha256 sha256;
  std::map<core::Hash, core::Bytes> leaves;  // By hand, in the order of the keys.
  for (const auto& [id, last] : counted) {
    const core::Hash key = sha256(body.salt, id);
    const auto head = book.journal().index().leaf_hashes(last.last, 1).value().front();
    core::Bytes leaf;
    core::cbor::Encoder out(leaf);
    out.array(4);
    out.bytes(key.bytes);
    out.unsigned_integer(last.count);
    out.unsigned_integer(last.last);
    out.bytes(head.bytes);
    leaves[key] = leaf;
  }
  std::vector<core::Bytes> sorted;
  for (const auto& [key, leaf] : leaves) sorted.push_back(leaf);
  EXPECT_EQ(body.root, tests::root_of(sorted));
}

TEST_F(Completeness, AllRecordsOfEverySubjectAreProven) {
  const auto counted = count_subjects(book, size);
  ASSERT_GE(counted.size(), 3u);
  for (const auto& [id, last] : counted) {
    const auto proven = check(prove(id));
    ASSERT_EQ(tests::outcome(proven), "a value");
    EXPECT_EQ(proven.value().records, last.count);
    EXPECT_EQ(proven.value().size, size);
    EXPECT_EQ(proven.value().checkpoint.size, book.view().size);
    EXPECT_EQ(proven.value().subject, id);
  }
}

TEST_F(Completeness, ASubjectWithoutRecordsIsProvenAbsent) {
  // By its hash it stands before, between or behind the others.
  std::set<std::uint64_t> places;
  for (std::uint8_t number = 100; number < 200; ++number) {
    const Lines lines = prove(tests::subject_of(number));
    ASSERT_EQ(lines.size(), 3u);
    const auto proven = check(lines);
    ASSERT_EQ(tests::outcome(proven), "a value");
    EXPECT_EQ(proven.value().records, 0u);
    const auto line = core::json::parse(lines[2]).value();
    const auto* before = line.find("absent")->find("before");
    places.insert(before == nullptr
                      ? 0
                      : static_cast<std::uint64_t>(*before->find("index")->as_integer()) + 1);
  }
  EXPECT_EQ(places.size(), count_subjects(book, size).size() + 1);
}

TEST_F(Completeness, NoRecordCanBeKeptBack) {
  const Lines sound = prove(busy(4));
  ASSERT_GE(sound.size(), 7u);
  for (std::size_t i = 0; i < sound.size(); ++i) {
    Lines lines = sound;
    lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(check(lines)) << "without line " << i + 1;
  }
  for (std::size_t i = 3; i + 1 < sound.size(); ++i) {
    Lines lines = sound;
    std::swap(lines[i], lines[i + 1]);
    EXPECT_FALSE(check(lines)) << "swapped at line " << i + 1;
  }
  Lines twice = sound;
  twice.push_back(sound.back());
  EXPECT_EQ(tests::outcome(check(twice)), "Corrupt/history_proof");
  EXPECT_EQ(tests::outcome(check(sound, "another")), "Corrupt/note_signature");
}

TEST_F(Completeness, EveryAlteredDigitIsFound) {
  const Lines sound = prove(busy(2));
  const auto alter = [](char c) { return c == '7' ? '8' : '7'; };
  for (std::size_t i = 0; i < sound.size(); ++i) {
    for (std::size_t at = 5; at + 1 < sound[i].size(); at += 3) {
      if (!std::isxdigit(static_cast<unsigned char>(sound[i][at]))) continue;
      Lines lines = sound;
      lines[i][at] = alter(lines[i][at]);
      EXPECT_FALSE(check(lines)) << "line " << i + 1 << ", byte " << at;
    }
  }
}

TEST_F(Completeness, ASubjectWithRecordsIsNotProvenAbsent) {
  const ledger::SubjectId present = busy(1);
  const Lines of_present = prove(present);
  for (std::uint8_t number = 100; number < 140; ++number) {
    Lines lines = prove(tests::subject_of(number));
    lines[0] = of_present[0];
    EXPECT_FALSE(check(lines));
  }
  // One neighbour left out, where it is not the end of the table.
  for (std::uint8_t number = 100; number < 140; ++number) {
    const Lines sound = prove(tests::subject_of(number));
    const auto line = core::json::parse(sound[2]).value();
    for (const char* name : {"before", "after"}) {
      auto cut = *line.find("absent")->as_object();
      if (std::erase_if(cut, [&](const auto& member) { return member.first == name; }) == 0)
        continue;
      Lines lines = sound;
      lines[2] = core::json::print(core::json::Object{{"absent", cut}});
      EXPECT_FALSE(check(lines)) << name;
    }
  }
}

TEST_F(Completeness, TheTableIsMadeOnceForEachIndexRoot) {
  const auto root = last_index_root(book.view()).value()->body;
  const auto first = tables.below(book.view(), root).value();
  EXPECT_EQ(tables.below(book.view(), root).value(), first);
  std::vector<ledger::Draft> batch{tests::command_draft("one more"),
                                   tests::entry_draft({}, {tests::subject_of(1)})};
  for (auto& draft : batch) draft.effective_at = book.next_time();
  book.record(std::move(batch));
  commit_index([](ledger::IndexRoot&) {});
  const auto next = last_index_root(book.view()).value()->body;
  EXPECT_NE(tables.below(book.view(), next).value(), first);
  EXPECT_EQ(tables.below(book.view(), next).value()->root(), next.root);
}

TEST_F(Completeness, LinesThatAreNoneAreRefused) {
  const Lines sound = prove(busy(2));
  for (const char* line :
       {"", "{", "[]", "7", "{}", R"({"record":{}})", R"({"absent":[]})",
        R"({"entry":{"index":-1,"leaf":"","proof":[]}})", R"({"absent":{"before":7}})"}) {
    for (std::size_t i = 0; i < 4; ++i) {
      Lines lines = sound;
      lines[i] = line;
      EXPECT_FALSE(check(lines)) << line << " in line " << i + 1;
    }
  }
  Lines lines = sound;
  lines[3].append(ledger::completeness::kHistoryProofLineMax, ' ');
  EXPECT_EQ(tests::outcome(check(lines)), "InvalidInput/history_proof");
  EXPECT_FALSE(check({}));
}

TEST_F(Completeness, VerifyMakesEachIndexRootAgain) {
  commit_index([](ledger::IndexRoot&) {});
  const auto leaves = book.leaves();
  const auto sound = ledger::verify::verify_log(*tests::log_of(leaves), leaves.size(), {}, {});
  EXPECT_TRUE(sound.clean());
  EXPECT_EQ(sound.index_roots, 2u);
  const std::vector<std::function<void(ledger::IndexRoot&)>> wrong = {
      [](auto& body) { body.root.bytes[5] ^= 1; },
      [](auto& body) { ++body.subjects; },
      [](auto& body) { --body.size; },
      [](auto& body) { body.size += 100; },
      [](auto& body) { body.size = 0; },
      [](auto& body) { body.salt[3] ^= 1; }};
  for (const auto& change : wrong) {
    // A record that moves a subject, so that each size has a table of its own.
    std::vector<ledger::Draft> batch{
        tests::command_draft("before " + std::to_string(book.view().size)),
        tests::entry_draft({}, {tests::subject_of(1)})};
    for (auto& draft : batch) draft.effective_at = book.next_time();
    book.record(std::move(batch));
    commit_index(change);
    const auto forged = book.leaves();
    const auto report = ledger::verify::verify_log(*tests::log_of(forged), forged.size(), {}, {});
    EXPECT_EQ(report.index_roots, 2u);
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings.back().reason, "index_root");
    EXPECT_EQ(report.findings.back().at, "seq " + std::to_string(forged.size() - 1));
  }
}

// Records of a batch that was broken off are in the tree and checked by nobody.
TEST_F(Completeness, AnIndexRootThatMayHaveBeenVoidedProvesNothing) {
  const ledger::SubjectId subject = busy(1);
  ASSERT_TRUE(check(prove(subject)));
  commit_index([](ledger::IndexRoot&) {}, {tests::entry_draft({})});
  EXPECT_EQ(tests::outcome(check(prove(subject))), "Corrupt/history_proof");
  const auto leaves = book.leaves();
  const auto report = ledger::verify::verify_log(*tests::log_of(leaves), leaves.size(), {}, {});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings.front().reason, "index_root");
}

TEST_F(Completeness, IsDueOnceADayIfAnythingWasRecorded) {
  const auto due = [&](core::Instant now) { return index_root_is_due(book.view(), now).value(); };
  constexpr std::int64_t kDay = 86'400'000'000;
  const core::Instant recorded = last_index_root(book.view()).value()->recorded_at;
  EXPECT_FALSE(due(recorded));
  EXPECT_TRUE(due({recorded.micros + kDay}));
  commit_index([](ledger::IndexRoot&) {});
  EXPECT_FALSE(due({recorded.micros + kDay}));  // Nothing new.
  tests::QueriedBook fresh;
  fresh.record({tests::genesis_draft()});
  EXPECT_TRUE(index_root_is_due(fresh.view(), recorded).value());
  EXPECT_EQ(tests::outcome(prove_history(fresh.view(), tables, tests::subject_of(1),
                                         [](std::string_view) { return core::ok(); })),
            "NotFound/no_index_root");
}

}  // namespace
}  // namespace gateway::service
