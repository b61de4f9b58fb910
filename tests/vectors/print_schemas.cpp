// Prints the JSON Schema of every type of event, one a line, for validators that others wrote.

#include <cstdio>

#include "ledger/events/catalogue.hpp"

int main() {
  for (const assay::EventType& type : assay::event_types()) {
    std::printf("%s\n", assay::event_schema(type).c_str());
  }
  return 0;
}
