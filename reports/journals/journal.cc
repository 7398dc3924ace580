#include "reports/journals/journal.h"

#include <algorithm>
#include <array>
#include <utility>

#include "reports/journals/beancount.h"
#include "reports/journals/ledger_text.h"

namespace reports::journals {
namespace {

constexpr std::array<std::string_view, 4> kFormatNames = {"hledger", "ledger", "beancount",
                                                          "leaves"};

class LeafWriter final : public Writer {
 public:
  explicit LeafWriter(Sink sink) : sink_(std::move(sink)) {}
  core::Result<> write(const ledger::RecordView&, core::ByteView leaf) override {
    return sink_(core::to_hex(leaf) + '\n');
  }
  core::Result<> finish() override { return core::ok(); }

 private:
  Sink sink_;
};

}  // namespace

core::Result<Format> parse_format(std::string_view name) {
  const auto found = std::ranges::find(kFormatNames, name);
  if (found != kFormatNames.end()) return static_cast<Format>(found - kFormatNames.begin());
  return core::invalid("unknown_choice", "format",
                       "Choose one of: hledger, ledger, beancount, leaves.");
}

core::Result<std::unique_ptr<Writer>> make_writer(Format format, const JournalHeader& header,
                                                  const Declarations& declarations, Sink sink) {
  if (format == Format::Leaves) {
    return std::unique_ptr<Writer>(std::make_unique<LeafWriter>(std::move(sink)));
  }
  TRY(auto balances, Balances::make(declarations));
  if (format == Format::Beancount) {
    return make_beancount_writer(header, std::move(balances), std::move(sink));
  }
  return make_ledger_text_writer(format, header, std::move(balances), std::move(sink));
}

}  // namespace reports::journals
