#include "gateway/registers/fetch/fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/gateway/registers/fetch/stub_server.h"
#include "tests/support/outcome.h"

namespace gateway::registers::fetch {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kLei = "5493001KJTIIGC8Y1R12";

// Time that passes while somebody sleeps and not otherwise.
class SleepingClock final : public core::Clock {
 public:
  core::Instant now() override { return {now_micros_}; }
  void sleep(milliseconds time) {
    slept.push_back(time.count());
    now_micros_ += time.count() * 1000;
  }
  std::vector<std::int64_t> slept;

 private:
  std::int64_t now_micros_ = 1'000'000;
};

Credentials credentials() {
  return {core::Secret::copy_of(core::as_bytes("ops@kestrel.example")),
          core::Secret::copy_of(core::as_bytes("c0ffee"))};
}

struct Asking {
  SleepingClock clock;
  std::vector<std::string> urls;

  Fetcher fetcher(std::function<core::Result<HttpAnswer>(const std::string& url)> answer,
                  Pace pace = {}) {
    return {[this, answer](const HttpRequest& request) {
              urls.push_back(request.url);
              return answer(request.url);
            },
            clock, [this](milliseconds time) { clock.sleep(time); }, pace};
  }
};

core::Result<HttpAnswer> status(unsigned code, const std::string& body = "",
                                const std::string& retry = "") {
  return HttpAnswer{code, "Sun, 22 Nov 2026 10:00:00 GMT", retry, body};
}

TEST(Fetcher, PagesAreAskedUntilThereIsNoNext) {
  Asking asking;
  auto fetcher = asking.fetcher(
      [](const std::string& url) {
        const bool first = url.ends_with("/Permissions");
        return status(200,
                      first ? R"({"ResultInfo":{"Next":"https://elsewhere.example/"}})" : "{}");
      },
      {.requests = 100});
  const auto answers = fetcher.fca_firm("https://r.example/V0.1", "999001", credentials());
  EXPECT_EQ(answers.size(), 12u);  // Eleven endpoints, and a second page of one.
  EXPECT_EQ(asking.urls[2], "https://r.example/V0.1/Firm/999001/Permissions");
  EXPECT_EQ(asking.urls[3], "https://r.example/V0.1/Firm/999001/Permissions?pgnp=2");
  for (const std::string& url : asking.urls) EXPECT_THAT(url, Not(HasSubstr("elsewhere")));
}

TEST(Fetcher, RequirementsAndPeopleOfAFirmAreAskedForByTheirNumbers) {
  Asking asking;
  auto fetcher = asking.fetcher(
      [](const std::string& url) {
        return status(200,
                      url.ends_with("/Requirements")
                          ? R"({"Data":[)"
                            R"({"Requirement Reference":"OR-1","Financial Promotions Investment )"
                            R"(Types":"https://elsewhere.example/"},)"
                            R"({"Requirement Reference":"OR-1","Financial Promotions Investment )"
                            R"(Types":"x"},)"
                            R"({"Requirement Reference":"OR-2"},)"
                            R"({"Requirement Reference":"../x","Financial Promotions Investment )"
                            R"(Types":"x"}]})"
                          : "{}");
      },
      {.requests = 100});
  const std::vector<std::string> people = {"SXK02084"};
  fetcher.fca_firm("https://r.example/V0.1", "999001", credentials(), people);
  ASSERT_EQ(asking.urls.size(), 15u);
  EXPECT_THAT(std::vector(asking.urls.begin() + 11, asking.urls.end()),
              ElementsAre("https://r.example/V0.1/Firm/999001/Requirements/OR-1/InvestmentTypes",
                          "https://r.example/V0.1/Individuals/SXK02084",
                          "https://r.example/V0.1/Individuals/SXK02084/CF",
                          "https://r.example/V0.1/Individuals/SXK02084/DisciplinaryHistory"));
}

TEST(Fetcher, AnIndividualsNumberIsLettersAndDigits) {
  EXPECT_TRUE(check_irn("SXK02084").has_value());
  for (const std::string irn : {"", "a/b", "a?b", "..", "a b", "123456789012345678901"}) {
    EXPECT_EQ(tests::outcome(check_irn(irn)), "InvalidInput/register_reference") << irn;
  }
}

TEST(Fetcher, AServerThatAlwaysHasANextPageIsLeft) {
  Asking asking;
  auto fetcher = asking.fetcher(
      [](const std::string&) { return status(200, R"({"ResultInfo":{"Next":"x"}})"); },
      {.requests = 100'000});
  EXPECT_EQ(fetcher.fca_firm("https://r.example/V0.1", "999001", credentials()).size(),
            11 * kPagesMax);
}

TEST(Fetcher, CursorsAreFollowedUntilTheyStandStill) {
  Asking asking;
  auto fetcher =
      asking.fetcher([](const std::string&) { return status(200, R"({"nextCursorMark":"A=="})"); });
  EXPECT_EQ(fetcher.esma_entity("https://e.example/select", kLei).size(), 2u);
  EXPECT_THAT(asking.urls[1], HasSubstr("cursorMark=A%3D%3D"));
  EXPECT_THAT(asking.urls[0], HasSubstr("ae_lei%3A%225493001KJTIIGC8Y1R12%22"));
}

TEST(Fetcher, AFailureIsTriedAgainAfterAPauseThatDoubles) {
  Asking asking;
  auto fetcher = asking.fetcher([](const std::string&) -> core::Result<HttpAnswer> {
    return core::unavailable("register_fetch", "", "");
  });
  const auto answers = fetcher.gleif_record("https://g.example/api/v1", kLei);
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].http_status, 0u);
  EXPECT_EQ(asking.urls.size(), 4u);
  EXPECT_THAT(asking.clock.slept, ElementsAre(1000, 2000, 4000));
}

TEST(Fetcher, AServerThatSaysHowLongIsWaitedFor) {
  Asking asking;
  std::size_t calls = 0;
  auto fetcher = asking.fetcher([&](const std::string&) {
    ++calls;
    return calls == 1 ? status(429, "", "7") : calls == 2 ? status(429) : status(404, "x");
  });
  const auto answers = fetcher.gleif_record("https://g.example/api/v1", kLei);
  EXPECT_EQ(answers[0].http_status, 404u);  // An answer: it is not asked again.
  EXPECT_THAT(asking.clock.slept, ElementsAre(7000, 60'000));
}

TEST(Fetcher, NoWindowHasMoreRequestsThanAllowed) {
  Asking asking;
  auto fetcher = asking.fetcher([](const std::string&) { return status(200, "{}"); },
                                {.requests = 2, .window = milliseconds(10'000)});
  for (int i = 0; i < 5; ++i) fetcher.gleif_record("https://g.example/api/v1", kLei);
  EXPECT_THAT(asking.clock.slept, ElementsAre(10'001, 10'001));
}

// A page of a table with so many rows.
std::string table_page(std::size_t rows, std::size_t total) {
  std::string records;
  for (std::size_t i = 0; i < rows; ++i) records += i == 0 ? R"({"LAT":1.5})" : ",{}";
  return R"({"success":true,"result":{"records":[)" + records + R"(],"total":)" +
         std::to_string(total) + R"(,"_links":{"next":"https://elsewhere.example/"}}})";
}

const std::string kTableBase = "https://d.example/action";
const std::string kTable = "d98a113d-6b50-40e6-b65f-2612efc877f4";

TEST(Fetcher, ATableIsAskedUntilAllItsRowsCame) {
  Asking asking;
  auto fetcher = asking.fetcher([](const std::string& url) {
    return status(200, table_page(url.ends_with("offset=0") ? 500 : 3, 503));
  });
  EXPECT_EQ(fetcher.table_rows(kTableBase, {kTable, "AFS_LIC_NUM", {"218770", "000218770"}}).size(),
            2u);
  EXPECT_THAT(asking.urls,
              ElementsAre("https://d.example/action/datastore_search?resource_id=" + kTable +
                              "&filters=%7B%22AFS_LIC_NUM%22%3A%22218770%22%7D&sort=_id&limit=500"
                              "&offset=0",
                          testing::EndsWith("&offset=500")));
}

TEST(Fetcher, ANumberThatIsNotFoundIsAskedForInItsOtherForm) {
  Asking asking;
  auto fetcher = asking.fetcher([](const std::string& url) {
    const bool padded = url.find("000218770") != url.npos;
    return status(200, table_page(padded ? 1 : 0, padded ? 1 : 0));
  });
  EXPECT_EQ(fetcher.table_rows(kTableBase, {kTable, "A", {"218770", "000218770", "x"}}).size(), 2u);
  EXPECT_THAT(asking.urls.back(), HasSubstr("000218770"));
}

TEST(Fetcher, ATableThatFailsIsLeft) {
  for (const std::string body : {"<html>", R"({"success":false})", R"({"success":true})", "{}"}) {
    Asking asking;
    auto fetcher = asking.fetcher([&](const std::string&) { return status(200, body); });
    EXPECT_EQ(fetcher.table_rows(kTableBase, {kTable, "A", {"1", "2"}}).size(), 1u) << body;
  }
  Asking asking;
  auto fetcher = asking.fetcher([](const std::string&) { return status(404, table_page(1, 1)); });
  EXPECT_EQ(fetcher.table_rows(kTableBase, {kTable, "A", {"1", "2"}}).size(), 1u);
}

TEST(Fetcher, ATableThatNeverEndsIsLeft) {
  Asking asking;
  auto fetcher = asking.fetcher([](const std::string&) { return status(200, table_page(1, 9999)); },
                                {.requests = 100'000});
  EXPECT_EQ(fetcher.table_rows(kTableBase, {kTable, "A", {"1", "2"}}).size(), kPagesMax);
}

std::string package(const std::string& resources) {
  return R"({"success":true,"result":{"resources":[)" + resources + "]}}";
}
std::string resource(const std::string& id, const std::string& active) {
  return R"({"id":")" + id + R"(","name":"AFS Licensee - Current","format":"CSV","size":1.5,)" +
         R"("datastore_active":)" + active + "}";
}

TEST(Fetcher, APackageNamesTheResourceThatCanBeAsked) {
  const std::string other = "5515dfcc-5266-44df-950d-7e359a83d514";
  const auto asked = [](unsigned code, const std::string& body) {
    Asking asking;
    auto fetcher =
        asking.fetcher([&](const std::string&) { return status(code, body); }, {.attempts = 1});
    auto found = fetcher.table_of_package(kTableBase, "asic afs");
    EXPECT_THAT(asking.urls, ElementsAre("https://d.example/action/package_show?id=asic%20afs"));
    return found;
  };
  EXPECT_EQ(asked(200, package(resource(other, "false") + "," + resource(kTable, "true"))).value(),
            kTable);
  const auto several =
      asked(200, package(resource(other, "true") + "," + resource(kTable, "true")));
  EXPECT_EQ(tests::outcome(several), "InvalidInput/register_resource");
  EXPECT_THAT(several.error().detail,
              HasSubstr(other + " AFS Licensee - Current (CSV); " + kTable));
  EXPECT_EQ(tests::outcome(asked(200, package(resource(kTable, "false")))),
            "InvalidInput/register_resource");
  EXPECT_EQ(tests::outcome(asked(200, package(resource("../evil", "true")))),
            "InvalidInput/register_resource");
  EXPECT_EQ(tests::outcome(asked(404, R"({"success":false})")), "InvalidInput/register_resource");
  EXPECT_EQ(tests::outcome(asked(503, "")), "Unavailable/register_fetch");
  EXPECT_EQ(tests::outcome(asked(200, R"({"success":true,"result":{}})")),
            "Unavailable/register_fetch");
}

TEST(Fetcher, AResourceIsAUuid) {
  EXPECT_TRUE(check_resource(kTable, "--resource").has_value());
  for (const std::string id :
       {"", "x", "d98a113d-6b50-40e6-b65f-2612efc877f", "d98a113d-6b50-40e6-b65f-2612efc877f4&",
        "g98a113d-6b50-40e6-b65f-2612efc877f4", "d98a113d06b50-40e6-b65f-2612efc877f4"}) {
    EXPECT_EQ(tests::outcome(check_resource(id, "--resource")), "InvalidInput/register_resource")
        << id;
  }
}

TEST(Fetcher, DatesOfHttp) {
  EXPECT_EQ(core::to_string(*parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT")),
            "1994-11-06T08:49:37.000000Z");
  EXPECT_FALSE(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT").has_value());
  EXPECT_FALSE(parse_http_date("Sun, 31 Feb 1994 08:49:37 GMT").has_value());
  EXPECT_FALSE(parse_http_date("").has_value());
}

TEST(Network, AStubIsAskedWithTheCredentialsInTwoHeadersAlone) {
  tests::StubServer server([](const std::string&) { return tests::http_answer(200, "{}"); });
  SleepingClock clock;
  Fetcher fetcher(network(), clock, [&](milliseconds time) { clock.sleep(time); },
                  {.requests = 100});
  const auto answers = fetcher.fca_firm(server.url() + "/V0.1", "999001", credentials());
  ASSERT_EQ(answers.size(), 11u);
  for (const Answer& answer : answers) {
    EXPECT_EQ(answer.http_status, 200u);
    EXPECT_EQ(core::to_string(*answer.answered_at), "2026-11-22T10:00:00.000000Z");
    EXPECT_THAT(answer.address + answer.body, Not(HasSubstr("c0ffee")));
  }
  for (const std::string& head : server.stop()) {
    EXPECT_THAT(head, HasSubstr("X-AUTH-EMAIL: ops@kestrel.example\r\n"));
    EXPECT_THAT(head, HasSubstr("X-AUTH-KEY: c0ffee\r\n"));
  }
}

TEST(Network, ATableIsAskedOfAStubWithoutCredentials) {
  tests::StubServer server(
      [](const std::string&) { return tests::http_answer(200, table_page(1, 1)); });
  SleepingClock clock;
  Fetcher fetcher(network(), clock, [&](milliseconds time) { clock.sleep(time); });
  const auto answers = fetcher.table_rows(server.url() + "/action", {kTable, "A", {"1"}});
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].body, table_page(1, 1));
  for (const std::string& head : server.stop()) {
    EXPECT_THAT(head, HasSubstr("GET /action/datastore_search?resource_id=" + kTable));
    EXPECT_THAT(head, Not(HasSubstr("X-AUTH")));
  }
}

TEST(Network, WhatIsNoWholeAnswerIsUnavailable) {
  for (const std::string answer : {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", "what?"}) {
    tests::StubServer server([&](const std::string&) { return answer; });
    EXPECT_EQ(tests::outcome(network()({server.url() + "/", {}})), "Unavailable/register_fetch");
  }
}

TEST(Network, PlainHttpGoesNowhereElse) {
  for (const char* url : {"http://register.example/", "http://10.0.0.1/", "ftp://127.0.0.1/", "x",
                          "https://a:b@r.example/"}) {
    EXPECT_EQ(tests::outcome(network()({url, {}})), "InvalidInput/register_fetch") << url;
  }
}

}  // namespace
}  // namespace gateway::registers::fetch
