package io.untorn.vm.host;

import org.jspecify.annotations.Nullable;

/**
 * Reports that a run cannot continue, for a reason other than the kernel's conformance.
 *
 * <p>The message is complete by itself: what failed, where, and what to do about it. Users see it without a stack trace.
 */
public final class UntornException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act, and the exit code. */
    public enum Category {
        /** The caller's mistake: an unknown version, a file that is not a kernel. */
        CALLER(2),
        /** The machinery failed: QEMU died, the guest did not boot, the disk is full. */
        MACHINERY(3);

        private final int exitCode;

        Category(int exitCode) {
            this.exitCode = exitCode;
        }

        /** Return the exit code of the command line, 2 or 3. */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Category category;

    private UntornException(Category category, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** Create the error for a mistake of the caller: exit code 2. */
    public static UntornException caller(String message) {
        return new UntornException(Category.CALLER, message, null);
    }

    /** Create the error for failed machinery: exit code 3. */
    public static UntornException machinery(String message) {
        return new UntornException(Category.MACHINERY, message, null);
    }

    /** Create the error for failed machinery, with its cause: exit code 3. */
    public static UntornException machinery(String message, Throwable cause) {
        return new UntornException(Category.MACHINERY, message, cause);
    }

    /** Return who has to act. */
    public Category category() {
        return category;
    }
}
