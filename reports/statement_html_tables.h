#pragma once

#include <string>

#include "reports/statement_print.h"

// The tables of a statement's page.
namespace reports::statement_html_tables {

std::string bridge(const Statement& statement, const Print& print);
std::string performance(const Statement& statement, const Print& print);
std::string sub_periods(const Statement& statement, const Print& print);
std::string value(const Statement& statement, const Print& print);
// Accounts in other currencies, each currency with its sub-total; empty if there are none.
std::string other_currencies(const Statement& statement, const Print& print);
std::string units(const Statement& statement, const Print& print);
std::string positions(const Statement& statement, const Print& print);
std::string flows(const Statement& statement, const Print& print);
std::string fees(const Statement& statement, const Print& print);
std::string income(const Statement& statement, const Print& print);
std::string adjustments(const Statement& statement, const Print& print);
std::string copies(const Statement& statement, const Print& print);
std::string transactions(const Statement& statement, const Print& print);
std::string cash(const Statement& statement, const Print& print);
std::string cash_movements(const Statement& statement, const Print& print);
std::string valuations(const Statement& statement, const Print& print);

}  // namespace reports::statement_html_tables
