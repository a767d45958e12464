#include "clickhouse/tests/real_server.h"

#include "clickhouse/create_table.h"
#include "clickhouse/described_table.h"
#include "clickhouse/error_table.h"
#include "clickhouse/pipe_log.h"

namespace penstock::clickhouse {
namespace {

using namespace std::string_literals;

constexpr std::string_view kScalars = R"(CREATE TABLE penstock_unit.t (
  id UInt64, n UInt64 DEFAULT id * 100, s String DEFAULT concat('row ', toString(n)),
  e Enum8('a' = 1, 'b' = 2) DEFAULT 'b', f FixedString(2) DEFAULT 'zz', d Decimal(9, 2) DEFAULT 1.5,
  u UUID DEFAULT '61f0c404-5cb3-11e7-907b-a6006ad3dba0', i IPv4 DEFAULT '10.0.0.1',
  day Date DEFAULT '2020-02-03', at DateTime64(3, 'UTC') DEFAULT '2020-01-01 00:00:00.500',
  yes Bool DEFAULT true, x Float64 DEFAULT 0.25, zero UInt64) ENGINE = Memory)";

TEST_F(RealServer, EvaluatesTheDefaultOfScalarsInTheRowsThatMissThem) {
  run(kScalars);
  Block block = block_of_table();
  for (std::uint64_t id = 1; id <= 3; ++id) {
    block.writer(0).put_uint(id);
    for (std::size_t slot = 1; slot < block.slots().size(); ++slot) {
      if (id == 2 && block.layout().columns[slot].name == "e") {
        block.writer(slot).put_text("a");
      } else if (id == 2) {
        block.writer(slot).put_default();
      } else {
        block.put_missing(slot);
      }
    }
    block.end_row({});
  }
  const auto receipt = deliver(std::move(block), "t:0:1-3");
  ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  EXPECT_EQ(
      ask("SELECT * FROM penstock_unit.t ORDER BY id FORMAT CSV"),
      "1,100,\"row 100\",\"b\",\"zz\",1.5,\"61f0c404-5cb3-11e7-907b-a6006ad3dba0\",\"10.0.0.1\","
      "\"2020-02-03\",\"2020-01-01 00:00:00.500\",true,0.25,0\n"
      "2,0,\"\",\"a\",\"\0\0\",0,\"00000000-0000-0000-0000-000000000000\",\"0.0.0.0\","
      "\"1970-01-01\",\"1970-01-01 00:00:00.000\",false,0,0\n"
      "3,300,\"row 300\",\"b\",\"zz\",1.5,\"61f0c404-5cb3-11e7-907b-a6006ad3dba0\",\"10.0.0.1\","
      "\"2020-02-03\",\"2020-01-01 00:00:00.500\",true,0.25,0\n"s);
}

TEST_F(RealServer, EvaluatesTheDefaultWhereNullAndEmptyAreValues) {
  run("CREATE TABLE penstock_unit.t (id UInt64, nn Nullable(UInt64) DEFAULT a * 10, "
      "ar Array(UInt64) DEFAULT [id, a], lc LowCardinality(String) DEFAULT concat('lc', "
      "toString(a)), "
      "m Map(String, UInt8) DEFAULT map('k', 1), tu Tuple(x UInt8, y String) DEFAULT (4, 'four'), "
      "a UInt64 DEFAULT id + 1, z UInt64 DEFAULT a + 1000) ENGINE = MergeTree ORDER BY id "
      "SETTINGS non_replicated_deduplication_window = 100");
  for (int attempt = 0; attempt < 2; ++attempt) {
    Block block = block_of_table();
    block.writer(0).put_uint(1);
    for (std::size_t slot = 1; slot < 8; ++slot) block.put_missing(slot);
    block.end_row({});
    block.writer(0).put_uint(2);
    for (std::size_t slot = 1; slot < 6; ++slot) block.writer(slot).put_default();
    block.writer(6).put_uint(50);
    block.put_missing(7);
    block.end_row({});
    const auto receipt = deliver(std::move(block), "t:0:1-2");
    ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  }
  EXPECT_EQ(ask("SELECT * FROM penstock_unit.t ORDER BY id"),
            "1\t20\t[1,2]\tlc2\t{'k':1}\t(4,'four')\t2\t1002\n"
            "2\t\\N\t[]\t\t{}\t(0,'')\t50\t1050\n");
}

TEST_F(RealServer, LeavesOutAColumnNoRowBrings) {
  run("CREATE TABLE penstock_unit.t (id UInt64, nn Nullable(UInt64) DEFAULT id + 1) ENGINE = "
      "Memory");
  Block block = block_of_table();
  block.writer(0).put_uint(1);
  block.put_missing(1);
  block.end_row({});
  ASSERT_TRUE(deliver(std::move(block), "t:0:1-1").ok());
  EXPECT_EQ(ask("SELECT * FROM penstock_unit.t"), "1\t2\n");
}

TEST_F(RealServer, ARepeatedDeliveryAddsNothingToAManagedTable) {
  destination_.columns = {{.name = "id", .type = "UInt64"}};
  run(create_table_statement(destination_));
  for (const char* id : {"t:0:1-1", "t:0:1-1", "t:0:2-2"}) {
    Block block = block_of_table();
    block.writer(0).put_uint(7);
    block.end_row({});
    const auto receipt = deliver(std::move(block), id, Compression::lz4);
    ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  }
  EXPECT_EQ(ask("SELECT count() FROM penstock_unit.t"), "2\n");
}

TEST_F(RealServer, AcceptsEveryTableWeMakeAndEveryEngine) {
  for (const TableEngine engine :
       {TableEngine::merge_tree, TableEngine::replacing_merge_tree, TableEngine::summing_merge_tree,
        TableEngine::aggregating_merge_tree, TableEngine::null}) {
    DestinationSettings managed = destination_;
    managed.table = wire_name(engine);
    managed.columns = {{.name = "id", .type = "UInt64", .codec = "Delta, ZSTD(1)"},
                       {.name = "n", .type = "UInt64", .default_value = "id + 1"},
                       {.name = "gone", .type = "UInt8", .comment = "it's \\"},
                       {.name = "day", .type = "Date", .materialized = "toDate(at)"},
                       {.name = "text", .type = "String", .alias = "toString(id)"},
                       {.name = "raw", .type = "String", .ephemeral = "''"},
                       {.name = "at", .type = "DateTime"}};
    managed.table_definition = TableDefinition{.engine = {.type = engine},
                                               .sorting_key = {"id", "n", "lower(toString(id))"},
                                               .partition_by = "toYYYYMM(at)",
                                               .primary_key = "id",
                                               .ttl = "at + INTERVAL 1 DAY",
                                               .settings = {{"index_granularity", "1024"},
                                                            {"storage_policy", "default"},
                                                            {"ratio_of_defaults_for_sparse_"
                                                             "serialization",
                                                             "0.5"}}};
    if (engine == TableEngine::replacing_merge_tree) {
      managed.table_definition->engine.version_column_id = "n";
      managed.table_definition->engine.is_deleted_column_id = "gone";
    }
    if (engine == TableEngine::summing_merge_tree) {
      managed.table_definition->ttl = "";
      managed.table_definition->engine.column_ids = {"gone"};
    }
    if (engine == TableEngine::merge_tree) managed.columns[2].ttl = "at + INTERVAL 1 DAY";
    run(create_table_statement(managed));
    const auto read = read_table(*client_, managed.database, managed.table);
    ASSERT_TRUE(read.ok()) << read.error().text();
    EXPECT_EQ(differences(managed, read.value()), std::vector<std::string>{});
  }
  run(create_pipe_log_database_statement());
  run(create_pipe_log_statement(*pipe_log_layout()));
  const auto errors = error_table_layout(destination_);
  run(create_error_table_statement(*errors));
  Block block = Block::make(errors).value();
  for (std::size_t slot = 0; slot < errors->columns.size(); ++slot) {
    block.writer(slot).put_default();
  }
  block.end_row({});
  EXPECT_TRUE(deliver(std::move(block), "e:1").ok());
}

TEST_F(RealServer, RefusalsMeanWhatOurTableSays) {
  run("CREATE TABLE penstock_unit.t (id UInt64, CONSTRAINT small CHECK id < 5) "
      "ENGINE = MergeTree ORDER BY tuple()");
  const auto seven = [this] {
    Block block = block_of_table();
    block.writer(0).put_uint(7);
    block.end_row({});
    return block;
  };
  const auto refused = deliver(seven(), "1");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "clickhouse.rejected_value") << refused.error().text();
  EXPECT_EQ(refused.error().recovery, Recovery::isolate);

  Block old = seven();
  run("ALTER TABLE penstock_unit.t DROP CONSTRAINT small");
  run("ALTER TABLE penstock_unit.t ADD COLUMN other UInt8");
  run("ALTER TABLE penstock_unit.t DROP COLUMN id");
  const auto changed = deliver(std::move(old), "2");
  ASSERT_FALSE(changed.ok());
  EXPECT_EQ(changed.error().recovery, Recovery::rebuild) << changed.error().text();

  Block orphan = block_of_table();
  orphan.writer(0).put_uint(1);
  orphan.end_row({});
  run("DROP TABLE penstock_unit.t");
  const auto gone = deliver(std::move(orphan), "3");
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, "clickhouse.missing_table") << gone.error().text();
  EXPECT_EQ(read_table(*client_, "penstock_unit", "t").error().code, "clickhouse.missing_table");
}

}  // namespace
}  // namespace penstock::clickhouse
