#include "model/column/time_zone.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "model/column/time_text.h"

namespace penstock {
namespace {

std::int64_t utc_of(const std::string& zone, std::string_view wall_clock) {
  auto found = TimeZone::find(zone);
  EXPECT_TRUE(found.ok()) << zone;
  return found.value()->to_utc(parse_time(wall_clock)->seconds);
}

// What ClickHouse 26.7 made of these as DateTime64 of the zone.
TEST(TimeZone, ResolvesSkippedAndRepeatedTimesAsClickHouseDoes) {
  EXPECT_EQ(utc_of("Europe/Berlin", "2024-03-31 01:59:59"), 1711846799);
  EXPECT_EQ(utc_of("Europe/Berlin", "2024-03-31 02:30:00"), 1711845000);
  EXPECT_EQ(utc_of("Europe/Berlin", "2024-03-31 03:00:00"), 1711846800);
  EXPECT_EQ(utc_of("Europe/Berlin", "2024-10-27 02:30:00"), 1729989000);
  EXPECT_EQ(utc_of("Europe/Berlin", "2024-10-27 03:00:00"), 1729994400);
  EXPECT_EQ(utc_of("Australia/Lord_Howe", "2024-10-06 02:15:00"), 1728141300);
  EXPECT_EQ(utc_of("America/Sao_Paulo", "2018-11-04 00:30:00"), 1541298600);
  EXPECT_EQ(utc_of("Asia/Beirut", "2024-10-26 23:30:00"), 1729974600);
  EXPECT_EQ(utc_of("Pacific/Apia", "2011-12-30 12:00:00"), 1325196000);
}

TEST(TimeZone, KnowsTheFarPastAndTheFarFuture) {
  EXPECT_EQ(utc_of("Europe/Berlin", "1900-06-01 00:00:00"), -2195946000);
  EXPECT_EQ(utc_of("Europe/Berlin", "1945-05-24 02:30:00"), -776565000);
  EXPECT_EQ(utc_of("Europe/Berlin", "2050-07-01 12:00:00"), 2540282400);
  EXPECT_EQ(utc_of("Europe/Berlin", "2299-07-01 12:00:00"), 10397930400);
  EXPECT_EQ(utc_of("Europe/Berlin", "0001-01-01 00:00:00"), -62135600008);
  EXPECT_EQ(utc_of("Europe/Berlin", "2500-03-28 02:30:00"), 16732657800);
  EXPECT_EQ(utc_of("Europe/Berlin", "5000-07-01 12:00:00"), 95633258400);
  EXPECT_EQ(utc_of("America/Los_Angeles", "9999-12-31 23:59:59"), 253402329599);
  EXPECT_EQ(utc_of("Asia/Kolkata", "9999-12-31 23:59:59"), 253402280999);
}

TEST(TimeZone, HandsOutOneObjectPerZone) {
  EXPECT_EQ(TimeZone::find("Asia/Tokyo").value(), TimeZone::find("Asia/Tokyo").value());
  EXPECT_EQ(utc_of("UTC", "2024-01-01"), 1704067200);
}

TEST(TimeZone, SurvivesFilesThatAreCutOffOrNoZones) {
  EXPECT_EQ(parse_time_zone(""), nullptr);
  EXPECT_EQ(parse_time_zone("not a zone"), nullptr);
  EXPECT_EQ(parse_time_zone("TZif2" + std::string(39, '\0')), nullptr);
  EXPECT_EQ(parse_time_zone("TZif2" + std::string(39, '\xff')), nullptr);
}

TEST(TimeZone, SurvivesAFileCutOffAnywhere) {
  std::ifstream stream("/usr/share/zoneinfo/Europe/Berlin", std::ios::binary);
  const std::string file(std::istreambuf_iterator<char>(stream), {});
  ASSERT_FALSE(file.empty());
  for (std::size_t size = 0; size < file.size(); ++size) {
    const auto zone = parse_time_zone(std::string_view(file).substr(0, size));
    if (zone == nullptr) continue;
    EXPECT_EQ(zone->to_utc(1711850400), 1711843200);
  }
}

TEST(ZoneRule, ReadsTheThreeWaysToNameADay) {
  using std::chrono::year;
  const auto nuuk = ZoneRule::parse("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  ASSERT_TRUE(nuuk);
  EXPECT_EQ(nuuk->changes(year{2050})[0].at, 2531955600);  // 2050-03-27 01:00:00 UTC
  const auto julian = ZoneRule::parse("AAA0BBB,J60/0,J300");
  ASSERT_TRUE(julian);
  EXPECT_EQ(julian->changes(year{2024})[0].at, 1709251200);  // 2024-03-01
  EXPECT_EQ(julian->changes(year{2023})[0].at, 1677628800);  // 2023-03-01
  const auto counted = ZoneRule::parse("AAA0BBB,59/0,300");
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->changes(year{2024})[0].at, 1709164800);  // 2024-02-29
}

TEST(ZoneRule, IsNothingWithoutASummerOrWithMistakes) {
  for (const char* text : {"", "UTC0", "CET-1CEST", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0",
                           "<+03-3", "CET-1CEST,M3.5.7,M10.5.0"}) {
    EXPECT_FALSE(ZoneRule::parse(text)) << text;
  }
}

}  // namespace
}  // namespace penstock
