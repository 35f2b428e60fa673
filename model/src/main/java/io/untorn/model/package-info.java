@NullMarked
package io.untorn.model;

import org.jspecify.annotations.NullMarked;
