#pragma once

/// Invariants that need the register's state beside the table of ids: voices that speak to nothing,
/// a log key that was not announced, a retirement that leaves submissions out, a run or import that
/// another party began. Pure.

#include "ledger/events/catalogue.hpp"
#include "projections/register/register_state.hpp"

namespace assay::projections {

/// The rule that `data`, said by a key of `party`, breaks against `state`; empty when it breaks
/// none.
[[nodiscard]] std::string broken_state_rule(const EventData& data, const Identifier& party,
                                            const RegisterState& state);

/// True for types that others may endorse or dissent from.
[[nodiscard]] bool takes_voices(const EventType& type) noexcept;
/// True for types that take effect only once others have spoken.
[[nodiscard]] bool needs_voices(const EventType& type) noexcept;

}  // namespace assay::projections
