#include "engine/corrections/payees.h"

#include <algorithm>

#include "core/allocate.h"
#include "engine/accounts.h"
#include "engine/partner_fee_records.h"
#include "engine/partners/earnings.h"

namespace engine::corrections {
namespace {

constexpr std::string_view kManagerPrefix = "liabilities:house:manager:";
constexpr std::string_view kPartnerPrefix = "liabilities:house:partner:";

}  // namespace

Shares shares_of(const std::vector<ledger::Posting>& postings) {
  Shares out;
  for (const ledger::Posting& posting : postings) {
    const bool is_house = posting.account.find(":house:") != std::string::npos;
    if (!is_house || posting.account == accounts::kInterfundHouse || posting.amount >= 0) continue;
    out.emplace_back(posting.account, -posting.amount);
  }
  return out;
}

core::Result<Shares> split_like(const Shares& shares, core::Minor amount,
                                const std::string& otherwise) {
  if (amount == 0) return Shares{};
  if (shares.empty()) return Shares{{otherwise, amount}};
  std::vector<core::Minor> weights;
  for (const auto& [account, share] : shares) weights.push_back(share);
  TRY(const auto parts, core::allocate(amount, weights));
  Shares out;
  for (std::size_t i = 0; i < shares.size(); ++i) out.emplace_back(shares[i].first, parts[i]);
  return out;
}

std::optional<core::PartyId> partner_of(std::string_view account) {
  if (!account.starts_with(kPartnerPrefix)) return std::nullopt;
  const std::string_view rest = account.substr(kPartnerPrefix.size());
  const auto partner = core::parse_id<core::PartyId>(rest.substr(0, rest.find(':')));
  if (!partner || accounts::partner_accrued(partner.value()) != account) return std::nullopt;
  return partner.value();
}

std::string receivable_of(std::string_view payee) {
  for (const std::string_view prefix : {kManagerPrefix, kPartnerPrefix}) {
    if (!payee.starts_with(prefix)) continue;
    const std::string_view rest = payee.substr(prefix.size());
    return "assets:house:receivable:" + std::string(rest.substr(0, rest.find(':')));
  }
  return {};
}

void TakenBack::take(const Shares& shares, const Shares& given, Postings& postings) {
  for (const auto& [account, share] : shares) {
    core::Minor held = -context_.books.balance(account, currency_);
    for (const auto& [payee, amount] : given) {
      if (payee == account) held += amount;
    }
    const std::string receivable = receivable_of(account);
    core::Minor owed = 0;
    if (!receivable.empty()) {
      owed = std::clamp<core::Minor>(share - std::max<core::Minor>(held, 0), 0, share);
    }
    postings.add(account, currency_, share - owed);
    if (owed == 0) continue;
    postings.add(receivable, currency_, owed);
    receivable_ += owed;
    owed_[account] += owed;
    if (std::ranges::find(receivables_, receivable) == receivables_.end()) {
      receivables_.push_back(receivable);
    }
  }
}

core::Minor TakenBack::owed_of(const std::string& account) const {
  const auto found = owed_.find(account);
  return found == owed_.end() ? 0 : found->second;
}

std::vector<ledger::AccountOpening> TakenBack::openings() const {
  std::vector<ledger::AccountOpening> out;
  for (const std::string& path : receivables_) {
    if (!context_.books.is_open(path)) out.push_back(account(path));
  }
  return out;
}

core::Result<> add_partner_shares(const Context& context, const PastFee& past, const Payees& payees,
                                  Effects& effects,
                                  const std::function<void(ledger::Draft&)>& place) {
  std::map<std::string, core::Minor> changes;
  for (const auto& [account, amount] : payees.get) {
    TRY(changes[account], core::add(changes[account], amount));
  }
  for (const auto& [account, amount] : payees.had) {
    TRY(changes[account], core::subtract(changes[account], amount));
  }
  const FeeCorrected& fee = past.fee;
  partners::FeeShares sums(context);
  for (const auto& [account, change] : changes) {
    const auto partner = partner_of(account);
    if (!partner || change == 0) continue;
    PartnerFeeShare share{*partner, fee.structure, fee.client, fee.fee, payees.currency, change};
    if (const core::Minor owed = payees.taken.owed_of(account); owed != 0) share.owed = owed;
    TRY(sums.check(share, partners::earned_on(past.effective_at, context.now, change < 0)));
    place(effects.add(share, {}, {partner->bytes}));
  }
  return core::ok();
}

}  // namespace engine::corrections
