package io.untorn.conformance.report;

import io.untorn.conformance.judge.Signature;

/** A signature as a line of a report. */
public final class SignatureLine {
    private SignatureLine() {}

    public static String of(Signature signature) {
        String trait = words(signature.trait());
        return "Signature: `" + signature.rule() + (trait.isEmpty() ? "" : ": " + trait) + "`"
                + (signature.isKnown() ? ", known as " + signature.deviation() : "");
    }

    private static String words(Signature.Trait trait) {
        if (trait instanceof Signature.Returned) {
            return "returned N";
        }
        if (trait instanceof Signature.Failed failed) {
            return "failed with " + failed.errno();
        }
        if (trait instanceof Signature.Read) {
            return "read N bytes";
        }
        if (trait instanceof Signature.Extents) {
            return "reported extents";
        }
        if (trait instanceof Signature.Statx statx) {
            return "reported size N, with" + (statx.attribute() ? "" : "out") + " the attribute";
        }
        if (trait instanceof Signature.Leftovers) {
            return "found faults";
        }
        if (trait instanceof Signature.Complaint complaint) {
            return complaint.functions().isEmpty()
                    ? complaint.headline()
                    : complaint.headline() + ", in " + String.join(" < ", complaint.functions());
        }
        if (trait instanceof Signature.Stop stop) {
            return "the kernel stopped after N" + (stop.function().isEmpty() ? "" : " in " + stop.function());
        }
        return trait instanceof Signature.OtherLimits ? "other limits" : "";
    }
}
