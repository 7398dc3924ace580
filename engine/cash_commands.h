#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "engine/values.h"
#include "ledger/account.h"
#include "ledger/bodies.h"

// Commands that move clients' cash, and manual entries.
namespace engine {

// What events concern: a structure, a trading account, or any other id that accounts were opened
// with.
using ScopeId = core::Id<ledger::ScopeTag>;

// Money arrived in a client bank account.
struct Deposit {
  static constexpr std::string_view kType = "deposit";

  core::PartyId client;
  core::BankId bank;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "bank", self.bank);
    field(3, "amount", self.amount);
    field(4, "currency", self.currency);
  }
};

// A withdrawal is approved: out of the wallet, not yet paid.
struct Withdraw {
  static constexpr std::string_view kType = "withdraw";

  core::PartyId client;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "amount", self.amount);
    field(3, "currency", self.currency);
  }
};

// An approved withdrawal is paid by the bank.
struct PayWithdrawal {
  static constexpr std::string_view kType = "pay_withdrawal";

  core::PartyId client;
  core::BankId bank;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "bank", self.bank);
    field(3, "amount", self.amount);
    field(4, "currency", self.currency);
  }
};

// The bank sends a paid withdrawal back: it is approved and unpaid again.
struct ReturnWithdrawal {
  static constexpr std::string_view kType = "return_withdrawal";

  core::PartyId client;
  core::BankId bank;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "bank", self.bank);
    field(3, "amount", self.amount);
    field(4, "currency", self.currency);
  }
};

// An approved withdrawal is not paid after all: back into the wallet.
struct CancelWithdrawal {
  static constexpr std::string_view kType = "cancel_withdrawal";

  core::PartyId client;
  core::Decimal amount;
  std::string currency;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "client", self.client);
    field(2, "amount", self.amount);
    field(3, "currency", self.currency);
  }
};

// One posting of a manual entry, debit positive.
struct EntryLine {
  ledger::AccountPath account;
  std::string commodity;
  core::Decimal amount;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "account", self.account);
    field(2, "commodity", self.commodity);
    field(3, "amount", self.amount);
  }
};

// Opens ledger accounts by hand, each with its laws. Needs an approver.
struct OpenAccounts {
  static constexpr std::string_view kType = "open_accounts";

  std::vector<ledger::AccountPath> accounts;
  // For all of them: "never_debit", "never_credit", "zero_at EVENT", "group_never_debit PREFIX
  // EVENT".
  std::vector<std::string> laws;
  std::optional<ScopeId> scope;  // Whose events the last two listen to.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "accounts", self.accounts);
    field(2, "laws", self.laws);
    field(3, "scope", self.scope);
  }
};

// Says by hand that something happened: the laws that name the event must hold now. Needs an
// approver.
struct AnnounceEvent {
  static constexpr std::string_view kType = "announce_event";

  std::string event;
  ScopeId scope;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "event", self.event);
    field(2, "scope", self.scope);
  }
};

// A manual entry. Needs an approver.
struct PostEntry {
  static constexpr std::string_view kType = "post_entry";

  std::vector<EntryLine> postings;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "postings", self.postings);
  }
};

}  // namespace engine
