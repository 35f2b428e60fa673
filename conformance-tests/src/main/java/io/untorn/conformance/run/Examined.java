package io.untorn.conformance.run;

import io.untorn.model.history.History;
import io.untorn.model.oracle.Verdict;

/**
 * A trace that ran and was judged.
 *
 * @param history with the looks at what the trace left
 */
record Examined(History history, Verdict verdict) {}
