package io.untorn.conformance.run;

import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import org.jspecify.annotations.Nullable;

/**
 * Hands a task over to jqwik, which creates hooks and property classes itself. In its run the task is in a store, which
 * the thread in which jqwik shrinks sees as well.
 */
final class HandedToJqwik {
    private static final ThreadLocal<@Nullable PropertyTask> TASK = new ThreadLocal<>();

    private HandedToJqwik() {}

    /** Run jqwik with a task for its properties. */
    static void during(Runnable jqwik, PropertyTask task) {
        TASK.set(task);
        try {
            jqwik.run();
        } finally {
            TASK.remove();
        }
    }

    /** Return the task of the property that runs. */
    static PropertyTask task() {
        return Store.getOrCreate(HandedToJqwik.class, Lifespan.PROPERTY, HandedToJqwik::handed)
                .get();
    }

    private static PropertyTask handed() {
        PropertyTask task = TASK.get();
        if (task == null) {
            throw new IllegalStateException("these properties need a target: ConformanceSuite runs them");
        }
        return task;
    }
}
