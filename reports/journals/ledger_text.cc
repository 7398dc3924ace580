#include "reports/journals/ledger_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "reports/journals/header.h"

namespace reports::journals {
namespace {

// Both programs test a sum for zero at the decimals of the commodity's declaration, and so let
// 0.004 pass at two. This is the largest scale of any commodity of ours; more would only widen
// reports.
constexpr std::string_view kDeclaredFormat = "1000.00000000 ";

// Ledger refuses tags that it was not told of.
constexpr std::array<std::string_view, 5> kTags = {"seq", "kind", "recorded", "batch", "corrects"};

constexpr std::string_view kCheckHledger =
    "hledger -f FILE check -s ordereddates balancednoautoconversion";
constexpr std::string_view kCheckLedger = "ledger -f FILE --pedantic --explicit balance";

// A commodity as both programs read it: anything but letters needs quotes.
std::string quoted(std::string_view code) {
  const bool plain = std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; });
  return plain ? std::string(code) : '"' + std::string(code) + '"';
}

std::string tag(std::string_view name, std::string_view value) {
  return "    ; " + std::string(name) + ": " + std::string(value) + '\n';
}

// A comment behind an account's name would become part of the name in ledger, hence bare lines.
std::string ledger_declarations(const Balances& balances) {
  std::string out;
  for (const auto& [code, scale] : balances.scales()) {
    out += "commodity " + quoted(code) + "\n    format " + std::string(kDeclaredFormat);
    out += quoted(code) + '\n';
  }
  out += '\n';
  for (const auto& [account, holdings] : balances.own()) out += "account " + account + '\n';
  out += '\n';
  for (const auto name : kTags) out += "tag " + std::string(name) + '\n';
  return out;
}

class LedgerTextWriter final : public Writer {
 public:
  LedgerTextWriter(Balances balances, Sink sink)
      : balances_(std::move(balances)), sink_(std::move(sink)) {}

  core::Result<> write(const ledger::RecordView& record, core::ByteView) override {
    if (record.postings.empty()) return core::ok();
    TRY(balances_.add(record));
    last_date_ = core::utc_date(record.recorded_at);
    std::string out = heading(record);
    for (const ledger::PostingView& posting : record.postings) {
      out += line(posting.account, posting.commodity, posting.amount) + '\n';
    }
    return sink_(out);
  }

  // One last transaction that moves nothing and asserts everything. It comes last in the file and
  // on the last date, so that hledger, which goes by date, and ledger, which goes by place, agree.
  core::Result<> finish() override {
    std::string out = '\n' + core::to_string(last_date_) + " * closing balances\n";
    bool moved = false;
    for (const auto& [account, holdings] : balances_.own()) {
      for (const auto& [commodity, balance] : holdings) {
        moved = true;
        out += line(account, commodity, 0) + " = " + amount(commodity, balance) + '\n';
      }
    }
    return moved ? sink_(out) : core::ok();
  }

 private:
  // The day it was recorded comes first, or a late entry would stand out of order; the day it is
  // effective is the second date.
  std::string heading(const ledger::RecordView& record) const {
    const std::string seq = std::to_string(record.seq);
    const std::string kind = std::to_string(record.kind);
    std::string out = '\n' + core::to_string(last_date_) + '=' +
                      core::to_string(core::utc_date(record.effective_at));
    out += " * (" + seq + ") kind " + kind + '\n';
    out += tag("seq", seq) + tag("kind", kind);
    out += tag("recorded", core::to_string(record.recorded_at));
    out += tag("batch", std::to_string(record.batch.first_seq));
    if (record.corrects) out += tag("corrects", std::to_string(*record.corrects));
    return out;
  }

  std::string line(std::string_view account, std::string_view commodity, core::Minor minor) const {
    return "    " + std::string(account) + "  " + amount(commodity, minor);
  }

  std::string amount(std::string_view commodity, core::Minor minor) const {
    return balances_.print(commodity, minor) + ' ' + quoted(commodity);
  }

  Balances balances_;
  Sink sink_;
  core::Date last_date_;
};

}  // namespace

core::Result<std::unique_ptr<Writer>> make_ledger_text_writer(Format format,
                                                              const JournalHeader& header,
                                                              Balances balances, Sink sink) {
  const auto check = format == Format::Hledger ? kCheckHledger : kCheckLedger;
  TRY(sink(header_comment(header, check) + '\n' + ledger_declarations(balances)));
  return std::unique_ptr<Writer>(
      std::make_unique<LedgerTextWriter>(std::move(balances), std::move(sink)));
}

}  // namespace reports::journals
