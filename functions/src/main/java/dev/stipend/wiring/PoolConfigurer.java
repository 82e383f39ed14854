package dev.stipend.wiring;

import dev.stipend.sql.DatabaseAddress;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/// Has the pool make its connections through {@link GuardedDataSource}.
@Singleton
class PoolConfigurer implements BeanCreatedEventListener<DatasourceConfiguration> {
  private final DatabaseAddress address;
  private final int socketTimeout;

  /// @param socketTimeout seconds after which a silent connection is given up; 0 is never, because
  ///     maintenance has statements that take long
  PoolConfigurer(
      DatabaseAddress address, @Value("${stipend.database.socket-timeout:0}") int socketTimeout) {
    this.address = address;
    this.socketTimeout = socketTimeout;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration configuration = event.getBean();
    configuration.setDataSource(new GuardedDataSource(address, socketTimeout));
    return configuration;
  }
}
