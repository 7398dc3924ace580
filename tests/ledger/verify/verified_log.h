#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/merkle.h"
#include "ledger/verify/verify.h"
#include "tests/support/journal_book.h"

// A sound log for the tests of verification, and what is found in one that was changed.
namespace ledger::verify {

using tests::JournalBook;

using Leaves = std::vector<core::Bytes>;

// A book of records of every kind, several batches in several groups.
inline Leaves make_leaves() {
  JournalBook book;
  book.begin();
  const std::string transit = "liabilities:cm:transit:1";
  std::vector<Draft> effects{
      tests::opened_draft({tests::opening_of(transit, {{LawKind::ZeroAt, {}, "close"}})})};
  EXPECT_EQ(book.stage("open", effects), "a value");
  for (int i = 1; i <= 6; ++i) {
    const auto subject = static_cast<std::uint8_t>(i % 3);
    Draft corrected = tests::entry_draft({}, {tests::subject_of(subject)});
    corrected.corrects = static_cast<std::uint64_t>(i);
    corrected.documents = {core::sha256(core::as_bytes("document " + std::to_string(i)))};
    effects = {book.deposit((core::Minor{1} << (12 * i)), subject),
               tests::moved_draft(transit, JournalBook::kWallet, i, "USD"),
               tests::moved_draft(JournalBook::kBank, transit, i, "USD"), std::move(corrected),
               tests::event_draft("close")};
    EXPECT_EQ(book.stage("r-" + std::to_string(i), effects), "a value");
    if (i % 2 == 0) {
      EXPECT_EQ(book.commit(), "a value");
    }
  }
  return book.leaves();
}

inline const Leaves& leaves() {
  static const Leaves made = make_leaves();
  return made;
}

inline Anchor anchor_of(const Leaves& of, std::size_t size, std::string source = "trusted note") {
  const Leaves first(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(size));
  return {size, tests::root_of(first), std::move(source)};
}
inline Anchor whole_anchor() { return anchor_of(leaves(), leaves().size(), "signer"); }

inline Report verify(const Leaves& stored, const std::vector<Anchor>& anchors = {},
                     const Observer& observe = {}) {
  return verify_log(*tests::log_of(stored), stored.size(), anchors, observe);
}

// "chain seq 4", one a line.
inline std::string told(const Report& report) {
  std::string text;
  for (const core::Error& finding : report.findings) {
    EXPECT_EQ(finding.code, core::Code::Corrupt);
    text += finding.reason + " " + finding.at + "\n";
  }
  return text;
}

inline std::string at(const std::string& reason, std::size_t seq) {
  return reason + " seq " + std::to_string(seq) + "\n";
}

inline bool names(const Report& report, std::size_t seq) {
  return std::ranges::any_of(report.findings, [&](const core::Error& finding) {
    return finding.at == "seq " + std::to_string(seq);
  });
}

// Gives every record from `first` on the link to the one before, as a forger with time would.
inline void chain_again(Leaves& of, std::size_t first) {
  core::Sha256 sha256;
  for (std::size_t i = std::max<std::size_t>(first, 1); i < of.size(); ++i) {
    RecordView view;
    ASSERT_TRUE(decode_record(of[i], view).has_value());
    const core::Hash before = leaf_hash(sha256, of[i - 1]);
    const auto found = std::ranges::search(of[i], view.prev.bytes);
    std::ranges::copy(before.bytes, found.begin());
  }
}

// The first place where `from` stands becomes `to`.
inline void replace(core::Bytes& leaf, std::string_view from_hex, std::string_view to_hex) {
  const core::Bytes from = core::from_hex(from_hex).value();
  const core::Bytes to = core::from_hex(to_hex).value();
  const auto found = std::ranges::search(leaf, from);
  ASSERT_FALSE(found.empty());
  const auto next = leaf.erase(found.begin(), found.end());
  leaf.insert(next, to.begin(), to.end());
}

}  // namespace ledger::verify
