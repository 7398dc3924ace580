// The page of a statement: one file that needs nothing from elsewhere.

#include "core/check.h"
#include "reports/html_page.h"
#include "reports/statement.h"
#include "reports/statement_html_tables.h"
#include "reports/statement_labels.h"
#include "reports/statement_style.h"
#include "reports/statement_texts.h"

namespace reports {
namespace {

namespace tables = statement_html_tables;

const Text& model_label(engine::Model model) {
  switch (model) {
    case engine::Model::Pamm:
      return labels::kPool;
    case engine::Model::Mam:
      return labels::kGroup;
    case engine::Model::CopyAutomatic:
    case engine::Model::CopyConfirmed:
      return labels::kCopy;
  }
  core::check_failed("model is one of the four", __FILE__, __LINE__);
}

class Page {
 public:
  Page(const Statement& statement, const Print& print) : s_(statement), print_(print) {}
  std::string whole();

 private:
  void head();
  void header();
  void figures();
  void body();
  void value_section();
  void other_currencies();
  void fee_section();
  void notes();
  void law();
  void evidence();

  void begin_section(const Text& title, std::string_view css_class = "");
  void end_section() { out_ += "</section>\n"; }
  void section(const Text& title, const std::string& content, std::string_view css_class = "");
  void note(const std::string& text) {
    out_ += "<p class=\"note\">" + html_escape(text) + "</p>\n";
  }
  void note(const Text& text) { note(print_.text(text)); }
  void fact(const Text& label, std::string_view value, bool code = false);
  void figure(const Text& label, const std::string& value);
  void item(const std::string& text, bool uncertain);

  const Statement& s_;
  const Print& print_;
  std::string out_;
};

std::string Page::whole() {
  head();
  header();
  figures();
  body();
  notes();
  law();
  evidence();
  out_ += "</main>\n</body>\n</html>\n";
  return std::move(out_);
}

void Page::head() {
  const std::string title = print_.text(s_.profile.title) + " – " + s_.firm;
  out_ += "<!DOCTYPE html>\n<html lang=\"" + std::string(locale_of(s_.language)) + "\">\n<head>\n";
  out_ += "<meta charset=\"utf-8\">\n";
  // Even a flaw in what follows could load or run nothing.
  out_ +=
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n";
  out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out_ += "<meta name=\"robots\" content=\"noindex\">\n";
  out_ += "<title>" + html_escape(title) + "</title>\n<style>" + std::string(kStatementStyle) +
          "</style>\n</head>\n<body>\n<main>\n";
}

void Page::header() {
  out_ += "<header>\n<div>\n<p class=\"firm\">" + html_escape(s_.firm) + "</p>\n<h1>" +
          html_escape(print_.text(s_.profile.title)) + "</h1>\n<p class=\"period\">" +
          html_escape(print_.date(s_.from) + " – " + print_.last_date()) + "</p>\n</div>\n<dl>\n";
  fact(labels::kFirm, s_.firm);
  fact(labels::kAccount, s_.client.hex(), true);
  fact(labels::kStructure, s_.structure.hex(), true);
  fact(labels::kModel, print_.text(model_label(s_.model)));
  fact(labels::kManager, s_.manager.hex(), true);
  fact(labels::kCurrency, s_.currency.code);
  fact(labels::kTimeZone, s_.profile.time_zone);
  fact(labels::kFromUtc, core::to_string(s_.from));
  fact(labels::kToUtc, core::to_string(s_.to));
  out_ += "</dl>\n</header>\n";
  if (!s_.simulated_seed) return;
  out_ += "<p class=\"simulated\" role=\"note\">" + html_escape(print_.text(labels::kSimulated)) +
          "</p>\n";
}

void Page::figures() {
  const Totals& totals = s_.totals;
  out_ +=
      "<dl class=\"figures\" aria-label=\"" + html_escape(print_.text(labels::kSummary)) + "\">\n";
  figure(labels::kOpeningValue, print_.money_in_currency(totals.nav_open));
  figure(labels::kClosingValue, print_.money_in_currency(totals.nav_close));
  figure(labels::kResult, print_.money_in_currency(totals.result));
  figure(labels::kReturn, print_.percent(s_.time_weighted));
  out_ += "</dl>\n";
}

void Page::body() {
  begin_section(labels::kSummary);
  out_ += tables::bridge(s_, print_);
  if (s_.rebased != 0) {
    note(print_.text(labels::kRebased) + " " + print_.money_in_currency(s_.rebased));
  }
  end_section();
  begin_section(labels::kPerformance);
  out_ += tables::performance(s_, print_);
  note(labels::kNetOfFees);
  out_ += tables::sub_periods(s_, print_);
  note(print_.text(labels::kBenchmark) + ": " + print_.text(kNoBenchmark));
  end_section();
  value_section();
  other_currencies();
  section(labels::kFlows, tables::flows(s_, print_));
  fee_section();
  section(labels::kIncomeLines, tables::income(s_, print_));
  if (!s_.adjustments.empty()) section(labels::kAdjustments, tables::adjustments(s_, print_));
  if (!s_.units) section(labels::kPositions, tables::positions(s_, print_));
  if (is_copied(s_)) section(labels::kCopies, tables::copies(s_, print_), "wide");
  section(labels::kTransactions, tables::transactions(s_, print_), "wide");
  section(labels::kCash, tables::cash(s_, print_) + tables::cash_movements(s_, print_));
  section(labels::kValuations, tables::valuations(s_, print_));
  begin_section(labels::kCorporateActions);
  out_ += "<p class=\"none\">" + html_escape(print_.text(labels::kNone)) + "</p>\n";
  end_section();
}

void Page::other_currencies() {
  if (s_.other_currencies.empty()) return;
  begin_section(labels::kOtherCurrencies);
  out_ += tables::other_currencies(s_, print_);
  note(labels::kNotConverted);
  end_section();
}

void Page::value_section() {
  begin_section(labels::kValue);
  out_ += tables::value(s_, print_);
  out_ += tables::units(s_, print_);
  if (s_.units && s_.units->priced) {
    note(print_.text(labels::kUnitPrice) + " (" + print_.time(s_.units->priced->at) + ", #" +
         std::to_string(s_.units->priced->seq) + "): " +
         print_.number(s_.units->price_e8, kUnitPriceScale) + " " + s_.currency.code + " = " +
         print_.money(s_.units->price_equity) + " / " + print_.units(s_.units->price_units));
  }
  if (s_.undistributed != 0) {
    note(print_.text(labels::kNotAttributed) + " " + print_.money_in_currency(s_.undistributed));
  }
  end_section();
}

void Page::fee_section() {
  begin_section(labels::kFees);
  out_ += tables::fees(s_, print_);
  if (s_.units) note(labels::kShareOfPool);
  note(labels::kOnRequest);
  end_section();
}

void Page::notes() {
  begin_section(labels::kNotes);
  if (!s_.profile.notes.empty()) {
    out_ += "<ul>\n";
    for (const Note& note : s_.profile.notes) item(print_.text(note.text), note.uncertain);
    out_ += "</ul>\n";
  }
  note(labels::kNotRecordedTitle);
  out_ += "<ul>\n";
  for (const NotRecorded& missing : kNotRecorded) {
    item(print_.text(missing.reason) + " (" + std::string(missing.listed_in) + ")", false);
  }
  out_ += "</ul>\n";
  end_section();
}

void Page::law() {
  begin_section(labels::kLaw);
  out_ += "<ul>\n";
  for (const Citation& citation : s_.profile.citations) {
    item(print_.text(citation.text) + " – " + std::string(citation.source) + " (" +
             print_.text(labels::kChecked) + " " + core::to_string(citation.checked) + ")",
         citation.uncertain);
  }
  const bool monthly = s_.profile.frequency == Frequency::Monthly;
  item(print_.text(labels::kFrequency) + ": " +
           print_.text(monthly ? labels::kMonthly : labels::kQuarterly) + ". " +
           print_.text(s_.profile.frequency_reason),
       false);
  out_ += "</ul>\n";
  end_section();
}

void Page::evidence() {
  const std::string digest = core::to_hex(core::sha256(core::as_bytes(statement_json(s_))).bytes);
  out_ += "<footer>\n<h2>" + html_escape(print_.text(labels::kEvidence)) + "</h2>\n";
  note(labels::kEvidenceIntro);
  out_ += "<dl>\n";
  fact(labels::kVersion, std::string(kStatementName) + "/" + std::to_string(kStatementVersion) +
                             ", " + std::string(s_.profile.id));
  fact(labels::kRecords, std::to_string(s_.size));
  fact(labels::kRecordedUntil, core::to_string(s_.recorded_until));
  fact(labels::kRoot, core::to_hex(s_.root.bytes), true);
  fact(labels::kJsonDigest, digest, true);
  out_ += "</dl>\n</footer>\n";
}

void Page::begin_section(const Text& title, std::string_view css_class) {
  out_ +=
      css_class.empty() ? "<section>\n" : "<section class=\"" + std::string(css_class) + "\">\n";
  out_ += "<h2>" + html_escape(print_.text(title)) + "</h2>\n";
}

void Page::section(const Text& title, const std::string& content, std::string_view css_class) {
  begin_section(title, css_class);
  out_ += content;
  end_section();
}

void Page::fact(const Text& label, std::string_view value, bool code) {
  out_ += "<dt>" + html_escape(print_.text(label)) + "</dt><dd>";
  out_ += code ? "<code>" + html_escape(value) + "</code>" : html_escape(value);
  out_ += "</dd>\n";
}

void Page::figure(const Text& label, const std::string& value) {
  out_ += "<div><dt>" + html_escape(print_.text(label)) + "</dt><dd>" + html_escape(value) +
          "</dd></div>\n";
}

void Page::item(const std::string& text, bool uncertain) {
  out_ += "<li>" + html_escape(text);
  if (uncertain) {
    out_ += " <span class=\"flag\">" + html_escape(print_.text(labels::kUncertain)) + "</span>";
  }
  out_ += "</li>\n";
}

}  // namespace

core::Result<std::string> statement_html(const Statement& statement) {
  TRY(const Print print, Print::create(statement));
  return Page(statement, print).whole();
}

}  // namespace reports
