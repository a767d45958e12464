#include "weather.h"

namespace penstock::sim {
namespace {

constexpr std::size_t kWideWindow = 1'000'000;

unsigned sometimes(Random& random, unsigned least, unsigned most) {
  return random.chance(50) ? static_cast<unsigned>(random.between(least, most)) : 0;
}

}  // namespace

Weather::Weather(Random& random, std::optional<Part> missing) : without(missing) {
  processes = static_cast<int>(random.between(1, 3));
  partitions = static_cast<int>(random.between(1, 3));
  records = random.between(10, 120);
  block_rows = static_cast<std::size_t>(random.between(2, 25));
  block_age = milliseconds(random.between(10, 400));
  parallel = static_cast<std::size_t>(random.between(1, 3));
  memory = random.chance(30) ? 4u << 10 : 1u << 20;
  faults_end = milliseconds(random.between(1'500, 6'000));
  faults = static_cast<int>(random.between(1, 8));

  gaps = sometimes(random, 5, 40);
  broken = sometimes(random, 1, 30);
  refused = sometimes(random, 1, 15);
  tombstones = sometimes(random, 1, 20);
  of_two_rows = sometimes(random, 5, 50);

  unreachable = sometimes(random, 1, 20);
  too_many_parts = sometimes(random, 1, 20);
  lost_answers = sometimes(random, 5, 40);
  slow = sometimes(random, 5, 40);
  table_changes = sometimes(random, 1, 5);
  source_errors = sometimes(random, 1, 5);
  schemas_away = sometimes(random, 1, 10);
  late_messages = random.chance(30) ? 5 : 0;
  lost_commits = sometimes(random, 5, 30);

  asks = random.chance(60);
  forgets = asks && random.chance(70);
  window = forgets ? static_cast<std::size_t>(random.between(1, 6)) : kWideWindow;
  retention = random.chance(25);
  fits_later = asks && random.chance(30);
  server_kills = asks && random.chance(40) ? static_cast<int>(random.between(1, 4)) : 0;
}

}  // namespace penstock::sim
