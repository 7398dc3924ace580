#include "engine/client_money/opening.h"

namespace engine::client_money {

void open_if_missing(const Context& context, Effects& effects, std::string path,
                     std::vector<ledger::LawKind> laws, const Subjects& concerns) {
  if (context.books.is_open(path)) return;
  effects.open({account(std::move(path), std::move(laws))}, concerns);
}

core::Result<> require_new(const Context& context, const ledger::SubjectId& id,
                           std::string_view field) {
  TRY(const bool used, context.past.has_subject(id));
  if (!used) return core::ok();
  return core::conflict("exists", std::string(field), "This id was used before.");
}

core::Instant end_of_next_day(core::Instant instant) {
  return core::utc_midnight({core::utc_date(instant).days + 2});
}

}  // namespace engine::client_money
