// Pay that is worked out for a period: for clients, by shares of revenue, and what volume tiers owe
// the earlier part of a month.

#include <set>

#include "engine/commission/acquisition.h"
#include "engine/commission/amount.h"
#include "engine/commission/bases.h"
#include "engine/lookup.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"
#include "engine/partners/places.h"
#include "engine/partners/top_ups.h"

namespace engine::partners {
namespace {

constexpr std::string_view kOffshoreBook = "offshore";  // Profile of a book.

core::Rational stated_figure(const std::optional<core::Decimal>& value) {
  return value ? commission::exact(*value) : core::Rational();
}

// One command's work; one function for each kind of pay.
class PeriodMaker {
 public:
  PeriodMaker(const Context& context, const AccruePeriod& command)
      : context_(context),
        book_(*context.state.partner_book),
        command_(command),
        effects_(context.effective_at),
        accruals_(context) {}

  Drafts make() {
    TRY(require_partner(context_.state, command_.partner, "partner"));
    TRY(check_days(command_.from, command_.to));
    end_ = core::Instant{core::utc_midnight(command_.to).micros - 1};
    const Assignment* assigned = assignment_at(context_.state, command_.partner, end_);
    if (assigned == nullptr) return no_programme();
    programme_ = assigned->programme;
    version_ = version_at(context_.state, programme_, end_);
    currency_ = book_.programmes.at(programme_).currency;
    TRY(check_clients());
    if (version_->terms.acquisition) {
      for (const ClientPeriod& client : command_.clients) {
        TRY(pay_for(client, *version_->terms.acquisition));
      }
    }
    if (version_->terms.revenue_share) {
      TRY(share_revenue(*version_->terms.revenue_share));
    }
    TRY(add_top_ups(context_, effects_, accruals_, {command_.partner, programme_, end_},
                    command_.from, command_.to));
    auto drafts = effects_.take();
    if (!drafts.empty()) return drafts;
    return core::conflict("nothing_to_accrue", "partner",
                          "His programme pays nothing for this period.");
  }

 private:
  core::Result<> check_client(const ClientPeriod& client) {
    TRY(require_client(context_, client.client));
    const Attribution* brought = attribution_at(context_.state, client.client, end_);
    if (brought == nullptr || brought->partner != command_.partner) {
      return core::conflict("wrong_partner", "client", "This partner did not bring the client.");
    }
    // Source: 2014/65/EU Art. 24(8) and its like in the UK and Australia.
    if (context_.state.managers.contains(command_.partner) &&
        context_.state.genesis.profile != kOffshoreBook &&
        context_.state.clients.at(client.client).category == ClientCategory::Retail) {
      return core::conflict("rebate_to_manager", "client",
                            "Under this profile a manager may not be paid for retail clients.");
    }
    for (const auto* value :
         {&client.lots, &client.bonus, &client.chargebacks, &client.payment_cost}) {
      if (!*value || (*value)->digits >= 0) continue;
      return core::invalid("negative_amount", "clients", "Volume and costs are not below zero.");
    }
    return core::ok();
  }

  core::Result<> check_clients() {
    std::set<core::PartyId> seen;
    for (std::size_t i = 0; i < command_.clients.size(); ++i) {
      const ClientPeriod& client = command_.clients[i];
      const std::string place = "clients: item " + std::to_string(i);
      if (auto checked = check_client(client); !checked) {
        return std::move(checked.error()).within(place);
      }
      if (!seen.insert(client.client).second) {
        return core::invalid("clients", place, "Each client is named once.");
      }
    }
    return core::ok();
  }

  PartnerLineAccrued line(EarnedBy of) const {
    PartnerLineAccrued out;
    out.partner = command_.partner;
    out.of = of;
    out.programme = programme_;
    out.version = version_->version;
    out.currency = currency_;
    return out;
  }

  core::Result<> pay_for(const ClientPeriod& client, const AcquisitionTerms& terms) {
    if (!client.net_deposits) return core::ok();
    if (terms.min_lots && !client.lots) {
      return core::invalid("missing_field", "clients: lots",
                           "The programme asks how active a client is; state his lots.");
    }
    const core::Rational half = terms.hybrid ? core::Rational::of(1, 2).value() : core::Rational(1);
    std::vector<commission::Step> ladder;
    for (const AcquisitionStep& step : terms.ladder) {
      ladder.push_back(
          {commission::exact(step.net_deposits), multiply(commission::exact(step.amount), half)});
    }
    const core::Rational deposits = commission::exact(*client.net_deposits);
    const auto known = book_.acquired.find(client.client);
    const core::Rational paid = partners::exact(known == book_.acquired.end() ? 0 : known->second);
    ClientAcquired body;
    body.partner = command_.partner;
    body.client = client.client;
    body.programme = programme_;
    body.version = version_->version;
    body.net_deposits = *client.net_deposits;
    body.active = stated_figure(client.lots) >= stated_figure(terms.min_lots);
    TRY(body.worth, written(commission::acquisition_due(ladder, deposits, {})));
    TRY(body.paid, written(paid));
    const core::Rational due =
        body.active ? commission::acquisition_due(ladder, deposits, paid) : core::Rational();
    TRY(body.due, written(due));
    effects_.add(body, {}, {client.client.bytes, command_.partner.bytes});
    if (due.sign() == 0) return core::ok();
    acquired_ = add(acquired_, due);
    PartnerLineAccrued out = line(EarnedBy::Acquisition);
    out.amount = body.due;
    out.client = client.client;
    return accruals_.add(effects_, std::move(out));
  }

  core::Result<> share_revenue(const RevenueShareTerms& terms) {
    const Earnings& earnings = earnings_of(context_.state, command_.partner, currency_);
    if (earnings.revenue_until && command_.from < *earnings.revenue_until) {
      return core::conflict("out_of_order", "from", "Revenue is shared from there on already.");
    }
    core::Rational revenue;
    for (const ClientPeriod& client : command_.clients) {
      revenue = add(revenue, commission::net_revenue({stated_figure(client.revenue),
                                                      {},
                                                      {},
                                                      stated_figure(client.bonus),
                                                      stated_figure(client.chargebacks),
                                                      stated_figure(client.payment_cost)}));
    }
    RevenueShared body;
    body.partner = command_.partner;
    body.programme = programme_;
    body.version = version_->version;
    body.from = command_.from;
    body.to = command_.to;
    body.rate = terms.rate;
    body.carried = written(earnings.revenue_carried);
    const auto share =
        commission::revenue_share(revenue, commission::exact(terms.rate),
                                  partners::exact(earnings.revenue_carried), terms.carry_negative);
    core::Rational repaid;
    if (terms.acquisition_first) {
      repaid = commission::repaid(share.earned,
                                  add(partners::exact(earnings.acquisition_unpaid), acquired_));
    }
    TRY(body.revenue, written(revenue));
    TRY(body.earned, written(share.earned));
    TRY(body.repaid, written(repaid));
    TRY(body.carries, written(share.carried));
    effects_.add(body, {}, {command_.partner.bytes});
    PartnerLineAccrued out = line(EarnedBy::RevenueShare);
    TRY(out.amount, written(subtract(share.earned, repaid)));
    return out.amount.digits == 0 ? core::ok() : accruals_.add(effects_, std::move(out));
  }

  const Context& context_;
  const PartnerBook& book_;
  const AccruePeriod& command_;
  Effects effects_;
  Accruals accruals_;
  core::Instant end_;
  ProgrammeId programme_;
  const ProgrammeVersion* version_ = nullptr;
  std::string currency_;
  core::Rational acquired_;  // By this command.
};

}  // namespace

Drafts decide(const Context& context, const AccruePeriod& command) {
  return PeriodMaker(context, command).make();
}

core::Result<> apply(State& state, const ClientAcquired& body, const ledger::RecordView&) {
  PartnerBook& book = *state.partner_book;
  TRY(const auto due, to_accrual(body.due));
  Accrual& paid = book.acquired[body.client];
  TRY(paid, core::add(paid, due));
  const std::string& currency = book.programmes.at(body.programme).currency;
  Accrual& unpaid = book.earnings[body.partner][currency].acquisition_unpaid;
  TRY(unpaid, core::add(unpaid, due));
  return core::ok();
}

core::Result<> apply(State& state, const RevenueShared& body, const ledger::RecordView&) {
  PartnerBook& book = *state.partner_book;
  Earnings& earnings = book.earnings[body.partner][book.programmes.at(body.programme).currency];
  TRY(earnings.revenue_carried, to_accrual(body.carries));
  TRY(const auto repaid, to_accrual(body.repaid));
  TRY(earnings.acquisition_unpaid, core::subtract(earnings.acquisition_unpaid, repaid));
  earnings.revenue_until = body.to;
  return core::ok();
}

}  // namespace engine::partners
