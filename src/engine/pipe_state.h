#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace penstock {

/// `waiting` recovers by itself (the remote side is away); `failed` needs a person.
enum class PipeState : std::uint8_t {
  draft,
  starting,
  running,
  paused,
  waiting,
  draining,
  stopped,
  failed,
};

enum class PipeEvent : std::uint8_t {
  start,
  ready,
  pause,
  resume,
  trouble,
  recovered,
  drain,
  drained,
  give_up,
  edit,
};

struct PipeMove {
  PipeState from;
  PipeEvent event;
  PipeState to;
};

/// The whole life of a pipe. REST, console and CLI read their buttons and
/// their error texts from this table.
inline constexpr std::array kPipeMoves = {
    PipeMove{PipeState::draft, PipeEvent::start, PipeState::starting},
    PipeMove{PipeState::starting, PipeEvent::ready, PipeState::running},
    PipeMove{PipeState::starting, PipeEvent::trouble, PipeState::waiting},
    PipeMove{PipeState::starting, PipeEvent::drain, PipeState::draining},
    PipeMove{PipeState::starting, PipeEvent::give_up, PipeState::failed},
    PipeMove{PipeState::running, PipeEvent::pause, PipeState::paused},
    PipeMove{PipeState::running, PipeEvent::trouble, PipeState::waiting},
    PipeMove{PipeState::running, PipeEvent::drain, PipeState::draining},
    PipeMove{PipeState::running, PipeEvent::give_up, PipeState::failed},
    PipeMove{PipeState::paused, PipeEvent::resume, PipeState::running},
    PipeMove{PipeState::paused, PipeEvent::drain, PipeState::draining},
    PipeMove{PipeState::waiting, PipeEvent::recovered, PipeState::running},
    PipeMove{PipeState::waiting, PipeEvent::ready, PipeState::running},
    PipeMove{PipeState::waiting, PipeEvent::drain, PipeState::draining},
    PipeMove{PipeState::waiting, PipeEvent::give_up, PipeState::failed},
    PipeMove{PipeState::draining, PipeEvent::drained, PipeState::stopped},
    PipeMove{PipeState::draining, PipeEvent::give_up, PipeState::failed},
    PipeMove{PipeState::stopped, PipeEvent::start, PipeState::starting},
    PipeMove{PipeState::stopped, PipeEvent::edit, PipeState::draft},
    PipeMove{PipeState::failed, PipeEvent::start, PipeState::starting},
    PipeMove{PipeState::failed, PipeEvent::edit, PipeState::draft},
};

constexpr std::optional<PipeState> next(PipeState from, PipeEvent event) {
  for (const auto& move : kPipeMoves) {
    if (move.from == from && move.event == event) return move.to;
  }
  return std::nullopt;
}

/// Every state can be entered and left; checked while compiling.
consteval bool pipe_moves_are_complete() {
  for (int value = 0; value <= static_cast<int>(PipeState::failed); ++value) {
    const auto state = static_cast<PipeState>(value);
    bool entered = false;
    bool left = false;
    for (const auto& move : kPipeMoves) {
      entered |= move.to == state;
      left |= move.from == state;
    }
    if (!entered || !left) return false;
  }
  return true;
}
static_assert(pipe_moves_are_complete());

std::string_view name_of(PipeState state);

}  // namespace penstock
