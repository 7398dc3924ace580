// Deals that paid partners against those of the trade server.

#include "engine/partners/decide.h"
#include "engine/partners/earnings.h"
#include "engine/partners/places.h"

namespace engine::partners {
namespace {

constexpr std::size_t kServerBytesMax = 64;

std::string break_key(const std::string& server, core::Date from, core::Date to) {
  return server + "/" + core::to_string(from) + "/" + core::to_string(to);
}

}  // namespace

Drafts decide(const Context& context, const ReconcilePartnerDeals& command) {
  if (command.server.empty() || command.server.size() > kServerBytesMax) {
    return core::invalid("server", "server", "A server's name has 1 to 64 bytes.");
  }
  TRY(check_days(command.from, command.to));
  if (command.lots.digits < 0) {
    return core::invalid("negative_amount", "lots", "A volume is not below zero.");
  }
  TRY(const auto said, to_accrual(command.lots));
  PartnerDealsReconciled body{command, 0, {}, 0, false};
  Accrual lots = 0;
  const auto& servers = context.state.partner_book->servers;
  if (const auto days = servers.find(command.server); days != servers.end()) {
    for (auto day = days->second.lower_bound(command.from);
         day != days->second.end() && day->first < command.to; ++day) {
      body.deals += day->second.deals;
      body.without_lines += day->second.without_lines;
      TRY(lots, core::add(lots, day->second.lots));
    }
  }
  body.lots = written(lots);
  body.broken = body.deals != command.deals || lots != said;
  Effects effects(context.effective_at);
  effects.add(body, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const ResolvePartnerBreak& command) {
  TRY(check_reason(command.reason));
  const std::string key = break_key(command.server, command.from, command.to);
  if (!context.state.partner_book->breaks.contains(key)) {
    return core::not_found("unknown_break", "server", "No difference of these days is open.");
  }
  Effects effects(context.effective_at);
  effects.add(PartnerBreakResolved{command}, {}, {});
  return effects.take();
}

core::Result<> apply(State& state, const PartnerDealsReconciled& body, const ledger::RecordView&) {
  const ReconcilePartnerDeals& said = body.server_says;
  const std::string key = break_key(said.server, said.from, said.to);
  if (body.broken) {
    state.partner_book->breaks.insert(key);
  } else {
    state.partner_book->breaks.erase(key);
  }
  return core::ok();
}

core::Result<> apply(State& state, const PartnerBreakResolved& body, const ledger::RecordView&) {
  const ResolvePartnerBreak& resolution = body.resolution;
  state.partner_book->breaks.erase(break_key(resolution.server, resolution.from, resolution.to));
  return core::ok();
}

}  // namespace engine::partners
