package io.untorn.conformance.reproducer;

/** How a fault shows itself to a program. */
enum Symptom {
    /** By the answer to the last step: its return value, its error, its data. */
    ANSWER,
    /** By what statx tells of a file that nothing was done to. */
    LIMITS,
    /** By what the kernel logs. */
    COMPLAINT,
    /** By the end of the machine, or of an answer that never comes. */
    CRASH
}
