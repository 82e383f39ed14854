/// Archives on Amazon S3 and stores with the same protocol.
///
/// - A place is `s3://bucket/prefix`. Endpoint (`AWS_ENDPOINT_URL_S3`), region and credentials are
///   the AWS SDK's own settings; buckets are named in the path, which every such store understands.
/// - An object of any size is uploaded in parts from a buffer of one; it appears when the last one
///   is there.
/// - The client is made when it is first used.
///
/// Implements the port {@link dev.stipend.maintenance.archive.ArchiveStore}. Does not own: what is
/// written, and whether it is whole.
@NullMarked
package dev.stipend.platform.objectstore;

import org.jspecify.annotations.NullMarked;
