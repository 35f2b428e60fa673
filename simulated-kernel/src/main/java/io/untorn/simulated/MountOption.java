package io.untorn.simulated;

import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a mount: none, or XFS's {@code max_atomic_write}, a number of bytes, or of more with one of the suffixes
 * k, m and g.
 *
 * @param text as mount(2) takes it
 */
record MountOption(String text) {
    private static final Pattern NUMBER = Pattern.compile("max_atomic_write=\\+?([0-9]+)([kKmMgG]?)");
    private static final String SUFFIXES = "kmg";

    boolean isNumber() {
        return NUMBER.matcher(text).matches();
    }

    boolean isZero() {
        return isNumber() && bytes() == 0;
    }

    /** Return the value; 0 where there is none, or no number. */
    long bytes() {
        Matcher number = NUMBER.matcher(text);
        if (!number.matches()) {
            return 0;
        }
        String suffix = number.group(2).toLowerCase(Locale.ROOT);
        int power = suffix.isEmpty() ? 0 : 1 + SUFFIXES.indexOf(suffix);
        return Long.parseLong(number.group(1)) << (10 * power);
    }

    /** Tell whether a mount with it succeeds. */
    boolean isTaken(Target target, KernelFeatures kernel, SimulatedMachine machine) {
        if (text.isEmpty()) {
            return true;
        }
        if (!kernel.knowsMaxAtomicWrite(target)) {
            return target.kind() == TargetKind.EXT4 && machine.has(SimulatedFault.MOUNT_OPTION_TAKEN_BY_EXT4);
        }
        if (!isNumber()) {
            return machine.has(SimulatedFault.MOUNT_TAKES_ANY_WORD);
        }
        if (isZero()) {
            return true;
        }
        if (machine.has(SimulatedFault.MOUNT_REFUSES_SUFFIXES) && Character.isLetter(text.charAt(text.length() - 1))) {
            return false;
        }
        return machine.has(SimulatedFault.MOUNT_TAKES_ANY_NUMBER)
                || (Long.bitCount(bytes()) == 1
                        && bytes() >= target.blockSize()
                        && (bytes() <= kernel.mostAtomicWrite(target.blockSize())
                                || machine.has(SimulatedFault.MOUNT_TAKES_MORE_THAN_A_GROUP)));
    }
}
