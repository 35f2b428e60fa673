package io.untorn.conformance.result;

import io.untorn.vm.host.UntornException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of several runs that share the work, each with random sequences of its own.
 *
 * @param number which one, from 1
 * @param of how many there are, up to {@value #MOST}
 */
public record Shard(int number, int of) {
    /** The only one. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final int MOST = 1000;
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

    /** A machine takes the next seed after each finding, and ends long before it took so many. */
    private static final long SEEDS_OF_A_MACHINE = 1_000_000;

    /** How many machines a run has, at most. */
    public static final int MOST_MACHINES = 64;

    public Shard {
        if (number < 1 || number > of || of > MOST) {
            throw new IllegalArgumentException("no shard: " + number + "/" + of);
        }
    }

    /**
     * Read one as users write it: {@code 2/4}.
     *
     * @throws UntornException if it is none: the caller's mistake
     */
    public static Shard parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            int number = Integer.parseInt(matcher.group(1));
            int of = Integer.parseInt(matcher.group(2));
            if (number >= 1 && number <= of && of <= MOST) {
                return new Shard(number, of);
            }
        }
        throw UntornException.caller("no shard '" + text + "'; write 1/4 to 4/4, of at most " + MOST);
    }

    /**
     * Return the seed of one of its machines, where the first of the first shard has {@code seed}: no two have a sequence in
     * common.
     *
     * @param machine which one, from 1 to {@value #MOST_MACHINES}
     */
    public long seed(long seed, int machine) {
        return seed + ((number - 1L) * MOST_MACHINES + machine - 1) * SEEDS_OF_A_MACHINE;
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
