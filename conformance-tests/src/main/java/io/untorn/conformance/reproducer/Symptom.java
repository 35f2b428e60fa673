package io.untorn.conformance.reproducer;

/** How a fault shows itself to a program. */
enum Symptom {
    /** By the result of the last step: its return value, its error, its data. */
    ANSWER,
    /** By what statx reports of an untouched file. */
    LIMITS,
    /** By what the kernel logs. */
    COMPLAINT,
    /** By a machine that stops, or a call that never returns. */
    CRASH
}
