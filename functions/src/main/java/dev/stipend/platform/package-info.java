/// Where the product meets the machine: the clock, random numbers, the environment, the database,
/// queues, object stores.
///
/// - The only place that asks for the time or for random numbers. Everything else is handed them.
/// - A sweep never goes by a clock that is ahead of the database's ({@link SweepTime}).
/// - Clients of vendors are made in the packages below, one for each kind of service.
/// - It knows no feature. What is here could serve another product.
///
/// Does not own: any rule of the domain.
@NullMarked
package dev.stipend.platform;

import org.jspecify.annotations.NullMarked;
