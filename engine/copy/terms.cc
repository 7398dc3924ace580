// Subscriptions' terms, and the master account's money.

#include "engine/copy/asks.h"
#include "engine/copy/decide.h"
#include "engine/copy/find.h"
#include "engine/copy/measure.h"
#include "engine/copy/sizing.h"
#include "engine/money.h"

namespace engine::copy {
namespace {

constexpr std::uint64_t kConfirmSecondsMax = 7 * 24 * 60 * 60;

core::Result<> check_positive(const std::optional<core::Decimal>& value, std::string_view field) {
  if (!value || value->digits > 0) return core::ok();
  return core::invalid("not_positive", std::string(field), "It must be above zero.");
}

core::Result<> check_sizing(const CopyTerms& terms) {
  const bool proportional = is_proportional(terms.sizing);
  if (proportional && terms.parameter) {
    return core::invalid("unused_field", "parameter", "A proportional sizing uses `ratio`.");
  }
  if (!proportional && terms.ratio) {
    return core::invalid("unused_field", "ratio", "This sizing uses `parameter`.");
  }
  if (!proportional && !terms.parameter) {
    return core::invalid("missing_field", "parameter",
                         "Give the lots, the multiplier or the part of equity at risk.");
  }
  TRY(check_positive(terms.ratio, "ratio"));
  TRY(check_positive(terms.parameter, "parameter"));
  if (terms.sizing == CopySizing::FixedRisk) {
    TRY(check_rate(*terms.parameter, 1, "parameter"));
  }
  if (terms.leverage_guard && !terms.leverage) {
    return core::invalid("missing_field", "leverage", "The guard compares it with the master's.");
  }
  TRY(check_positive(terms.leverage, "leverage"));
  // Its rungs are of the ratio to the master's lots, and these follow none: a larger signal would
  // give a smaller copy.
  if (terms.rounding != CopyRounding::Mql5Ladder || proportional ||
      terms.sizing == CopySizing::Multiplier) {
    return core::ok();
  }
  return core::invalid("rounding", "rounding", "The ladder is for sizes in proportion.");
}

core::Result<> check_caps(const CopyTerms& terms) {
  TRY(check_positive(terms.max_ratio, "max_ratio"));
  TRY(check_positive(terms.max_lots, "max_lots"));
  TRY(check_positive(terms.max_exposure, "max_exposure"));
  TRY(check_positive(terms.max_margin, "max_margin"));
  return core::ok();
}

core::Result<> check_stops(const CopyTerms& terms) {
  TRY(check_positive(terms.soft_stop, "soft_stop"));
  TRY(check_positive(terms.hard_stop, "hard_stop"));
  if (terms.soft_stop) {
    TRY(check_rate(*terms.soft_stop, 1, "soft_stop"));
  }
  if (terms.hard_stop) {
    TRY(check_rate(*terms.hard_stop, 1, "hard_stop"));
  }
  if (!terms.confirm_seconds ||
      (*terms.confirm_seconds > 0 && *terms.confirm_seconds <= kConfirmSecondsMax)) {
    return core::ok();
  }
  return core::invalid("confirm_seconds", "confirm_seconds",
                       "An offer stands for a second to a week.");
}

// No copies first, then all closed.
core::Result<> check_order_of_stops(const CopyTerms& terms) {
  if (!terms.soft_stop || !terms.hard_stop) return core::ok();
  TRY(const auto soft, core::to_minor(*terms.soft_stop, core::kScaleMax));
  TRY(const auto hard, core::to_minor(*terms.hard_stop, core::kScaleMax));
  if (hard <= soft) return core::ok();
  return core::invalid("stop_levels", "hard_stop", "The hard stop lies at or below the soft one.");
}

core::Result<> check_terms(const CopyTerms& terms) {
  TRY(check_sizing(terms));
  TRY(check_caps(terms));
  TRY(check_stops(terms));
  return check_order_of_stops(terms);
}

}  // namespace

Drafts decide(const Context& context, const SetCopyTerms& command) {
  TRY(const TradingAccount* account, find_copy_account(context, command.account));
  const std::string& currency = currency_of(context, *account);
  if (auto checked = check_terms(command.terms); !checked) {
    return std::move(checked.error()).within("terms");
  }
  TRY(const trading::Money money, trading::money_of(context, command.account, *account));
  core::Minor base = money.equity;
  if (command.terms.base) {
    TRY(base, positive_money(*command.terms.base, currency, "base"));
  }
  if (base <= 0) {
    return core::conflict("no_equity", "account",
                          "Fund the account first: stops and sizes are measured from its money.");
  }
  const auto before = context.state.copy->subscriptions.find(command.account);
  const std::uint64_t version =
      before == context.state.copy->subscriptions.end() ? 1 : before->second.version + 1;
  Effects effects(context.effective_at);
  effects.add(
      CopyTermsSet{command, account->structure, account->client, version, base, money.balance}, {},
      {account->client.bytes, account->structure.bytes});
  // They were sized by the old terms.
  end_offers(context, OfferEnd::Withdrawn, offers_to(context, command.account), effects);
  return effects.take();
}

Drafts decide(const Context& context, const ValueMaster& command) {
  TRY(const Structure* structure, find_copy_structure(context, command.structure));
  const std::string currency = command.currency.value_or(structure->currency);
  TRY(signed_money(command.equity, currency, "equity"));
  if (command.balance) {
    TRY(signed_money(*command.balance, currency, "balance"));
  }
  if (command.free_margin) {
    TRY(signed_money(*command.free_margin, currency, "free_margin"));
  }
  TRY(check_positive(command.leverage, "leverage"));
  const auto master = context.state.copy->masters.find(command.structure);
  auto mode = PositionMode::Netting;
  if (master != context.state.copy->masters.end() && master->second.value) {
    mode = master->second.value->mode;
  }
  Effects effects(context.effective_at);
  effects.add(MasterValued{command, currency, command.mode.value_or(mode)}, {},
              {command.structure.bytes});
  return effects.take();
}

void apply(State& state, const CopyTermsSet& body, const ledger::RecordView&) {
  CopySubscription& subscription = state.copy->subscriptions[body.terms.account];
  subscription.terms = body.terms.terms;
  subscription.version = body.version;
  subscription.base = body.base;
  subscription.balance = body.balance;
  subscription.results = 0;
  subscription.stop = CopyStop::None;
}

void apply(State& state, const MasterValued& body, const ledger::RecordView&) {
  state.copy->masters[body.value.structure].value = body;
}

}  // namespace engine::copy
