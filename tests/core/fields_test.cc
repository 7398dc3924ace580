#include "core/fields.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/support/outcome.h"

namespace core {
namespace {

using tests::outcome;

enum class Side { Debit, Credit };

struct Line {
  std::string account;
  Minor amount = 0;
  bool operator==(const Line&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "amount", self.amount);
  }
};

// One field of every kind.
struct Everything {
  bool urgent = false;
  std::uint64_t count = 0;
  Minor amount = 0;
  Decimal rate;
  std::string text;
  Bytes bytes;
  Hash hash;
  PartyId client;
  Instant at;
  Date day;
  Side side = Side::Debit;
  Line line;
  std::optional<std::string> note;
  std::optional<bool> agreed;
  std::optional<Line> extra;
  std::vector<std::string> tags;
  std::vector<Line> lines;
  bool operator==(const Everything&) const = default;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "urgent", self.urgent);
    field(2, "count", self.count);
    field(3, "amount", self.amount);
    field(4, "rate", self.rate);
    field(5, "text", self.text);
    field(6, "bytes", self.bytes);
    field(7, "hash", self.hash);
    field(8, "client", self.client);
    field(9, "at", self.at);
    field(10, "day", self.day);
    field(11, "side", self.side);
    field(12, "line", self.line);
    field(13, "note", self.note);
    field(14, "agreed", self.agreed);
    field(15, "extra", self.extra);
    field(24, "tags", self.tags);
    field(25, "lines", self.lines);
  }
};

struct Small {
  std::string name;
  std::optional<std::uint64_t> number;
  std::vector<std::uint64_t> list;
  bool flag = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "name", self.name);
    field(2, "number", self.number);
    field(3, "list", self.list);
    field(4, "flag", self.flag);
  }
};

}  // namespace

template <>
struct EnumNames<Side> {
  static constexpr std::array<std::string_view, 2> names = {"debit", "credit"};
};

namespace {

PartyId party(std::uint8_t last) {
  PartyId id;
  id.bytes[15] = last;
  return id;
}

Everything full() {
  Everything all;
  all.urgent = true;
  all.count = 300;
  all.amount = (Minor{1} << 100);
  all.rate = parse_decimal("0.20").value();
  all.text = "ü";
  all.bytes = {1, 2};
  all.hash.bytes[31] = 7;
  all.client = party(9);
  all.at = parse_instant("2026-01-05T09:30:00.25Z").value();
  all.day = parse_date("1969-12-31").value();
  all.side = Side::Credit;
  all.line = {"assets:cm:bank:1", -5};
  all.note = "";
  all.agreed = false;
  all.extra = Line{"x", 1};
  all.tags = {"", "a"};
  all.lines = {{"x", 1}, {"y", -1}};
  return all;
}

// "InvalidInput/cbor at line: amount".
template <class T>
std::string place(const Result<T>& result) {
  return outcome(result) + (result ? "" : " at " + result.error().at);
}

Result<Small> small_of_cbor(std::string_view hex) {
  return from_cbor<Small>(from_hex(hex).value());
}
template <class T>
Result<T> of_json(std::string_view text, References* references = nullptr) {
  return from_json<T>(json::parse(text).value(), references);
}

class TwoNames final : public References {
 public:
  Result<std::array<std::uint8_t, 16>> resolve(std::string_view name) override {
    if (name == "@anna") return party(1).bytes;
    if (name == "@ben") return party(2).bytes;
    return invalid("reference", std::string(name), "unknown");
  }
};

TEST(Fields, CborHoldsEveryKindAndReadsBack) {
  const Everything all = full();
  const Bytes bytes = to_cbor(all);
  EXPECT_EQ(to_hex(bytes),
            "b1"                                // 17 members
            "01f5"                              // urgent
            "0219012c"                          // count
            "03c24d10000000000000000000000000"  // amount, 2^100
            "04820102"                          // rate, [1, 2]
            "0562c3bc"                          // text
            "06420102"                          // bytes
            "0758200000000000000000000000000000000000000000000000000000000000000007"
            "085000000000000000000000000000000009"  // client
            "091b000647a0b3fc2690"                  // at, microseconds
            "0a20"                                  // day -1
            "0b01"                                  // side
            "0ca20170"
            "6173736574733a636d3a62616e6b3a31"
            "0224"                              // line
            "0d60"                              // note: empty is not absent
            "0ef4"                              // agreed: false is not absent
            "0fa20161780201"                    // extra
            "181882606161"                      // tags
            "181982a20161780201a20161790220");  // lines
  EXPECT_EQ(from_cbor<Everything>(bytes).value(), all);
}

TEST(Fields, JsonHoldsEveryKindAndReadsBack) {
  const Everything all = full();
  const std::string text = json::print(to_json(all));
  EXPECT_EQ(text,
            R"({"urgent":true,"count":300,"amount":"1267650600228229401496703205376","rate":"0.2",)"
            R"("text":"ü","bytes":"0102",)"
            R"("hash":"0000000000000000000000000000000000000000000000000000000000000007",)"
            R"("client":"00000000000000000000000000000009","at":"2026-01-05T09:30:00.250000Z",)"
            R"("day":"1969-12-31","side":"credit",)"
            R"("line":{"account":"assets:cm:bank:1","amount":"-5"},"note":"","agreed":false,)"
            R"("extra":{"account":"x","amount":"1"},"tags":["","a"],)"
            R"("lines":[{"account":"x","amount":"1"},{"account":"y","amount":"-1"}]})");
  EXPECT_EQ(of_json<Everything>(text).value(), all);
}

TEST(Fields, WhatIsEmptyIsLeftOut) {
  const Small small{"a", {}, {}, false};
  EXPECT_EQ(to_hex(to_cbor(small)), "a1016161");
  EXPECT_EQ(json::print(to_json(small)), R"({"name":"a"})");
  EXPECT_FALSE(small_of_cbor("a1016161").value().number.has_value());
  EXPECT_EQ(of_json<Small>(R"({"name":"a","list":[],"flag":false})").value().list.size(), 0u);
}

TEST(Fields, WhatIsEmptyMustBeLeftOutInCbor) {
  EXPECT_EQ(place(small_of_cbor("a20161610380")), "InvalidInput/cbor at list");
  EXPECT_EQ(place(small_of_cbor("a201616104f4")), "InvalidInput/cbor at flag");
  EXPECT_EQ(place(small_of_cbor("a201616104f5")), "a value");
}

TEST(Fields, MissingFieldIsNamed) {
  EXPECT_EQ(place(small_of_cbor("a0")), "InvalidInput/missing_field at name");
  EXPECT_EQ(place(small_of_cbor("a10201")), "InvalidInput/missing_field at name");
  EXPECT_EQ(place(of_json<Small>("{}")), "InvalidInput/missing_field at name");
  EXPECT_EQ(place(of_json<Line>(R"({"account":"x"})")), "InvalidInput/missing_field at amount");
}

TEST(Fields, UnknownFieldIsNamed) {
  EXPECT_EQ(place(small_of_cbor("a20161610501")), "InvalidInput/unknown_field at key 5");
  EXPECT_EQ(place(small_of_cbor("a20001016161")), "InvalidInput/missing_field at name");
  EXPECT_EQ(place(of_json<Small>(R"({"name":"a","nmae":"b"})")),
            "InvalidInput/unknown_field at nmae");
  // A misspelling is told rather than what is missing because of it.
  EXPECT_EQ(place(of_json<Small>(R"({"nmae":"b"})")), "InvalidInput/unknown_field at nmae");
}

TEST(Fields, ErrorsNameThePathFromOutsideIn) {
  Everything all = full();
  const std::string good = json::print(to_json(all));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return place(of_json<Everything>(text));
  };
  EXPECT_EQ(with(R"("y","amount":"-1")", R"("y","amount":"1,5")"),
            "InvalidInput/decimal at lines: item 1: amount");
  EXPECT_EQ(with(R"("-5")", "-5"), "InvalidInput/wrong_type at line: amount");
  EXPECT_EQ(with(R"(["","a"])", R"(["",7])"), "InvalidInput/wrong_type at tags: item 1");
  EXPECT_EQ(with(R"("extra":{)", R"("extra":{"more":1,)"),
            "InvalidInput/unknown_field at extra: more");
  EXPECT_EQ(place(from_cbor<Everything>(from_hex("a201f50220").value())),
            "InvalidInput/cbor at count: byte 4");
}

TEST(Fields, JsonOfTheWrongTypeIsRefusedInEveryField) {
  const std::string good = json::print(to_json(full()));
  for (const std::string_view name : field_names<Everything>()) {
    SCOPED_TRACE(name);
    json::Value value = json::parse(good).value();
    for (auto& [key, member] : *value.as_object()) {
      if (key == name) member = json::Array{7};
    }
    const auto read = from_json<Everything>(value, nullptr);
    EXPECT_EQ(outcome(read), "InvalidInput/wrong_type");
    EXPECT_TRUE(read.error().at.starts_with(name)) << read.error().at;
  }
  EXPECT_EQ(outcome(of_json<Small>("[]")), "InvalidInput/wrong_type");
  EXPECT_EQ(outcome(of_json<Small>(R"({"name":null})")), "InvalidInput/wrong_type");
}

TEST(Fields, CborOfTheWrongTypeIsRefused) {
  for (const char* hex : {"80", "00", "a10101", "a1014161", "a101", "a2016161", "a2016161026161",
                          "a20161610281", "a2016161038161", "bf016161ff"}) {
    SCOPED_TRACE(hex);
    EXPECT_EQ(outcome(small_of_cbor(hex)), "InvalidInput/cbor");
  }
}

TEST(Fields, NothingMayFollowTheCbor) {
  EXPECT_EQ(outcome(small_of_cbor("a101616100")), "InvalidInput/cbor");
}

TEST(Fields, MembersMayStandInAnyOrderInJsonAndOnlyInOneInCbor) {
  EXPECT_EQ(of_json<Line>(R"({"amount":"2","account":"x"})").value(), (Line{"x", 2}));
  EXPECT_EQ(outcome(from_cbor<Line>(from_hex("a20202016178").value())),
            "InvalidInput/missing_field");
  EXPECT_EQ(outcome(from_cbor<Small>(from_hex("a2016161016162").value())), "InvalidInput/cbor");
}

TEST(Fields, ReferenceStandsForAnId) {
  TwoNames names;
  const std::string text = json::print(to_json(full()));
  const auto with = [&](std::string_view id) {
    std::string changed = text;
    changed.replace(changed.find("00000000000000000000000000000009"), 32, id);
    return changed;
  };
  EXPECT_EQ(of_json<Everything>(with("@ben"), &names).value().client, party(2));
  EXPECT_EQ(of_json<Everything>(text, &names).value().client, party(9));
  EXPECT_EQ(outcome(of_json<Everything>(with("@carl"), &names)), "InvalidInput/reference");
  EXPECT_EQ(place(of_json<Everything>(with("@ben"))), "InvalidInput/id at client");
  EXPECT_EQ(place(of_json<Everything>(with("000000000000000000000000000000AB"))),
            "InvalidInput/id at client");
}

TEST(Codec, WholeNumbersEndWhereJsonNumbersDo) {
  Small small{"a", INT64_MAX, {}, false};
  EXPECT_EQ(from_cbor<Small>(to_cbor(small)).value().number, INT64_MAX);
  EXPECT_EQ(json::print(to_json(small)), R"({"name":"a","number":9223372036854775807})");
  EXPECT_EQ(place(small_of_cbor("a2016161021b8000000000000000")), "InvalidInput/cbor at number");
  EXPECT_EQ(place(of_json<Small>(R"({"name":"a","number":-1})")),
            "InvalidInput/wrong_type at number");
}

TEST(Codec, DecimalIsStoredInItsShortestForm) {
  const auto read = [](std::string_view hex) {
    return outcome(from_cbor<Decimal>(from_hex(hex).value()));
  };
  EXPECT_EQ(to_hex(to_cbor(parse_decimal("-12.50").value())), "8201387c");
  EXPECT_EQ(read("8201387c"), "a value");
  EXPECT_EQ(read("8200190fa0"), "a value");        // 4000
  EXPECT_EQ(read("82010a"), "InvalidInput/cbor");  // 1.0
  EXPECT_EQ(read("820100"), "InvalidInput/cbor");  // 0.0
  EXPECT_EQ(read("821301"), "InvalidInput/cbor");  // 19 places
  EXPECT_EQ(read("8101"), "InvalidInput/cbor");
  EXPECT_EQ(read("83010101"), "InvalidInput/cbor");
  EXPECT_EQ(read("821201"), "a value");  // 18 places
}

TEST(Codec, ChoiceIsOneOfItsNames) {
  const auto unknown = from_json<Side>(json::Value("both"), nullptr);
  EXPECT_EQ(outcome(unknown), "InvalidInput/unknown_choice");
  EXPECT_EQ(unknown.error().detail, "Choose one of: debit, credit.");
  EXPECT_EQ(outcome(from_cbor<Side>(from_hex("02").value())), "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<Side>(from_hex("1bffffffffffffffff").value())), "InvalidInput/cbor");
}

TEST(Codec, FixedBytesHaveTheirLength) {
  EXPECT_EQ(outcome(from_cbor<PartyId>(from_hex("4f" + std::string(30, '0')).value())),
            "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<PartyId>(from_hex("51" + std::string(34, '0')).value())),
            "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<Hash>(from_hex("581f" + std::string(62, '0')).value())),
            "InvalidInput/cbor");
}

TEST(Codec, TimesAndDatesHaveTheirRange) {
  EXPECT_EQ(outcome(from_cbor<Instant>(from_hex("1b7fffffffffffffff").value())), "a value");
  EXPECT_EQ(outcome(from_cbor<Instant>(from_hex("1b8000000000000000").value())),
            "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<Instant>(from_hex("3b8000000000000000").value())),
            "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<Date>(from_hex("1a7fffffff").value())), "a value");
  EXPECT_EQ(outcome(from_cbor<Date>(from_hex("1a80000000").value())), "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<Date>(from_hex("3a80000000").value())), "InvalidInput/cbor");
}

TEST(Codec, TextAndListsFromPeopleHaveALimit) {
  const auto text = [](std::size_t bytes) { return json::Value(std::string(bytes, 'a')); };
  EXPECT_EQ(outcome(from_json<std::string>(text(kTextBytesMax), nullptr)), "a value");
  EXPECT_EQ(outcome(from_json<std::string>(text(kTextBytesMax + 1), nullptr)),
            "InvalidInput/too_long");
  json::Array list(kListItemsMax, json::Value(1));
  EXPECT_EQ(outcome(from_json<std::vector<std::uint64_t>>(list, nullptr)), "a value");
  list.emplace_back(1);
  EXPECT_EQ(outcome(from_json<std::vector<std::uint64_t>>(list, nullptr)), "InvalidInput/too_long");
}

TEST(Codec, AFalseCountOfItemsIsRefused) {
  EXPECT_EQ(outcome(from_cbor<std::vector<std::uint64_t>>(from_hex("9bffffffffffffffff").value())),
            "InvalidInput/cbor");
  EXPECT_EQ(outcome(from_cbor<std::vector<Line>>(from_hex("9affffffffa0").value())),
            "InvalidInput/missing_field");
}

TEST(Fields, NamesAreThoseDescribed) {
  EXPECT_EQ(field_names<Small>(),
            (std::vector<std::string_view>{"name", "number", "list", "flag"}));
}

}  // namespace
}  // namespace core
