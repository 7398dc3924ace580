#include "core/json.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core::json {
namespace {

using tests::outcome;

std::string nested(std::string_view open, std::string_view close, std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(JsonParse, ReadsEveryKindOfValue) {
  const Value value =
      parse(R"( {"b": true, "n": null, "i": -7, "s": "text", "a": [1, [], {}], "f":false} )")
          .value();
  EXPECT_EQ(*value.find("b")->as_bool(), true);
  EXPECT_TRUE(value.find("n")->is_null());
  EXPECT_EQ(*value.find("i")->as_integer(), -7);
  EXPECT_EQ(value.text("s"), "text");
  EXPECT_EQ(*value.find("a"), (Value{Array{1, Array{}, Object{}}}));
  EXPECT_EQ(*value.find("f")->as_bool(), false);
  EXPECT_EQ(value.find("missing"), nullptr);
  EXPECT_EQ(value.text("i"), "");
  EXPECT_EQ(parse("3").value(), Value(3));
  EXPECT_EQ(parse("\"\"").value(), Value(""));
}

TEST(JsonParse, MembersKeepTheirOrder) {
  EXPECT_EQ(print(parse(R"({"z":1,"a":2,"m":{"y":1,"b":2}})").value()),
            R"({"z":1,"a":2,"m":{"y":1,"b":2}})");
}

TEST(JsonParse, AKeyThatStandsTwiceIsRefused) {
  EXPECT_EQ(outcome(parse(R"({"a":1,"a":1})")), "InvalidInput/json");
  EXPECT_EQ(outcome(parse(R"({"a":1,"b":{"c":1,"d":2,"c":3}})")), "InvalidInput/json");
  EXPECT_EQ(outcome(parse(R"({"a":1,"\u0061":2})")), "InvalidInput/json");
  EXPECT_EQ(outcome(parse(R"({"a":{"a":1},"b":{"a":2}})")), "a value");
  EXPECT_NE(parse(R"({"a":1,"a":1})").error().detail.find("a key stands twice"), std::string::npos);
}

TEST(JsonParse, NumbersAreWhole) {
  for (const char* text : {"1.5", "1.0", "0.1", "-0.0", "1e2", "1E2", "1e-2", "10e0", "[1,2.5]"}) {
    SCOPED_TRACE(text);
    const auto parsed = parse(text);
    EXPECT_EQ(outcome(parsed), "InvalidInput/json");
    EXPECT_NE(parsed.error().detail.find("not whole"), std::string::npos);
  }
}

TEST(JsonParse, NumbersFit64Bits) {
  EXPECT_EQ(*parse("9223372036854775807").value().as_integer(), INT64_MAX);
  EXPECT_EQ(*parse("-9223372036854775808").value().as_integer(), INT64_MIN);
  EXPECT_EQ(*parse("-0").value().as_integer(), 0);
  for (const char* text :
       {"9223372036854775808", "18446744073709551615", "18446744073709551616",
        "-9223372036854775809", "100000000000000000000000000000000000000000000"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse(text)), "InvalidInput/json");
  }
  EXPECT_EQ(outcome(parse(std::string(100'000, '9'))), "InvalidInput/json");
}

TEST(JsonParse, WhatIsNotJsonIsRefused) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view text : {""sv,           " "sv,
                                      "{"sv,          "}"sv,
                                      "[1,]"sv,       "[,1]"sv,
                                      "{\"a\":1,}"sv, "{\"a\"}"sv,
                                      "{a:1}"sv,      "{1:1}"sv,
                                      "'a'"sv,        "\"a"sv,
                                      "nul"sv,        "True"sv,
                                      "NaN"sv,        "Infinity"sv,
                                      "-"sv,          "+1"sv,
                                      "01"sv,         "1."sv,
                                      ".5"sv,         "0x1"sv,
                                      "1 2"sv,        "{} {}"sv,
                                      "[1] x"sv,      "// a\n1"sv,
                                      "/* a */1"sv,   "\"\t\""sv,
                                      "\"\n\""sv,     "\"\0\""sv,
                                      "\"\\x41\""sv,  "\"\\u12\""sv,
                                      "\"\\\""sv,     "\xef\xbb\xbf{}"sv,
                                      "1\0"sv,        "[1 2]"sv,
                                      "{\"a\" 1}"sv,  "\f1"sv}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse(text)), "InvalidInput/json");
  }
}

TEST(JsonParse, ErrorNamesTheByte) {
  EXPECT_EQ(parse("[1, x]").error().at, "byte 4");
  EXPECT_EQ(parse("{} x").error().at, "byte 3");
}

TEST(JsonParse, NestingHasALimit) {
  EXPECT_EQ(outcome(parse(nested("[", "]", kDepthMax))), "a value");
  EXPECT_EQ(outcome(parse(nested("[", "]", kDepthMax + 1))), "InvalidInput/json");
  EXPECT_EQ(outcome(parse(nested("{\"a\":", "}", kDepthMax))), "a value");
  EXPECT_EQ(outcome(parse(nested("{\"a\":", "}", kDepthMax + 1))), "InvalidInput/json");
  EXPECT_EQ(outcome(parse(std::string(1'000'000, '['))), "InvalidInput/json");
}

TEST(JsonParse, EscapesStandForTheirCharacters) {
  EXPECT_EQ(parse(R"("\"\\\/\b\f\n\r\t")").value(), Value("\"\\/\b\f\n\r\t"));
  EXPECT_EQ(parse(R"("\u0041\u00fc\u6c34")").value(), Value("Aü水"));
  EXPECT_EQ(parse(R"("\ud800\udd51")").value(), Value("\U00010151"));
  EXPECT_EQ(parse(R"("\u0000")").value(), Value(std::string(1, '\0')));
}

TEST(JsonParse, HalfASurrogatePairIsRefused) {
  for (const char* text :
       {R"("\ud800")", R"("\ud800x")", R"("\ud800\u0041")", R"("\udc00")", R"("\ud800\ud800")"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse(text)), "InvalidInput/json");
  }
}

TEST(JsonParse, TextIsWellFormedUtf8) {
  EXPECT_EQ(parse("\"ü水\U00010151\"").value(), Value("ü水\U00010151"));
  for (const char* text : {"\"\xff\"", "\"\x80\"", "\"\xc3\"", "\"\xc0\x80\"", "\"\xe0\x80\x80\"",
                           "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "{\"\xff\":1}"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(outcome(parse(text)), "InvalidInput/json");
  }
}

TEST(JsonParse, LongStringsArriveWhole) {
  const std::string text(1'000'000, 'x');
  EXPECT_EQ(*parse("{\"" + text + "\":\"" + text + "\"}").value().find(text)->as_string(), text);
}

// A request of the largest size must not keep the server busy for long.
TEST(JsonParse, AnObjectOfVeryManyMembersIsRefused) {
  const auto object = [](std::size_t members) {
    std::string text = "{";
    for (std::size_t i = 0; i < members; ++i) {
      text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":1";
    }
    return text + "}";
  };
  EXPECT_EQ(outcome(parse(object(kMembersMax))), "a value");
  EXPECT_EQ(outcome(parse(object(kMembersMax + 1))), "InvalidInput/json");
  EXPECT_EQ(outcome(parse(object(100'000))), "InvalidInput/json");
}

TEST(JsonPrint, EscapesWhatMustBe) {
  EXPECT_EQ(print(Value("\"\\/\b\f\n\r\t\x7f ü")), R"("\"\\/\u0008\u000c\n\u000d\t\u007f ü")");
  EXPECT_EQ(print(Value(std::string(1, '\0'))), R"("\u0000")");
  EXPECT_EQ(print(Object{{"a\"b", 1}}), R"({"a\"b":1})");
}

TEST(JsonPrint, PrintsEveryKindOfValue) {
  EXPECT_EQ(
      print(Object{{"a", Array{1, nullptr, true, false, "x"}}, {"o", Object{}}, {"e", Array{}}}),
      R"({"a":[1,null,true,false,"x"],"o":{},"e":[]})");
  EXPECT_EQ(print(Value(std::int64_t{INT64_MIN})), "-9223372036854775808");
}

TEST(JsonPrint, PrettyIsIndentedByTwo) {
  EXPECT_EQ(
      print_pretty(Object{{"a", Array{1, 2}}, {"e", Array{}}, {"o", Object{{"x", "y"}}}}),
      "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"e\": [],\n  \"o\": {\n    \"x\": \"y\"\n  }\n}\n");
}

TEST(JsonPrint, IsReadBackTheSame) {
  const Value value = Object{{"t", "\"\\\x01\x1f\x7f\n ü水\U00010151"},
                             {"n", Array{INT64_MAX, INT64_MIN, 0}},
                             {"o", Object{{"", Array{Object{}, nullptr}}}}};
  EXPECT_EQ(parse(print(value)).value(), value);
  EXPECT_EQ(parse(print_pretty(value)).value(), value);
}

}  // namespace
}  // namespace core::json
