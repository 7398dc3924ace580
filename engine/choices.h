#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// The choices that commands and records name. Order is stored: append only.
namespace engine {

enum class Model { Pamm, Mam, CopyAutomatic, CopyConfirmed };

enum class Jurisdiction { Cysec, Fca, Asic, Offshore };

enum class ClientCategory { Retail, Professional, EligibleCounterparty };

enum class Verdict { Allow, Conditions, Refer, Counsel, Block };

// Who has the odd step of a shared order. Overflow: an account of the house.
enum class Residual { SainteLague, LargestEquityFirst, LargestRemainder, RoundRobin, Overflow };

enum class StructureStage { Open, Liquidating, Archived };

enum class RebateTo { Manager, Investors };

enum class Side { Buy, Sell };

enum class CashClass { Capital, Financing, Correction, Credit, Unknown };

enum class BankRing { ClientMoney, House };

enum class PartnerKind { IntroducingBroker, BusinessPartner, Affiliate };

enum class HolderKind { Person, Joint, Corporate };

// Which of the holders bind a client.
enum class Signing { Any, All };

enum class FeeKind { Management, Performance, Entry, Exit, EarlyWithdrawal, Subscription, Volume };

}  // namespace engine

template <>
struct core::EnumNames<engine::Model> {
  static constexpr std::array<std::string_view, 4> names = {"pamm", "mam", "copy_automatic",
                                                            "copy_confirmed"};
};

template <>
struct core::EnumNames<engine::Jurisdiction> {
  static constexpr std::array<std::string_view, 4> names = {"cysec", "fca", "asic", "offshore"};
};

template <>
struct core::EnumNames<engine::ClientCategory> {
  static constexpr std::array<std::string_view, 3> names = {"retail", "professional",
                                                            "eligible_counterparty"};
};

template <>
struct core::EnumNames<engine::Verdict> {
  static constexpr std::array<std::string_view, 5> names = {"allow", "conditions", "refer",
                                                            "counsel", "block"};
};

template <>
struct core::EnumNames<engine::Residual> {
  static constexpr std::array<std::string_view, 5> names = {
      "sainte_lague", "largest_equity_first", "largest_remainder", "round_robin", "overflow"};
};

template <>
struct core::EnumNames<engine::StructureStage> {
  static constexpr std::array<std::string_view, 3> names = {"open", "liquidating", "archived"};
};

template <>
struct core::EnumNames<engine::RebateTo> {
  static constexpr std::array<std::string_view, 2> names = {"manager", "investors"};
};

template <>
struct core::EnumNames<engine::Side> {
  static constexpr std::array<std::string_view, 2> names = {"buy", "sell"};
};

template <>
struct core::EnumNames<engine::CashClass> {
  static constexpr std::array<std::string_view, 5> names = {"capital", "financing", "correction",
                                                            "credit", "unknown"};
};

template <>
struct core::EnumNames<engine::BankRing> {
  static constexpr std::array<std::string_view, 2> names = {"client_money", "house"};
};

template <>
struct core::EnumNames<engine::FeeKind> {
  static constexpr std::array<std::string_view, 7> names = {
      "management", "performance", "entry", "exit", "early_withdrawal", "subscription", "volume"};
};

template <>
struct core::EnumNames<engine::PartnerKind> {
  static constexpr std::array<std::string_view, 3> names = {"introducing_broker",
                                                            "business_partner", "affiliate"};
};

template <>
struct core::EnumNames<engine::HolderKind> {
  static constexpr std::array<std::string_view, 3> names = {"person", "joint", "corporate"};
};

template <>
struct core::EnumNames<engine::Signing> {
  static constexpr std::array<std::string_view, 2> names = {"any", "all"};
};
