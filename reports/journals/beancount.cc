#include "reports/journals/beancount.h"

#include <utility>

#include "core/fields.h"
#include "ledger/bodies.h"
#include "reports/journals/header.h"

namespace reports::journals {
namespace {

// Without the option a transaction may miss by half a unit of its last digit. The plug-in refuses
// what is not declared, as the other two programs do in their strict modes.
constexpr std::string_view kOptions =
    "option \"inferred_tolerance_multiplier\" \"0\"\n"
    "plugin \"beancount.plugins.check_commodity\"\n\n";

std::string metadata(std::string_view key, std::string_view value) {
  return "  " + std::string(key) + ": " + std::string(value) + '\n';
}

// A commodity of ours has no birthday, yet Beancount wants one: the first day there is.
std::string beancount_declarations(const Balances& balances) {
  std::string out(kOptions);
  for (const auto& [code, scale] : balances.scales()) {
    out += core::to_string(core::kDateMin) + " commodity " + code + '\n';
  }
  return out;
}

class BeancountWriter final : public Writer {
 public:
  BeancountWriter(Balances balances, Sink sink)
      : balances_(std::move(balances)), sink_(std::move(sink)) {}

  core::Result<> write(const ledger::RecordView& record, core::ByteView) override {
    last_date_ = core::utc_date(record.recorded_at);
    std::string out;
    if (record.kind == ledger::kAccountsOpened) {
      TRY(out, openings(record));
    }
    if (!record.postings.empty()) {
      TRY(balances_.add(record));
      out += transaction(record);
    }
    return out.empty() ? core::ok() : sink_(out);
  }

  // Beancount compares at the start of a day, and counts what is below an account to it.
  core::Result<> finish() override {
    TRY(const auto sums, balances_.with_children());
    if (sums.empty()) return core::ok();
    if (last_date_ >= core::kDateMax) {
      return core::overflow("recorded_at", "There is no day after the last to state balances on.");
    }
    const std::string date = core::to_string(core::Date{last_date_.days + 1});
    std::string out = "\n";
    for (const auto& [account, holdings] : sums) {
      for (const auto& [commodity, balance] : holdings) {
        out += date + " balance " + line(account, commodity, balance);
      }
    }
    return sink_(out);
  }

 private:
  // An account opens on its day: with the records, not with the declarations.
  core::Result<std::string> openings(const ledger::RecordView& record) const {
    TRY(const auto body, core::from_cbor<ledger::AccountsOpened>(record.body));
    std::string out = "\n";
    for (const ledger::AccountOpening& opening : body.accounts) {
      out += core::to_string(last_date_) + " open " + beancount_account(opening.path) + '\n';
    }
    return out;
  }

  std::string transaction(const ledger::RecordView& record) const {
    const std::string kind = std::to_string(record.kind);
    std::string out = '\n' + core::to_string(last_date_) + " * \"kind " + kind + "\"\n";
    out += metadata("seq", std::to_string(record.seq)) + metadata("kind", kind);
    out += metadata("effective", core::to_string(core::utc_date(record.effective_at)));
    out += metadata("recorded", '"' + core::to_string(record.recorded_at) + '"');
    out += metadata("batch", std::to_string(record.batch.first_seq));
    if (record.corrects) out += metadata("corrects", std::to_string(*record.corrects));
    for (const ledger::PostingView& posting : record.postings) {
      out += "  " + line(posting.account, posting.commodity, posting.amount);
    }
    return out;
  }

  std::string line(std::string_view account, std::string_view commodity, core::Minor minor) const {
    return beancount_account(account) + "  " + balances_.print(commodity, minor) + ' ' +
           std::string(commodity) + '\n';
  }

  Balances balances_;
  Sink sink_;
  core::Date last_date_;
};

}  // namespace

std::string beancount_account(std::string_view path) {
  std::string out(path);
  bool first = true;
  for (char& c : out) {
    if (first && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    first = c == ':';
  }
  return out;
}

core::Result<std::unique_ptr<Writer>> make_beancount_writer(const JournalHeader& header,
                                                            Balances balances, Sink sink) {
  TRY(sink(header_comment(header, "bean-check FILE") + '\n' + beancount_declarations(balances)));
  return std::unique_ptr<Writer>(
      std::make_unique<BeancountWriter>(std::move(balances), std::move(sink)));
}

}  // namespace reports::journals
