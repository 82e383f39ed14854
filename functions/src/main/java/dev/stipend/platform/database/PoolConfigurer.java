package dev.stipend.platform.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/// Has the pool make its connections through {@link GuardedDataSource}.
@Singleton
class PoolConfigurer implements BeanCreatedEventListener<DatasourceConfiguration> {
  private final DatabaseSessions sessions;

  PoolConfigurer(DatabaseSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration configuration = event.getBean();
    configuration.setDataSource(new GuardedDataSource(sessions));
    return configuration;
  }
}
