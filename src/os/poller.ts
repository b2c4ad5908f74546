/**
 * Tells when sockets of this room are ready, which the runtime cannot: it waits for its own alone.
 *
 * One thread of the runtime's pool waits in `epoll_wait` for all of them. It is the only call of this
 * room that blocks, and the reason why a poller keeps the process alive until it is closed.
 *
 * @module
 */

import { closeDescriptor, closeOnError } from "./descriptor.ts";
import {
  EFD_CLOEXEC,
  EFD_NONBLOCK,
  EPOLL_CLOEXEC,
  EPOLL_CTL_ADD,
  EPOLL_CTL_DEL,
  EPOLL_CTL_MOD,
  EPOLL_EVENT,
  EPOLLIN,
  EPOLLOUT,
} from "./layout.ts";
import { lastError, libc, succeeded } from "./libc.ts";
import { memory } from "./memory.ts";

/** What a socket can be waited for. Failures and the other side's end make it ready for either. */
export type Readiness = "readable" | "writable";

/** A socket that is waited for. */
export interface Watch {
  /** Waits for something else from now on. */
  change(readiness: Readiness): void;
  /** Waits no longer. Comes before the descriptor is closed. Harmless a second time. */
  stop(): void;
}

/** Waits for any number of sockets. */
export interface Poller {
  /**
   * Calls `onReady` as long as the socket is ready, never within this call, until the watch is stopped.
   *
   * @throws {OsError} The descriptor is closed, or watched already.
   */
  watch(descriptor: number, readiness: Readiness, onReady: () => void): Watch;
  /** Waits for nothing more. Resolves when the thread is free. Harmless a second time. */
  close(): Promise<void>;
}

/** How many sockets are served at a time, before the loop looks at something else. */
const BATCH = 256;

/** More failures than this in a row, without an event, are not interruptions. */
const MOST_INTERRUPTIONS = 100;

const masks: Readonly<Record<Readiness, number>> = { readable: EPOLLIN, writable: EPOLLOUT };

/**
 * Opens a poller.
 *
 * @throws {OsError} Too many files are open.
 */
export function openPoller(): Poller {
  const epoll = succeeded(libc().epollCreate(EPOLL_CLOEXEC), "epoll_create1", "");
  const bell = closeOnError(
    epoll,
    () => succeeded(libc().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd", ""),
  );
  const events = memory(BATCH * EPOLL_EVENT.bytes);
  const change = memory(EPOLL_EVENT.bytes);
  /** By a number that is never used again: descriptors are, and events may be of the one before. */
  const watches = new Map<number, () => void>();
  let lastToken = 0;
  let waiting: Promise<void> | undefined;
  let isClosed = false;

  const control = (operation: number, descriptor: number, mask: number, token: number) => {
    change.view.setUint32(EPOLL_EVENT.events, mask, true);
    change.view.setUint32(EPOLL_EVENT.data, token, true);
    return libc().epollControl(epoll, operation, descriptor, change.bytes);
  };

  const watch: Poller["watch"] = (descriptor, readiness, onReady) => {
    const token = lastToken = lastToken % 0xffff_ffff + 1;
    succeeded(control(EPOLL_CTL_ADD, descriptor, masks[readiness], token), "epoll_ctl", "");
    watches.set(token, onReady);
    waiting ??= wait();
    return {
      change: (next) => {
        if (watches.has(token)) control(EPOLL_CTL_MOD, descriptor, masks[next], token);
      },
      stop: () => {
        if (watches.delete(token) && !isClosed) control(EPOLL_CTL_DEL, descriptor, 0, token);
      },
    };
  };

  /** Waits and serves, until the bell rings. */
  const wait = async () => {
    let interruptions = 0;
    while (!isClosed) {
      // What failed is not known, because this call loses errno: a signal, in all likelihood.
      const count = await libc().epollWait(epoll, events.bytes, BATCH, -1);
      interruptions = count < 0 ? interruptions + 1 : 0;
      if (interruptions > MOST_INTERRUPTIONS) throw lastError("epoll_wait", "");
      for (let index = 0; index < count; index++) {
        const at = index * EPOLL_EVENT.bytes + EPOLL_EVENT.data;
        watches.get(events.view.getUint32(at, true))?.();
      }
    }
  };

  const close = async () => {
    if (isClosed) return await waiting;
    isClosed = true;
    watches.clear();
    control(EPOLL_CTL_ADD, bell, EPOLLIN, 0);
    const ring = new BigUint64Array([1n]);
    libc().write(bell, ring, BigInt(ring.byteLength));
    try {
      await waiting;
    } finally {
      closeDescriptor(bell);
      closeDescriptor(epoll);
    }
  };
  return { watch, close };
}
