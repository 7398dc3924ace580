#include "gateway/service/history.h"

#include <gtest/gtest.h>

#include "tests/gateway/service/queried_book.h"

namespace gateway::service {
namespace {

using core::json::Value;
using tests::outcome;
using tests::PlainRecord;
using tests::RandomBook;

// A line as text, with all that matters of it.
std::string text_of(const Value& line) {
  std::string text = std::to_string(*line.find("seq")->as_integer()) + " kind " +
                     std::to_string(*line.find("kind")->as_integer()) + " recorded " +
                     std::string(line.text("recorded_at")) + " effective " +
                     std::string(line.text("effective_at"));
  if (line.find("change") == nullptr) return text;
  return text + " " + std::string(line.text("commodity")) + " " + std::string(line.text("change")) +
         " = " + std::string(line.text("balance"));
}
std::string text_of(const PlainRecord& record) {
  return std::to_string(record.seq) + " kind " + std::to_string(record.kind) + " recorded " +
         core::to_string(record.recorded_at) + " effective " + core::to_string(record.effective_at);
}

std::optional<core::Instant> time_in(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return core::parse_instant(text).value();
}

bool within(const HistoryRequest& request, const PlainRecord& record) {
  const auto in = [](core::Instant time, const std::string& from, const std::string& to) {
    return (from.empty() || time >= *time_in(from)) && (to.empty() || time < *time_in(to));
  };
  return in(record.recorded_at, request.recorded_from, request.recorded_to) &&
         in(record.effective_at, request.effective_from, request.effective_to) &&
         (request.effective_at.empty() || record.effective_at <= *time_in(request.effective_at));
}

// What the history must be: every record looked at, one after the other.
std::vector<std::string> fold(std::vector<PlainRecord> records, const HistoryRequest& request,
                              std::uint64_t end) {
  std::erase_if(records, [&](const PlainRecord& record) { return record.seq >= end; });
  if (!request.effective_at.empty()) {
    std::ranges::stable_sort(records, {}, &PlainRecord::effective_at);
  }
  std::vector<std::string> lines;
  std::map<std::string, core::Minor> balances;
  for (const PlainRecord& record : records) {
    if (request.account.empty()) {
      const bool of_subject =
          request.subject.empty() ||
          std::ranges::find(
              record.subjects,
              tests::subject_of(static_cast<std::uint8_t>(std::stoi(request.subject.substr(1))))) !=
              record.subjects.end();
      const bool of_kind = request.kind.empty() || std::stoull(request.kind) == record.kind;
      if (of_subject && of_kind && within(request, record)) lines.push_back(text_of(record));
      continue;
    }
    std::map<std::string, core::Minor> changes;
    for (const auto& posting : record.postings) {
      if (posting.account == request.account) changes[posting.commodity] += posting.amount;
    }
    for (const auto& [commodity, change] : changes) {
      balances[commodity] += change;
      if (!request.commodity.empty() && commodity != request.commodity) continue;
      if (!within(request, record)) continue;
      const unsigned scale = core::commodity(commodity).value().scale;
      lines.push_back(text_of(record) + " " + commodity + " " + core::print_fixed(change, scale) +
                      " = " + core::print_fixed(balances[commodity], scale));
    }
  }
  if (request.order == "descending") std::ranges::reverse(lines);
  return lines;
}

HistoryRequest random_request(RandomBook& book) {
  HistoryRequest request;
  const auto some_time = [&] { return core::to_string(book.some_time()); };
  const auto window = [&](std::string& from, std::string& to) {
    if (book.draw(3) == 0) from = some_time();
    if (book.draw(3) == 0) to = some_time();
    if (!from.empty() && !to.empty() && from >= to) std::swap(from, to);
    if (from == to) to.clear();
  };
  switch (book.draw(5)) {
    case 0:
    case 1:
      request.account = RandomBook::account(book.draw(RandomBook::kAccounts));
      if (book.draw(2) == 0) request.commodity = "EUR";
      break;
    case 2:
      request.subject = "@" + std::to_string(1 + book.draw(4));
      break;
    case 3:
      request.kind = std::to_string(tests::kEntryKind + book.draw(3));
      break;
    default:
      break;
  }
  window(request.effective_from, request.effective_to);
  if (!request.commodity.empty() && book.draw(2) == 0) {
    request.effective_at = some_time();
  } else {
    window(request.recorded_from, request.recorded_to);
  }
  request.order = book.draw(2) == 0 ? "ascending" : "descending";
  request.limit = std::to_string(1 + book.draw(30));
  if (book.draw(3) == 0) {
    request.as_of = std::to_string(30 + book.draw(book.view().size - 30));
  } else if (book.draw(3) == 0) {
    request.as_of = some_time();
  }
  return request;
}

// Walks all pages while the book grows, and asks for each a second time at the end.
void expect_walk(RandomBook& book, HistoryRequest request) {
  std::vector<std::string> found;
  std::vector<std::pair<HistoryRequest, Value>> pages;
  std::uint64_t end = 0;
  do {
    const auto page = book.ask(request);
    if (!page && page.error().reason == "no_data_yet") return;
    ASSERT_TRUE(page.has_value()) << core::to_string(page.error());
    const Value* lines = page.value().find(request.account.empty() ? "records" : "lines");
    ASSERT_NE(lines, nullptr);
    ASSERT_LE(lines->as_array()->size(), std::stoull(request.limit));
    for (const Value& line : *lines->as_array()) found.push_back(text_of(line));
    const auto as_of = *page.value().find("as_of")->find("seq")->as_integer();
    if (end != 0) {
      ASSERT_EQ(static_cast<std::uint64_t>(as_of) + 1, end);
    }
    end = static_cast<std::uint64_t>(as_of) + 1;
    pages.emplace_back(request, page.value());
    request.cursor = page.value().text("cursor");
    if (book.draw(4) == 0) book.grow(1);
  } while (!request.cursor.empty());
  ASSERT_EQ(found, fold(book.records(), request, end));
  for (const auto& [asked, page] : pages) {
    if (asked.cursor.empty() && asked.as_of.empty()) continue;  // Now is later by now.
    ASSERT_EQ(book.ask(asked).value(), page);
  }
}

std::string described(const HistoryRequest& r) {
  return r.account + "|" + r.commodity + "|" + r.subject + "|" + r.kind + "|rec " +
         r.recorded_from + ".." + r.recorded_to + "|eff " + r.effective_from + ".." +
         r.effective_to + "|as of " + r.as_of + "|by " + r.effective_at + "|" + r.order + "|" +
         r.limit;
}

TEST(History, EveryWalkOfAGrowingBookIsAFoldOverItsRecords) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    RandomBook book(seed);
    book.grow(60);
    if (seed % 2 == 0) book.break_off();
    book.grow(60);
    for (int round = 0; round < 60; ++round) {
      const HistoryRequest request = random_request(book);
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + described(request));
      expect_walk(book, request);
      if (HasFatalFailure()) return;
    }
  }
}

// More than a segment: runs, the open segment, and a border between them.
TEST(History, WalksCrossTheBordersOfSegments) {
  RandomBook book(99);
  book.grow(20);
  for (int i = 0; i < 9; ++i) {
    std::vector<ledger::Draft> batch{tests::command_draft("fill " + std::to_string(i))};
    batch.resize(7'900, tests::entry_draft({}));
    for (std::size_t k = 1; k < batch.size(); k += 50) batch[k].subjects = {tests::subject_of(1)};
    batch.back() = tests::moved_draft(RandomBook::account(0), RandomBook::account(1), 5);
    book.record(std::move(batch));
    book.grow(3);
  }
  ASSERT_GT(book.view().size, 65'536u + 1'000u);
  book.grow(20);
  for (const std::string order : {"ascending", "descending"}) {
    HistoryRequest request;
    request.order = order;
    request.limit = "7";
    request.account = RandomBook::account(0);
    expect_walk(book, request);
    request.commodity = "EUR";
    request.effective_at = core::to_string(book.next_time());
    expect_walk(book, request);
    HistoryRequest of_subject;
    of_subject.order = order;
    of_subject.subject = "@2";
    of_subject.limit = "1000";
    expect_walk(book, of_subject);
    of_subject.subject = "@1";
    expect_walk(book, of_subject);
  }
}

// What took effect is filtered by looking; a page ends after so many records that it looked at.
TEST(History, APageThatLooksAtTooMuchEndsWithACursor) {
  RandomBook book(5);
  std::vector<ledger::Draft> batch{tests::command_draft("many")};
  batch.resize(7'000, tests::entry_draft({}));
  book.record(std::move(batch));  // Effective long before they are recorded.
  HistoryRequest request;
  request.recorded_to = "2030-01-01T00:00:00Z";
  request.effective_from = "2026-01-05T09:30:00.000001Z";
  int pages = 0;
  std::size_t lines = 0;
  do {
    const auto page = book.ask(request).value();
    lines += page.find("records")->as_array()->size();
    request.cursor = page.text("cursor");
    ++pages;
  } while (!request.cursor.empty());
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(lines, 0u);
}

TEST(History, APageHasNoMoreBytesThanItMay) {
  RandomBook book(6);
  ledger::Draft large = tests::entry_draft({});
  large.body.clear();
  core::cbor::Encoder out(large.body);
  out.map(1);
  out.unsigned_integer(1);
  out.bytes(core::Bytes(60'000));
  for (int i = 0; i < 30; ++i) book.record({tests::command_draft("l " + std::to_string(i)), large});
  HistoryRequest request;
  request.kind = std::to_string(tests::kEntryKind);
  const auto page = book.ask(request).value();
  EXPECT_EQ(page.find("records")->as_array()->size(), kHistoryBytesMax / 60'000 + 1);
  request.cursor = page.text("cursor");
  const auto rest = book.ask(request).value();
  EXPECT_EQ(page.find("records")->as_array()->size() + rest.find("records")->as_array()->size(),
            30u);
  EXPECT_EQ(rest.find("cursor"), nullptr);
}

class HistoryRefusals : public testing::Test {
 protected:
  HistoryRefusals() { book.grow(30); }
  std::string refusal(const HistoryRequest& request) {
    const auto page = book.ask(request);
    return page ? "a page" : outcome(page) + " at " + page.error().at;
  }
  RandomBook book{1};
};

TEST_F(HistoryRefusals, ACursorFitsItsOwnHistoryOnly) {
  HistoryRequest request;
  request.account = RandomBook::account(0);
  request.limit = "2";
  request.cursor = book.ask(request).value().text("cursor");
  const std::string cursor = request.cursor;
  ASSERT_EQ(refusal(request), "a page");
  request.limit = "3";
  EXPECT_EQ(refusal(request), "a page");
  const auto other = [&](auto change) {
    HistoryRequest changed = request;
    change(changed);
    return refusal(changed);
  };
  const std::string refused = "InvalidInput/cursor at cursor";
  const std::string time = "2026-01-05T09:30:01Z";
  EXPECT_EQ(other([](auto& r) { r.account = RandomBook::account(1); }), refused);
  EXPECT_EQ(other([](auto& r) { r.commodity = "EUR"; }), refused);
  EXPECT_EQ(other([](auto& r) { r.order = "descending"; }), refused);
  EXPECT_EQ(other([](auto& r) { r.as_of = "50"; }), refused);
  EXPECT_EQ(other([&](auto& r) { r.recorded_from = time; }), refused);
  EXPECT_EQ(other([&](auto& r) { r.recorded_to = time; }), refused);
  EXPECT_EQ(other([&](auto& r) { r.effective_from = time; }), refused);
  EXPECT_EQ(other([&](auto& r) { r.effective_to = time; }), refused);
  EXPECT_EQ(other([&](auto& r) { r.effective_at = time; }), refused);
  EXPECT_EQ(other([](auto& r) { r.account = "", r.kind = "1000"; }), refused);
  EXPECT_EQ(other([](auto& r) { r.account = "", r.subject = "@1"; }), refused);
  EXPECT_EQ(other([](auto& r) { r.account = ""; }), refused);
}

TEST_F(HistoryRefusals, ACursorThatNoPageEndedWithIsRefused) {
  HistoryRequest request;
  request.limit = "2";
  const std::string good(book.ask(request).value().text("cursor"));
  const std::string query = good.substr(good.rfind('~'));
  const std::string size = std::to_string(book.view().size);
  ASSERT_EQ(good, "2~of~" + size + query);
  for (const std::string& bad :
       {std::string("x"), "2~of~" + size, "02~of~" + size + query, good + "~", good + "~EUR",
        good + "~EUR~2026-01-05T09:30:00.000000Z", "-1~of~" + size + query,
        "2~of~1000000" + query,                                  // A longer book's.
        "2~of~" + std::to_string(book.view().size - 1) + query,  // Inside a batch.
        size + "~of~" + size + query, "2~of~0" + query, "2 of " + size + query,
        good + std::string(300, 'x')}) {
    SCOPED_TRACE(bad);
    request.cursor = bad;
    EXPECT_EQ(refusal(request), "InvalidInput/cursor at cursor");
  }
}

TEST_F(HistoryRefusals, WhatDoesNotFitTogetherIsNamed) {
  const std::string account = RandomBook::account(0);
  const std::string time = "2026-01-05T09:30:01Z";
  EXPECT_EQ(refusal({.account = account, .subject = "@1"}), "InvalidInput/one_of at account");
  EXPECT_EQ(refusal({.subject = "@1", .kind = "1"}), "InvalidInput/one_of at account");
  EXPECT_EQ(refusal({.commodity = "EUR"}), "InvalidInput/unused_field at commodity");
  EXPECT_EQ(refusal({.kind = "1", .effective_at = time}),
            "InvalidInput/unused_field at effective_at");
  EXPECT_EQ(
      refusal(
          {.account = account, .commodity = "EUR", .recorded_from = time, .effective_at = time}),
      "InvalidInput/unused_field at recorded_from");
  EXPECT_EQ(
      refusal({.account = account, .commodity = "EUR", .recorded_to = time, .effective_at = time}),
      "InvalidInput/unused_field at recorded_to");
  EXPECT_EQ(refusal({.account = account, .effective_at = "2030-01-01T00:00:00Z"}),
            "InvalidInput/missing_field at commodity");
  EXPECT_EQ(refusal({.recorded_from = time, .recorded_to = time}),
            "InvalidInput/period at recorded_to");
  EXPECT_EQ(refusal({.effective_from = time, .effective_to = time}),
            "InvalidInput/period at effective_to");
}

TEST_F(HistoryRefusals, WhatCannotBeReadIsNamed) {
  EXPECT_EQ(refusal({.account = "assets"}), "InvalidInput/account at account: assets");
  EXPECT_EQ(refusal({.account = RandomBook::account(0), .commodity = "Gold"}),
            "InvalidInput/commodity at commodity");
  EXPECT_EQ(refusal({.subject = "anna"}), "InvalidInput/id at subject");
  EXPECT_EQ(refusal({.kind = "no_such_kind"}), "InvalidInput/unknown_kind at kind");
  EXPECT_EQ(refusal({.kind = "99999999999999999999"}), "InvalidInput/number at kind");
  EXPECT_EQ(refusal({.recorded_from = "noon"}), "InvalidInput/time at recorded_from");
  EXPECT_EQ(refusal({.recorded_to = "noon"}), "InvalidInput/time at recorded_to");
  EXPECT_EQ(refusal({.effective_from = "noon"}), "InvalidInput/time at effective_from");
  EXPECT_EQ(refusal({.effective_to = "noon"}), "InvalidInput/time at effective_to");
  EXPECT_EQ(refusal({.as_of = "noon"}), "InvalidInput/number at as_of");
  EXPECT_EQ(refusal({.as_of = "1000000"}), "NotFound/unknown_record at as_of");
  EXPECT_EQ(refusal({.order = "up"}), "InvalidInput/unknown_choice at order");
  EXPECT_EQ(refusal({.limit = "0"}), "InvalidInput/limit at limit");
  EXPECT_EQ(refusal({.limit = "1001"}), "InvalidInput/limit at limit");
  EXPECT_EQ(refusal({.limit = "ten"}), "InvalidInput/number at limit");
}

TEST_F(HistoryRefusals, AKindIsGivenByNameOrNumber) {
  const auto by_name = book.ask({.kind = "accounts_opened"}).value();
  EXPECT_EQ(by_name.find("records")->as_array()->size(), RandomBook::kAccounts);
  EXPECT_EQ(by_name, book.ask({.kind = "2"}).value());
}

}  // namespace
}  // namespace gateway::service
