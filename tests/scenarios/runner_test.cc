// The scenarios are only worth something if a wrong one fails.

#include "tests/support/scenario/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/files.h"
#include "tests/support/scenario/command_words.h"
#include "tests/support/temp_dir.h"

namespace tests::scenario {
namespace {

using testing::HasSubstr;

// What comes out of a story that begins with a book and Anna, who has 100.00 EUR.
std::vector<Failure> tell(const std::string& lines) {
  const TempDir folder;
  const std::string path = folder / "story";
  write_file(
      path,
      "book offshore EUR\nat 2026-01-05T08:00:00Z\nbanks\nclient @anna retail 100.00\n" + lines);
  const auto shorthands = Shorthands::load("tests/scenarios/shorthands.txt");
  EXPECT_TRUE(shorthands.has_value());
  return run_scenario(path, shorthands.value());
}

std::string only_failure(const std::string& lines) {
  const auto failures = tell(lines);
  EXPECT_EQ(failures.size(), 1u);
  return failures.empty() ? "" : to_string(failures.front());
}

TEST(ScenarioRunner, FindsNothingWrongInARightStory) {
  EXPECT_TRUE(tell("wallet @anna 100.00 EUR\nwallet @anna 100 EUR\nverify\n").empty());
}

TEST(ScenarioRunner, ReportsAWrongFigureWithItsLine) {
  const std::string failure = only_failure("\n# A comment.\nwallet @anna 100.01 EUR # And one.\n");
  EXPECT_THAT(failure, HasSubstr("/story:7: credit liabilities:cm:client:@anna:wallet"));
  EXPECT_THAT(failure, HasSubstr("expected  100.01 EUR"));
  EXPECT_THAT(failure, HasSubstr("found     100.00 EUR"));
}

TEST(ScenarioRunner, TellsDebitFromCredit) {
  EXPECT_THAT(only_failure("balance liabilities:cm:client:@anna:wallet 100.00 EUR\n"),
              HasSubstr("found     -100.00 EUR"));
}

TEST(ScenarioRunner, GoesOnAfterAWrongFigure) {
  EXPECT_EQ(tell("wallet @anna 1 EUR\nwallet @anna 2 EUR\n").size(), 2u);
}

TEST(ScenarioRunner, EndsTheStoryAtARefusedCommand) {
  EXPECT_THAT(only_failure("do withdraw client=@anna amount=100.01 currency=EUR\n"
                           "wallet @anna 1 EUR\n"),
              HasSubstr("found     law_never_debit"));
}

TEST(ScenarioRunner, ReportsWhatShouldHaveBeenRefused) {
  EXPECT_THAT(only_failure("refuse law_never_debit withdraw client=@anna amount=100.00 "
                           "currency=EUR\n"),
              HasSubstr("found     it was done"));
}

TEST(ScenarioRunner, ReportsARefusalForAnotherReason) {
  const std::string command = " withdraw client=@anna amount=0 currency=EUR\n";
  EXPECT_THAT(only_failure("refuse precision" + command), HasSubstr("not_positive(amount)"));
  EXPECT_THAT(only_failure("refuse not_positive(client)" + command),
              HasSubstr("not_positive(amount)"));
  EXPECT_TRUE(tell("refuse not_positive(amount)" + command).empty());
}

TEST(ScenarioRunner, ReportsARequestThatWasNoHit) {
  EXPECT_THAT(only_failure("hit withdraw client=@anna amount=1.00 currency=EUR\n"),
              HasSubstr("found     it was done once more"));
}

TEST(ScenarioRunner, ReportsARecordThatIsMissingOrShouldBe) {
  const std::string deposit = "do deposit client=@anna bank=@trust amount=1 currency=EUR\n";
  EXPECT_TRUE(tell(deposit + "record cash_moved client=@anna amount=100\n").empty());
  EXPECT_THAT(only_failure(deposit + "record cash_moved amount=101\n"), HasSubstr("\"100\""));
  EXPECT_THAT(only_failure(deposit + "no_record cash_moved amount=100\n"),
              HasSubstr("expected  no such record"));
}

// A misspelt name must not pass for a balance of zero.
TEST(ScenarioRunner, RefusesNamesThatDoNotExist) {
  EXPECT_THAT(only_failure("wallet @ana 0.00 EUR\n"), HasSubstr("unknown_reference"));
  EXPECT_THAT(only_failure("credit liabilities:cm:client:@anna:walet 0.00 EUR\n"),
              HasSubstr("no_such_account"));
  EXPECT_THAT(only_failure("wallet @anna 0.00 EURO\n"), HasSubstr("commodity"));
  EXPECT_THAT(only_failure("balance equity:memo:position:street:%EURUSD 0 LOT.*\n"),
              HasSubstr("no_such_symbol"));
}

TEST(ScenarioRunner, RefusesLinesItDoesNotUnderstand) {
  EXPECT_THAT(only_failure("walet @anna 0.00 EUR\n"), HasSubstr("There is no word 'walet'"));
  EXPECT_THAT(only_failure("wallet @anna 0.00\n"), HasSubstr("'wallet' takes 3 words"));
  EXPECT_THAT(only_failure("wallet @anna 0.00 EUR EUR\n"), HasSubstr("'wallet' takes 3 words"));
  EXPECT_THAT(only_failure("do deposit @anna\n"), HasSubstr("is no key=value"));
  EXPECT_THAT(only_failure("do deposit amount=1 amount=2\n"), HasSubstr("stands twice"));
  EXPECT_THAT(only_failure("do deposit 'client=@anna\n"), HasSubstr("A quote is not closed"));
  EXPECT_THAT(only_failure("book offshore EUR\n"), HasSubstr("book PROFILE CURRENCY"));
}

std::string json_of(const std::string& text) {
  const auto lines = parse_lines("story", text);
  const auto command = command_of(lines.value().front(), 1);
  return command ? core::json::print(command.value()) : core::to_string(command.error());
}

TEST(ScenarioWords, BecomeTheJsonThatSubmitReads) {
  EXPECT_EQ(json_of("do x a=b 'c=d e' f=true g:=7 h.i=j h.k=l m[]=n,o actor=@me \\\n approver="),
            R"({"command":"x","a":"b","c":"d e","f":true,"g":7,"h":{"i":"j","k":"l"},)"
            R"("m":["n","o"],"actor":"@me"})");
  EXPECT_EQ(json_of("do x p.0.q=r p.0.s=t p.1.q=u"),
            R"({"command":"x","p":[{"q":"r","s":"t"},{"q":"u"}],"actor":"@ops",)"
            R"("approver":"@chief"})");
}

}  // namespace
}  // namespace tests::scenario
