#include "engine/gate/endings.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/gate/pack.h"

namespace engine::gate {
namespace {

constexpr std::uint64_t kAgeDefault = 1;

using Newest = std::map<std::pair<std::string_view, std::string_view>, std::uint64_t>;

// The record of the newest answer with something in it, by source and reference: it has taken the
// place of those before it.
Newest newest_of(const std::vector<HeldEvidence>& all) {
  Newest out;
  for (const HeldEvidence& held : all) {
    if (held.evidence.asked != Asked::Found) continue;
    std::uint64_t& seq = out[{held.evidence.source, held.evidence.reference}];
    seq = std::max(seq, held.seq);
  }
  return out;
}

bool is_replaced(const Newest& newest, const HeldEvidence& held) {
  const auto found = newest.find({held.evidence.source, held.evidence.reference});
  return found != newest.end() && held.seq < found->second;
}

void add_evidence_ends(const std::vector<HeldEvidence>& all,
                       const std::optional<core::PartyId>& party, std::vector<Ending>& out) {
  const Newest newest = newest_of(all);
  for (const HeldEvidence& held : all) {
    const Evidence& evidence = held.evidence;
    if (!evidence.expires || is_replaced(newest, held)) continue;
    out.push_back({EndingOf::Evidence,
                   held.seq,
                   *evidence.expires,
                   evidence.source + " " + evidence.reference,
                   party,
                   {}});
  }
}

void add_signature_ends(const GateBook& book, std::vector<Ending>& out) {
  std::set<std::pair<core::Hash, std::string>> seen;
  std::vector<Ending> newest;
  for (auto one = book.sign_offs.rbegin(); one != book.sign_offs.rend(); ++one) {
    if (!seen.emplace(one->signed_off.pack, one->signed_off.cell).second) continue;
    newest.push_back(
        {EndingOf::Signature, one->seq, one->signed_off.valid_until, one->signed_off.cell, {}, {}});
  }
  out.insert(out.end(), newest.rbegin(), newest.rend());
}

void add_mandate_ends(const MandateEnds& ends, const core::StructureId& structure,
                      const core::PartyId& client, std::vector<Ending>& out) {
  const auto add = [&](EndingOf of, std::uint64_t seq, const std::optional<core::Date>& day) {
    if (day) out.push_back({of, seq, *day, "", client, structure});
  };
  add(EndingOf::Mandate, ends.seq, ends.mandate);
  add(EndingOf::Suitability, ends.assessed_seq.value_or(ends.seq), ends.suitability);
}

const std::vector<HeldEvidence>& evidence_of(const GateBook& book,
                                             const std::optional<core::PartyId>& party) {
  static const std::vector<HeldEvidence> kNone;
  if (!party) return book.of_firm;
  const auto held = book.of_party.find(*party);
  return held == book.of_party.end() ? kNone : held->second;
}

std::uint64_t days_of(const RulePack& pack, const std::string& source) {
  const auto age = std::ranges::find(pack.ages, source, &SourceAge::source);
  return age == pack.ages.end() ? kAgeDefault : age->days_max;
}

void add_rechecks(const RulePack& pack, const std::vector<HeldEvidence>& all,
                  const std::optional<core::PartyId>& party, std::vector<Recheck>& out) {
  const Newest newest = newest_of(all);
  for (const HeldEvidence& held : all) {
    const Evidence& evidence = held.evidence;
    if (held.captured || evidence.asked == Asked::CouldNotAsk || is_replaced(newest, held))
      continue;
    const core::Date answered = core::utc_date(evidence.answered_at.value_or(held.recorded_at));
    const core::Date due{answered.days + static_cast<std::int32_t>(days_of(pack, evidence.source))};
    out.push_back({held.seq, evidence.source, evidence.reference, due, party});
  }
}

}  // namespace

std::string_view name_of(EndingOf of) {
  switch (of) {
    case EndingOf::Evidence:
      return "evidence";
    case EndingOf::Signature:
      return "signature";
    case EndingOf::Mandate:
      return "mandate";
    case EndingOf::Suitability:
      break;
  }
  return "suitability";
}

std::vector<Ending> endings(const State& state) {
  const GateBook& book = *state.gate;
  std::vector<Ending> out;
  add_evidence_ends(book.of_firm, {}, out);
  for (const auto& [party, all] : book.of_party) add_evidence_ends(all, party, out);
  add_signature_ends(book, out);
  for (const auto& [structure, clients] : book.mandate_ends) {
    for (const auto& [client, ends] : clients) add_mandate_ends(ends, structure, client, out);
  }
  return out;
}

std::vector<Ending> endings_of(const GateBook& book, const AgendaItem& item) {
  std::vector<Ending> out;
  if (item.signatures) {
    add_signature_ends(book, out);
  } else if (!item.structure) {
    add_evidence_ends(evidence_of(book, item.party), item.party, out);
  } else if (const auto clients = book.mandate_ends.find(*item.structure);
             clients != book.mandate_ends.end()) {
    const auto ends = clients->second.find(*item.party);
    if (ends != clients->second.end()) {
      add_mandate_ends(ends->second, *item.structure, *item.party, out);
    }
  }
  return out;
}

std::vector<Recheck> rechecks(const State& state, core::Instant now) {
  const GateBook& book = *state.gate;
  const AdoptedPack* adopted = pack_on(book, core::utc_date(now));
  std::vector<Recheck> out;
  if (adopted == nullptr) return out;
  add_rechecks(adopted->pack, book.of_firm, {}, out);
  for (const core::PartyId& manager : book.watched) {
    add_rechecks(adopted->pack, evidence_of(book, manager), manager, out);
  }
  return out;
}

std::vector<Recheck> rechecks_of(const GateBook& book, const RulePack& pack,
                                 const std::optional<core::PartyId>& party) {
  std::vector<Recheck> out;
  if (party && !book.watched.contains(*party)) return out;
  add_rechecks(pack, evidence_of(book, party), party, out);
  std::erase_if(out, [&](const Recheck& one) { return book.rechecks.contains(one.seq); });
  return out;
}

const AdoptedPack* pack_on(const GateBook& book, core::Date day) {
  const AdoptedPack* out = nullptr;
  for (const AdoptedPack& one : book.packs) {
    if (covers(one.pack.from, one.pack.until, day)) out = &one;
  }
  return out;
}

}  // namespace engine::gate
