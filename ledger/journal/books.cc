#include "ledger/journal/books.h"

#include <algorithm>

#include "core/check.h"
#include "ledger/invariants/interfund_mirror.h"
#include "ledger/invariants/zero_per_ring.h"

namespace ledger::journal {
namespace {

core::Error law_broken(std::string_view law, const std::string& account, std::string why) {
  return core::conflict("law_" + std::string(law), account, std::move(why));
}

// The holding's balance after record `seq`.
core::Minor balance_of(const Holding& holding, std::uint64_t seq) {
  const auto after = std::ranges::upper_bound(holding.history, seq, {}, &HistoryStep::seq);
  return after == holding.history.begin() ? 0 : std::prev(after)->balance;
}

// Counting what was effective before the instant only.
core::Result<core::Minor> balance_before(const Holding& holding, core::Instant until) {
  core::Minor balance = 0;
  core::Minor before = 0;
  for (const HistoryStep& step : holding.history) {
    if (step.effective_at < until) {
      TRY(const core::Minor change, core::subtract(step.balance, before));
      TRY(balance, core::add(balance, change));
    }
    before = step.balance;
  }
  return balance;
}

core::Result<> check_law(const Law& law, const AccountOpening& opening) {
  const bool needs_event = law.law == LawKind::GroupNeverDebit || law.law == LawKind::ZeroAt;
  const bool needs_prefix = law.law == LawKind::GroupNeverDebit;
  if (law.event.has_value() == needs_event && law.prefix.has_value() == needs_prefix &&
      (!needs_event || opening.scope)) {
    return core::ok();
  }
  return core::invalid("law", opening.path,
                       "group_never_debit needs a prefix, an event and a scope; zero_at an event "
                       "and a scope; the others none.");
}

}  // namespace

void Books::begin_batch() {
  undo_.clear();
  events_.clear();
  accounts_before_ = accounts_.size();
  commodities_before_ = commodities_.size();
}

core::Result<> Books::apply(const RecordView& record) {
  resolved_.clear();
  if (record.kind == kAccountsOpened) {
    TRY(open_accounts(record));
  }
  if (record.kind == kEvent) {
    TRY(auto event, core::from_cbor<Event>(record.body));
    events_.push_back(std::move(event));
  }
  if (record.postings.empty()) return core::ok();
  TRY(resolve(record));
  TRY(invariants::zero_per_ring(resolved_));
  TRY(invariants::interfund_mirror(resolved_));
  for (const invariants::ResolvedPosting& posting : resolved_) {
    TRY(post(posting, record));
  }
  return core::ok();
}

core::Result<> Books::open_accounts(const RecordView& record) {
  TRY(const auto body, core::from_cbor<AccountsOpened>(record.body));
  for (const AccountOpening& opening : body.accounts) {
    TRY(open_account(opening, record.seq));
  }
  return core::ok();
}

core::Result<> Books::open_account(const AccountOpening& opening, std::uint64_t seq) {
  TRY(const Ring ring, ring_of(opening.path));
  for (const Law& law : opening.laws) {
    TRY(check_law(law, opening));
  }
  const auto number = static_cast<std::uint32_t>(accounts_.size());
  if (account_number(opening.path) != NameTable::kNone) {
    return core::conflict("account_exists", opening.path, "This account is open already.");
  }
  const bool interfund = opening.path == invariants::kInterfundClient ||
                         opening.path == invariants::kInterfundHouse;
  accounts_.push_back({opening.path, ring, interfund, opening.laws, seq, {}});
  account_names_.add(opening.path);
  if (opening.scope) scopes_[*opening.scope].push_back(number);
  return core::ok();
}

core::Result<> Books::resolve(const RecordView& record) {
  resolved_.clear();
  for (const PostingView& posting : record.postings) {
    const std::uint32_t account = account_number(posting.account);
    if (account == NameTable::kNone) {
      return core::invalid("unknown_account", std::string(posting.account),
                           "No such account is open; open it first.");
    }
    if (posting.amount == 0) {
      return core::invalid("zero_posting", std::string(posting.account),
                           "A posting moves something; leave out zero amounts.");
    }
    TRY(const auto commodity, commodity_index(posting.commodity));
    const Account& found = accounts_[account];
    resolved_.push_back({account, commodity, found.ring, found.interfund, posting.amount});
  }
  return core::ok();
}

core::Result<std::uint32_t> Books::commodity_index(std::string_view code) {
  if (last_commodity_ < commodities_.size() && commodities_[last_commodity_].code == code) {
    return last_commodity_;
  }
  const std::uint32_t known_number = commodity_number(code);
  if (known_number != NameTable::kNone) {
    last_commodity_ = known_number;
    return known_number;
  }
  auto known = core::commodity(code);
  if (!known) {
    return core::invalid("unknown_commodity", std::string(code),
                         "Not a currency of ISO 4217 and not a registered quantity.");
  }
  const auto number = static_cast<std::uint32_t>(commodities_.size());
  commodities_.push_back(std::move(known.value()));
  commodity_names_.add(code);
  return number;
}

Holding& Books::holding_of(std::uint32_t account, std::uint32_t commodity, std::uint32_t& index) {
  auto& holdings = accounts_[account].holdings;
  for (index = 0; index < holdings.size(); ++index) {
    if (holdings[index].commodity == commodity) return holdings[index];
  }
  holdings.push_back({commodity, 0, {}});
  return holdings.back();
}

core::Result<> Books::post(const invariants::ResolvedPosting& posting, const RecordView& record) {
  const std::size_t holdings_before = accounts_[posting.account].holdings.size();
  std::uint32_t index = 0;
  Holding& holding = holding_of(posting.account, posting.commodity, index);
  TRY(const auto after, core::add(holding.balance, posting.amount));
  const bool new_step =
      keep_history_ && (holding.history.empty() || holding.history.back().seq != record.seq);
  undo_.push_back(
      {posting.account, index, holding.balance, new_step, index == holdings_before});
  holding.balance = after;
  if (new_step) {
    holding.history.push_back({record.seq, after, record.effective_at});
  } else if (keep_history_) {
    holding.history.back().balance = after;
  }
  return core::ok();
}

void Books::moves_of_last_record(std::vector<index::Move>& moves) const {
  const std::size_t first = moves.size();
  for (const invariants::ResolvedPosting& posting : resolved_) {
    const auto here = moves.begin() + static_cast<std::ptrdiff_t>(first);
    const bool told = std::any_of(here, moves.end(), [&](const index::Move& move) {
      return move.account == posting.account && move.commodity == posting.commodity;
    });
    if (told) continue;
    const auto& holdings = accounts_[posting.account].holdings;
    const auto holding = std::ranges::find(holdings, posting.commodity, &Holding::commodity);
    moves.push_back({posting.account, posting.commodity, holding->balance});
  }
}

void Books::roll_back() {
  for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
    Holding& holding = accounts_[undo->account].holdings[undo->holding];
    holding.balance = undo->balance;
    if (undo->step_added) {
      holding.history.pop_back();
    } else if (keep_history_) {
      holding.history.back().balance = undo->balance;
    }
    if (undo->holding_added) accounts_[undo->account].holdings.pop_back();
  }
  while (commodities_.size() > commodities_before_) {
    commodity_names_.remove_last(commodities_.back().code);
    commodities_.pop_back();
  }
  while (accounts_.size() > accounts_before_) {
    account_names_.remove_last(accounts_.back().path);
    accounts_.pop_back();
  }
  for (auto& [scope, members] : scopes_) {
    std::erase_if(members, [&](std::uint32_t account) { return account >= accounts_before_; });
  }
  begin_batch();
}

core::Result<> Books::check_laws() const {
  for (const Undo& touched : undo_) {
    const Account& account = accounts_[touched.account];
    if (account.laws.empty()) continue;
    TRY(check_touched(account, account.holdings[touched.holding]));
  }
  for (const Event& event : events_) {
    TRY(check_event(event));
  }
  return core::ok();
}

core::Result<> Books::check_touched(const Account& account, const Holding& holding) const {
  for (const Law& law : account.laws) {
    switch (law.law) {
      case LawKind::NeverDebit:
        if (holding.balance > 0) {
          return law_broken("never_debit", account.path, "This account may not be overdrawn.");
        }
        break;
      case LawKind::NeverCredit:
        if (holding.balance < 0) {
          return law_broken("never_credit", account.path,
                            "This account does not hold that much.");
        }
        break;
      case LawKind::GroupNeverDebit:
      case LawKind::ZeroAt:
        break;  // Only at their events.
    }
  }
  return core::ok();
}

core::Result<> Books::check_event(const Event& event) const {
  const auto members = scopes_.find(event.scope);
  if (members == scopes_.end()) return core::ok();
  std::map<std::pair<std::string_view, std::uint32_t>, core::Minor> groups;
  for (const std::uint32_t member : members->second) {
    const Account& account = accounts_[member];
    for (const Law& law : account.laws) {
      if (law.event != event.name) continue;
      for (const Holding& holding : account.holdings) {
        if (law.law == LawKind::ZeroAt && holding.balance != 0) {
          return law_broken("zero_at", account.path,
                            "This account must be empty after the " + event.name + ".");
        }
        if (law.law != LawKind::GroupNeverDebit || !law.prefix) continue;
        auto& sum = groups[{*law.prefix, holding.commodity}];
        TRY(sum, core::add(sum, holding.balance));
      }
    }
  }
  for (const auto& [group, sum] : groups) {
    if (sum > 0) {
      return law_broken("group_never_debit", std::string(group.first),
                        "These accounts together may not be overdrawn.");
    }
  }
  return core::ok();
}

std::uint32_t Books::account_number(std::string_view path) const {
  return account_names_.find(
      path, [this](std::uint32_t number) -> const std::string& { return accounts_[number].path; });
}

std::uint32_t Books::commodity_number(std::string_view code) const {
  return commodity_names_.find(code, [this](std::uint32_t number) -> const std::string& {
    return commodities_[number].code;
  });
}

const Account* Books::find(std::string_view account) const {
  const std::uint32_t number = account_number(account);
  return number == NameTable::kNone ? nullptr : &accounts_[number];
}

const Holding* Books::find_holding(std::string_view account, std::string_view commodity) const {
  const Account* found = find(account);
  const std::uint32_t code = commodity_number(commodity);
  if (found == nullptr || code == NameTable::kNone) return nullptr;
  const auto holding = std::ranges::find(found->holdings, code, &Holding::commodity);
  return holding == found->holdings.end() ? nullptr : &*holding;
}

core::Minor Books::balance(std::string_view account, std::string_view commodity) const {
  const Holding* holding = find_holding(account, commodity);
  return holding == nullptr ? 0 : holding->balance;
}

core::Result<> Books::each(std::string_view prefix, std::string_view commodity,
                           const Visit& visit) const {
  const std::uint32_t number = commodity_number(commodity);
  for (const Account& account : accounts_) {
    if (!is_under(account.path, prefix)) continue;
    for (const Holding& holding : account.holdings) {
      if (holding.commodity != number || holding.balance == 0) continue;
      TRY(visit(account.path, holding.balance));
    }
  }
  return core::ok();
}

core::Minor Books::balance_at(std::string_view account, std::string_view commodity,
                              std::uint64_t seq) const {
  const Holding* holding = find_holding(account, commodity);
  return holding == nullptr ? 0 : balance_of(*holding, seq);
}

core::Result<> Books::balances_before(core::Instant until, const Past::VisitBalance& visit) const {
  for (const Account* account : accounts()) {
    std::map<std::string_view, core::Minor> balances;
    for (const Holding& holding : account->holdings) {
      TRY(const core::Minor balance, balance_before(holding, until));
      if (balance != 0) balances[commodities_[holding.commodity].code] = balance;
    }
    for (const auto& [commodity, balance] : balances) {
      TRY(visit(account->path, commodity, balance));
    }
  }
  return core::ok();
}

const std::vector<HistoryStep>* Books::history(std::string_view account,
                                               std::string_view commodity) const {
  const Holding* holding = find_holding(account, commodity);
  return holding == nullptr ? nullptr : &holding->history;
}

std::vector<const Account*> Books::accounts() const {
  std::vector<const Account*> out;
  out.reserve(accounts_.size());
  for (const Account& account : accounts_) out.push_back(&account);
  std::ranges::sort(out, {}, [](const Account* account) { return account->path; });
  return out;
}

std::vector<Balance> Books::balances_at(std::string_view prefix, std::uint64_t seq) const {
  std::vector<Balance> out;
  for (const Account* account : accounts()) {
    if (!prefix.empty() && !is_under(account->path, prefix)) continue;
    const std::size_t first = out.size();
    for (const Holding& holding : account->holdings) {
      const core::Minor balance = balance_of(holding, seq);
      if (balance != 0) out.push_back({account->path, {commodities_[holding.commodity], balance}});
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
              [](const Balance& a, const Balance& b) {
                return a.amount.commodity.code < b.amount.commodity.code;
              });
  }
  return out;
}

std::vector<std::string> Books::commodity_codes() const {
  std::vector<std::string> out;
  for (const core::Commodity& commodity : commodities_) out.push_back(commodity.code);
  std::ranges::sort(out);
  return out;
}

}  // namespace ledger::journal
