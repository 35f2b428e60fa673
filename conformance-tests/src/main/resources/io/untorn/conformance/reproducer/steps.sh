# What xfs_io printed: the bytes that went, an errno, or what it read as runs of bytes, "4*8 0*4088".
outcome() {
    awk '
        /^[0-9a-f]+:( |$)/ {
            for (i = 2; i <= NF && i <= 17 && $i ~ /^[0-9a-f][0-9a-f]$/; i++) {
                byte = 16 * (index("0123456789abcdef", substr($i, 1, 1)) - 1) +
                    index("0123456789abcdef", substr($i, 2, 1)) - 1
                if (count && byte != last) { runs = runs last "*" count " "; count = 0 }
                last = byte
                count++
            }
            next
        }
        /^(wrote|read) [0-9]+\// { split($2, bytes, "/"); done = bytes[1]; next }
        / ops?; / { next }
        /Invalid argument$/ { errno = "EINVAL" }
        /Bad address$/ { errno = "EFAULT" }
        /File too large$/ { errno = "EFBIG" }
        /No space left on device$/ { errno = "ENOSPC" }
        /Operation not supported$/ { errno = "EOPNOTSUPP" }
        /Input\/output error$/ { errno = "EIO" }
        /Bad file descriptor$/ { errno = "EBADF" }
        /Resource temporarily unavailable$/ { errno = "EAGAIN" }
        /Structure needs cleaning$/ { errno = "EUCLEAN" }
        /Inappropriate ioctl for device$/ { errno = "ENOTTY" }
        /Remote I\/O error$/ { errno = "EREMOTEIO" }
        { said = said $0 " " }
        END {
            if (errno) print errno
            else if (count) print runs last "*" count
            else if (said) print "error: " said
            else print done + 0
        }'
}

# tell STEP WORDS EXPECTED GOT PERMITTED...: say what a step gave, and return whether it may give that.
tell() {
    step=$1 words=$2 expected=$3 got=$4
    shift 4
    fits=1
    for permitted; do
        case $permitted in
            "$got" | anything) fits=0 ;;
            error) case $got in E* | error:*) fits=0 ;; esac ;;
            not:*) [ "$permitted" = "not:$got" ] || fits=0 ;;
        esac
    done
    if [ "$fits" -eq 0 ]; then
        say_fits "$step" "$words" "$expected" "$got"
    else
        say_fits_not "$step" "$words" "$expected" "$got"
    fi
    return "$fits"
}
