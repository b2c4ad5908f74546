/**
 * Tells when sockets of this room are ready, which the runtime cannot: it waits for its own alone.
 *
 * One thread of the runtime's pool waits in `epoll_wait` for all of them. It is the only call of this
 * room that blocks, and the reason why a poller keeps the process alive until it is closed.
 *
 * @module
 */

import type { Clock } from "../clock.ts";
import { closeDescriptor, closeOnError, pollNow } from "./descriptor.ts";
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
  POLLFD,
} from "./layout.ts";
import { lastError, libc, succeeded } from "./libc.ts";
import { type Memory, memory } from "./memory.ts";

/** What a socket can be waited for. Failures and the other side's end make it ready for either. */
export type Readiness = "readable" | "writable";

/** A socket that is waited for. */
export interface Watch {
  /** Waits for something else from now on. */
  change(readiness: Readiness): void;
  /** Waits no longer. Harmless a second time. */
  stop(): void;
  /** Waits no longer, and closes the descriptor. Harmless a second time, and after `stop`. */
  close(): void;
}

/** Waits for any number of sockets. */
export interface Poller {
  /**
   * Calls `onReady` as long as the socket is ready, never within this call, until the watch is stopped.
   * The descriptor must be open, and not watched already.
   */
  watch(descriptor: number, readiness: Readiness, onReady: () => void): Watch;
  /** Waits for nothing more. Resolves when the thread is free. Harmless a second time. */
  close(): Promise<void>;
}

/** A watch as the kernel is told of it. */
interface Registration {
  readonly descriptor: number;
  readonly token: number;
  readonly readiness: Readiness;
}

/** A watch as we keep it. */
interface Watched extends Registration {
  readonly onReady: () => void;
  readiness: Readiness;
  isKnown: boolean;
}

/** How many sockets are served at a time, before the loop looks at something else. */
const BATCH = 256;

/** Waits that follow each other so closely are too many. */
const BUSY_MS = 1;

/** How often to look instead. What is ready meanwhile is seen so much later. */
const LOOK_EVERY_MS = 1;

/** More failures than this in a row, without an event, are not interruptions. */
const MOST_INTERRUPTIONS = 100;

const masks: Readonly<Record<Readiness, number>> = { readable: EPOLLIN, writable: EPOLLOUT };

/**
 * Opens a poller.
 *
 * @throws {OsError} Too many files are open.
 */
export function openPoller(clock: Pick<Clock, "monotonic" | "sleep">): Poller {
  const epoll = succeeded(libc().epollCreate(EPOLL_CLOEXEC), "epoll_create1", "");
  const bell = closeOnError(
    epoll,
    () => succeeded(libc().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd", ""),
  );
  const events = memory(BATCH * EPOLL_EVENT.bytes);
  const change = memory(EPOLL_EVENT.bytes);
  const polled = memory(BATCH * POLLFD.bytes);
  /** By a number that is never used again: descriptors are, and events may be of the one before. */
  const watches = new Map<number, Watched>();
  /** Those that the kernel does not know of yet. */
  const added: Watched[] = [];
  let lastToken = 0;
  let waiting: Promise<void> | undefined;
  let isClosed = false;

  const control = (operation: number, { descriptor, readiness, token }: Registration) => {
    change.view.setUint32(EPOLL_EVENT.events, masks[readiness], true);
    change.view.setUint32(EPOLL_EVENT.data, token, true);
    return libc().epollControl(epoll, operation, descriptor, change.bytes);
  };

  /** Serves those that are ready already, as connections to this machine are. */
  const serveReady = (fresh: readonly Watched[]) => {
    for (let from = 0; from < fresh.length && !isClosed; from += BATCH) {
      const batch = fresh.slice(from, from + BATCH);
      const found = pollAll(batch, polled);
      for (const watched of found) if (watches.has(watched.token)) watched.onReady();
    }
  };

  /**
   * Tells the kernel of the sockets that were added in one turn of the loop, all at once. One that is
   * ready then wakes the thread, which costs more than all the rest; few are, after a look at them.
   */
  const addAll = () => {
    const fresh = added.splice(0);
    serveReady(fresh);
    for (const watched of fresh) {
      if (!watches.has(watched.token) || isClosed) continue;
      succeeded(control(EPOLL_CTL_ADD, watched), "epoll_ctl", "");
      watched.isKnown = true;
    }
    if (watches.size > 0 && !isClosed) waiting ??= wait();
  };

  const watch: Poller["watch"] = (descriptor, readiness, onReady) => {
    const token = lastToken = lastToken % 0xffff_ffff + 1;
    const watched: Watched = { descriptor, token, onReady, readiness, isKnown: false };
    watches.set(token, watched);
    if (added.push(watched) === 1) queueMicrotask(addAll);
    let isOpen = true;
    return {
      change: (next) => {
        watched.readiness = next;
        if (watched.isKnown && watches.has(token)) control(EPOLL_CTL_MOD, watched);
      },
      stop: () => {
        isOpen = false;
        if (watches.delete(token) && watched.isKnown && !isClosed) control(EPOLL_CTL_DEL, watched);
      },
      close: () => {
        // The kernel forgets what is closed by itself.
        watches.delete(token);
        if (isOpen) closeDescriptor(descriptor);
        isOpen = false;
      },
    };
  };

  /** Serves what a wait found. */
  const serve = (count: number) => {
    for (let index = 0; index < count; index++) {
      const at = index * EPOLL_EVENT.bytes + EPOLL_EVENT.data;
      watches.get(events.view.getUint32(at, true))?.onReady();
    }
  };

  /**
   * Waits and serves, until the bell rings. To be woken costs more than to be served, so while one wait
   * follows another closely it looks from time to time instead, until there is nothing to see.
   */
  const wait = async () => {
    let interruptions = 0;
    let wokenMs = -Infinity;
    while (!isClosed) {
      // What failed is not known, because this call loses errno: a signal, in all likelihood.
      const count = await libc().epollWait(epoll, events.bytes, BATCH, -1);
      interruptions = count < 0 ? interruptions + 1 : 0;
      if (interruptions > MOST_INTERRUPTIONS) throw lastError("epoll_wait", "");
      serve(count);
      const isBusy = clock.monotonic() - wokenMs < BUSY_MS;
      wokenMs = clock.monotonic();
      if (isBusy) await lookWhileBusy();
    }
  };

  const lookWhileBusy = async () => {
    for (let found = 1; found > 0 && !isClosed;) {
      await clock.sleep(LOOK_EVERY_MS);
      found = isClosed ? 0 : libc().epollLook(epoll, events.bytes, BATCH, 0);
      serve(found);
    }
  };

  const close = async () => {
    if (isClosed) return await waiting;
    isClosed = true;
    watches.clear();
    control(EPOLL_CTL_ADD, { descriptor: bell, readiness: "readable", token: 0 });
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

/** Those of a batch that are ready now. */
function pollAll(batch: readonly Watched[], { bytes, view }: Memory): readonly Watched[] {
  batch.forEach(({ descriptor, readiness }, index) => {
    view.setInt32(index * POLLFD.bytes + POLLFD.descriptor, descriptor, true);
    // Its bits for reading and writing are the same as those of epoll.
    view.setInt16(index * POLLFD.bytes + POLLFD.events, masks[readiness], true);
  });
  if (pollNow(bytes, batch.length) === 0) return [];
  return batch.filter((_, index) => view.getInt16(index * POLLFD.bytes + POLLFD.found, true) !== 0);
}
