/**
 * The metrics of the daemon itself: its build, its configuration, its events and its process.
 *
 * @module
 */

import { counter, type Family, gauge, histogram, only, type Scrape } from "./family.ts";

/** Metrics of the daemon. */
export const daemonFamilies: readonly Family[] = [
  gauge("maglev_build_info", {
    help: "1, with what was built, of which commit, and what it runs on.",
    labels: ["version", "commit", "runtime"],
    of: itself,
    series: ({ build: { version, commit }, runtime }, add) =>
      add(1, version, commit ?? "", runtime.name),
  }),
  counter("maglev_config_reload_total", {
    help: "Reloads of the configuration since the start.",
    labels: ["result"],
    of: itself,
    series: ({ reloads: { success, failure } }, add) => {
      add(success, "success");
      add(failure, "failure");
    },
  }),
  gauge("maglev_config_last_reload_successful", {
    help: "1 if the last reload, or the start, took the configuration, else 0.",
    of: itself,
    series: ({ reloads }, add) => add(reloads.isLastSuccessful ? 1 : 0),
  }),
  gauge("maglev_config_last_reload_timestamp_seconds", {
    help: "When the configuration in force was loaded, in seconds since the epoch.",
    of: itself,
    series: ({ reloads }, add) => add(reloads.loadedAtMs / 1000),
  }),
  gauge("maglev_event_subscribers", {
    help: "Those who read events now.",
    of: itself,
    series: ({ checker }, add) => add(checker.counters.eventSubscribers),
  }),
  counter("maglev_events_dropped_total", {
    help: "Events that subscribers lost because they did not take them in time.",
    of: itself,
    series: ({ checker }, add) => add(checker.counters.eventsDropped),
  }),
  counter("process_cpu_seconds_total", {
    help: "The time that the process spent on processors, in user and system mode.",
    of: itself,
    series: ({ runtime }, add) => add(runtime.cpuSeconds()),
  }),
  gauge("process_resident_memory_bytes", {
    help: "The memory of the process that is resident.",
    of: itself,
    series: ({ runtime }, add) => add(runtime.memory().resident),
  }),
  gauge("process_open_fds", {
    help: "Open file descriptors; absent where they cannot be counted.",
    of: ({ runtime }) => only(runtime.openDescriptors()),
    series: (count, add) => add(count),
  }),
  gauge("process_start_time_seconds", {
    help: "When the process started, in seconds since the epoch.",
    of: itself,
    series: ({ runtime }, add) => add(runtime.startedAtMs / 1000),
  }),
  gauge("maglev_runtime_heap_used_bytes", {
    help: "The part of the runtime's heap that is in use.",
    of: itself,
    series: ({ runtime }, add) => add(runtime.memory().heapUsed),
  }),
  gauge("maglev_runtime_heap_size_bytes", {
    help: "The size of the runtime's heap.",
    of: itself,
    series: ({ runtime }, add) => add(runtime.memory().heapTotal),
  }),
  histogram("maglev_runtime_loop_lag_seconds", {
    help: "How much later than due the event loop ran a timer, sampled four times a second.",
    of: ({ runtime }) => only(runtime.loopLag),
    series: (lag, add) => add(lag),
  }),
];

function itself(scrape: Scrape): readonly Scrape[] {
  return [scrape];
}
