package io.untorn.agent.linux;

/** What the tests expect of failed calls, negated as {@link LibC} returns them. */
final class Errnos {
    static final int ENOENT = -2;
    static final int EBADF = -9;
    static final int EFAULT = -14;
    static final int EINVAL = -22;
    static final int ENOTTY = -25;
    static final int EOPNOTSUPP = -95;

    private Errnos() {}
}
