#include "engine/instruments/contract.h"

#include <gtest/gtest.h>

#include "engine/instruments/decide.h"
#include "tests/support/engine_fixture.h"

namespace engine::instruments {
namespace {

using tests::decimal;

core::Result<> apply_instrument_record(State& state, const ledger::RecordView& record) {
  return tests::apply_one_of<ContractChanged, SymbolAliased>(
      state, record, [](State& to, const auto& body, const ledger::RecordView& view) {
        engine::instruments::apply(to, body, view);
        return core::ok();
      });
}

class Instruments : public tests::EngineBook {
 public:
  Instruments() : EngineBook(apply_instrument_record) { add_symbol("US500", "USD"); }

  template <class Command>
  std::string run(const Command& command) {
    return commit(decide(context(), command));
  }
  static ContractSpec spec(const std::string& size) {
    return {decimal(size), decimal("0.01"), decimal("0.01"), {}, 2, {}, {}, {}};
  }
  std::string set(const std::string& from, const ContractSpec& contract) {
    return run(SetContract{"US500", core::parse_instant(from).value(), contract});
  }
  std::string size_at(const std::string& symbol, const std::string& at) const {
    const auto found = contract_at(state, symbol, core::parse_instant(at).value());
    if (!found) return tests::outcome(found);
    if (found.value() == nullptr) return "none";
    return core::to_string(found.value()->spec.contract_size) + " v" +
           std::to_string(found.value()->version);
  }
};

TEST(Contracts, TheOneInForceAtTheDealCounts) {
  Instruments book;
  EXPECT_EQ(book.set("2026-01-01T00:00:00Z", book.spec("10")), "done");
  EXPECT_EQ(book.set("2026-03-01T00:00:00Z", book.spec("1")), "done");
  EXPECT_EQ(book.size_at("US500", "2025-12-31T23:59:59Z"), "none");
  EXPECT_EQ(book.size_at("US500", "2026-02-28T23:59:59Z"), "10 v1");
  EXPECT_EQ(book.size_at("US500", "2026-03-01T00:00:00Z"), "1 v2");
}

TEST(Contracts, OneThatIsToldLateStandsAtItsTime) {
  Instruments book;
  EXPECT_EQ(book.set("2026-03-01T00:00:00Z", book.spec("1")), "done");
  EXPECT_EQ(book.set("2026-01-01T00:00:00Z", book.spec("10")), "done");
  EXPECT_EQ(book.size_at("US500", "2026-02-01T00:00:00Z"), "10 v2");
  EXPECT_EQ(book.size_at("US500", "2026-04-01T00:00:00Z"), "1 v1");
  // Of two from one moment the later recorded one rules.
  EXPECT_EQ(book.set("2026-03-01T00:00:00Z", book.spec("5")), "done");
  EXPECT_EQ(book.size_at("US500", "2026-04-01T00:00:00Z"), "5 v3");
}

TEST(Contracts, AnAliasIsTheSameSymbol) {
  Instruments book;
  EXPECT_EQ(book.run(AliasSymbol{"US500.m", "US500"}), "done");
  EXPECT_EQ(book.run(AliasSymbol{"US500.m", "US500"}), "Conflict/exists");
  EXPECT_EQ(book.run(AliasSymbol{"US500", "US500"}), "Conflict/exists");
  EXPECT_EQ(book.run(AliasSymbol{"", "US500"}), "InvalidInput/symbol");
  EXPECT_EQ(book.run(AliasSymbol{"GER40.m", "GER40"}), "NotFound/unknown_symbol");
  // An alias of an alias is one of the symbol.
  EXPECT_EQ(book.run(AliasSymbol{"SPX", "US500.m"}), "done");
  EXPECT_EQ(book.run(SetContract{"SPX", core::Instant{}, book.spec("10")}), "done");
  EXPECT_EQ(book.size_at("US500", "2026-01-01T00:00:00Z"), "10 v1");
  EXPECT_EQ(book.size_at("SPX", "2026-01-01T00:00:00Z"), "10 v1");
}

TEST(Contracts, FiguresThatMakeNoContractAreRefused) {
  Instruments book;
  const auto with = [&](auto change) {
    ContractSpec spec = book.spec("10");
    change(spec);
    return book.set("2026-01-01T00:00:00Z", spec);
  };
  EXPECT_EQ(with([](auto& s) { s.contract_size = decimal("0"); }), "InvalidInput/contract");
  EXPECT_EQ(with([](auto& s) { s.lot_step = decimal("0"); }), "InvalidInput/contract");
  EXPECT_EQ(with([](auto& s) { s.lot_step = decimal("0.000000001"); }), "InvalidInput/lot_step");
  EXPECT_EQ(with([](auto& s) { s.min_lots = decimal("0.015"); }), "InvalidInput/contract");
  EXPECT_EQ(with([](auto& s) { s.max_lots = decimal("0.001"); }), "InvalidInput/contract");
  EXPECT_EQ(with([](auto& s) {
              s.min_lots = decimal("1");
              s.max_lots = decimal("0.5");
            }),
            "InvalidInput/contract");
  EXPECT_EQ(with([](auto& s) { s.price_digits = 19; }), "InvalidInput/contract");
  EXPECT_EQ(with([](auto& s) { s.margin_rate = decimal("1.5"); }), "InvalidInput/rate_range");
  EXPECT_EQ(with([](auto& s) { s.base_currency = "QQQ"; }), "InvalidInput/unknown_currency");
}

TEST(Contracts, ASymbolWithoutOneSaysSoWhereOneIsNeeded) {
  Instruments book;
  EXPECT_EQ(tests::outcome(require_contract(book.state, "US500", core::Instant{})),
            "Conflict/no_contract");
  EXPECT_EQ(tests::outcome(require_contract(book.state, "GER40", core::Instant{})),
            "NotFound/unknown_symbol");
}

}  // namespace
}  // namespace engine::instruments
