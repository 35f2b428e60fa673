@NullMarked
package io.untorn.agent.linux;

import org.jspecify.annotations.NullMarked;
