#include "engine/pipe_state.h"

namespace penstock {

std::string_view name_of(PipeState state) {
  switch (state) {
    case PipeState::draft: return "draft";
    case PipeState::starting: return "starting";
    case PipeState::running: return "running";
    case PipeState::paused: return "paused";
    case PipeState::waiting: return "waiting";
    case PipeState::draining: return "draining";
    case PipeState::stopped: return "stopped";
    case PipeState::failed: break;
  }
  return "failed";
}

}  // namespace penstock
