package io.untorn.model.console;

import static io.untorn.model.console.Severity.SPOILS_KERNEL;
import static io.untorn.model.console.Severity.WARNS;

import java.util.List;
import java.util.stream.Stream;

/**
 * What kernels complain with. Read in the strings of Debian's kernels 6.1, 6.12, 6.16, 6.18, 7.0 and 7.3; what those are
 * not built with (KASAN, KCSAN, KMSAN, lockdep, kmemleak) in the kernel's source. Complaints of one
 * line each are in {@link OneLineComplaints}.
 */
public final class SplatKinds {
    private static final String ALL = "all";

    /** Of a report with registers and a stack that says that it ends. */
    private static final String END_TRACE = "---\\[ end (trace|Kernel panic)";

    /** Of a report that ends with a task's stack. */
    private static final String END_STACK = "</TASK>|---\\[ end trace";

    private static final String RULER = "^={40,}$";

    /** Those of several lines; a line is of the first that it fits. */
    private static final List<SplatKind> REPORTS = List.of(
            SplatKind.of("panic", SPOILS_KERNEL, ALL, "Kernel panic - not syncing: ", "---\\[ end Kernel panic")
                    .but(
                            "Attempted to kill init!",
                            "the agent is the guest's init: its end is the kit's fault, unless an oops before it says otherwise")
                    .but("System is deadlocked on memory", "the guest was given less memory than the agent needs"),
            SplatKind.of("kasan", SPOILS_KERNEL, ALL + " with CONFIG_KASAN", "BUG: KASAN: ", RULER),
            SplatKind.of("kfence", SPOILS_KERNEL, ALL + " with CONFIG_KFENCE", "BUG: KFENCE: ", RULER),
            SplatKind.of("kmsan", SPOILS_KERNEL, ALL + " with CONFIG_KMSAN", "BUG: KMSAN: ", RULER),
            SplatKind.of("kcsan", WARNS, ALL + " with CONFIG_KCSAN", "BUG: KCSAN: ", RULER),
            SplatKind.of("ubsan", WARNS, ALL + " with CONFIG_UBSAN", "UBSAN: ", "---\\[ end trace|^={40,}$"),
            SplatKind.of("kernel-bug", SPOILS_KERNEL, ALL, "kernel BUG at ", END_TRACE),
            SplatKind.of(
                    "null-or-page-fault",
                    SPOILS_KERNEL,
                    ALL,
                    "BUG: (kernel NULL pointer dereference|unable to handle )",
                    END_TRACE),
            SplatKind.of("oops", SPOILS_KERNEL, "6.9 and later", "Oops: ", END_TRACE),
            SplatKind.of(
                    "oops",
                    SPOILS_KERNEL,
                    "up to 6.8",
                    "(general protection fault|stack segment|invalid opcode|divide error|int3|bounds|alignment check|Bad pagetable)\\b.* [0-9a-f]{4} \\[#\\d+\\]",
                    END_TRACE),
            SplatKind.of("double-fault", SPOILS_KERNEL, ALL, "(traps: )?PANIC: double fault", END_TRACE),
            SplatKind.of("stack-overflow", SPOILS_KERNEL, ALL, "BUG: \\S+ stack guard page was hit at ", END_TRACE),
            SplatKind.of(
                    "soft-lockup",
                    SPOILS_KERNEL,
                    ALL,
                    "(watchdog: )?BUG: soft lockup - CPU#\\d+ stuck for ",
                    END_STACK),
            SplatKind.of(
                    "hard-lockup",
                    SPOILS_KERNEL,
                    ALL,
                    "(NMI )?watchdog: (CPU\\d+: )?Watchdog detected hard LOCKUP on cpu ",
                    END_STACK),
            SplatKind.of(
                    "rcu-stall",
                    SPOILS_KERNEL,
                    ALL,
                    "(rcu: )?INFO: rcu_\\w+ (self-)?detected (expedited )?stalls? on ",
                    END_STACK),
            SplatKind.of(
                    "hung-task",
                    SPOILS_KERNEL,
                    ALL,
                    "INFO: task .+:\\d+ blocked( in I/O wait)? for more than \\d+ seconds\\.",
                    END_STACK),
            SplatKind.of(
                    "list-corruption",
                    SPOILS_KERNEL,
                    ALL,
                    "list_(add|del)( double add: |_?\\w* ?corruption[.,] | corruption[.,] )",
                    END_TRACE),
            SplatKind.of("slab", SPOILS_KERNEL, ALL + " with CONFIG_SLUB_DEBUG", "BUG [\\w-]+ \\(.*\\): ", END_STACK),
            SplatKind.of(
                    "usercopy",
                    SPOILS_KERNEL,
                    ALL,
                    "usercopy: Kernel memory (overwrite|exposure) attempt detected ",
                    END_TRACE),
            SplatKind.of("bad-page", SPOILS_KERNEL, ALL, "BUG: Bad page (state|map|cache) in process ", END_STACK),
            SplatKind.of(
                    "lockdep",
                    SPOILS_KERNEL,
                    ALL + " with CONFIG_LOCKDEP",
                    "WARNING: (possible (circular|recursive|irq lock inversion|irq-lock inversion)|inconsistent lock state|(SOFT|HARD|RECLAIM_FS-|SOFTIRQ|HARDIRQ)\\S*-safe -> |bad (unlock balance|contention) detected|held lock freed|lock held (when returning to user space|at task exit)|suspicious RCU usage|Nested lock was not taken|nested lock was not taken)",
                    END_STACK),
            SplatKind.of("lockdep", SPOILS_KERNEL, ALL + " with CONFIG_LOCKDEP", "\\[ BUG: ", END_STACK),
            SplatKind.of(
                    "atomic-context",
                    WARNS,
                    ALL,
                    "BUG: (sleeping function called from invalid context|scheduling while atomic|using \\S+ in preemptible)",
                    END_STACK),
            SplatKind.of("bug", SPOILS_KERNEL, ALL, "(workqueue: )?BUG: ", END_STACK)
                    .but("^BUG: MAX_\\w+ too low!", "a table of lockdep is full: it switches itself off"),
            SplatKind.of("warning", WARNS, "up to 6.19", "WARNING: CPU: \\d+ PID: \\d+ at ", "---\\[ end trace"),
            SplatKind.of(
                    "warning",
                    WARNS,
                    "6.19 and later",
                    "WARNING: (\\S+:\\d+ )?at \\S+, CPU#\\d+: ",
                    "---\\[ end trace"));

    /** All kinds; a line is of the first that it fits. */
    public static final List<SplatKind> ALL_KINDS = Stream.concat(
                    REPORTS.stream(), OneLineComplaints.ALL.stream().map(OneLineComplaints.Line::kind))
            .toList();

    private SplatKinds() {}
}
