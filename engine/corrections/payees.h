#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/context.h"
#include "engine/corrections/past_fee.h"
#include "engine/effects.h"

// Who had a fee, and whether it can still be taken from him.
namespace engine::corrections {

// What the payees of a fee have of it: the credits of its house ring, the interfund pair apart.
using Shares = std::vector<std::pair<std::string, core::Minor>>;
Shares shares_of(const std::vector<ledger::Posting>& postings);

// `amount` split as the shares are, to the last cent; all of it to `otherwise` if there are none.
// Rounding: largest remainder. Errors: Overflow.
core::Result<Shares> split_like(const Shares& shares, core::Minor amount,
                                const std::string& otherwise);

// Takes money back from payees. What one does not have there any more, because he was paid, he
// owes: that part stands at his receivable.
class TakenBack {
 public:
  explicit TakenBack(const Context& context, std::string currency)
      : context_(context), currency_(std::move(currency)) {}

  // Debits `shares`, of which `given` will be credited anew in the same batch.
  void take(const Shares& shares, const Shares& given, Postings& postings);
  // Receivables that the postings need and that are not open yet.
  std::vector<ledger::AccountOpening> openings() const;
  core::Minor receivable() const { return receivable_; }
  // Of it, what was at an account.
  core::Minor owed_of(const std::string& account) const;

 private:
  const Context& context_;
  std::string currency_;
  std::vector<std::string> receivables_;
  std::map<std::string, core::Minor> owed_;
  core::Minor receivable_ = 0;
};

// How the payees shared a fee and share the right one.
struct Payees {
  const Shares& had;
  const Shares& get;
  const TakenBack& taken;
  const std::string& currency;
};

// What it changes for each partner who has a share; the correction's records have the postings.
// `place` makes a record one of the correction. Errors: Overflow.
core::Result<> add_partner_shares(const Context& context, const PastFee& past, const Payees& payees,
                                  Effects& effects,
                                  const std::function<void(ledger::Draft&)>& place);

// Whose liabilities:house:partner:{id}:accrued it is; nobody's for any other account.
std::optional<core::PartyId> partner_of(std::string_view account);

// assets:house:receivable:{id} of liabilities:house:manager:{id}:fees and the like; empty for an
// account that is nobody's debt.
std::string receivable_of(std::string_view payee);

}  // namespace engine::corrections
