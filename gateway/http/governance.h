#pragma once

#include "gateway/http/routes.h"

// Who may sign, what waits for a second person, closed periods, and the days of client money.
namespace gateway::http {

Answer get_people(const Call& call);
Answer get_proposals(const Call& call);
Answer get_proposal(const Call& call);
Answer get_periods(const Call& call);
Answer get_period(const Call& call);
Answer get_late_entries(const Call& call);
Answer get_segregation(const Call& call);

}  // namespace gateway::http
