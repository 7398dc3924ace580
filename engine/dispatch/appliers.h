#pragma once

#include "engine/cash/decide.h"
#include "engine/client_money/decide.h"
#include "engine/closing/decide.h"
#include "engine/copy/decide.h"
#include "engine/corrections/decide.h"
#include "engine/currency/decide.h"
#include "engine/currency/rounding.h"
#include "engine/gate/cases.h"
#include "engine/gate/decide.h"
#include "engine/gate/lists.h"
#include "engine/gate/screening.h"
#include "engine/gate/wind_down.h"
#include "engine/governance/decide.h"
#include "engine/instruments/decide.h"
#include "engine/keys/decide.h"
#include "engine/mam/decide.h"
#include "engine/migration/decide.h"
#include "engine/pamm/decide.h"
#include "engine/partners/decide.h"
#include "engine/personal/decide.h"
#include "engine/reporting/decide.h"
#include "engine/reservations/decide.h"
#include "engine/retention/decide.h"
#include "engine/setup/decide.h"
#include "engine/trading/decide.h"

// Which layer folds which records into the state: one name for each, so that a table can pair them
// with the kinds.
namespace engine::dispatch {

template <class Body>
struct ApplySetup {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return setup::apply(s, b, r);
  }
};
template <class Body>
struct ApplyCash {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return cash::apply(s, b, r);
  }
};
template <class Body>
struct ApplyClientMoney {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return client_money::apply(s, b, r);
  }
};
template <class Body>
struct ApplyPamm {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return pamm::apply(s, b, r);
  }
};
template <class Body>
struct ApplyMam {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return mam::apply(s, b, r);
  }
};
template <class Body>
struct ApplyCopy {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return copy::apply(s, b, r);
  }
};
template <class Body>
struct ApplyTrading {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return trading::apply(s, b, r);
  }
};
template <class Body>
struct ApplyInstruments {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return instruments::apply(s, b, r);
  }
};
template <class Body>
struct ApplyCurrency {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return currency::apply(s, b, r);
  }
};
template <class Body>
struct ApplyPartners {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return partners::apply(s, b, r);
  }
};
template <class Body>
struct ApplyReporting {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return reporting::apply(s, b, r);
  }
};

template <class Body>
struct ApplyGovernance {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return governance::apply(s, b, r);
  }
};

template <class Body>
struct ApplyClosing {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return closing::apply(s, b, r);
  }
};

template <class Body>
struct ApplyKeys {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return keys::apply(s, b, r);
  }
};
template <class Body>
struct ApplyReservations {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return reservations::apply(s, b, r);
  }
};

template <class Body>
struct ApplyRetention {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return retention::apply(s, b, r);
  }
};

template <class Body>
struct ApplyPersonal {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return personal::apply(s, b, r);
  }
};

template <class Body>
struct ApplyCorrections {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return corrections::apply(s, b, r);
  }
};

template <class Body>
struct ApplyGate {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return gate::apply(s, b, r);
  }
};

template <class Body>
struct ApplyMigration {
  auto operator()(State& s, const Body& b, const ledger::RecordView& r) const {
    return migration::apply(s, b, r);
  }
};

}  // namespace engine::dispatch
