package io.untorn.vm;

import java.util.List;

/**
 * The kernel modules of a guest.
 *
 * @param boot those the agent loads at boot, each after the ones it depends on
 * @param later those that are only put into the image, for a request to load
 */
public record GuestModules(List<KernelModule> boot, List<KernelModule> later) {
    public GuestModules {
        boot = List.copyOf(boot);
        later = List.copyOf(later);
    }
}
