#pragma once

#include <array>
#include <string_view>

#include "core/codec.h"

// The choices that the gate's rules, commands and records name. Order is stored: append only.
namespace engine {

// A pool in law and shares over clients' own accounts are answered differently; the engine's
// Model::Pamm is either.
enum class GateModel { PammPooled, PammSegregated, Mam, CopyAuto, CopyManual };

enum class GateInstrument { Cfd, FxRollingSpot, SpreadBet };

// Whose facts a rule asks for. Own: of the firm in what the broker needs, of the manager in what
// the manager needs.
enum class Holder { Own, Manager, Broker };

// What a fact's values must be. Is: one of the key's values is one of those named, letter for
// letter. Each: so for every instrument that is asked for, by its own list. Lacks: none of the
// words stands in any of the key's values, in whatever case. Residence: one of the values is the
// client's country.
enum class FactOperator { Is, Each, Lacks, Residence, Absent };

// What a cell of the matrix comes to at best.
enum class CellVerdict { AllowIf, Counsel, Block };

enum class PaperKind { Document, Assessment };

enum class GateLeg { Broker, Manager, Residence };

enum class CaseStage { Applied, Live, Declined };

// Of a screening: the worst of what was found and not released.
enum class ScreeningOutcome { Clear, Review, Hit };

}  // namespace engine

template <>
struct core::EnumNames<engine::GateModel> {
  static constexpr std::array<std::string_view, 5> names = {"pamm_pooled", "pamm_segregated", "mam",
                                                            "copy_auto", "copy_manual"};
};

template <>
struct core::EnumNames<engine::GateInstrument> {
  static constexpr std::array<std::string_view, 3> names = {"cfd", "fx_rolling_spot", "spread_bet"};
};

template <>
struct core::EnumNames<engine::Holder> {
  static constexpr std::array<std::string_view, 3> names = {"own", "manager", "broker"};
};

template <>
struct core::EnumNames<engine::FactOperator> {
  static constexpr std::array<std::string_view, 5> names = {"is", "each", "lacks", "residence",
                                                            "absent"};
};

template <>
struct core::EnumNames<engine::CellVerdict> {
  static constexpr std::array<std::string_view, 3> names = {"allow_if", "counsel", "block"};
};

template <>
struct core::EnumNames<engine::PaperKind> {
  static constexpr std::array<std::string_view, 2> names = {"document", "assessment"};
};

template <>
struct core::EnumNames<engine::GateLeg> {
  static constexpr std::array<std::string_view, 3> names = {"broker", "manager", "residence"};
};

template <>
struct core::EnumNames<engine::CaseStage> {
  static constexpr std::array<std::string_view, 3> names = {"applied", "live", "declined"};
};

template <>
struct core::EnumNames<engine::ScreeningOutcome> {
  static constexpr std::array<std::string_view, 3> names = {"clear", "review", "hit"};
};
