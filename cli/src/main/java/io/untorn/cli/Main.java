package io.untorn.cli;

import java.util.List;

/** The untorn command. */
public final class Main {
    private Main() {}

    /**
     * Tell how it was started.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println("Main on Java " + Runtime.version().feature() + " " + List.of(args));
        if (args.length == 2 && args[0].equals("exit")) {
            System.exit(Integer.parseInt(args[1]));
        }
    }
}
