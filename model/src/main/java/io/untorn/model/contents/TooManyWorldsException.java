package io.untorn.model.contents;

/** Thrown where a history leaves more worlds possible than can be followed: it can't be judged. */
public final class TooManyWorldsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooManyWorldsException(String message) {
        super(message);
    }
}
