#include "app/edit_program.h"

#include <gtest/gtest.h>

namespace penstock {
namespace {

clickhouse::ErrorRow row_with(std::string message) {
  clickhouse::ErrorRow row{.position = {"orders", 3, 17}};
  row.message = std::move(message);
  row.key = "k";
  return row;
}

TEST(EditProgram, GivesTheMessageToTheCommandAndTakesWhatItPrints) {
  EXPECT_EQ(edit_message("sed 's/,/./'", row_with("1,5")), "1.5");
}

TEST(EditProgram, TellsWhichMessageItIs) {
  const std::string command =
      "printf '%s:%s:%s %s' $PENSTOCK_TOPIC $PENSTOCK_PARTITION $PENSTOCK_OFFSET $PENSTOCK_KEY";
  EXPECT_EQ(edit_message(command, row_with("")), "orders:3:17 k");
}

TEST(EditProgram, LeavesAMessageWhenTheCommandFails) {
  EXPECT_EQ(edit_message("cat; exit 1", row_with("x")), std::nullopt);
  EXPECT_EQ(edit_message("kill -9 $$", row_with("x")), std::nullopt);
}

TEST(EditProgram, TakesMessagesThatNoPipeHoldsAtOnce) {
  const std::string large(4u << 20, '\0');
  EXPECT_EQ(edit_message("cat", row_with(large)), large);
  EXPECT_EQ(edit_message("true", row_with(large)), "");
}

}  // namespace
}  // namespace penstock
