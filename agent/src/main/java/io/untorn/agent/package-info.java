@NullMarked
package io.untorn.agent;

import org.jspecify.annotations.NullMarked;
