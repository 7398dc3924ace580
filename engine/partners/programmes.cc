// Who is paid by what: programmes, places in the tree, clients.

#include <algorithm>
#include <set>

#include "engine/accounts.h"
#include "engine/commission/amount.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"
#include "engine/partners/legs.h"
#include "engine/partners/places.h"
#include "engine/partners/terms.h"

namespace engine::partners {
namespace {

core::Error retroactive(std::string field) {
  return core::conflict("retroactive", std::move(field),
                        "Deals from then on have paid by what stood before; reverse them first, or "
                        "begin later.");
}

template <class Entry>
core::Result<> check_order(const std::vector<Entry>& entries, core::Instant from) {
  if (entries.empty() || entries.back().from < from) return core::ok();
  return core::conflict("out_of_order", "from", "It must begin after what is in force last.");
}

// True if a deal that was attributed at or after `from` stands and `concerns` it.
template <class Concerns>
bool has_deal_since(const State& state, core::Instant from, const Concerns& concerns) {
  for (const auto& [key, deal] : state.partner_book->deals) {
    if (deal.reversed || deal.attributed_at < from) continue;
    if (concerns(deal)) return true;
  }
  return false;
}

// The latest deal that paid him says at once that there is none, as a rule.
bool has_paid_since(const State& state, const core::PartyId& partner, core::Instant from) {
  const auto latest = state.partner_book->latest.find(partner);
  if (latest == state.partner_book->latest.end() || latest->second < from) return false;
  return has_deal_since(state, from, [&](const PartnerDealStanding& deal) {
    for (const StandingLeg& leg : deal.legs) {
      if (std::ranges::find(leg.chain, partner) != leg.chain.end()) return true;
    }
    return false;
  });
}

bool has_used_since(const State& state, const ProgrammeId& programme, core::Instant from) {
  return has_deal_since(state, from, [&](const PartnerDealStanding& deal) {
    for (const StandingLeg& leg : deal.legs) {
      if (leg.programme == programme) return true;
    }
    return false;
  });
}

// True if a chain from the partner up could reach the other at any time from then on.
bool stands_below(const State& state, const core::PartyId& partner, const core::PartyId& above,
                  core::Instant from) {
  std::vector<core::PartyId> open{partner};
  std::set<core::PartyId> seen;
  while (!open.empty()) {
    const core::PartyId next = open.back();
    open.pop_back();
    if (next == above) return true;
    if (!seen.insert(next).second) continue;
    const auto place = state.partner_book->places.find(next);
    if (place == state.partner_book->places.end()) continue;
    const auto& parents = place->second.parents;
    for (std::size_t i = 0; i < parents.size(); ++i) {
      const bool over = i + 1 < parents.size() && parents[i + 1].from <= from;
      if (!over && parents[i].parent) open.push_back(*parents[i].parent);
    }
  }
  return false;
}

// The first day of the window that ends before `to`; the month counts from 1 on.
// Errors: InvalidInput/period for a day that no window ends before.
core::Result<core::Date> begin_of(EvaluationWindow window, core::Date to) {
  const std::uint64_t month = month_of(to);
  const std::uint64_t months = window == EvaluationWindow::Month ? 1 : 3;
  const bool ends = core::to_string(to).ends_with("-01") && (month % 100 - 1) % months == 0;
  if (!ends) return core::invalid("period", "to", "Name the first day after a window.");
  const bool january = month % 100 == 1;
  return first_of(january ? month - 100 + 12 - months : month - months);
}

// Of his own clients, in months from the first to the last.
core::Result<Accrual> lots_of(const PartnerBook& book, const core::PartyId& partner,
                              const ProgrammeId& programme, core::Date from, core::Date to) {
  Accrual lots = 0;
  const auto windows = book.windows.find(partner);
  if (windows == book.windows.end()) return lots;
  const auto months = windows->second.find(programme);
  if (months == windows->second.end()) return lots;
  for (auto month = months->second.lower_bound(month_of(from));
       month != months->second.end() && month->first < month_of(to); ++month) {
    TRY(lots, core::add(lots, month->second.lots));
  }
  return lots;
}

// The last step that begins at or below a figure; the first if none does.
std::uint64_t step_at(const std::vector<EvaluationStep>& steps,
                      core::Decimal EvaluationStep::*figure, const core::Rational& value) {
  std::uint64_t step = 0;
  for (std::uint64_t i = 0; i < steps.size(); ++i) {
    if (commission::exact(steps[i].*figure) <= value) step = i;
  }
  return step;
}

core::Result<PartnerEvaluated> evaluation_of(const State& state, const EvaluatePartner& command) {
  const PartnerBook& book = *state.partner_book;
  const core::Instant end{core::utc_midnight(command.to).micros - 1};
  const Assignment* assigned = assignment_at(state, command.partner, end);
  if (assigned == nullptr) return no_programme();
  const Assignment& last = book.places.at(command.partner).assignments.back();
  if (last.programme != assigned->programme) return no_programme();
  const ProgrammeVersion& version = *version_at(state, assigned->programme, end);
  const auto& terms = version.terms.evaluation;
  if (!terms) {
    return core::conflict("no_evaluation", "partner",
                          "His programme sets no shares by volume; publish a version that does.");
  }
  PartnerEvaluated body;
  body.evaluation = command;
  body.programme = assigned->programme;
  body.version = version.version;
  TRY(body.from, begin_of(terms->window, command.to));
  TRY(const auto lots, lots_of(book, command.partner, body.programme, body.from, command.to));
  body.lots = written(lots);
  body.share_before = last.share;
  body.reached = step_at(terms->steps, &EvaluationStep::lots, exact(lots));
  body.before = step_at(terms->steps, &EvaluationStep::share, commission::exact(last.share));
  body.after = std::max(body.before, body.reached);
  if (body.reached < body.before && terms->demotes) body.after = body.before - 1;
  body.share = body.after == body.before ? last.share : terms->steps[body.after].share;
  return body;
}

}  // namespace

Drafts decide(const Context& context, const PublishProgramme& command) {
  TRY(check_currency(command.currency, "currency"));
  if (auto checked = check_terms(context.state, command.terms, command.currency); !checked) {
    return std::move(checked.error()).within("terms");
  }
  ProgrammePublished body{command, 1};
  const auto& programmes = context.state.partner_book->programmes;
  if (const auto known = programmes.find(command.programme); known != programmes.end()) {
    if (known->second.currency != command.currency) {
      return core::conflict("programme_currency", "currency",
                            "All versions of a programme are in one currency.");
    }
    TRY(check_order(known->second.versions, command.from));
    if (has_used_since(context.state, command.programme, command.from)) return retroactive("from");
    body.version = known->second.versions.back().version + 1;
  }
  Effects effects(context.effective_at);
  effects.add(body, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const AssignProgramme& command) {
  const State& state = context.state;
  TRY(require_partner(state, command.partner, "partner"));
  const auto programme = state.partner_book->programmes.find(command.programme);
  if (programme == state.partner_book->programmes.end()) {
    return core::not_found("unknown_programme", "programme", "Publish the programme first.");
  }
  if (programme->second.versions.front().from > command.from) {
    return core::conflict("programme_period", "from", "The programme is not in force yet then.");
  }
  if (command.share) {
    TRY(check_rate(*command.share, 1, "share"));
  }
  if (const auto place = state.partner_book->places.find(command.partner);
      place != state.partner_book->places.end()) {
    TRY(check_order(place->second.assignments, command.from));
  }
  if (has_paid_since(state, command.partner, command.from)) return retroactive("from");
  Effects effects(context.effective_at);
  open_states(context, command.partner, effects);
  effects.add(ProgrammeAssigned{command}, {}, {command.partner.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const EvaluatePartner& command) {
  const State& state = context.state;
  TRY(require_partner(state, command.partner, "partner"));
  TRY(auto body, evaluation_of(state, command));
  if (context.now < core::utc_midnight(command.to)) {
    return core::conflict("window_open", "to", "The window is not over yet.");
  }
  if (command.from < core::utc_midnight(command.to)) {
    return core::invalid("period", "from", "His share is set from the end of the window on.");
  }
  const PartnerPlace& place = state.partner_book->places.at(command.partner);
  if (place.evaluated_to && command.to <= *place.evaluated_to) {
    return core::conflict("evaluated", "to", "This window has set his share already.");
  }
  TRY(check_order(place.assignments, command.from));
  if (has_paid_since(state, command.partner, command.from)) return retroactive("from");
  Effects effects(context.effective_at);
  effects.add(body, {}, {command.partner.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const SetPartnerParent& command) {
  const State& state = context.state;
  TRY(require_partner(state, command.partner, "partner"));
  if (command.parent) {
    TRY(require_partner(state, *command.parent, "parent"));
    if (stands_below(state, *command.parent, command.partner, command.from)) {
      return core::conflict("partner_cycle", "parent",
                            "This partner stands below the other already; a tree has no circles.");
    }
  }
  if (const auto place = state.partner_book->places.find(command.partner);
      place != state.partner_book->places.end()) {
    TRY(check_order(place->second.parents, command.from));
  }
  if (has_paid_since(state, command.partner, command.from)) return retroactive("from");
  Effects effects(context.effective_at);
  Subjects subjects{command.partner.bytes};
  if (command.parent) subjects.push_back(command.parent->bytes);
  effects.add(PartnerParentSet{command}, {}, std::move(subjects));
  return effects.take();
}

Drafts decide(const Context& context, const AttributeClient& command) {
  const State& state = context.state;
  TRY(require_client(context, command.client));
  TRY(require_partner(state, command.partner, "partner"));
  if (const auto known = state.partner_book->clients.find(command.client);
      known != state.partner_book->clients.end()) {
    TRY(check_order(known->second, command.from));
  }
  // Who has no day earned nobody anything; this spares a walk over all deals of the book.
  const bool counted = state.partner_book->client_days.contains(command.client);
  if (counted && has_deal_since(state, command.from, [&](const PartnerDealStanding& deal) {
        return deal.client == command.client && !deal.legs.empty();
      })) {
    return retroactive("from");
  }
  Effects effects(context.effective_at);
  effects.add(ClientAttributed{command}, {}, {command.client.bytes, command.partner.bytes});
  return effects.take();
}

void apply(State& state, const ProgrammePublished& body, const ledger::RecordView&) {
  Programme& programme = state.partner_book->programmes[body.programme.programme];
  programme.currency = body.programme.currency;
  programme.versions.push_back({body.programme.from, body.programme.terms, body.version});
}

void apply(State& state, const ProgrammeAssigned& body, const ledger::RecordView&) {
  const AssignProgramme& assigned = body.assignment;
  state.partner_book->places[assigned.partner].assignments.push_back(
      {assigned.from, assigned.programme, assigned.share.value_or(core::Decimal{1, 0})});
}

void apply(State& state, const PartnerEvaluated& body, const ledger::RecordView&) {
  PartnerPlace& place = state.partner_book->places[body.evaluation.partner];
  place.evaluated_to = body.evaluation.to;
  if (body.after == body.before) return;
  place.assignments.push_back({body.evaluation.from, body.programme, body.share});
}

void apply(State& state, const PartnerParentSet& body, const ledger::RecordView&) {
  state.partner_book->places[body.link.partner].parents.push_back(
      {body.link.from, body.link.parent});
}

void apply(State& state, const ClientAttributed& body, const ledger::RecordView&) {
  const AttributeClient& attributed = body.attribution;
  state.partner_book->clients[attributed.client].push_back(
      {attributed.from, attributed.partner, attributed.self});
}

}  // namespace engine::partners
