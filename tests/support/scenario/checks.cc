#include "tests/support/scenario/checks.h"

#include <algorithm>

#include "core/amount.h"
#include "core/iso4217.h"
#include "tests/support/scenario/shorthands.h"

namespace tests::scenario {
namespace {

using core::json::Value;
using Outcome = core::Result<std::optional<Difference>>;

// The last two words of a line: "100.00 EUR".
struct Figure {
  core::Decimal amount;
  std::string commodity;
};

core::Result<Figure> figure_of(const Line& line) {
  if (line.words.size() < 4) return bad_line(line, "Write what is looked at, AMOUNT and CURRENCY.");
  Figure figure;
  auto amount = core::parse_decimal(line.words[line.words.size() - 2]);
  if (!amount) return std::move(amount.error()).within(line.place);
  figure.amount = amount.value();
  figure.commodity = line.words.back();
  return figure;
}

// Compared as exact decimals, so that 100 and 100.00 agree.
Outcome compare(const Line& line, const Figure& figure, core::Minor found) {
  const std::string text = TestBook::print(found, figure.commodity);
  TRY(const auto amount, core::parse_decimal(std::string_view(text).substr(0, text.find(' '))));
  if (amount == figure.amount) return std::optional<Difference>();
  return std::optional<Difference>(
      {line.words[line.words.size() - 2] + " " + figure.commodity, text});
}

Outcome check_balance(TestBook& book, const Line& line, bool credit) {
  TRY(const Figure figure, figure_of(line));
  core::Minor sum = 0;
  for (std::size_t i = 1; i + 2 < line.words.size(); ++i) {
    if ((i % 2 == 0) != (line.words[i] == "+")) return bad_line(line, "Join accounts by '+'.");
    if (i % 2 == 0) continue;
    TRY(const auto part, book.balance(line.words[i], figure.commodity));
    TRY(sum, core::add(sum, part));
  }
  return compare(line, figure, credit ? -sum : sum);
}

// The member that "size.steps" names, of an object in an object; null if there is none.
const Value* member_at(const Value* node, std::string_view key) {
  while (node != nullptr && !key.empty()) {
    const std::size_t dot = key.find('.');
    node = node->find(key.substr(0, dot));
    key = dot == std::string_view::npos ? std::string_view{} : key.substr(dot + 1);
  }
  return node;
}

// True if the body has all the members that `words` name. "@name" stands for its id.
core::Result<bool> has_members(TestBook& book, const Line& line, const Value& record,
                               std::size_t first_word) {
  const Value* body = record.find("body");
  for (std::size_t i = first_word; i < line.words.size(); ++i) {
    const std::string_view key = key_of(line.words[i]);
    if (key.empty()) return bad_line(line, "Write what the record has as key=value.");
    TRY(const std::string wanted, book.resolve(line.words[i].substr(key.size() + 1)));
    const Value* member = member_at(body, key);
    const std::string is = member == nullptr     ? ""
                           : member->as_string() ? *member->as_string()
                                                 : core::json::print(*member);
    if (is != wanted) return false;
  }
  return true;
}

Outcome check_charged(TestBook& book, const Line& line) {
  TRY(const Figure figure, figure_of(line));
  if (line.words.size() != 6) return bad_line(line, "charged KIND POOL CLIENT AMOUNT CURRENCY");
  TRY(const std::string pool, book.resolve(line.words[2]));
  TRY(const std::string client, book.resolve(line.words[3]));
  core::Minor sum = 0;
  for (const Value& record : book.records_of_last()) {
    const Value* body = record.find("body");
    if (record.text("name") != "fee_charged" || body->text("fee") != line.words[1] ||
        body->text("structure") != pool || body->text("client") != client) {
      continue;
    }
    TRY(const auto amount, core::parse_decimal(body->text("amount")));
    TRY(const auto minor, core::to_minor(amount, 0));
    TRY(sum, core::add(sum, minor));
  }
  return compare(line, figure, sum);
}

Outcome check_record(TestBook& book, const Line& line, bool wanted) {
  if (line.words.size() < 2) return bad_line(line, "record NAME [key=value]...");
  std::string others;
  bool found = false;
  for (const Value& record : book.records_of_last()) {
    if (record.text("name") != line.words[1]) continue;
    TRY(const bool same, has_members(book, line, record, 2));
    found = found || same;
    others += "\n            " + core::json::print(*record.find("body"));
  }
  if (found == wanted) return std::optional<Difference>();
  return std::optional<Difference>({wanted ? "such a record" : "no such record",
                                    others.empty() ? "no record of that name" : others});
}

}  // namespace

Outcome check(TestBook& book, const Line& line) {
  if (line.verb() == "balance") return check_balance(book, line, false);
  if (line.verb() == "credit") return check_balance(book, line, true);
  if (line.verb() == "charged") return check_charged(book, line);
  if (line.verb() == "record") return check_record(book, line, true);
  if (line.verb() == "no_record") return check_record(book, line, false);
  return bad_line(line, "There is no word '" + line.verb() + "'.");
}

core::Result<std::int64_t> find_record(TestBook& book, const Line& line, std::size_t first) {
  std::optional<std::int64_t> found;
  for (const Value& record : book.records_of_last()) {
    if (record.text("name") != line.words[first]) continue;
    TRY(const bool same, has_members(book, line, record, first + 1));
    if (!same) continue;
    if (found) return bad_line(line, "More than one record of the last command is such.");
    found = *record.find("seq")->as_integer();
  }
  if (found) return *found;
  return bad_line(line, "No record of the last command is such.");
}

}  // namespace tests::scenario
