/**
 * Timers in the order in which they come due: a binary heap whose members know where they stand, so
 * that any of them can be taken out.
 *
 * @module
 */

/** A callback and when it is due. */
export interface HeapTimer {
  readonly dueMs: number;
  readonly callback: () => void;
  /** Timers that are due at the same time run in the order in which they were added. */
  readonly order: number;
  /** Where it stands in the heap; -1 once it is out. */
  index: number;
}

/** Any number of timers, of which the first can be looked at and taken off. */
export interface TimerHeap {
  readonly size: number;
  /** How many were ever added: the {@link HeapTimer.order} of the next one. */
  readonly added: number;
  /** The one that is due next. */
  first(): HeapTimer | undefined;
  add(dueMs: number, callback: () => void): HeapTimer;
  /** Takes one out. Harmless when it is out already. */
  remove(timer: HeapTimer): void;
}

/** Makes an empty {@link TimerHeap}. */
export function timerHeap(): TimerHeap {
  const heap: HeapTimer[] = [];
  let added = 0;

  const put = (timer: HeapTimer, index: number) => {
    heap[index] = timer;
    timer.index = index;
  };

  /** Moves a timer from a place towards the root, past those that are due later. */
  const rise = (timer: HeapTimer, from: number) => {
    let index = from;
    while (index > 0) {
      const parentIndex = (index - 1) >>> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || isBefore(parent, timer)) break;
      put(parent, index);
      index = parentIndex;
    }
    put(timer, index);
  };

  /** Moves a timer from a place away from the root, past those that are due earlier. */
  const sink = (timer: HeapTimer, from: number) => {
    let index = from;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      const other = heap[childIndex + 1];
      if (child === undefined) break;
      if (other !== undefined && isBefore(other, child)) {
        child = other;
        childIndex++;
      }
      if (isBefore(timer, child)) break;
      put(child, index);
      index = childIndex;
    }
    put(timer, index);
  };

  return {
    get size() {
      return heap.length;
    },
    get added() {
      return added;
    },
    first: () => heap[0],
    add: (dueMs, callback) => {
      const timer = { dueMs, callback, order: added++, index: heap.length };
      rise(timer, timer.index);
      return timer;
    },
    remove: (timer) => {
      const { index } = timer;
      if (index < 0) return;
      timer.index = -1;
      const last = heap.pop();
      if (last === undefined || last === timer) return;
      const parent = heap[(index - 1) >>> 1];
      if (index > 0 && parent !== undefined && isBefore(last, parent)) rise(last, index);
      else sink(last, index);
    },
  };
}

function isBefore(one: HeapTimer, other: HeapTimer): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
}
