#include "engine/reporting/decide.h"

#include "engine/effects.h"
#include "engine/lookup.h"

namespace engine::reporting {

core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const IssueReport& command) {
  if (context.state.reports.contains(command.report)) {
    return core::conflict("exists", "report", "This report id was used before.");
  }
  Subjects subjects;
  if (command.client) {
    TRY(require_client(context, *command.client));
    subjects.push_back(command.client->bytes);
  }
  if (command.structure) {
    if (!context.state.structures.contains(*command.structure)) {
      return core::not_found("unknown_structure", "structure", "Open the structure first.");
    }
    subjects.push_back(command.structure->bytes);
  }
  Effects effects(context.effective_at);
  effects.add(ReportIssued{command}, {}, std::move(subjects));
  return effects.take();
}

void apply(State& state, const ReportIssued& body, const ledger::RecordView&) {
  state.reports[body.report.report] = body.report;
}

}  // namespace engine::reporting
