#include "engine/setup/genesis.h"

#include "engine/accounts.h"

namespace engine::setup {

std::vector<ledger::Draft> genesis_batch(const ledger::Genesis& genesis, core::Instant now) {
  ledger::Draft first;
  first.kind = ledger::kGenesis;
  first.body = core::to_cbor(genesis);
  first.effective_at = now;

  std::vector<ledger::AccountOpening> openings;
  for (const std::string_view path :
       {accounts::kInterfundClient, accounts::kInterfundHouse, accounts::kClientTradingRealised,
        accounts::kClientTradingFloating, accounts::kSwap, accounts::kCommission, accounts::kTaxes,
        accounts::kCorrections, accounts::kEntryFee, accounts::kExitFee, accounts::kFeeShare,
        accounts::kNegativeBalanceCost, accounts::kRounding, accounts::kRoundingExpense,
        accounts::kHouseCapital, accounts::kMemoContra, accounts::kTransitInternal}) {
    openings.push_back(account(std::string(path)));
  }
  Effects effects(now);
  effects.open(std::move(openings), {});
  std::vector<ledger::Draft> batch = effects.take();
  batch.insert(batch.begin(), std::move(first));
  return batch;
}

}  // namespace engine::setup
