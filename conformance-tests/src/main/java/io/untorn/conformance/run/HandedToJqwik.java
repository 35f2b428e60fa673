package io.untorn.conformance.run;

import org.jspecify.annotations.Nullable;

/** Hands a task over to jqwik, which creates hooks and property classes itself, and runs them in the same thread. */
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
        PropertyTask task = TASK.get();
        if (task == null) {
            throw new IllegalStateException("these properties need a target: ConformanceSuite runs them");
        }
        return task;
    }
}
