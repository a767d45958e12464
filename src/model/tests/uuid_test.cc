#include "model/column/uuid.h"

#include <gtest/gtest.h>

#include "model/tests/column_bytes.h"

namespace penstock {
namespace {

// Bytes of SELECT x FROM VALUES('x UUID', …) FORMAT Native, ClickHouse 26.7.
TEST(UuidColumn, LaysRowsOutAsClickHouseDoes) {
  UuidColumn column;
  EXPECT_EQ(column.put_text("61f0c404-5cb3-11e7-907b-a6006ad3dba0"), Fit::ok);
  EXPECT_EQ(column.put_text("00000000-0000-0000-0000-000000000001"), Fit::ok);
  EXPECT_EQ(native_hex(column), "e711b35c04c4f061a0dbd36a00a67b9000000000000000000100000000000000");
  column.put_null();
  expect_slices_add_up("UUID", column);
}

TEST(UuidColumn, ReadsAnyCaseWithAndWithoutDashes) {
  for (const char* text :
       {"61F0C404-5CB3-11E7-907B-A6006AD3DBA0", "61f0c4045cb311e7907ba6006ad3dba0",
        "61F0C4045CB311E7907BA6006AD3DBA0"}) {
    UuidColumn column;
    EXPECT_EQ(column.put_text(text), Fit::ok) << text;
    EXPECT_EQ(native_hex(column), "e711b35c04c4f061a0dbd36a00a67b90") << text;
  }
}

TEST(UuidColumn, RefusesOtherTextAndOtherKinds) {
  UuidColumn column;
  column.put_default();
  for (const char* text :
       {"", "x", "{61f0c404-5cb3-11e7-907b-a6006ad3dba0}", "61f0c404-5cb3-11e7-907b-a6006ad3dbag",
        "61f0c404-5cb311e7-907b-a6006ad3dba0", "61f0c404-5cb3-11e7-907b-a6006ad3dba",
        "61f0c404x5cb3-11e7-907b-a6006ad3dba0", "61f0c4045cb311e7907ba6006ad3db-0",
        " 61f0c404-5cb3-11e7-907b-a6006ad3dba"}) {
    expect_text_refused(column, Fit::unreadable, text);
  }
  expect_refused(column, Fit::wrong_type, [](Column& c) { return c.put_int(12); });
  expect_number_refused(column, Fit::wrong_type, "12");
}

}  // namespace
}  // namespace penstock
