package io.untorn.vm.host;

import org.jspecify.annotations.Nullable;

/**
 * Tell that a run cannot go on, for a reason that is not the kernel's conformance.
 *
 * <p>The message stands alone: it says what failed, where, and what to do about it. It is shown to the user as it is,
 * without a stack trace.
 */
public final class UntornException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Who has to act, and the exit code that tells so. */
    public enum Category {
        /** The caller asked for something that cannot be: an unknown version, a file that is not a kernel. */
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

    /** Create the error for failed machinery, with what was thrown: exit code 3. */
    public static UntornException machinery(String message, Throwable cause) {
        return new UntornException(Category.MACHINERY, message, cause);
    }

    /** Return who has to act. */
    public Category category() {
        return category;
    }
}
