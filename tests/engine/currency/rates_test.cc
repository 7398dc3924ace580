#include "engine/currency/rates.h"

#include <gtest/gtest.h>

#include "engine/currency/decide.h"
#include "engine/currency_state.h"
#include "tests/support/engine_fixture.h"

namespace engine::currency {
namespace {

using tests::decimal;

core::Result<> apply_rate_record(State& state, const ledger::RecordView& record) {
  return tests::apply_one_of<ReferenceRatesRecorded, PlatformRateRecorded>(
      state, record, [](State& to, const auto& body, const ledger::RecordView& view) {
        engine::currency::apply(to, body, view);
        return core::ok();
      });
}

// The ECB's rates around Easter 2026: Thursday 2 April, then Tuesday 7 April.
class Rates : public tests::EngineBook {
 public:
  Rates() : EngineBook(apply_rate_record) {
    EXPECT_EQ(reference("2026-04-02", {{"USD", decimal("1.1525")}, {"GBP", decimal("0.8719")}}),
              "done");
    EXPECT_EQ(reference("2026-04-07", {{"USD", decimal("1.1568")}, {"JPY", decimal("184.77")}}),
              "done");
  }
  template <class Command>
  std::string run(const Command& command) {
    return commit(decide(context(), command));
  }
  std::string reference(const std::string& date, std::vector<ReferenceRate> rates) {
    return run(RecordReferenceRates{core::parse_date(date).value(), std::move(rates), {}, {}});
  }
  std::string platform(const std::string& base, const std::string& quote, const std::string& rate,
                       const std::string& at) {
    return run(
        RecordPlatformRate{"live", base, quote, decimal(rate), core::parse_instant(at).value()});
  }
  // "numerator/denominator source date days_old", or the refusal.
  std::string rate(const std::string& from, const std::string& to, const std::string& at,
                   std::optional<core::Decimal> of_deal = {},
                   std::optional<std::string> server = {}) const {
    const auto used = rate_for(state, {from, to, core::parse_instant(at).value(), of_deal, server});
    if (!used) return tests::outcome(used);
    const RateUsed& r = used.value();
    return core::to_string(r.numerator) + "/" + core::to_string(r.denominator) + " " +
           std::string(core::EnumNames<RateSource>::names[static_cast<std::size_t>(r.source)]) +
           " " + core::to_string(r.date) + " " + std::to_string(r.days_old);
  }
};

TEST(Rates, TheDealsOwnRateComesFirst) {
  Rates book;
  EXPECT_EQ(book.platform("USD", "EUR", "0.87", "2026-04-07T09:00:00Z"), "done");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-07T10:00:00Z", decimal("0.86"), "live"),
            "0.86/1 deal 2026-04-07 0");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-07T10:00:00Z", {}, "live"),
            "0.87/1 platform 2026-04-07 0");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-07T10:00:00Z"), "1/1.1568 ecb 2026-04-07 0");
}

TEST(Rates, APlatformsRateHoldsFromItsMomentAndInBothDirections) {
  Rates book;
  EXPECT_EQ(book.platform("EUR", "USD", "1.16", "2026-04-07T09:00:00Z"), "done");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-07T08:59:59Z", {}, "live"),
            "1/1.1568 ecb 2026-04-07 0");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-07T09:00:00Z", {}, "live"),
            "1/1.16 platform 2026-04-07 0");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-07T09:00:00Z", {}, "other"),
            "1/1.1568 ecb 2026-04-07 0");
  // Too old after five days: the reference rate of then is nearer.
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-12T09:00:00Z", {}, "live"),
            "1/1.16 platform 2026-04-07 5");
  EXPECT_EQ(book.rate("USD", "EUR", "2026-04-13T09:00:00Z", {}, "live"), "Conflict/rate_gap");
}

TEST(Rates, AMissingDayTakesTheLastOneBeforeIt) {
  Rates book;
  EXPECT_EQ(book.rate("EUR", "USD", "2026-04-06T12:00:00Z"), "1.1525/1 ecb 2026-04-02 4");
  EXPECT_EQ(book.rate("GBP", "USD", "2026-04-06T12:00:00Z"), "1.1525/0.8719 ecb 2026-04-02 4");
  // Of a currency that was not quoted on the 7th, too.
  EXPECT_EQ(book.rate("GBP", "EUR", "2026-04-07T12:00:00Z"), "1/0.8719 ecb 2026-04-02 5");
}

TEST(Rates, AGapOverFiveDaysIsRefused) {
  Rates book;
  EXPECT_EQ(book.rate("GBP", "EUR", "2026-04-08T00:00:00Z"), "Conflict/rate_gap");
  EXPECT_EQ(book.rate("EUR", "USD", "2026-04-01T00:00:00Z"), "Conflict/no_rate");
  EXPECT_EQ(book.rate("EUR", "CHF", "2026-04-07T00:00:00Z"), "Conflict/no_rate");
}

TEST(Rates, EqualCurrenciesConvertOneToOne) {
  Rates book;
  EXPECT_EQ(book.rate("EUR", "EUR", "2026-04-07T00:00:00Z"), "1/1 deal 2026-04-07 0");
  EXPECT_EQ(book.rate("EUR", "EUR", "2026-04-07T00:00:00Z", decimal("1.1")),
            "InvalidInput/same_currency");
  EXPECT_EQ(book.rate("EUR", "USD", "2026-04-07T00:00:00Z", decimal("0")),
            "InvalidInput/not_positive");
}

TEST(Rates, AnAmountIsRoundedOnceAndAsNamed) {
  Rates book;
  const core::Instant at = core::parse_instant("2026-04-07T12:00:00Z").value();
  const auto to_yen = rate_for(book.state, {"USD", "JPY", at, {}, {}}).value();
  // 100.00 x 184.77 / 1.1568 = 15972.5103...
  EXPECT_EQ(core::to_string(convert(10000, to_yen, core::Rounding::Floor).value()), "15972");
  EXPECT_EQ(core::to_string(convert(10000, to_yen, core::Rounding::Ceiling).value()), "15973");
  EXPECT_EQ(core::to_string(convert(-10000, to_yen, core::Rounding::Floor).value()), "-15973");
  const auto to_dollar = rate_for(book.state, {"JPY", "USD", at, {}, {}}).value();
  // 15972 yen are 99.9968... dollars.
  EXPECT_EQ(core::to_string(convert(15972, to_dollar, core::Rounding::Floor).value()), "9999");
}

TEST(Rates, ADayAndAMomentHaveOneRate) {
  Rates book;
  EXPECT_EQ(book.reference("2026-04-07", {{"USD", decimal("1.2")}}), "Conflict/exists");
  EXPECT_EQ(book.reference("2026-04-08", {}), "InvalidInput/rates");
  EXPECT_EQ(book.reference("2026-04-08", {{"EUR", decimal("1")}}), "InvalidInput/rates");
  EXPECT_EQ(book.reference("2026-04-08", {{"usd", decimal("1")}}), "InvalidInput/rates");
  EXPECT_EQ(book.reference("2026-04-08", {{"USD", decimal("1.2")}, {"USD", decimal("1.2")}}),
            "InvalidInput/rates");
  EXPECT_EQ(book.reference("2026-04-08", {{"USD", decimal("0")}}), "InvalidInput/not_positive");
  EXPECT_EQ(book.platform("EUR", "USD", "1.16", "2026-04-07T09:00:00Z"), "done");
  EXPECT_EQ(book.platform("EUR", "USD", "1.17", "2026-04-07T09:00:00Z"), "Conflict/exists");
  EXPECT_EQ(book.platform("EUR", "EUR", "1.17", "2026-04-07T09:00:00Z"),
            "InvalidInput/same_currency");
  EXPECT_EQ(book.platform("EUR", "XXY", "1.17", "2026-04-07T09:00:00Z"),
            "InvalidInput/unknown_currency");
}

}  // namespace
}  // namespace engine::currency
