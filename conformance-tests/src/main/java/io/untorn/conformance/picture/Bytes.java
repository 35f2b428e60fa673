package io.untorn.conformance.picture;

/** Writes numbers of bytes short. */
final class Bytes {
    private static final String UNITS = "KMG";

    private Bytes() {}

    /** Return a number with the largest unit that leaves it whole: {@code 12K} for 12288, {@code 520} for 520. */
    static String words(long bytes) {
        long number = bytes;
        int unit = -1;
        while (number != 0 && number % 1024 == 0 && unit < UNITS.length() - 1) {
            number /= 1024;
            unit++;
        }
        return number + (unit < 0 ? "" : UNITS.substring(unit, unit + 1));
    }
}
