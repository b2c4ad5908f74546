/**
 * The structs and constants of Linux that this room uses, under the names of the C headers.
 *
 * They are the same on x86_64 and aarch64, but for one: both are little-endian, have pointers and `size_t` of 8
 * bytes, and take the generic numbers of sockets. A struct is the offset of each of its fields and
 * its size, both in bytes.
 *
 * @module
 */

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_SEQPACKET = 5;
export const SOCK_NONBLOCK = 0x800;
export const SOCK_CLOEXEC = 0x80000;

export const IPPROTO_IP = 0;
export const IPPROTO_ICMP = 1;
export const IPPROTO_IPV6 = 41;
export const IPPROTO_ICMPV6 = 58;

export const SOL_SOCKET = 1;
export const SO_REUSEADDR = 2;
export const SO_ERROR = 4;
export const SO_RCVBUF = 8;
export const SO_LINGER = 13;
export const SO_ATTACH_FILTER = 26;
/** Also the type of the control message that carries the time, a {@link TIMESPEC}. */
export const SO_TIMESTAMPNS = 35;
export const IP_PKTINFO = 8;
export const IP_BIND_ADDRESS_NO_PORT = 24;
export const IPV6_PKTINFO = 50;
export const SCM_RIGHTS = 1;

export const MSG_CTRUNC = 0x8;
export const MSG_TRUNC = 0x20;
export const MSG_NOSIGNAL = 0x4000;
export const MSG_CMSG_CLOEXEC = 0x40000000;

export const POLLIN = 1;
export const POLLHUP = 0x10;

export const EPOLLIN = 1;
export const EPOLLOUT = 4;
export const EPOLL_CTL_ADD = 1;
export const EPOLL_CTL_DEL = 2;
export const EPOLL_CTL_MOD = 3;
export const EPOLL_CLOEXEC = 0x80000;
export const EFD_NONBLOCK = 0x800;
export const EFD_CLOEXEC = 0x80000;

export const MFD_CLOEXEC = 1;
export const PROT_READ = 1;
export const PROT_WRITE = 2;
export const MAP_SHARED = 1;
/** What `mmap` returns on failure: the pointer −1. */
export const MAP_FAILED = 2n ** 64n - 1n;
export const SEEK_END = 2;

export const EINTR = 4;
export const EAGAIN = 11;
export const EOPNOTSUPP = 95;
export const EINPROGRESS = 115;

export const O_RDONLY = 0;
export const O_NONBLOCK = 0x800;
export const O_CLOEXEC = 0x80000;
export const CLONE_NEWNET = 0x40000000;
export const CLOCK_REALTIME = 0;
export const CLOCK_MONOTONIC = 1;

export const SIGUSR1 = 10;
export const SIG_IGN = 1n;

/** The instructions of a socket filter: load into X or A, jump if equal, return. */
export const BPF_LDX_B_MSH = 0xb1;
export const BPF_LD_B_IND = 0x50;
export const BPF_LD_H_IND = 0x48;
export const BPF_LDX_IMM = 0x01;
export const BPF_JEQ_K = 0x15;
export const BPF_RET_K = 0x06;

/** `struct sockaddr_un`; the path ends with a NUL, an abstract name begins with one. */
export const SOCKADDR_UN = { family: 0, path: 2, bytes: 110 } as const;

/** `struct sockaddr_in`; port and address in network order. */
export const SOCKADDR_IN = { family: 0, port: 2, address: 4, bytes: 16 } as const;

/** `struct sockaddr_in6`; flow information at 4, scope at 24. */
export const SOCKADDR_IN6 = { family: 0, port: 2, address: 8, bytes: 28 } as const;

/** `struct dirent64`, as far as it is looked at. */
export const DIRENT64 = { entryLength: 16 } as const;

/** `struct iovec`. */
export const IOVEC = { base: 0, length: 8, bytes: 16 } as const;

/** `struct msghdr`; `int` fields are followed by 4 bytes of padding. */
export const MSGHDR = {
  name: 0,
  nameLength: 8,
  iovec: 16,
  iovecCount: 24,
  control: 32,
  controlLength: 40,
  flags: 48,
  bytes: 56,
} as const;

/** `struct mmsghdr`: a {@link MSGHDR}, then the number of bytes received, and padding. */
export const MMSGHDR = { length: 56, bytes: 64 } as const;

/** `struct cmsghdr`: its length counts header and data. The next one begins at a multiple of 8. */
export const CMSGHDR = { length: 0, level: 8, type: 12, data: 16 } as const;

/** `struct in_pktinfo` for sending: the source address is called `ipi_spec_dst`. */
export const IN_PKTINFO = { source: 4, bytes: 12 } as const;

/** `struct in6_pktinfo` for sending. */
export const IN6_PKTINFO = { source: 0, bytes: 20 } as const;

/** `struct pollfd`. */
export const POLLFD = { descriptor: 0, events: 4, found: 6, bytes: 8 } as const;

/** `struct epoll_event`, which x86_64 alone packs: its data of 8 bytes follow at once. */
export const EPOLL_EVENT = Deno.build.arch === "x86_64"
  ? { events: 0, data: 4, bytes: 12 } as const
  : { events: 0, data: 8, bytes: 16 } as const;

/** `struct sock_filter`: one instruction; the jump counts from the next one, that at 2 stays 0. */
export const SOCK_FILTER = { code: 0, ifFalse: 3, value: 4, bytes: 8 } as const;

/** `struct sock_fprog`: how many instructions, and where they are. */
export const SOCK_FPROG = { count: 0, filter: 8, bytes: 16 } as const;

/** `struct timespec`, both fields of 64 bits. */
export const TIMESPEC = { seconds: 0, nanoseconds: 8, bytes: 16 } as const;

/** An `int`, as in most socket options and in `SCM_RIGHTS`. */
export const INT_BYTES = 4;
