// Copy trading: sizes, what is asked to be closed, and results.

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/copy/sizing.h"
#include "engine/copy_event_records.h"
#include "engine/copy_records.h"
#include "engine/currency/rates.h"
#include "reports/explain/kinds.h"
#include "reports/explain/own_currency.h"

namespace reports::explain {
namespace {

namespace accounts = engine::accounts;
using engine::CopySize;
using engine::CopySized;

std::string print_lots(core::Minor volume) {
  return core::to_string(core::to_decimal(volume, engine::kLotScale)) + " lots";
}

std::string print_stage(const std::optional<engine::ExactAmount>& lots) {
  if (!lots) return "not reached";
  if (lots->denominator == 1) return core::to_string(lots->numerator) + " lots";
  return core::to_string(lots->numerator) + "/" + core::to_string(lots->denominator) + " lots";
}
std::string print_stage(const std::optional<core::Minor>& steps) {
  return steps ? core::to_string(*steps) + " steps" : "not reached";
}

template <class Value>
std::string print_choice(Value value) {
  return std::string(core::EnumNames<Value>::names[static_cast<std::size_t>(value)]);
}

// The signal that is copied, and the terms by which.
core::Result<> rest_on_signal(Calculation& calculation, const core::StructureId& structure,
                              const std::string& signal, const core::Decimal& lots) {
  TRY(const auto found, find_body<engine::SignalRecorded>(
                            calculation.sources(), ledger::SubjectId(structure.bytes),
                            Direction::Before, calculation.seq(), [&](const auto& body) {
                              return body.signal.signal == signal && body.after > body.before;
                            }));
  if (!found) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The records have no signal that this one rests on.");
  }
  calculation.rests_on(found->seq, "the signal of the master's account");
  calculation.check("the master's lots", "the signal's", print_lots(found->body.volume),
                    core::to_string(lots) + " lots");
  return core::ok();
}

core::Result<> rest_on_terms(Calculation& calculation, const CopySized& body) {
  TRY(const auto found,
      find_body<engine::CopyTermsSet>(
          calculation.sources(), ledger::SubjectId(body.client.bytes), Direction::Before,
          calculation.seq(), [&](const auto& one) { return one.terms.account == body.account; }));
  if (!found) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The records have no copy terms that this one rests on.");
  }
  calculation.rests_on(found->seq, "the subscription's terms");
  calculation.check("version of the terms", "the last one set", std::to_string(found->body.version),
                    std::to_string(body.terms_version));
  calculation.require(core::to_cbor(found->body.terms.terms) == core::to_cbor(body.facts.terms),
                      "the terms", "as they were set", "others");
  return core::ok();
}

// Money that the size follows, where the books have it.
core::Result<> check_basis(Calculation& calculation, const CopySized& body) {
  const auto sizing = body.facts.terms.sizing;
  const bool with_floating = sizing == engine::CopySizing::Equity;
  if (!body.facts.basis || (!with_floating && sizing != engine::CopySizing::Balance)) {
    return core::ok();
  }
  TRY(const auto currency,
      account_currency(calculation, body.structure, body.client, body.account));
  TRY(auto held,
      calculation.balance_before(accounts::account_balance(body.client, body.account), currency));
  if (with_floating) {
    TRY(const auto floating, calculation.balance_before(
                                 accounts::account_floating(body.client, body.account), currency));
    held += floating;
  }
  const auto scale = core::currency_scale(currency).value();
  calculation.check("the subscription's own money",
                    with_floating ? "balance + floating in the books" : "balance in the books",
                    core::to_string(core::to_decimal(-held, scale)),
                    core::to_string(*body.facts.basis));
  return core::ok();
}

void check_stages(Calculation& calculation, const engine::CopyFacts& facts,
                  const engine::copy::Sized& sized, const CopySize& recorded) {
  const CopySize& size = sized.size;
  const auto check = [&](const char* what, const char* how, const auto& computed,
                         const auto& told) {
    if (!computed && !told) return;
    calculation.check(what, how, print_stage(computed), print_stage(told));
  };
  calculation.given("sizing", print_choice(facts.terms.sizing));
  check("raw size", "by the sizing, on the recorded facts", size.raw, recorded.raw);
  check("after the leverage guard", "x the smaller of 1 and own / master's leverage", size.guarded,
        recorded.guarded);
  check("on the ladder", "the ratio down to its rung", size.laddered, recorded.laddered);
  check("after max_ratio", "at most max_ratio x the master's lots", size.after_ratio,
        recorded.after_ratio);
  check("after max_lots", "at most max_lots", size.after_max_lots, recorded.after_max_lots);
  const auto limited = [&](const char* what, const std::optional<std::uint64_t>& times) {
    if (times) calculation.given(what, std::to_string(*times) + " times the equity");
  };
  limited("leverage that the mandate agreed", facts.agreed_leverage);
  limited("leverage by the rules for the asset class", facts.class_leverage);
  check("after max_exposure, max_margin and leverage", "at most what they leave",
        size.after_exposure, recorded.after_exposure);
  check("in lot steps", "rounded as the terms say, within the caps", size.rounded,
        recorded.rounded);
  check("after the smallest volume", "kept, or raised to it", size.at_least, recorded.at_least);
  check("after the largest ticket", "at most the broker's", size.steps, recorded.steps);
}

core::Result<> explain_size(Calculation& calculation, const CopySized& body) {
  TRY(rest_on_signal(calculation, body.structure, body.signal, body.facts.master_lots));
  TRY(rest_on_terms(calculation, body));
  TRY(check_basis(calculation, body));
  const auto sized = engine::copy::size_of(body.facts);
  check_stages(calculation, body.facts, sized, body.size);
  calculation.check("size", "steps x the lot step", print_lots(sized.volume),
                    print_lots(body.volume));
  return core::ok();
}

// What a copy was filled, by the records before this one.
core::Result<core::Minor> filled_before(Calculation& calculation,
                                        const engine::CopyCloseAsked& body) {
  core::Minor filled = 0;
  TRY(each_before<engine::CopyFilled>(
      calculation, ledger::SubjectId(body.client.bytes), [&](const auto& one) {
        if (one.fill.account == body.account && one.lineage == body.lineage &&
            one.structure == body.structure) {
          filled += one.volume;
        }
      }));
  TRY(each_before<engine::CopyAmended>(
      calculation, ledger::SubjectId(body.client.bytes), [&](const auto& one) {
        if (one.amended.fill && one.amended.account == body.account &&
            one.lineage == body.lineage && one.structure == body.structure) {
          filled += one.volume_change;
        }
      }));
  TRY(each_before<engine::CopySplitAllocated>(
      calculation, ledger::SubjectId(body.client.bytes), [&](const auto& one) {
        if (one.account == body.account && one.lineage == body.lineage &&
            one.structure == body.structure) {
          filled += one.after - one.before;
        }
      }));
  return filled;
}

}  // namespace

core::Result<> explain_copy_sized(Calculation& calculation) {
  TRY(const auto body, body_of<CopySized>(calculation));
  calculation.set_title("a copy of " + print_lots(body.volume));
  return explain_size(calculation, body);
}

core::Result<> explain_copy_offered(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CopyOffered>(calculation));
  calculation.set_title("a copy of " + print_lots(body.sized.volume) + ", offered to the client");
  calculation.given("it stands until", core::to_string(body.expires_at));
  return explain_size(calculation, body.sized);
}

core::Result<> explain_copy_skipped(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CopySkipped>(calculation));
  calculation.set_title("a signal that was not copied: " + print_choice(body.reason));
  if (!body.facts) {
    calculation.given("reason", print_choice(body.reason));
    return core::ok();
  }
  TRY(rest_on_signal(calculation, body.structure, body.signal, body.facts->master_lots));
  if (!body.size) {
    calculation.given("reason", print_choice(body.reason));
    return core::ok();
  }
  const auto sized = engine::copy::size_of(*body.facts);
  check_stages(calculation, *body.facts, sized, *body.size);
  calculation.check("reason", "by the recorded facts",
                    sized.skip ? print_choice(*sized.skip) : "it would be copied",
                    print_choice(body.reason));
  return core::ok();
}

core::Result<> explain_copy_close_asked(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CopyCloseAsked>(calculation));
  calculation.set_title("a demand to close " + print_lots(body.volume) + " of a copy");
  calculation.given("because of", print_choice(body.reason));
  TRY(const auto filled, filled_before(calculation, body));
  calculation.check("filled so far", "the copy's fills, as amended and split", print_lots(filled),
                    print_lots(body.filled));
  calculation.given("what it may hold", print_lots(body.kept));
  calculation.check("to close",
                    print_lots(body.filled) + " filled - " + print_lots(body.asked) +
                        " asked before - " + print_lots(body.kept) + " kept",
                    print_lots(body.filled - body.asked - body.kept), print_lots(body.volume));
  return core::ok();
}

core::Result<> explain_copy_closed(Calculation& calculation) {
  TRY(const auto body, body_of<engine::CopyClosed>(calculation));
  TRY(const auto currency,
      account_currency(calculation, body.structure, body.client, body.close.account));
  calculation.set_title("a close of " + print_lots(body.volume) + " of a copy");
  if (body.rate) {
    TRY(check_told(calculation, "profit", body.close.profit, *body.rate, body.profit));
    TRY(check_told(calculation, "swap", body.close.swap, *body.rate, body.swap));
    TRY(check_told(calculation, "commission", body.close.commission, *body.rate, body.commission));
  }
  const core::Minor result = body.profit + body.swap + body.commission;
  calculation.check_money(
      "result", "profit + swap + commission",
      -calculation.posted(accounts::account_balance(body.client, body.close.account), currency),
      result);
  return core::ok();
}

}  // namespace reports::explain
