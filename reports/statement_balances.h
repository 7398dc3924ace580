#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reports/statement_scope.h"

namespace reports {

// A balance at both ends of the period, by effective time. Positive is in the client's favour.
struct Ends {
  Minor open = 0;
  Minor close = 0;
};

// What a record moved, in the client's favour.
struct Moved {
  Minor settled = 0;
  Minor floating = 0;
  std::map<std::string, Minor, std::less<>> wallet;  // By currency.
  bool value() const { return settled != 0 || floating != 0; }
};

// The client's accounts in the books, from the postings alone: what the lines are held against.
class Balances {
 public:
  struct Held {
    std::optional<core::AccountId> account;
    Ends settled;
    Ends floating;
  };

  // Watches the client's cash, in whatever currency: it may come before the structure opens.
  explicit Balances(const core::PartyId& client);

  // Watches the client's part of a pool.
  void watch_pool(const Scope& scope);
  // Watches one of the client's trading accounts.
  void watch_account(const Scope& scope, const core::AccountId& account);

  // Errors: Overflow.
  core::Result<Moved> apply(const ledger::RecordView& record, Span span);

  const std::vector<Held>& held() const { return held_; }
  const Ends& mark() const { return mark_; }
  const Ends& units() const { return units_; }
  const Ends& undistributed() const { return undistributed_; }
  Cash cash_open(std::string_view currency) const { return cash(currency, &Ends::open); }
  Cash cash_close(std::string_view currency) const { return cash(currency, &Ends::close); }

 private:
  enum class Role {
    Settled,
    Floating,
    Wallet,
    PendingIn,
    PendingOut,
    Payout,
    Mark,
    Units,
    Undistributed,
  };
  struct Slot {
    Role role = Role::Settled;
    std::size_t holding = 0;
    // Empty for any. Units are of one epoch after another: "UNIT." stands for all.
    std::string commodity;

    bool takes(std::string_view other) const;
    bool is_quantity() const { return role == Role::Mark || role == Role::Units; }
  };
  using CashEnds = std::map<std::string, Ends, std::less<>>;

  void add(std::string path, Role role, std::string commodity, std::size_t holding = 0);
  Ends& ends_of(const Slot& slot, std::string_view commodity);
  Cash cash(std::string_view currency, Minor Ends::*end) const;

  std::map<std::string, Slot, std::less<>> slots_;
  std::vector<Held> held_;
  CashEnds wallet_;
  CashEnds payout_;
  Ends pending_in_;
  Ends pending_out_;
  Ends mark_;
  Ends units_;
  Ends undistributed_;
};

}  // namespace reports
