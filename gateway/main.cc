#include "gateway/cli/run.h"

int main(int argc, char** argv) { return gateway::cli::run(argc, argv); }
