#pragma once

#include "gateway/http/routes.h"

// How long records must be kept, and what holds them.
namespace gateway::http {

Answer get_retention(const Call& call);
Answer get_subject_retention(const Call& call);

}  // namespace gateway::http
