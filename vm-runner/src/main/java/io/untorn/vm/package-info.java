@NullMarked
package io.untorn.vm;

import org.jspecify.annotations.NullMarked;
