/**
 * The C library: the one place where the program leaves JavaScript.
 *
 * It is opened on first use, once a thread. None of the calls can block but one, that of the poller:
 * calls on other threads (`nonblocking` in Deno's words) hold up all file access when a few dozen of
 * them wait, and cannot tell why they failed. Sockets are non-blocking ones.
 *
 * @module
 */

import { OsError } from "./os_error.ts";

/**
 * The functions of the C library that this room calls.
 *
 * Those that return a `ssize_t` are declared to return its lower half. That holds all that our small
 * buffers can lead to, whereas 64 bits would be a BigInt, whose allocation may collect garbage before
 * `errno` is read.
 */
const functions = {
  accept4: { parameters: ["i32", "pointer", "pointer", "i32"], result: "i32" },
  bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  clockGettime: { name: "clock_gettime", parameters: ["i32", "buffer"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  connect: { parameters: ["i32", "buffer", "u32"], result: "i32" },
  epollControl: {
    name: "epoll_ctl",
    parameters: ["i32", "i32", "i32", "buffer"],
    result: "i32",
  },
  epollCreate: { name: "epoll_create1", parameters: ["i32"], result: "i32" },
  epollLook: {
    name: "epoll_wait",
    parameters: ["i32", "buffer", "i32", "i32"],
    result: "i32",
  },
  epollWait: {
    name: "epoll_wait",
    parameters: ["i32", "buffer", "i32", "i32"],
    result: "i32",
    nonblocking: true,
  },
  errnoLocation: { name: "__errno_location", parameters: [], result: "pointer" },
  eventfd: { parameters: ["u32", "i32"], result: "i32" },
  ftruncate: { parameters: ["i32", "i64"], result: "i32" },
  getdents64: { parameters: ["i32", "buffer", "usize"], result: "i32" },
  getpgrp: { parameters: [], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  listen: { parameters: ["i32", "i32"], result: "i32" },
  lseek: { parameters: ["i32", "i64", "i32"], result: "i64" },
  memfdCreate: { name: "memfd_create", parameters: ["buffer", "u32"], result: "i32" },
  mmap: { parameters: ["pointer", "usize", "i32", "i32", "i32", "i64"], result: "pointer" },
  munmap: { parameters: ["pointer", "usize"], result: "i32" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32" },
  recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "i32" },
  recvmmsg: { parameters: ["i32", "buffer", "u32", "i32", "pointer"], result: "i32" },
  recvmsg: { parameters: ["i32", "buffer", "i32"], result: "i32" },
  send: { parameters: ["i32", "buffer", "usize", "i32"], result: "i32" },
  sendmsg: { parameters: ["i32", "buffer", "i32"], result: "i32" },
  sendto: { parameters: ["i32", "buffer", "usize", "i32", "buffer", "u32"], result: "i32" },
  setns: { parameters: ["i32", "i32"], result: "i32" },
  setSignalHandler: { name: "signal", parameters: ["i32", "usize"], result: "usize" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  tcgetpgrp: { parameters: ["i32"], result: "i32" },
  write: { parameters: ["i32", "buffer", "usize"], result: "i32" },
} as const satisfies Deno.ForeignLibraryInterface;

/** The C library cannot be used here. */
export class LibcError extends Error {
  override readonly name = "LibcError";
  /** Why not: another system, no permission for FFI, or the library is not where it should be. */
  readonly code: "UNSUPPORTED" | "NOT_PERMITTED" | "NOT_LOADED";

  constructor(code: LibcError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

type Functions = Deno.DynamicLibrary<typeof functions>["symbols"];

let opened: { readonly functions: Functions; readonly errno: Int32Array } | undefined;

/**
 * The functions of the C library.
 *
 * @throws {LibcError} It cannot be used here.
 */
export function libc(): Functions {
  return (opened ??= open()).functions;
}

/**
 * The error of the call that has just failed. Nothing must come in between, not even the making of a
 * text. The number is a hint: the runtime itself may have called something meanwhile, in rare cases.
 * What to do next is decided by what the call returned.
 */
export function lastError(syscall: string, subject: string): OsError {
  return new OsError(lastErrno(), syscall, subject);
}

/** The number of that error, for callers to whom it may be none. */
export function lastErrno(): number {
  return opened?.errno[0] ?? 0;
}

/**
 * What a call returned, if that is not negative.
 *
 * @throws {OsError} The call failed.
 */
export function succeeded(returned: number, syscall: string, subject: string): number {
  if (returned < 0) throw lastError(syscall, subject);
  return returned;
}

function open(): NonNullable<typeof opened> {
  const symbols = load();
  const location = symbols.errnoLocation();
  if (location === null) throw new LibcError("NOT_LOADED", "the C library has no errno");
  // Reading through a view is a plain load, so that nothing can happen between the call and it.
  const errno = new Int32Array(Deno.UnsafePointerView.getArrayBuffer(location, 4));
  return { functions: symbols, errno };
}

function load(): Functions {
  const { os } = Deno.build;
  if (os !== "linux") throw new LibcError("UNSUPPORTED", `this needs Linux, and runs on ${os}`);
  // A permission for this library alone is of no use: Deno then forbids what reads memory through a
  // pointer (denoland/deno issue 15511).
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") {
    throw new LibcError("NOT_PERMITTED", "the C library may not be called: add --allow-ffi");
  }
  try {
    return Deno.dlopen("libc.so.6", functions).symbols;
  } catch (cause) {
    throw new LibcError("NOT_LOADED", "the C library cannot be loaded: this needs glibc", {
      cause,
    });
  }
}
