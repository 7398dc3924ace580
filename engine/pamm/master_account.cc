// What the platform tells about a pool's master account: deals, balance rows, valuations.

#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/cash_records.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/pamm/decide.h"
#include "engine/partners/decide.h"

namespace engine::pamm {
namespace {

constexpr std::size_t kTicketBytesMax = 64;
std::string ticket_key(const std::string& server, const std::string& ticket) {
  return server + "/" + ticket;
}

core::Result<> require_not_archived(const Structure& pool) {
  if (pool.stage != StructureStage::Archived) return core::ok();
  return core::conflict("archived", "structure", "The structure was liquidated; it is over.");
}

core::Result<> check_ticket(const Structure& pool, const std::string& server,
                            const std::string& ticket) {
  if (pool.server != server) {
    return core::conflict("wrong_server", "server",
                          "The structure was opened without this platform server.");
  }
  if (ticket.empty() || ticket.size() > kTicketBytesMax) {
    return core::invalid("ticket", "ticket", "A ticket has 1 to 64 bytes.");
  }
  if (!pool.tickets.contains(ticket_key(server, ticket))) return core::ok();
  return core::conflict("duplicate_ticket", "ticket",
                        "This ticket is recorded already; an amendment needs a correction.");
}

struct DealResult {
  core::Minor profit = 0;
  core::Minor swap = 0;
  core::Minor commission = 0;
  core::Minor taxes = 0;
  core::Minor total = 0;
};

core::Result<DealResult> deal_result(const RecordDeal& deal, const std::string& currency) {
  DealResult result;
  TRY(result.profit, signed_money(deal.profit, currency, "profit"));
  TRY(result.swap, signed_money(deal.swap, currency, "swap"));
  TRY(result.commission, signed_money(deal.commission, currency, "commission"));
  TRY(result.taxes, signed_money(deal.taxes, currency, "taxes"));
  for (const core::Minor part : {result.profit, result.swap, result.commission, result.taxes}) {
    TRY(result.total, core::add(result.total, part));
  }
  return result;
}

// A fee by the million needs to know what was traded; a guess would be a wrong fee.
core::Result<> check_notional(const Context& context, const RecordDeal& deal,
                              const Structure& pool) {
  for (const core::OfferId& offer : pool.offers) {
    const auto& volume = context.state.offers.at(offer).terms.volume;
    if (!volume || !volume->per_million) continue;
    for (const auto& [field, value] : {std::pair{"notional_open", &deal.notional_open},
                                       std::pair{"notional_close", &deal.notional_close}}) {
      if (*value) {
        TRY(positive_money(**value, pool.currency, field));
        continue;
      }
      return core::invalid(
          "rate_missing", field,
          "The offer has a fee by the million: give what was opened and closed, in "
          "the structure's currency.");
    }
    return core::ok();
  }
  return core::ok();
}

// Row 19: what was priced out of the pool is paid on to the wallets once the platform moved it.
void pay_on(const Context& context, const core::StructureId& id, const Structure& pool,
            Effects& effects) {
  for (const auto& [client, investor] : pool.investors) {
    const core::Minor waiting =
        -context.books.balance(accounts::pending_out(id, client), pool.currency);
    if (waiting == 0) continue;
    Postings postings;
    postings.add(accounts::pending_out(id, client), pool.currency, waiting);
    postings.add(accounts::wallet(client), pool.currency, -waiting);
    effects.add(CashMoved{"redemption_paid", client, pool.currency, waiting}, std::move(postings),
                {client.bytes, id.bytes});
  }
}

core::Result<> confirm_capital(const Context& context, const core::StructureId& id,
                               const Structure& pool, core::Minor amount, Effects& effects) {
  const std::string code = accounts::operation_code(pool.currency);
  const core::Minor open = context.books.balance(accounts::operation(id), code);
  if (open != amount || amount == 0) {
    return core::conflict("capital_break", "amount",
                          "The platform moved capital that no priced subscription or redemption "
                          "accounts for: expected " +
                              core::print_fixed(open, *core::currency_scale(pool.currency)) +
                              ". Price the matching requests first (rollover).");
  }
  Postings postings;
  postings.add(accounts::operation(id), code, -amount);
  postings.add(std::string(accounts::kMemoContra), code, amount);
  effects.add(OperationConfirmed{id, amount}, std::move(postings), {id.bytes});
  pay_on(context, id, pool, effects);
  return core::ok();
}

bool is_result(CashClass cash_class) {
  return cash_class == CashClass::Financing || cash_class == CashClass::Correction ||
         cash_class == CashClass::Unknown;
}

// A balance row that is a result, booked like a deal's; nothing for one that is none.
void book_result(Postings& postings, const core::StructureId& id, const Structure& pool,
                 CashClass cash_class, core::Minor amount) {
  if (!is_result(cash_class)) return;
  postings.add(accounts::undistributed(id), pool.currency, -amount);
  postings.in(pool.currency, amount);
  // An unknown row moved the balance like a correction; it blocks fees until it is classified.
  const auto income = cash_class == CashClass::Financing ? accounts::kSwap : accounts::kCorrections;
  postings.add(std::string(income), pool.currency, amount);
}

}  // namespace

Drafts decide(const Context& context, const RecordDeal& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  TRY(require_not_archived(*pool));
  TRY(check_ticket(*pool, command.server, command.ticket));
  TRY(find_symbol(context, command.symbol));
  if (command.lots.digits <= 0) {
    return core::invalid("not_positive", "lots", "The volume must be above zero.");
  }
  TRY(core::to_minor(command.lots, kLotScale));
  TRY(const DealResult result, deal_result(command, pool->currency));
  TRY(check_notional(context, command, *pool));
  // Row 11.
  Postings postings;
  postings.add(accounts::undistributed(command.structure), pool->currency, -result.total);
  postings.in(pool->currency, result.total);
  postings.add(std::string(accounts::kClientTradingRealised), pool->currency, result.profit);
  postings.add(std::string(accounts::kSwap), pool->currency, result.swap);
  postings.add(std::string(accounts::kCommission), pool->currency, result.commission);
  postings.add(std::string(accounts::kTaxes), pool->currency, result.taxes);
  Effects effects(context.effective_at);
  effects.add(DealRecorded{command, result.total}, std::move(postings), {command.structure.bytes});
  TRY(partners::accrue(context, effects, command.structure, command.ticket, command.lots));
  return effects.take();
}

Drafts decide(const Context& context, const RecordBalanceOperation& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  // What the last rollover sent is confirmed afterwards.
  if (command.cash_class != CashClass::Capital) {
    TRY(require_not_archived(*pool));
  }
  TRY(check_ticket(*pool, command.server, command.ticket));
  TRY(const auto amount, signed_money(command.amount, pool->currency, "amount"));
  Effects effects(context.effective_at);
  Postings postings;
  book_result(postings, command.structure, *pool, command.cash_class, amount);
  effects.add(BalanceOperationRecorded{command, amount}, std::move(postings),
              {command.structure.bytes});
  if (command.cash_class == CashClass::Capital) {
    TRY(confirm_capital(context, command.structure, *pool, amount, effects));
  }
  return effects.take();
}

Drafts decide(const Context& context, const ClassifyOperation& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  const auto found = pool->unclassified.find(ticket_key(command.server, command.ticket));
  if (found == pool->unclassified.end()) {
    return core::not_found("unknown_ticket", "ticket",
                           "No balance row of unknown class has this server and ticket.");
  }
  if (command.cash_class == CashClass::Unknown) {
    return core::invalid("unknown_choice", "class", "Say what the row is.");
  }
  const core::Minor amount = found->second;
  // It was booked as a result of its own kind: that is taken back, and what it is takes its place.
  Postings postings;
  book_result(postings, command.structure, *pool, CashClass::Unknown, -amount);
  book_result(postings, command.structure, *pool, command.cash_class, amount);
  Effects effects(context.effective_at);
  effects.add(OperationClassified{command, amount}, std::move(postings), {command.structure.bytes});
  if (command.cash_class == CashClass::Capital) {
    TRY(confirm_capital(context, command.structure, *pool, amount, effects));
  }
  return effects.take();
}

namespace {

core::Result<> read_money(const std::optional<core::Decimal>& given, const std::string& currency,
                          std::string_view field, std::optional<core::Minor>& out) {
  if (!given) return core::ok();
  TRY(out, signed_money(*given, currency, field));
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const RecordValuation& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  TRY(require_not_archived(*pool));
  PoolValued valued{command.structure, 0, {}, {}, command.source};
  const std::string& currency = pool->currency;
  TRY(valued.equity, signed_money(command.equity, currency, "equity"));
  if (valued.equity < 0 && !command.loss_beyond_money) {
    return core::invalid("negative_equity", "equity",
                         "A pool below zero has lost more than its money. If the firm bears that, "
                         "say so with loss_beyond_money.");
  }
  TRY(read_money(command.balance, currency, "balance", valued.balance));
  TRY(read_money(command.floating, currency, "floating", valued.floating));
  TRY(read_money(command.credit, currency, "credit", valued.credit));
  TRY(read_money(command.margin, currency, "margin", valued.margin));
  TRY(read_money(command.free_margin, currency, "free_margin", valued.free_margin));
  if (command.open_lots && command.open_lots->digits < 0) {
    return core::invalid("not_positive", "open_lots", "A volume is not below zero.");
  }
  valued.open_positions = command.open_positions;
  valued.open_lots = command.open_lots;
  valued.prices = command.prices;
  Effects effects(context.effective_at);
  effects.add(valued, {}, {command.structure.bytes});
  return effects.take();
}

core::Result<> apply(State& state, const DealRecorded& body, const ledger::RecordView& record) {
  Structure& pool = state.structures.at(body.deal.structure);
  pool.tickets.insert(ticket_key(body.deal.server, body.deal.ticket));
  pool.last_deal_seq = record.seq;
  TRY(const auto lots, core::to_minor(body.deal.lots, kLotScale));
  TRY(pool.lots_traded, core::add(pool.lots_traded, lots));
  for (const auto& notional : {body.deal.notional_open, body.deal.notional_close}) {
    if (!notional) continue;
    TRY(const auto money, core::to_minor(*notional, *core::currency_scale(pool.currency)));
    TRY(pool.notional_traded, core::add(pool.notional_traded, money));
  }
  return core::ok();
}

void apply(State& state, const BalanceOperationRecorded& body, const ledger::RecordView& record) {
  const RecordBalanceOperation& operation = body.operation;
  Structure& pool = state.structures.at(operation.structure);
  pool.tickets.insert(ticket_key(operation.server, operation.ticket));
  if (operation.cash_class == CashClass::Unknown) {
    pool.unclassified[ticket_key(operation.server, operation.ticket)] = body.amount;
  }
  // Capital and credit move no result, so a valuation before them stays usable.
  if (operation.cash_class != CashClass::Capital && operation.cash_class != CashClass::Credit) {
    pool.last_deal_seq = record.seq;
  }
}

void apply(State& state, const OperationClassified& body, const ledger::RecordView& record) {
  Structure& pool = state.structures.at(body.operation.structure);
  pool.unclassified.erase(ticket_key(body.operation.server, body.operation.ticket));
  pool.last_deal_seq = record.seq;
}

void apply(State& state, const PoolValued& body, const ledger::RecordView& record) {
  state.structures.at(body.structure).valuation = Valuation{body, record.seq, record.effective_at};
}

}  // namespace engine::pamm
