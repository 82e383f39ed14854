/// Tests of archives on S3, against a server that speaks its protocol.
@NullMarked
package dev.stipend.s3;

import org.jspecify.annotations.NullMarked;
