#include "gateway/http/gate.h"

#include <gtest/gtest.h>

#include "core/files.h"
#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

const std::string kDocument(64, 'a');

// A book of the first pack with a manager, a client with a mandate of people's decision, and a
// decision by the rules.
class Gate : public ::testing::Test {
 protected:
  Gate() {
    command("register_manager", R"("manager":"@nora","home":"CY")");
    command("register_client", R"("client":"@olga","category":"professional","residence":"CY")");
    command("record_decision", R"("approver":"@chief","decision":"@people","manager":"@nora",)"
                               R"("model":"mam","jurisdiction":"cysec","verdict":"allow",)"
                               R"("valid_from":"2026-01-01T00:00:00Z",)"
                               R"("valid_until":"2027-01-01T00:00:00Z","document":")" +
                                   kDocument + "\"");
    command("publish_offer",
            R"("offer":"@terms","model":"mam","currency":"EUR","terms":{"management_fee_rate":)"
            R"("0","performance_fee_rate":"0","mark_basis":"net","entry_fee_rate":"0",)"
            R"("residual":"sainte_lague"})");
    command("open_structure", R"("structure":"@group","manager":"@nora","offer":"@terms",)"
                              R"("jurisdiction":"cysec")");
    command("accept_mandate", R"("structure":"@group","client":"@olga","document":")" + kDocument +
                                  R"(","terms":{"language":"en","channel":"web"})");
    const auto pack = core::read_file("jurisdictions/rule_packs/2026-11-22.json").value();
    command("adopt_rule_pack", R"("approver":"@chief","pack":)" + pack);
    command("decide_authorisation",
            R"("approver":"@chief","decision":"@rules","question":)" + question("@nora", "mam"));
    const auto kinds = json_of(served_.get("history?kind=rule_pack_adopted"));
    const std::string text = core::json::print(kinds);
    const auto at = text.find("\"hash\":\"");
    hash_ = text.substr(at + 8, 64);
  }
  void command(const std::string& type, const std::string& fields) {
    const Response response = served_.post(
        "commands", R"({"command":")" + type + R"(","request_id":"g-)" + std::to_string(++number_) +
                        R"(","at":"2026-11-26T08:00:00Z",)" + fields + "}");
    EXPECT_EQ(response.status, 201) << type << ": " << response.body;
  }
  static std::string question(const std::string& manager, const std::string& model) {
    return R"({"manager":")" + manager + R"(","model":")" + model +
           R"(","categories":["professional"],"residences":["CY"],"instruments":["cfd"]})";
  }
  std::string check(const std::string& body) {
    const Response response = served_.post("gate/checks", body);
    return response.status == 200 ? std::string(json_of(response).text("verdict"))
                                  : problem(response);
  }

  ServedBook served_;
  std::string hash_;
  int number_ = 0;
};

TEST_F(Gate, AChecksAnswerIsADecisionsAndRecordsNothing) {
  const auto size = *json_of(served_.get("records?limit=1")).find("size")->as_integer();
  EXPECT_EQ(check(question("@nora", "mam")), "counsel");  // Nobody has signed.
  EXPECT_EQ(*json_of(served_.get("records?limit=1")).find("size")->as_integer(), size);
}

TEST_F(Gate, AQuestionThatIsWrongIsRefused) {
  EXPECT_EQ(check("{"), "400 json");
  EXPECT_EQ(check("{}"), "400 missing_field");
  EXPECT_EQ(check(question("@nobody", "mam")), "404 unknown_reference");
  EXPECT_EQ(check(question("@olga", "mam")), "404 unknown_manager");
  EXPECT_EQ(check(question("@nora", "everything")).substr(0, 3), "400");
  EXPECT_EQ(problem(served_.get("gate/checks")), "405 method_not_allowed");
  EXPECT_EQ(problem(served_.post("gate/checks", question("@nora", "mam"), "text/plain")),
            "415 content_type");
}

TEST_F(Gate, ADecisionIsReplayed) {
  const auto replay = json_of(served_.get("gate/decisions/@rules/replay"));
  EXPECT_EQ(*replay.find("same"), core::json::Value(true));
  EXPECT_EQ(replay.find("recorded")->text("verdict"), "counsel");
  EXPECT_EQ(problem(served_.get("gate/decisions/@people/replay")), "404 unknown_decision");
  EXPECT_EQ(problem(served_.get("gate/decisions/@nobody/replay")), "404 unknown_reference");
  EXPECT_EQ(problem(served_.post("gate/decisions/@rules/replay", "")), "405 method_not_allowed");
}

TEST_F(Gate, TheQueueHasCasesAndTheDesk) {
  command("open_case", R"("onboarding":"@case","question":)" + question("@nora", "mam") +
                           R"(,"document":")" + kDocument + "\"");
  command("log_breach", R"("manager":"@nora","code":"late_file","breach":"@breach",)"
                        R"("due":"2026-11-20","document":")" +
                            kDocument + "\"");
  const auto queue = json_of(served_.get("gate/queue"));
  EXPECT_EQ(queue.find("cases")->as_array()->size(), 1u);
  ASSERT_EQ(queue.find("desk")->as_array()->size(), 1u);
  const auto& breach = queue.find("desk")->as_array()->front();
  EXPECT_EQ(breach.text("of"), "breach");
  EXPECT_EQ(breach.text("what"), "late_file");
  EXPECT_EQ(breach.text("next"), "close_breach");
  EXPECT_EQ(*breach.find("overdue"), core::json::Value(true));
  EXPECT_EQ(problem(served_.get("gate/queue?on=31-02-2026")).substr(0, 3), "400");
  EXPECT_EQ(problem(served_.get("gate/queue?day=2026-12-01")).substr(0, 3), "400");
  EXPECT_EQ(problem(served_.post("gate/queue", "")), "405 method_not_allowed");
}

TEST_F(Gate, MandatesAreListedWithWhatWasRenewed) {
  command("renew_papers",
          R"("structure":"@group","client":"@olga","tax_certificate":")" + kDocument + "\"");
  const auto mandates = json_of(served_.get("gate/mandates/@olga"));
  ASSERT_EQ(mandates.find("mandates")->as_array()->size(), 1u);
  const auto& mandate = mandates.find("mandates")->as_array()->front();
  EXPECT_EQ(mandate.text("state"), "active");
  ASSERT_EQ(mandate.find("renewed")->as_array()->size(), 1u);
  EXPECT_EQ(mandate.find("renewed")->as_array()->front().text("tax_certificate"), kDocument);
  EXPECT_EQ(problem(served_.get("gate/mandates/@nora")), "404 unknown_client");
  EXPECT_EQ(problem(served_.post("gate/mandates/@olga", "")), "405 method_not_allowed");
}

TEST_F(Gate, ACellsFormSaysWhatIsSigned) {
  const std::string path = "gate/packs/" + hash_ + "/cells/EU_CYSEC.MAM.PROFESSIONAL";
  const auto unsigned_form = json_of(served_.get(path));
  EXPECT_EQ(unsigned_form.text("cell"), "EU_CYSEC.MAM.PROFESSIONAL");
  EXPECT_FALSE(unsigned_form.find("sources")->as_array()->empty());
  EXPECT_EQ(unsigned_form.find("sign")->text("command"), "sign_off_cell");
  EXPECT_EQ(unsigned_form.find("signed"), nullptr);
  command("sign_off_cell", R"("approver":"@chief","pack":")" + hash_ +
                               R"(","cell":"EU_CYSEC.MAM.PROFESSIONAL","counsel":"@counsel",)"
                               R"("document":")" +
                               kDocument + R"(","valid_until":"2027-05-31")");
  EXPECT_EQ(json_of(served_.get(path)).find("signed")->text("valid_until"), "2027-05-31");
  EXPECT_EQ(problem(served_.get("gate/packs/" + hash_ + "/cells/NO.SUCH")), "404 unknown_cell");
  EXPECT_EQ(problem(served_.get("gate/packs/" + kDocument + "/cells/EU_CYSEC.MAM.RETAIL")),
            "404 unknown_pack");
  EXPECT_EQ(problem(served_.get("gate/packs/abc/cells/EU_CYSEC.MAM.RETAIL")).substr(0, 3), "400");
  EXPECT_EQ(problem(served_.post(path, "")), "405 method_not_allowed");
}

}  // namespace
}  // namespace gateway::http
