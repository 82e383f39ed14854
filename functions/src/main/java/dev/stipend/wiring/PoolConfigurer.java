package dev.stipend.wiring;

import dev.stipend.sql.DatabaseAddress;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/// Has the pool make its connections through {@link GuardedDataSource}.
@Singleton
class PoolConfigurer implements BeanCreatedEventListener<DatasourceConfiguration> {
  private final DatabaseAddress address;

  PoolConfigurer(DatabaseAddress address) {
    this.address = address;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration configuration = event.getBean();
    configuration.setDataSource(new GuardedDataSource(address));
    return configuration;
  }
}
