#include <sqlite3.h>

// sqlite3_db_config has variable arguments, which Swift cannot call.
static inline int qda_sqlite3_configure(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}
