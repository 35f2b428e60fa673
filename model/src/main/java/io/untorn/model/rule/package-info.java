/**
 * The framework of rules: a rule with its source and scope looks at an operation in a situation and permits outcomes,
 * each with the world after it; a specification is an ordered list of them.
 */
@NullMarked
package io.untorn.model.rule;

import org.jspecify.annotations.NullMarked;
