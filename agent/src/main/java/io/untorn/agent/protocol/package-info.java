/** What host and agent send each other: requests and replies as plain data, and their bytes. */
@NullMarked
package io.untorn.agent.protocol;

import org.jspecify.annotations.NullMarked;
