package dev.stipend.support.database;

/// Has the database refuse what no reader refuses, by triggers on the ledger, while it is open.
public final class Refusing implements AutoCloseable {
  private final Database database;

  private Refusing(Database database) {
    this.database = database;
    database.execute("CREATE SCHEMA IF NOT EXISTS refusing");
    database.execute("CREATE SEQUENCE IF NOT EXISTS refusing.attempts");
    database.execute("ALTER SEQUENCE refusing.attempts RESTART");
  }

  /// Refuses events with these ids, with an SQL state.
  ///
  /// @param idPattern as `LIKE` takes it
  public static Refusing events(Database database, String idPattern, String state) {
    Refusing refusing = new Refusing(database);
    refusing.refuse(
        "event_id LIKE '%s'".formatted(idPattern), state, "no such event here\n{\"secret\": 1}");
    return refusing;
  }

  /// Refuses these events until it has done so a number of times.
  public static Refusing times(Database database, String idPattern, String state, int times) {
    Refusing refusing = new Refusing(database);
    refusing.refuse(
        "event_id LIKE '%s' AND nextval('refusing.attempts') <= %d".formatted(idPattern, times),
        state,
        "not now");
    return refusing;
  }

  /// Refuses whatever is written to the ledger, were it nothing.
  public static Refusing everything(Database database, String state) {
    Refusing refusing = new Refusing(database);
    refusing.function("nextval('refusing.attempts') > 0", state, "nobody may");
    database.execute(
        """
        CREATE TRIGGER refusing BEFORE INSERT ON stipend.usage_logs
        FOR EACH STATEMENT EXECUTE FUNCTION refusing.refuse()
        """);
    return refusing;
  }

  /// How often it was asked, where it counts.
  public int attempts() {
    return Integer.parseInt(
        database.value(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM refusing.attempts"));
  }

  private void refuse(String condition, String state, String message) {
    function("NEW." + condition, state, message);
    database.execute(
        """
        CREATE TRIGGER refusing BEFORE INSERT ON stipend.usage_logs
        FOR EACH ROW EXECUTE FUNCTION refusing.refuse()
        """);
  }

  private void function(String condition, String state, String message) {
    database.execute(
        """
        CREATE OR REPLACE FUNCTION refusing.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF %s THEN
            RAISE EXCEPTION USING MESSAGE = '%s', DETAIL = 'a detail', ERRCODE = '%s';
          END IF;
          RETURN NEW;
        END
        $$
        """
            .formatted(condition, message, state));
  }

  @Override
  public void close() {
    database.execute("DROP SCHEMA refusing CASCADE");
  }
}
