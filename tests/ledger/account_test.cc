#include "ledger/account.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/outcome.h"

namespace ledger {
namespace {

using tests::outcome;

// Mints ids 1, 2, 3, ... in the order in which names are first met.
class Names final : public core::References {
 public:
  core::Result<std::array<std::uint8_t, 16>> resolve(std::string_view name) override {
    if (name.size() < 2) return core::invalid("reference", std::string(name), "");
    auto& id = ids_[std::string(name)];
    if (id[15] == 0) id[15] = static_cast<std::uint8_t>(ids_.size());
    return id;
  }
  std::size_t size() const { return ids_.size(); }

 private:
  std::map<std::string, std::array<std::uint8_t, 16>> ids_;
};

// The path that is read, or what was refused.
std::string read(std::string_view text, core::References* names = nullptr) {
  const auto path = core::from_json<AccountPath>(core::json::Value(text), names);
  return path ? path.value().text : outcome(path);
}

TEST(RingOf, IsTheSecondPart) {
  EXPECT_EQ(ring_of("assets:cm:bank:1").value(), Ring::ClientMoney);
  EXPECT_EQ(ring_of("income:house:swap").value(), Ring::House);
  EXPECT_EQ(ring_of("equity:memo:contra").value(), Ring::Memo);
  EXPECT_EQ(ring_of("liabilities:cm").value(), Ring::ClientMoney);
  EXPECT_EQ(ring_of("expenses:house:rebate:0a-b-9").value(), Ring::House);
}

TEST(RingOf, OfAnOpenedAccountIsTheSame) {
  for (const char* path : {"assets:cm:bank:1", "income:house:swap", "equity:memo:contra"}) {
    EXPECT_EQ(ring_of_opened(path), ring_of(path).value());
  }
}

TEST(RingOf, NamesAreThoseOfThePaths) {
  EXPECT_EQ(ring_name(Ring::ClientMoney), "cm");
  EXPECT_EQ(ring_name(Ring::House), "house");
  EXPECT_EQ(ring_name(Ring::Memo), "memo");
}

TEST(RingOf, RefusesWhatIsNoAccountPath) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view path : {""sv,
                                      ":"sv,
                                      "assets"sv,
                                      "assets:"sv,
                                      "assets:bank:cm"sv,
                                      "asset:cm:bank"sv,
                                      "Assets:cm:bank"sv,
                                      "assets:CM:bank"sv,
                                      "assets:cm:"sv,
                                      "assets:cm::bank"sv,
                                      "assets::cm:bank"sv,
                                      ":assets:cm:bank"sv,
                                      "assets:cm:bank:"sv,
                                      "assets:cm:-bank"sv,
                                      "assets:cm:ba nk"sv,
                                      "assets:cm:Bank"sv,
                                      "assets:cm:ba_nk"sv,
                                      "assets:cm:ba.nk"sv,
                                      "assets:cm:b\xc3\xa4nk"sv,
                                      "assets:cm:@anna"sv,
                                      "assets:cm:bank\n"sv,
                                      "assets:cm:a\0b"sv,
                                      " assets:cm:bank"sv,
                                      "assets:cmx:bank"sv}) {
    SCOPED_TRACE(path);
    EXPECT_EQ(outcome(ring_of(path)), "InvalidInput/account");
  }
}

TEST(RingOf, PathHasALimit) {
  const std::string begin = "assets:cm:";
  EXPECT_EQ(outcome(ring_of(begin + std::string(kAccountBytesMax - begin.size(), 'a'))), "a value");
  const auto refused = ring_of(begin + std::string(1'000'000, 'a'));
  EXPECT_EQ(outcome(refused), "InvalidInput/account");
  EXPECT_EQ(refused.error().at.size(), kAccountBytesMax);
}

TEST(IsUnder, GoesByWholeParts) {
  EXPECT_TRUE(is_under("assets:cm:bank", "assets:cm:bank"));
  EXPECT_TRUE(is_under("assets:cm:bank:1", "assets:cm:bank"));
  EXPECT_FALSE(is_under("assets:cm:bank2", "assets:cm:bank"));
  EXPECT_FALSE(is_under("assets:cm", "assets:cm:bank"));
}

TEST(AccountPath, ReferenceStandsForAnIdPart) {
  Names names;
  EXPECT_EQ(read("assets:cm:bank:@main", &names),
            "assets:cm:bank:00000000000000000000000000000001");
  EXPECT_EQ(read("liabilities:cm:client:@anna:pamm:@alpha:settled", &names),
            "liabilities:cm:client:00000000000000000000000000000002:pamm:"
            "00000000000000000000000000000003:settled");
  EXPECT_EQ(read("liabilities:cm:client:@anna:wallet", &names),
            "liabilities:cm:client:00000000000000000000000000000002:wallet");
  EXPECT_EQ(read("assets:cm:bank:1", &names), "assets:cm:bank:1");
  EXPECT_EQ(names.size(), 3u);
}

TEST(AccountPath, ReferenceElsewhereOrMalformedIsRefused) {
  Names names;
  EXPECT_EQ(read("@anna:cm:bank", &names), "InvalidInput/account");
  EXPECT_EQ(read("assets:@cm:bank", &names), "InvalidInput/account");
  EXPECT_EQ(read("assets:cm:bank:@", &names), "InvalidInput/reference");
  EXPECT_EQ(read("assets:cm:bank:x@anna", &names), "InvalidInput/account");
  EXPECT_EQ(read("assets:cm:bank:@anna"), "InvalidInput/account");
}

TEST(AccountPath, IsNotTidiedUp) {
  Names names;
  for (const char* text : {":assets:cm:bank", "::assets:cm:bank", "assets:cm:bank:", ":", "",
                           "assets:cm:@anna:", "assets:cm::@anna", ":@anna"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(read(text, &names), "InvalidInput/account");
  }
}

TEST(AccountPath, OtherJsonIsRefused) {
  EXPECT_EQ(outcome(core::from_json<AccountPath>(core::json::Value(1), nullptr)),
            "InvalidInput/wrong_type");
}

TEST(AccountPath, IsTextInCborAndJson) {
  const AccountPath path{"assets:cm:bank"};
  EXPECT_EQ(core::to_hex(core::to_cbor(path)), "6e6173736574733a636d3a62616e6b");
  EXPECT_EQ(core::from_cbor<AccountPath>(core::to_cbor(path)).value(), path);
  EXPECT_EQ(core::to_json(path), core::json::Value("assets:cm:bank"));
}

}  // namespace
}  // namespace ledger
