#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "reports/explain/explanation.h"
#include "reports/explain/sources.h"

namespace reports::explain {

// A record being explained: adds the steps of its calculation and what it rests on. Each explain_*
// function takes one and is found by the record's kind in explain.cc.
class Calculation {
 public:
  Calculation(Sources& sources, const ledger::RecordView& record, Explanation& out)
      : sources_(sources), record_(record), out_(out) {}

  Sources& sources() { return sources_; }
  const ledger::RecordView& record() const { return record_; }
  std::uint64_t seq() const { return record_.seq; }

  void set_title(std::string title) { out_.title = std::move(title); }
  // Money from here on is in this currency.
  void set_currency(std::string currency);
  const std::string& currency() const { return currency_; }

  // "400.00 EUR"
  std::string money(core::Minor amount) const;
  // "333.33333334"
  static std::string units(core::Minor amount);
  // "7/3" in smallest units as money, cut off behind six more decimals: "2.333333.. EUR".
  std::string exact(core::Minor numerator, core::Minor denominator) const;

  // What the record says and nothing here can work out.
  void given(std::string what, std::string value);
  // What was worked out, compared with what was recorded.
  void check(std::string what, std::string how, std::string computed, std::string recorded);
  void check_money(std::string what, std::string how, core::Minor computed, core::Minor recorded) {
    check(std::move(what), std::move(how), money(computed), money(recorded));
  }
  void check_units(std::string what, std::string how, core::Minor computed, core::Minor recorded) {
    check(std::move(what), std::move(how), units(computed), units(recorded));
  }
  // What must hold, in words; `recorded` says what does instead.
  void require(bool holds, std::string what, std::string how, std::string recorded);

  void rests_on(std::uint64_t seq, std::string what);

  // What an account holds before this record, debit positive.
  core::Result<core::Minor> balance_before(std::string_view account, std::string_view commodity) {
    return record_.seq == 0 ? core::Result<core::Minor>(core::Minor{0})
                            : sources_.balance_at(account, commodity, record_.seq - 1);
  }
  // What the record posts to an account.
  core::Minor posted(std::string_view account, std::string_view commodity) const;

 private:
  Sources& sources_;
  const ledger::RecordView& record_;
  Explanation& out_;
  std::string currency_;
  unsigned scale_ = 0;
};

template <class Body>
core::Result<Body> body_of(const Calculation& calculation) {
  return core::from_cbor<Body>(calculation.record().body);
}

// Calls `visit` with every earlier record of one kind that concerns a subject, newest first.
template <class Body>
core::Result<> each_before(Calculation& calculation, const ledger::SubjectId& subject,
                           const std::function<void(const Body&)>& visit) {
  std::uint64_t seq = calculation.seq();
  while (true) {
    TRY(const auto found, find_body<Body>(calculation.sources(), subject, Direction::Before, seq,
                                          [](const Body&) { return true; }));
    if (!found) return core::ok();
    visit(found->body);
    seq = found->seq;
  }
}

// The same fraction, whatever its terms. Errors: Overflow.
core::Result<bool> same_fraction(core::Minor a, core::Minor b, core::Minor c, core::Minor d);

}  // namespace reports::explain
