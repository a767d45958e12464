#include "tasks.h"

#include <utility>

namespace penstock::sim {

void Tasks::spawn(std::function<void()> body) {
  run_at(timeline_.now(), tasks_.emplace_back(*this, std::move(body)));
}

void Tasks::wait(Time when, const std::function<bool()>& ready) {
  Task& self = *running_;
  self.ready = ready ? &ready : nullptr;
  self.tasks.run_at(when, self);
  Fiber::wait();
  self.ready = nullptr;
}

void Tasks::poke() {
  for (Task& task : tasks_) {
    if (task.ready != nullptr && (*task.ready)()) run_at(timeline_.now(), task);
  }
}

void Tasks::thaw() {
  frozen_ = false;
  for (Task& task : tasks_) {
    if (std::exchange(task.due, false)) run_at(timeline_.now(), task);
  }
  poke();
}

// Delivery tasks use what the first one has on its stack.
void Tasks::kill() {
  for (auto task = tasks_.rbegin(); task != tasks_.rend(); ++task) {
    ++task->turn;
    task->ready = nullptr;
    task->fiber.kill();
  }
}

void Tasks::run_at(Time when, Task& task) {
  timeline_.at(when, [this, &task, turn = task.turn] {
    if (task.turn != turn) return;  // it ran in between
    if (frozen_) {
      task.due = true;
    } else {
      run(task);
    }
  });
}

void Tasks::run(Task& task) {
  ++task.turn;
  running_ = &task;
  task.fiber.resume();
  running_ = nullptr;
}

}  // namespace penstock::sim
